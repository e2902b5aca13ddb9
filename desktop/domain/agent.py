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


def refusal_code(state: AgentState) -> int:
    """SIP code with which a new call is refused in this state; 0 where it rings."""
    if state is AgentState.READY:
        return 0
    return 486 if state is AgentState.ON_CALL else 480
