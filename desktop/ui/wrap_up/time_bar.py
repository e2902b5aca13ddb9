"""The recommended time as a bar that steps once a second; the figure beside it says the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.theme.look import look


class TimeBar(QWidget):
    """`share` of the time is left, 0 to 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share = 0.0
        self.restyle()

    def restyle(self) -> None:
        """Sizes of text changed."""
        self.setFixedHeight(look().size(6))

    def set_share(self, share: float) -> None:
        """Show another share."""
        self.share = min(1.0, max(0.0, share))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rest of the time in accent."""
        painter = QPainter(self)
        if look().contrast:
            painter.setPen(look().colour("control"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        else:
            painter.fillRect(self.rect(), look().colour("line"))
        rest = QRectF(0, 0, self.width() * self.share, self.height())
        painter.fillRect(rest, look().colour("accent"))
