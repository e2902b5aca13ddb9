"""How much sound the speaker's device keeps ahead of the ear.

Sound that the device has already plays on while this process, or the whole machine, gets no time. It costs as much
delay as it saves, so it is short until it was too short again and again.
"""

from __future__ import annotations

from collections import deque

LENGTHS_MS = (20, 40, 80, 120)
DRY_MOMENTS = 2
WITHIN_S = 60.0
CALM_S = 600.0


class PlayQueue:
    """`ms` is the length to open the device with. Lasts over calls: a machine that was late is late tomorrow too.

    `ran_dry` comes from the device's thread, the rest from others; each writes what is its own. Times are of a
    monotonic clock, in seconds.
    """

    def __init__(self) -> None:
        self.ms = LENGTHS_MS[0]
        self._dry: deque[float] = deque(maxlen=DRY_MOMENTS)
        self._last_dry: float | None = None
        self._silent_ms = 0.0

    def ran_dry(self, silent_ms: float, now: float) -> None:
        """The device had nothing to play for so long; the second time within a minute lengthens the queue."""
        self._silent_ms += silent_ms
        self._dry.append(now)
        self._last_dry = now
        if len(self._dry) == DRY_MOMENTS and now - self._dry[0] <= WITHIN_S:
            self._dry.clear()
            self.ms = next((length for length in LENGTHS_MS if length > self.ms), self.ms)

    def silent_ms(self) -> int:
        """What the device has played of silence for want of sound since this was asked last."""
        silent, self._silent_ms = int(self._silent_ms), 0.0
        return silent

    def begin_call(self, now: float) -> None:
        """A call begins: after ten minutes without a dry moment the queue is short again."""
        if self._last_dry is None or now - self._last_dry > CALM_S:
            self._dry.clear()
            self.ms = LENGTHS_MS[0]
