"""Which stretches of a call are text already."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from operator import attrgetter

from desktop.domain.transcript import Segment, same_stretch

_START = attrgetter("start")


class Stretches:
    """Reads each line of a growing list once, and of a long call looks at few; another list begins anew."""

    def __init__(self) -> None:
        self._lines: Sequence[Segment] = ()
        self._read = 0
        self._in_order: list[Segment] = []
        self._longest = 0.0

    def among(self, lines: Sequence[Segment], segment: Segment) -> bool:
        """Whether one of `lines` has the words of `segment`."""
        if lines is not self._lines:
            self._lines, self._read, self._in_order, self._longest = lines, 0, [], 0.0
        for line in lines[self._read :]:
            insort(self._in_order, line, key=_START)
            self._longest = max(self._longest, line.end - line.start)
        self._read = len(lines)
        first = bisect_left(self._in_order, segment.start - self._longest, key=_START)
        last = bisect_right(self._in_order, segment.end, key=_START)
        return any(same_stretch(segment, other) for other in self._in_order[first:last])
