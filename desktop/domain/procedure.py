"""The procedure of one call as a pure state machine: each function takes a state and gives the next one.

The machine proposes, the agent decides: a hit alone never says or ends anything. Steps come one after the other, each
by a key of the agent. A crisis locks every warning. A call that the state does not allow changes nothing.
The service plays what `pending` holds, ends the call when `end` is there, and keeps one policy for the whole call.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop.domain.policy import CRISIS_LABEL, AbuseClass, Axis, Policy, Sentence, Step, StepKind
from desktop.domain.procedure_state import (
    CrisisHint,
    Due,
    Ended,
    EndRequest,
    Extension,
    Hit,
    Method,
    Pending,
    Phase,
    Procedure,
    Said,
    Source,
    TimeAid,
    strikes,
)
from desktop.domain.reasons import given_reason

AGENT, CALLER, POLICY, SYSTEM = "agent", "caller", "policy", "system"


def counters(state: Procedure, policy: Policy) -> dict[str, int]:
    """Strikes by axis value: `malicious` and `difficult`, never added up."""
    return {axis.value: strikes(state.hits, axis, policy.merge_seconds) for axis in Axis}


def next_step(state: Procedure, policy: Policy) -> int | None:
    """Index of the step that comes next in the open ladder; None while none is open. Reaches the end, never beyond."""
    if state.phase is not Phase.LADDER:
        return None
    ladder = policy.class_of(state.class_id).ladder
    done = [said.step for said in state.said if said.ladder == ladder and said.complete]
    return min(max(done, default=-1) + 1, len(policy.ladders[ladder]) - 1)


def ladder(state: Procedure, policy: Policy) -> tuple[tuple[Step, bool], ...]:
    """The steps of the open ladder, and whether each was taken; a step that was passed over was not."""
    if not state.class_id:
        return ()
    name = policy.class_of(state.class_id).ladder
    done = {said.step for said in state.said if said.ladder == name and said.complete}
    return tuple((step, index in done) for index, step in enumerate(policy.ladders[name]))


def sentence_now(state: Procedure, policy: Policy, t: float, language: str) -> Sentence | None:
    """What F12 would play, or is playing; None where nothing is open and at the end."""
    if state.pending is not None:
        return state.pending.sentence
    step = next_step(state, policy)
    return None if step is None else _sentence(state, policy, step, t, language)


def suggested_class(state: Procedure, policy: Policy, t: float) -> str:
    """The class that F12 would open: of the hits that wait, else the time, else the default."""
    waiting = [policy.class_of(hit.class_id) for hit in state.hits if hit.number in state.open_hits]
    if waiting:
        return max(waiting, key=lambda each: each.severity).id
    return policy.default_class if time_aid(state, policy, t).due is Due.NOTHING else policy.time_class


def time_aid(state: Procedure, policy: Policy, t: float) -> TimeAid:
    """What the length of the call asks for at `t`."""
    ends_at = policy.time.end_minutes * 60 + sum(each.seconds for each in state.extensions)
    notice_at = ends_at - (policy.time.end_minutes - policy.time.notice_minutes) * 60
    due = Due.END if t >= ends_at else Due.NOTICE if t >= notice_at else Due.NOTHING
    return TimeAid(due, ends_at, ends_at - t)


def heard(
    state: Procedure,
    policy: Policy,
    t: float,
    labels: Iterable[str],
    *,
    matched: tuple[str, ...] = (),
    why: str = "",
    confidence: float = 1.0,
) -> Procedure:
    """A segment of the citizen (its end at `t`) that the detector has labelled; no class, or a crisis: no hit.

    Nothing is counted while the call is on the crisis path. After the end, late segments still count.
    """
    labels = tuple(labels)
    if state.in_crisis:
        return state
    if CRISIS_LABEL in labels:
        if state.phase is Phase.ENDED:
            return state
        return replace(_quiet(state, policy), crisis_hint=CrisisHint(t, matched, why))
    found = policy.class_for(labels)
    if found is None:
        return state
    number = len(state.hits) + 1
    sure = confidence >= policy.least_confidence
    hit = Hit(number, t, found.id, found.axis, Source.TRANSCRIPT, labels, matched, why, confidence, sure)
    waiting = state.open_hits if state.phase is Phase.ENDED else (*state.open_hits, number)
    return replace(state, hits=(*state.hits, hit), open_hits=waiting)


def set_rejected(state: Procedure, number: int, rejected: bool = True) -> Procedure:
    """The agent says that a hit is none, or takes that back; possible after the call too."""
    hits = tuple(replace(hit, rejected=rejected) if hit.number == number else hit for hit in state.hits)
    waiting = tuple(each for each in state.open_hits if each != number)
    return replace(state, hits=hits, open_hits=waiting)


def dismiss(state: Procedure) -> Procedure:
    """Esc on a notice: a crisis hint is closed, else all hits that wait are rejected."""
    if state.crisis_hint is not None:
        return replace(state, crisis_hint=None)
    for number in state.open_hits:
        state = set_rejected(state, number)
    return state


def tap(state: Procedure, policy: Policy, t: float, language: str) -> Procedure:
    """F12: open the procedure; then, each time, play the next step; at the end of the ladder, end the call.

    Where something worse waits than what the open ladder is for, the tap only changes the ladder.
    """
    if not _free(state) or state.pending is not None:
        return state
    led = _led(state, policy, t)
    if led is not state:
        return led
    step = next_step(state, policy)
    if step is None or _notice_given(state, policy):
        return _request_end(state, policy, t, AGENT)
    return _play(state, policy, t, step, language)


def said_it(state: Procedure, policy: Policy, t: float, language: str) -> Procedure:
    """Shift+F12: the agent has said the next step; opens the procedure where it was not."""
    if not _free(state) or (state.pending is not None and state.pending.began is not None):
        return state
    state = replace(state, pending=None)
    if state.phase is Phase.LISTENING:
        state = _led(state, policy, t)
    state = replace(state, open_hits=())
    step = next_step(state, policy)
    sentence = None if step is None else _sentence(state, policy, step, t, language)
    if step is None or sentence is None:
        return state
    state = _with_cause(state, policy, t)
    return _said(state, policy, t, step, sentence, Method.AGENT_VOICE)


def hold(state: Procedure, policy: Policy, t: float, language: str) -> Procedure:
    """F12 held: the end notice plays, then the call ends; at once where the notice was given. Nothing in a crisis."""
    if not _free(state):
        return state
    state = _led(state, policy, t)
    steps = policy.ladder_of(state.class_id)
    notice = next(index for index, step in enumerate(steps) if step.kind is StepKind.END_NOTICE)
    if state.pending is not None and state.pending.step == notice:
        return replace(state, pending=replace(state.pending, then_end=True))
    state = _cut_off(state, policy)
    if _notice_given(state, policy):
        return _request_end(state, policy, t, AGENT)
    return _play(state, policy, t, notice, language, then_end=True)


def play_began(state: Procedure, t: float) -> Procedure:
    """The sound of what is pending goes into the call; until then cancelling leaves no trace."""
    if state.pending is None or state.pending.began is not None:
        return state
    return replace(state, pending=replace(state.pending, began=t))


def play_ended(state: Procedure, policy: Policy, t: float) -> Procedure:
    """What was pending has been played to its end."""
    if state.pending is None or not _free(state):
        return state
    pending = state.pending
    began = t if pending.began is None else pending.began
    state = replace(state, pending=None)
    state = _said(state, policy, began, pending.step, pending.sentence, Method.SYSTEM_TEXT)
    if pending.then_end:
        return _request_end(state, policy, t, AGENT)
    if policy.automatic_end and policy.ladder_of(state.class_id)[pending.step].kind is StepKind.END_NOTICE:
        return _request_end(state, policy, t, POLICY)
    return state


def play_failed(state: Procedure, policy: Policy, t: float) -> Procedure:
    """What was pending cannot be played. An end that the agent asked for still comes, without its notice."""
    if state.pending is None or not _free(state):
        return state
    wanted_end = state.pending.then_end
    state = _cut_off(state, policy)
    return _request_end(state, policy, t, AGENT) if wanted_end else state


def cancel(state: Procedure, policy: Policy) -> Procedure:
    """Esc while something is pending: it stops, its step comes again, and no end follows it."""
    return _cut_off(state, policy) if _free(state) else state


def never_began(state: Procedure, policy: Policy) -> Procedure:
    """What is pending was never heard, whatever was thought of it: it leaves no trace, and its step comes again."""
    if state.pending is None:
        return state
    return cancel(replace(state, pending=replace(state.pending, began=None)), policy)


def calm(state: Procedure, policy: Policy, t: float) -> Procedure:
    """Ctrl+B: back to listening. Counters and what was said stay; the ladder goes on from there if need be."""
    if state.phase is not Phase.LADDER or not _free(state):
        return state
    state = _quiet(state, policy)
    return replace(state, phase=Phase.LISTENING, class_id="", opened=None, calmed=(*state.calmed, t))


def change_class(state: Procedure, policy: Policy, t: float, class_id: str) -> Procedure:
    """Ctrl+T: another class, and its ladder. Raises KeyError.

    As long as nothing was said since the opening this corrects it: what the agent marked by key moves to the new class.
    Afterwards something new has happened, and what was marked before stays what it was.
    """
    chosen = policy.class_of(class_id)
    if state.phase is not Phase.LADDER or not _free(state) or state.pending is not None:
        return state
    opened = state.opened or 0.0
    if not any(said.t >= opened and said.method is not Method.EXCHANGE for said in state.said):
        moved = (_moved(hit, chosen, opened) for hit in state.hits)
        state = replace(state, hits=tuple(moved))
    return _open(state, policy, chosen, t)


def extend(state: Procedure, policy: Policy, t: float, reason: str) -> Procedure:
    """More time for this call. Raises ValueError without a reason."""
    reason = given_reason(reason, "more time")
    if state.phase is Phase.ENDED:
        return state
    more = Extension(t, policy.time.extend_minutes * 60, reason)
    return replace(state, extensions=(*state.extensions, more))


def call_ended(state: Procedure, policy: Policy, t: float, by: str) -> Procedure:
    """The call is over; `by` is agent, caller or system. What was playing was cut off."""
    if state.phase is Phase.ENDED:
        return state
    return replace(_quiet(state, policy), phase=Phase.ENDED, crisis_hint=None, ended=Ended(t, by))


def _free(state: Procedure) -> bool:
    """Whether keys of the ladder do anything."""
    return not state.warnings_locked and state.phase is not Phase.ENDED and state.end is None


def _quiet(state: Procedure, policy: Policy) -> Procedure:
    """Nothing is pending and no notice waits any more."""
    return replace(_cut_off(state, policy), open_hits=())


def _play(
    state: Procedure, policy: Policy, t: float, step: int, language: str, then_end: bool = False
) -> Procedure:
    state = _with_cause(state, policy, t)
    sentence = _sentence(state, policy, step, t, language)
    pending = None if sentence is None else Pending(t, step, sentence, then_end)
    return replace(state, open_hits=(), pending=pending)


def _sentence(state: Procedure, policy: Policy, step: int, t: float, language: str) -> Sentence | None:
    text_id = policy.ladder_of(state.class_id)[step].text_id
    return policy.sentence(text_id, language, time_aid(state, policy, t).minutes_left) if text_id else None


def _led(state: Procedure, policy: Policy, t: float) -> Procedure:
    """With a ladder open: none was, or something worse waits than what the open one is for. Else the state itself."""
    wanted = policy.class_of(suggested_class(state, policy, t))
    if state.phase is Phase.LADDER:
        if not state.open_hits or wanted.severity <= policy.class_of(state.class_id).severity:
            return state
        state = _cut_off(state, policy)
    return _open(state, policy, wanted, t)


def _open(state: Procedure, policy: Policy, wanted: AbuseClass, t: float) -> Procedure:
    state = replace(state, phase=Phase.LADDER, class_id=wanted.id, opened=t)
    state = _with_cause(_given_before(state, policy), policy, t, opening=True)
    return replace(state, open_hits=())


def _moved(hit: Hit, chosen: AbuseClass, opened: float) -> Hit:
    by_key = hit.source is Source.AGENT and hit.t >= opened
    return replace(hit, class_id=chosen.id, axis=chosen.axis) if by_key else hit


def _given_before(state: Procedure, policy: Policy) -> Procedure:
    """What the exchange said before the call stands in the record once the ladder that it belongs to is open."""
    name = policy.class_of(state.class_id).ladder
    for index, step in enumerate(policy.ladders[name]):
        known = any(said.ladder == name and said.step == index and said.complete for said in state.said)
        if step.by_exchange and not known:
            sentence = policy.sentence(step.text_id, policy.language)
            state = _said(state, policy, 0.0, index, sentence, Method.EXCHANGE)
    return state


def _with_cause(state: Procedure, policy: Policy, t: float, opening: bool = False) -> Procedure:
    """Every step has a cause: a hit since the last one, or this key of the agent, which then is the hit.

    The time of a long call is one cause for its whole ladder.
    """
    chosen = policy.class_of(state.class_id)
    if not opening and chosen.id == policy.time_class:
        return state
    taken = [
        said.t
        for said in state.said
        if said.ladder == chosen.ladder and said.complete and said.method is not Method.EXCHANGE
    ]
    since = max([*taken, *state.calmed], default=float("-inf"))
    if any(hit.counts and hit.axis is chosen.axis and hit.t > since for hit in state.hits):
        return state
    hit = Hit(len(state.hits) + 1, t, chosen.id, chosen.axis, Source.AGENT)
    return replace(state, hits=(*state.hits, hit))


def _said(
    state: Procedure,
    policy: Policy,
    t: float,
    step: int,
    sentence: Sentence,
    method: Method,
    complete: bool = True,
) -> Procedure:
    chosen = policy.class_of(state.class_id)
    said = Said(
        t=t,
        class_id=chosen.id,
        ladder=chosen.ladder,
        step=step,
        kind=policy.ladders[chosen.ladder][step].kind,
        text_id=sentence.text_id,
        text_version=sentence.version,
        language=sentence.language,
        text=sentence.text,
        method=method,
        complete=complete,
    )
    return replace(state, said=(*state.said, said))


def _cut_off(state: Procedure, policy: Policy) -> Procedure:
    """Nothing is pending any more; what was heard in part stands in the record as cut off."""
    pending = state.pending
    state = replace(state, pending=None)
    if pending is None or pending.began is None:
        return state
    return _said(
        state, policy, pending.began, pending.step, pending.sentence, Method.SYSTEM_TEXT, complete=False
    )


def _notice_given(state: Procedure, policy: Policy) -> bool:
    step = next_step(state, policy)
    return step is not None and policy.ladder_of(state.class_id)[step].kind is StepKind.END


def _request_end(state: Procedure, policy: Policy, t: float, by: str) -> Procedure:
    return replace(state, end=EndRequest(t, by, state.class_id, _notice_given(state, policy)))
