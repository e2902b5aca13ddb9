"""A running transfer: the other side of a call has been asked to call somebody else in our place."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from desktop.adapters.sip.mapping import cause_of

HANDOVER_S = 60.0
"""Nothing was heard of a transfer for so long: the call comes back."""

Post = Callable[[dict[str, object]], None]


class Line(Protocol):
    """A call that ends with the transfer."""

    def finish(self, code: int = 0) -> None:
        """End it; harmless where it is over."""


class Handover:
    """Of one call, on the SIP thread. Every change is told as a `transfer` event, the first one, with code 0, too."""

    def __init__(self, key: str, post: Post) -> None:
        self._key, self._post = key, post
        self._to, self._until, self._done = "", 0.0, False
        self._other: Line | None = None

    @property
    def running(self) -> bool:
        """Whether the other side has been asked, and is not done."""
        return self._until > 0.0

    def begin(self, to: str, other: Line | None = None) -> None:
        """It was asked to call the address `to`; `other`, our own call with whom it is to reach, ends too then."""
        self._to, self._other = to, other
        self._until = time.monotonic() + HANDOVER_S
        self._tell(0, "", final=False)

    def told(self, code: int, reason: str, final: bool) -> None:
        """How far it is."""
        if not self.running:
            return
        self._tell(code, reason, final)
        if not final:
            self._until = time.monotonic() + HANDOVER_S
        elif code < 300:
            self._done = True  # the next look hangs up: not inside the library's own callback
        else:
            self._failed(code)

    def look(self, now: float, call: Line) -> None:
        """Ten times a second: end the calls once it is done; bring the call back where nobody says a word."""
        if self._done:
            other, self._other, self._done = self._other, None, False
            if other is not None:
                other.finish()
            call.finish()
        elif self.running and now >= self._until:
            self._tell(408, "Request Timeout", final=True)
            self._failed(408)

    def _failed(self, code: int) -> None:
        self._until, self._other = 0.0, None
        self._post({"event": "error", "command": "transfer", "reason": cause_of(code, False)})

    def _tell(self, code: int, reason: str, final: bool) -> None:
        told = {"event": "transfer", "id": self._key, "to": self._to, "code": code, "reason": reason}
        self._post({**told, "final": final})
