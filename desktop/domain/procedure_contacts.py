"""Who was called about a call: the supervisor, the police, a line of the policy. Pure, like `procedure`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop.domain.policy import POLICE, Policy
from desktop.domain.procedure_state import Contact, Procedure

SUPERVISOR, LINE = "supervisor", "line"
MOST_CONTACTS = 100


def purpose_of(number: str, supervisor: str, policy: Policy) -> str:
    """What a dialled number is for; "" for anybody else. `supervisor` is the number in the supervisor's address."""
    if number and number == policy.crisis.police:
        return POLICE
    if number and number == supervisor:
        return SUPERVISOR
    return LINE if any(number == line.number for line in policy.crisis.reachable) else ""


def dialled(state: Procedure, contact: Contact) -> Procedure:
    """Somebody is being called. Once for a call, also where a desk that was started again meets it anew."""
    known = any(each.call_id == contact.call_id for each in state.contacts)
    if known or len(state.contacts) >= MOST_CONTACTS:
        return state
    return replace(state, contacts=(*state.contacts, contact))


def answered(state: Procedure, call_id: str, t: float) -> Procedure:
    """Whoever was called is there; the first time stays."""
    return _changed(
        state, call_id, lambda each: each if each.answered is not None else replace(each, answered=t)
    )


def over(state: Procedure, call_id: str, t: float) -> Procedure:
    """The call to somebody has ended, answered or not."""
    return _changed(state, call_id, lambda each: each if each.over is not None else replace(each, over=t))


def police_called(state: Procedure, policy: Policy) -> bool:
    """Whether the police's number was called from this desk, in the call or after it."""
    lines = {line_id for visit in state.crises for line_id, _ in visit.lines}
    return any(contact.purpose == POLICE for contact in state.contacts) or (
        bool(policy.crisis.police) and POLICE in lines
    )


def _changed(state: Procedure, call_id: str, change: Callable[[Contact], Contact]) -> Procedure:
    contacts = tuple(change(each) if each.call_id == call_id else each for each in state.contacts)
    return replace(state, contacts=contacts) if contacts != state.contacts else state
