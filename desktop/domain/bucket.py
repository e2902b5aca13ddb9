"""A token bucket: so many at once, then so many a second."""

from __future__ import annotations


class Bucket:
    """`size` at once, then `rate` a second. What is refused costs nothing, so honest callers still get through."""

    def __init__(self, size: float, rate: float, now: float) -> None:
        self._size, self._rate, self._left, self._last = size, rate, size, now

    def take(self, now: float) -> bool:
        """Whether one more may pass."""
        self._left = min(self._size, self._left + (now - self._last) * self._rate)
        self._last = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
