"""Two columns of a panel: beside each other where one pane has the whole width, else one below the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.ui.theme.look import look
from desktop.ui.widgets import col

LEAST = 840
"""Pixels at 100 % text from which two columns have room; a column of the window is narrower."""


class Halves(QWidget):
    """Fill `first` and `second`. A low window shows both without scrolling that way. `turned`: they stand otherwise."""

    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first: QVBoxLayout = col(gap="s")
        self.second: QVBoxLayout = col(gap="s")
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.addLayout(self.first)
        self._both.addLayout(self.second)
        self.restyle()

    @property
    def beside(self) -> bool:
        """Whether they stand beside each other."""
        return self.width() >= look().size(LEAST)

    def restyle(self) -> None:
        """Sizes of text changed."""
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for two."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        beside = self.beside
        self._both.setSpacing(look().space("m" if beside else "s"))
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        for place in (0, 1):
            self._both.setStretch(place, 1 if beside or place else 0)
        if direction is not self._both.direction():
            self._both.setDirection(direction)
            self.turned.emit()
