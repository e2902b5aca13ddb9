"""The list of commands: name, why not now, keys; headings can't be chosen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from desktop.ui.commands.rows import CommandRow, spoken
from desktop.ui.history.row_list import RowList, paint_chosen, paint_text
from desktop.ui.theme.look import look
from desktop.ui.widgets.key_cap import draw_key

LEAST_FOR_REASON = 60
"""Below this many pixels (at 100 %) a reason says nothing: it is left to the line above the list."""


class CommandList(RowList[CommandRow]):
    """The focus stays in the field: the list only shows and takes the pointer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(spoken, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.retranslate()

    def retranslate(self) -> None:
        """Words changed."""
        self.setAccessibleName(self.tr("Commands found"))

    def row_height(self) -> int:
        """A line and room for its key caps."""
        return look().size(30)

    def step(self, by: int) -> None:
        """The next row that is no heading; at an end it stays."""
        rows, way = self.rows.rows, 1 if by > 0 else -1
        place = max(0, min(len(rows) - 1, self.current + by))
        while 0 <= place < len(rows) and rows[place].heading:
            place += way
        if 0 <= place < len(rows):
            self.choose(place)
            if place and rows[place - 1].heading:
                self.scrollTo(self.rows.index(place - 1))
            self.scrollTo(self.rows.index(place))

    def chosen_row(self) -> CommandRow | None:
        """The chosen row."""
        return self.rows.rows[self.current] if 0 <= self.current < len(self.rows.rows) else None

    def paint_row(self, painter: QPainter, box: QRectF, place: int, chosen: bool) -> None:
        """One action, or the heading of a group."""
        ui, row = look(), self.rows.rows[place]
        left, right = box.left() + ui.space("m"), box.right() - ui.space("s")
        if row.heading:
            line = QRectF(left, box.top() + ui.size(6), right - left, box.height() - ui.size(6))
            paint_text(painter, row.words, "captionStrong", "text2", line)
            return
        if chosen:
            paint_chosen(painter, box)
        for cap in reversed(row.caps):
            right = draw_key(painter, cap, right, box.center().y(), ui.colour("text3")) - ui.space("xs")
        colour = "text3" if row.reason else "text"
        need = QFontMetricsF(ui.font("body", tabular=True)).horizontalAdvance(row.words) + ui.space("m")
        room = right - ui.space("s") - left
        paint_text(painter, row.words, "body", colour, QRectF(left, box.top(), room, box.height()))
        if row.reason and room - need >= ui.size(LEAST_FOR_REASON):
            rest = QRectF(left + need, box.top(), room - need, box.height())
            paint_text(painter, row.reason, "caption", "text3", rest, right=True)
