"""A band over the whole width with one line at its top or bottom."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui.theme.look import look


class Bar(QWidget):
    """`share` is its height in controls."""

    def __init__(self, share: float, line_on_top: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share, self._on_top = share, line_on_top
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(round(look().control * self._share))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("surface"))
        painter.setPen(QPen(look().colour("line"), 1))
        y = 0 if self._on_top else self.height() - 1
        painter.drawLine(0, y, self.width(), y)
