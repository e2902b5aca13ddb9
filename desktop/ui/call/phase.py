"""What the phone is doing, as the left column shows it."""

from __future__ import annotations

from typing import Literal

from desktop.domain.call import Call, CallState, Direction

Phase = Literal["idle", "ringing", "dialling", "talking", "ended"]
"""`ended`: the call is over and waits to be written up."""
HoldPhase = Literal["", "asked", "held", "resuming"]
"""`asked` and `resuming`: the other side has not agreed yet."""


def hold_of(call: Call | None) -> HoldPhase:
    """How far the agent's hold of the call is."""
    if call is None or not call.silenced:
        return ""
    if not call.hold_pending:
        return "held"
    return "asked" if call.wants_hold else "resuming"


def phase_of(call: Call | None, wrapping_up: bool) -> Phase:
    """The phase while `call` is the current call, if any."""
    if call is None or not call.live:
        return "ended" if wrapping_up else "idle"
    if call.state is CallState.CONFIRMED:
        return "talking"
    return "ringing" if call.direction is Direction.INCOMING else "dialling"
