"""Working states of an agent and what each means for a caller."""

from __future__ import annotations

from enum import Enum


class AgentState(Enum):
    """The state that the agent is in; values are stored and shown to IT, never translated."""

    READY = "ready"
    ON_CALL = "on_call"
    WRAP_UP = "wrap_up"
    BREAK = "break"
    REST = "rest"
    """After an incident or a crisis: it ends when the agent says so, and is counted against nobody."""
    OFF = "off"


CHOOSABLE = (AgentState.READY, AgentState.BREAK, AgentState.OFF)
"""States that an agent can ask for; the others follow from calls."""


def refusal_code(state: AgentState, lets_wait: bool = False) -> int:
    """SIP code with which a new call is refused in this state; 0 where it rings. `lets_wait`: also during a call."""
    if state is AgentState.READY or (lets_wait and state is AgentState.ON_CALL):
        return 0
    return 486 if state is AgentState.ON_CALL else 480
