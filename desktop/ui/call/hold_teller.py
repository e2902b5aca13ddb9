"""Says the hold of the call in front to a screen reader: what is true, and what the other side has yet to agree to."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.call import Call
from desktop.services.ports import Clock
from desktop.ui.call.phase import HoldPhase, hold_of

PATIENCE_S = 1.0
"""What is agreed upon within that time is said once, when it is true."""


class HoldTeller:
    """`words` are the card's own for a call, `announce` speaks them."""

    def __init__(self, clock: Clock, announce: Callable[[str], None]) -> None:
        self._clock, self._announce = clock, announce
        self._call_id, self._phase = "", ""
        self._since, self._told = 0.0, True

    def look(self, call: Call | None, words: str) -> None:
        """The call in front as it is now; also called while time passes."""
        phase: HoldPhase = hold_of(call)
        call_id = call.id if call is not None else ""
        if call_id != self._call_id:
            self._call_id, self._phase, self._told = call_id, phase, True
            return
        if phase != self._phase:
            self._phase, self._since, self._told = phase, self._clock.mono(), False
        waits = phase in ("asked", "resuming") and self._clock.mono() - self._since < PATIENCE_S
        if not self._told and not waits:
            self._told = True
            self._announce(words)
