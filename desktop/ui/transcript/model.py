"""The lines of a call as a list model; lines come in the order of their start, the text of a line never changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop.ui.transcript import bubble, details
from desktop.ui.transcript.line import Detail, Heard, Line, Side, find_all, find_cause, spans_of

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = int(Qt.ItemDataRole.UserRole)
FOUND_ROLE = LINE_ROLE + 1
"""Names a change of what is looked for alone, which leaves every line as high as it was."""
_SPOKEN = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))


class TranscriptModel(QAbstractListModel):
    """Rows of `Line`. `names` are the words for who speaks, read out before the text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self.names: dict[Side, str] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The line itself, or what a screen reader says."""
        if not 0 <= index.row() < len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in _SPOKEN:
            return self.spoken(line)
        return None

    def spoken(self, line: Line) -> str:
        """All that is painted of a line, in words: who, when, what, how sure, what was found in it."""
        said = self.said(line)
        unsure = QCoreApplication.translate("Transcript", "unsure words") if line.unsure else _doubted(line)
        chips = map(details.chip_words, line.details)
        return ". ".join(filter(None, (said, unsure, *chips, bubble.tag_words(line))))

    def said(self, line: Line) -> str:
        """Who said what when, as it is copied."""
        return f"{self.names.get(line.side, '')} {line.time} {line.text}".strip()

    @property
    def lines(self) -> Sequence[Line]:
        """All lines, oldest first."""
        return self._lines

    def reset(self, lines: Sequence[Line] = ()) -> None:
        """Begin anew with these lines."""
        self.beginResetModel()
        self._lines = sorted(lines, key=lambda line: line.start)
        self.endResetModel()

    def add(self, line: Line) -> int:
        """Put a line where its start belongs and return the row; nearly always that is the end."""
        row = bisect_right(self._lines, line.start, key=lambda other: other.start)
        self.beginInsertRows(QModelIndex(), row, row)
        self._lines.insert(row, line)
        self.endInsertRows()
        return row

    def mark(self, row: int) -> None:
        """Mark a line, or take its mark away."""
        if 0 <= row < len(self._lines):
            self._put(row, replace(self._lines[row], marked=not self._lines[row].marked))

    def show_copied(self, wanted: Detail, copied: bool) -> None:
        """What the caller named is in the notes, or no longer; wherever it was said."""
        for row, line in enumerate(self._lines):
            now = tuple(
                replace(detail, copied=copied) if _same(detail, wanted) else detail for detail in line.details
            )
            if now != line.details:
                self._put(row, replace(line, details=now))

    def newest_detail(self) -> Detail | None:
        """The first detail that is not copied yet in the newest line that has one."""
        fresh = (detail for line in reversed(self._lines) for detail in line.details if not detail.copied)
        return next(fresh, None)

    def mark_heard(self, start: float, matched: Sequence[str], words: str, care: bool) -> None:
        """A hint of the detector about the caller's line that begins at `start`."""
        for row in range(len(self._lines) - 1, -1, -1):
            line = self._lines[row]
            if line.side is Side.CALLER and line.start == start:
                self._put(row, replace(line, heard=Heard(spans_of(line.text, matched), words, care)))
                return

    def mark_cause(self, cause: str) -> int:
        """Underline the caller's newest sentence that a suggestion came from; its row, -1 where it is not found."""
        for row in range(len(self._lines) - 1, -1, -1):
            line = self._lines[row]
            span = find_cause(line.text, cause) if line.side is Side.CALLER else None
            if span is not None:
                self._put(row, replace(line, cause=span))
                return row
        return -1

    def find(self, query: str) -> list[int]:
        """Highlight `query` in all lines; the rows that have it."""
        rows, changed = list[int](), list[int]()
        for row, line in enumerate(self._lines):
            found = find_all(line.text, query)
            if found:
                rows.append(row)
            if found != line.found:
                self._lines[row] = replace(line, found=found)
                changed.append(row)
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]), [FOUND_ROLE])
        return rows

    def _put(self, row: int, line: Line) -> None:
        self._lines[row] = line
        place = self.index(row)
        self.dataChanged.emit(place, place, [])


def _doubted(line: Line) -> str:
    """The words with a dotted line below them, where it is not all of them."""
    doubted = ", ".join(line.text[start:end] for start, end in line.doubts)
    words = QCoreApplication.translate("Transcript", "unsure: {words}")
    return words.replace("{words}", doubted) if doubted else ""


def _same(one: Detail, other: Detail) -> bool:
    return (one.entity.kind, one.entity.value) == (other.entity.kind, other.entity.value)
