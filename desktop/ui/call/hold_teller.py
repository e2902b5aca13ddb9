"""Says hold and mute of the call in front to a screen reader: what is true, and what is still to be agreed to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from desktop.domain.call import Call, Hold
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
        theirs = call is not None and call.hold is Hold.REMOTE
        phase: HoldPhase | Literal["theirs"] = hold_of(call) or ("theirs" if theirs else "")
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


class MuteTeller:
    """`announce` speaks."""

    def __init__(self, announce: Callable[[str], None]) -> None:
        self._announce = announce
        self._call_id, self._muted = "", False

    def look(self, call: Call | None, words: tuple[str, str]) -> None:
        """The call in front as it is now; `words` say that it is muted, and that it is no longer."""
        call_id, muted = (call.id, call.muted) if call is not None else ("", False)
        if call_id == self._call_id and muted != self._muted:
            self._announce(words[0] if muted else words[1])
        self._call_id, self._muted = call_id, muted
