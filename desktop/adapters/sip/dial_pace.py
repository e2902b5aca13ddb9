"""How quickly calls may be made: what a script can write faster than the library gives its sockets back."""

from __future__ import annotations

from collections import deque

from desktop.adapters.sip.running import CommandError

AT_ONCE, WITHIN_S = 5, 0.6
"""Each call takes two of the library's 64 sockets and gives them back half a second after its end; without a free one
the process ends. The door lets 22 callers a half second in: with these, and two calls that run, 58 are in use."""


class DialPace:
    """Not more than `AT_ONCE` calls of ours within `WITHIN_S`."""

    def __init__(self) -> None:
        self._begun: deque[float] = deque(maxlen=AT_ONCE)

    def take(self, now: float) -> None:
        """A call begins at `now`, seconds of a monotonic clock. Raises CommandError where it comes too soon."""
        if len(self._begun) == AT_ONCE and now - self._begun[0] < WITHIN_S:
            raise CommandError("too many calls at once; try again in a moment")
        self._begun.append(now)
