"""Says again over datagrams what nobody has confirmed (RFC 3261 17.1.2.2, cut short)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

DELAYS_S = (0.5, 1.5, 3.5, 7.5)
"""T1, doubled: who does not answer by then is gone."""


class Repeats:
    """By a key that the confirmation has too."""

    def __init__(self) -> None:
        self._timers: dict[bytes, list[asyncio.TimerHandle]] = {}

    def start(self, key: bytes, say: Callable[[], None]) -> None:
        """Call `say` a few times more until `heard`."""
        loop = asyncio.get_running_loop()
        self.heard(key)
        timers = [loop.call_later(delay, say) for delay in DELAYS_S]
        timers.append(loop.call_later(DELAYS_S[-1], self.heard, key))
        self._timers[key] = timers

    def heard(self, key: bytes) -> None:
        """It was confirmed."""
        for timer in self._timers.pop(key, ()):
            timer.cancel()

    def close(self) -> None:
        """Nothing is said any more."""
        for key in list(self._timers):
            self.heard(key)
