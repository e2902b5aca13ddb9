"""How high every row of a transcript is and where it begins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QModelIndex, QObject

from desktop.ui.transcript import bubble
from desktop.ui.transcript.model import FOUND_ROLE, TranscriptModel

AT_ONCE = 300
"""So many rows are laid out at once; of more, those that are seen."""


class Heights(QObject):
    """Heights in pixels for one width. It hears of changes before the view does.

    Laying out a row takes some 50 microseconds: in a long transcript rows that nobody has seen yet have an estimated
    height, until `settle` is asked for them.
    """

    def __init__(self, model: TranscriptModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.width = 500
        self._heights: list[int] = []
        self._weights: list[int] = []
        self._known = bytearray()
        self._tops: list[int] = [0]
        model.rowsInserted.connect(self._inserted)
        model.dataChanged.connect(self._changed)
        model.modelReset.connect(self._reset)

    @property
    def total(self) -> int:
        """Height of all rows."""
        return self._starts()[-1]

    def top(self, row: int) -> int:
        """Where a row begins."""
        return self._starts()[row]

    def height(self, row: int) -> int:
        """Height of a row."""
        return self._heights[row]

    def known(self, row: int) -> bool:
        """Whether the height is no estimate."""
        return bool(self._known[row])

    def rows_between(self, top: int, bottom: int) -> range:
        """The rows of which something lies between two heights."""
        starts = self._starts()
        first = max(0, bisect_right(starts, top) - 1)
        return range(first, min(len(self._heights), max(first, bisect_right(starts, bottom))))

    def set_width(self, width: int) -> None:
        """Rows have another width."""
        if width != self.width:
            self.width = width
            self.measure()

    def measure(self) -> None:
        """Width or fonts changed."""
        rows = len(self._weights)
        self._known = bytearray(rows)
        self._heights = bubble.estimated_heights(self._weights, self.width)
        self._tops = []
        if rows <= AT_ONCE:
            self.settle(range(rows))

    def _reset(self) -> None:
        self._weights = list(map(bubble.weight, self._model.lines))
        self.measure()

    def settle(self, rows: Sequence[int]) -> bool:
        """Lay these rows out where that was not done yet; whether one turns out to be higher or lower."""
        before = {row: self._heights[row] for row in rows if not self._known[row]}
        for row in before:
            self._heights[row] = bubble.line_height(self._model.lines[row], self.width)
            self._known[row] = 1
        changed = any(self._heights[row] != height for row, height in before.items())
        if changed:
            self._tops = []
        return changed

    def _starts(self) -> list[int]:
        """Where each row begins, and where the last one ends."""
        if not self._tops:
            self._tops = list(accumulate(self._heights, initial=0))
        return self._tops

    def _inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        new, end = self._model.lines[first : last + 1], first == len(self._heights)
        self._weights[first:first] = weights = list(map(bubble.weight, new))
        self._heights[first:first] = bubble.estimated_heights(weights, self.width)
        self._known[first:first] = bytes(len(new))
        tops, self._tops = self._tops, []
        self.settle(range(first, min(last + 1, first + AT_ONCE)))
        if tops and end and first == last:
            # Nearly every line comes at the end: where the others begin stays as it is.
            self._tops = tops
            tops.append(tops[-1] + self._heights[first])

    def _changed(self, first: QModelIndex, last: QModelIndex, roles: Sequence[int]) -> None:
        if FOUND_ROLE in roles:
            return
        rows = range(first.row(), last.row() + 1)
        self._known[rows.start : rows.stop] = bytes(len(rows))
        self._weights[rows.start : rows.stop] = map(bubble.weight, self._model.lines[rows.start : rows.stop])
        self.settle(rows[:AT_ONCE])
