"""The second line of the desk: somebody whom the agent asks, or who joins the call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from desktop.domain.call import CallState, Hold


class Purpose(Enum):
    """Why there is a second line."""

    SUPERVISOR = "supervisor"
    LINE = "line"
    """A number of the policy that is brought into a crisis."""
    INTERPRETER = "interpreter"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Consultation:
    """Who is on the second line and how. `call_id` is empty until the phone has named the call.

    `name`: who it is, as the policy or the agent says it; `number`: who was dialled. `joins`: all three hear each other
    once it is answered. `together`: they do now. `hold_pending`: as a call's.
    """

    purpose: Purpose
    name: str
    call_id: str = ""
    joins: bool = False
    state: CallState = CallState.CALLING
    hold: Hold = Hold.NONE
    hold_pending: bool = False
    together: bool = False
    number: str = ""
    confirmed: datetime | None = None
    """When somebody was there, in UTC."""

    @property
    def answered(self) -> bool:
        """Whether somebody is there."""
        return self.state is CallState.CONFIRMED

    @property
    def alone(self) -> bool:
        """Whether the agent speaks with them and nobody else now."""
        return self.answered and not self.waits and not self.together

    @property
    def waits(self) -> bool:
        """Whether the other one is on hold while the agent speaks with the caller, or is about to be."""
        return self.hold.by_agent != self.hold_pending
