"""Lists of calls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui.history.row_list import RowList, paint_chosen, paint_text
from desktop.ui.history.rows import CallRow
from desktop.ui.pages import PagePanel
from desktop.ui.shortcuts import shown
from desktop.ui.theme import icons
from desktop.ui.theme.look import look
from desktop.ui.widgets import Button, Label, Paragraph, Rule, row
from desktop.ui.widgets.chip import TONES

BESIDE = ("caller", "waiting")


def spoken(call: CallRow) -> str:
    """What a screen reader says of a row."""
    return ", ".join(part for part in (call.time, call.title, call.detail, call.status) if part)


class CallRows(RowList[CallRow]):
    """Time, subject, number and length, what became of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._column = 0.0
        super().__init__(spoken, parent)

    def show_rows(self, rows: Sequence[CallRow]) -> None:
        """Replace the calls; the first column is measured anew."""
        self._column = 0.0
        super().show_rows(rows)

    def restyle(self) -> None:
        """Sizes of text changed."""
        self._column = 0.0
        super().restyle()

    def row_height(self) -> int:
        """55 at 100 %."""
        return look().size(55)

    def paint_row(self, painter: QPainter, box: QRectF, place: int, chosen: bool) -> None:
        """One call."""
        ui, call = look(), self.rows.rows[place]
        if chosen:
            paint_chosen(painter, box)
        elif place + 1 < len(self.rows.rows):
            painter.setPen(QPen(ui.colour("line"), 1))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        pad = ui.space("s") if chosen else 0
        column = self._time_width()
        time = QRectF(box.left() + pad, box.top(), column, box.height())
        paint_text(painter, call.time, "caption", "text3", time)
        right = self._paint_status(painter, box, call)
        left = box.left() + column + ui.size(4)
        width = max(0.0, right - left - ui.space("s"))
        middle = box.center().y()
        paint_text(
            painter, call.title, "body", "text", QRectF(left, middle - ui.size(18), width, ui.size(20))
        )
        paint_text(
            painter, call.detail, "caption", "text3", QRectF(left, middle + ui.size(2), width, ui.size(16))
        )

    def _time_width(self) -> float:
        """Width of the first column: as wide as the longest time in the list."""
        if not self._column:
            metrics = QFontMetricsF(look().font("caption", tabular=True))
            times = {call.time for call in self.rows.rows}
            widest = max(map(metrics.horizontalAdvance, times), default=0.0)
            self._column = max(float(look().size(72)), widest + look().space("m"))
        return self._column

    def _paint_status(self, painter: QPainter, box: QRectF, call: CallRow) -> float:
        """A chip at the right end; returns its left edge."""
        if not call.status:
            return box.right()
        ui = look()
        font = ui.font("caption", tabular=True)
        metrics = QFontMetricsF(font)
        mark = ui.size(18) if call.attention else 0
        width = min(metrics.horizontalAdvance(call.status) + ui.size(16) + mark, box.width() * 0.45)
        height = metrics.height() + ui.size(6)
        chip = QRectF(box.right() - width - 1, box.center().y() - height / 2, width, height)
        fill, text, edge = TONES["warn" if call.attention else "outline"]
        painter.setBrush(ui.colour(fill) if fill else ui.colour("surface"))
        painter.setPen(QPen(ui.colour(edge), 1))
        painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        if call.attention:
            side = ui.size(14)
            place = QRectF(chip.left() + ui.size(7), chip.center().y() - side / 2, side, side)
            icons.draw(painter, "warn", place, ui.colour(text))
        inside = chip.adjusted(ui.size(7) + mark, 0, -ui.size(7), 0)
        paint_text(painter, call.status, "caption", text, inside)
        return chip.left()


class CallListView(PagePanel):
    """A list with words for when it is empty; the foot says what comes next and leads to all calls."""

    row_opened = Signal(str)
    back_requested = Signal()

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        """`kind` is today, earlier or every; or caller or waiting, beside the middle and without a foot."""
        key = "" if kind in BESIDE else shown("pane_2")
        super().__init__("", key, margins=("l", "s", "l", "s"), gap="xs", parent=parent)
        self._kind = kind
        self.list = CallRows()
        self._empty = Paragraph("", "body", "text3")
        self._hint = Label("", "caption", "text2")
        key = "Esc" if kind == "every" else shown("calls")
        self.button = Button("", key, kind="quiet", height="small", strong=False)
        self.incidents = Button(
            "", shown("incidents"), icon="warn", kind="quiet", height="small", strong=False
        )
        self.incidents.hide()
        self.body.addWidget(self._empty)
        self.body.addWidget(self.list)
        self.body.addStretch(1)
        self.foot = row()
        if kind not in BESIDE:
            self.body.addWidget(Rule())
        self.foot.addWidget(self._hint)
        self.foot.addWidget(self.incidents)
        self.foot.addStretch()
        self.foot.addWidget(self.button)
        self.body.addLayout(self.foot)
        for widget in (self._hint, self.button):
            widget.setVisible(kind not in BESIDE)
        self.list.opened.connect(self._open_row)
        if kind == "every":
            self.button.clicked.connect(self.back_requested)
        self.retranslate()
        self.show_rows([])

    def retranslate(self) -> None:
        """Words changed."""
        titles = {
            "today": self.tr("Recent calls"),
            "earlier": self.tr("Earlier calls from this number"),
            "caller": self.tr("Earlier calls from this number"),
            "waiting": self.tr("To call back"),
            "every": self.tr("All calls"),
        }
        empty = {
            "today": self.tr("No calls yet today."),
            "earlier": self.tr("No earlier calls from this number."),
            "caller": self.tr("No earlier calls from this number."),
            "waiting": self.tr("Nobody waits to be called back."),
            "every": self.tr("No calls are kept yet."),
        }
        self.set_title(titles[self._kind])
        self.list.setAccessibleName(titles[self._kind])
        self._empty.set(empty[self._kind])
        reading = self.tr("Enter shows the transcript and the notes of a call.")
        waiting = self.tr("Once you answer, both voices appear here as text.")
        self._hint.setText(reading if self._kind == "every" else waiting)
        self.button.setText(self.tr("Back") if self._kind == "every" else self.tr("All calls"))
        self.incidents.setText(self.tr("Earlier incidents"))

    def _open_row(self, place: int) -> None:
        self.row_opened.emit(self.list.rows.rows[place].call_id)

    def set_empty(self, words: str) -> None:
        """What an empty list says."""
        self._empty.set(words)

    def show_hint(self, there: bool) -> None:
        """Whether the foot says what Enter does."""
        self._hint.setVisible(there)

    def show_incidents(self, there: bool) -> None:
        """Whether this caller has earlier incidents; they take the place of the hint."""
        self.incidents.setVisible(there)
        self._hint.setVisible(not there)

    def show_rows(self, rows: Sequence[CallRow]) -> None:
        """Replace the calls."""
        self.list.show_rows(rows)
        self._empty.setVisible(not rows)
        self.list.setVisible(bool(rows))
        if rows and self._kind == "every":
            self.list.choose(0)

    def first_focus(self) -> QWidget:
        """Where the focus begins."""
        return self.list if self.list.isVisibleTo(self) or self._kind in BESIDE else self.button
