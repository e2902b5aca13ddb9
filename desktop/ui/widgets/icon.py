"""An icon on its own."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.theme import icons
from desktop.ui.theme.look import look


class Icon(QWidget):
    """Decoration beside a word: it has no name of its own and takes no focus."""

    def __init__(
        self, name: str, colour: str = "text2", side: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._colour, self._side = name, colour, side
        self.restyle()

    def set(self, name: str, colour: str) -> None:
        """Show another icon, "" for none."""
        self._name, self._colour = name, colour
        self.update()

    def restyle(self) -> None:
        side = look().size(self._side)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._name:
            icons.draw(QPainter(self), self._name, QRectF(self.rect()), look().colour(self._colour))
