"""The list of answers: question with its key, the sentence that fits, where it comes from and why."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.faq.rows import AnswerRow
from desktop.ui.history.row_list import RowList, paint_chosen, paint_text
from desktop.ui.theme.look import look
from desktop.ui.widgets.key_cap import draw_key, key_width

NUMBERED = 9
READ_OUT = 120
"""So many characters of an answer are read out; Enter opens all of it."""


def spoken(row: AnswerRow) -> str:
    """What a screen reader says of a row: as much of the answer as the row has room for."""
    passage = textwrap.shorten(row.passage, READ_OUT, placeholder="…")
    return ". ".join(part.rstrip(". ") for part in (row.question, passage, row.meta) if part)


class HitList(RowList[AnswerRow]):
    """Rows 62 high; the first nine have a key. Left and Right go to the next shelf, Backspace goes up."""

    turn_requested = Signal(int)
    up_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(spoken, parent)
        self.retranslate()

    def retranslate(self) -> None:
        """Words changed."""
        self.setAccessibleName(self.tr("Answers found"))

    def show_rows(self, rows: Sequence[AnswerRow]) -> None:
        """Replace the rows; the same answers in the same order stay where they are, scrolled or not."""
        shown = [(row.kind, row.target) for row in self.rows.rows]
        if shown and shown == [(row.kind, row.target) for row in rows]:
            self.rows.update(rows)
        else:
            super().show_rows(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The same keys as in the empty field."""
        turns = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        by = turns.get(Qt.Key(event.key()))
        if by is not None and not event.modifiers():
            self.turn_requested.emit(by)
        elif event.key() == Qt.Key.Key_Backspace:
            self.up_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """An answer that opens below takes room: the chosen row stays in sight."""
        super().resizeEvent(event)
        if self.current >= 0:
            self.scrollTo(self.currentIndex())

    def row_height(self) -> int:
        """62 at 100 %, and a pixel between rows."""
        return look().size(62) + 1

    def paint_row(self, painter: QPainter, box: QRectF, place: int, chosen: bool) -> None:
        """One answer."""
        ui, row = look(), self.rows.rows[place]
        if chosen:
            paint_chosen(painter, box)
        pad, right = ui.space("s"), box.right() - ui.space("s")
        left = box.left() + pad + ui.size(2)
        if place < NUMBERED:
            key = f"Ctrl+{place + 1}"
            draw_key(painter, key, right, box.top() + ui.size(16), ui.colour("text3"))
            right -= key_width(key) + pad
        question = QRectF(left, box.top() + ui.size(5), right - left, ui.size(20))
        paint_text(painter, row.question, "bodyStrong", "text", question, row.question_marks)
        wide = box.right() - pad - left
        passage = QRectF(left, box.top() + ui.size(25), wide, ui.size(17))
        paint_text(painter, row.passage, "caption", "text2", passage, row.passage_marks)
        meta = QRectF(left, box.top() + ui.size(42), wide, ui.size(17))
        paint_text(painter, row.meta, "caption", "text3", meta)
