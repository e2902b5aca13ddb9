"""The path of a caller in danger: stay, ask, place and safety, bring somebody in. Pure, like `procedure`.

Entering it stops whatever was about to be said and locks every warning and every end until the agent leaves it.
"""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.policy import CrisisLine, Policy, Sentence
from desktop.domain.procedure import cancel
from desktop.domain.procedure_state import CrisisVisit, Phase, Procedure
from desktop.domain.reasons import given_reason

LONGEST_PLACE = 500


def enter_crisis(state: Procedure, policy: Policy, t: float) -> Procedure:
    """F11. An end that was asked for is withdrawn; nothing of the ladder stays open."""
    if state.in_crisis or state.phase is Phase.ENDED:
        return state
    state = cancel(state, policy)
    return replace(
        state,
        phase=Phase.CRISIS,
        class_id="",
        opened=None,
        open_hits=(),
        pending=None,
        crisis_hint=None,
        end=None,
        crises=(*state.crises, CrisisVisit(t)),
    )


def leave_crisis(state: Procedure, t: float, reason: str) -> Procedure:
    """The agent was mistaken or the danger is over: back to listening. Raises ValueError without a reason."""
    reason = given_reason(reason, "leaving the crisis path")
    if state.phase is not Phase.CRISIS:
        return state
    return replace(_visit(state, left=t, left_reason=reason), phase=Phase.LISTENING)


def set_check(state: Procedure, policy: Policy, check_id: str, t: float, done: bool = True) -> Procedure:
    """Tick what was found out, or take the tick back; possible in the record after the call too. Raises KeyError."""
    if not any(check.id == check_id for check in policy.crisis.checks):
        raise KeyError(check_id)
    if not state.in_crisis:
        return state
    others = tuple(each for each in state.crises[-1].checks if each[0] != check_id)
    return _visit(state, checks=(*others, (check_id, t)) if done else others)


def set_place(state: Procedure, place: str) -> Procedure:
    """Where the caller is, in the agent's words."""
    return _visit(state, place=place[:LONGEST_PLACE]) if state.in_crisis else state


def line_called(state: Procedure, policy: Policy, line_id: str, t: float) -> Procedure:
    """Somebody was called in. Raises KeyError for a line that the policy has no number for."""
    if not any(line.id == line_id for line in policy.crisis.reachable):
        raise KeyError(line_id)
    return _visit(state, lines=(*state.crises[-1].lines, (line_id, t))) if state.in_crisis else state


def supervisor_called(state: Procedure, t: float) -> Procedure:
    """F10 on the crisis path; the first time stays."""
    if not state.in_crisis or state.crises[-1].supervisor is not None:
        return state
    return _visit(state, supervisor=t)


def crisis_sentences(state: Procedure, policy: Policy, language: str) -> tuple[Sentence, ...]:
    """What to say now and next: first that we stay, then what is not found out yet, last the connection.

    The first is for now. Empty outside the crisis path.
    """
    if not state.in_crisis:
        return ()
    crisis, visit = policy.crisis, state.crises[-1]
    done = {check_id for check_id, _ in visit.checks}
    order = [crisis.stay_text] if not done and not visit.place else []
    order += [check.text_id for check in crisis.checks if check.id not in done]
    if not visit.place.strip():
        order.append(crisis.place_text)
    return tuple(policy.sentence(text_id, language) for text_id in [*order, crisis.connect_text])


def lines_to_call(policy: Policy) -> tuple[CrisisLine, ...]:
    """Lines with a number; where this is empty, the window says to call the supervisor (F10)."""
    return policy.crisis.reachable


def _visit(state: Procedure, **changes: object) -> Procedure:
    current = replace(state.crises[-1], **changes)  # type: ignore[arg-type]
    return replace(state, crises=(*state.crises[:-1], current))
