"""Key caps: the key of a control, painted beside its word."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui.theme.look import look
from desktop.ui.theme.tokens import RADIUS


def key_width(text: str) -> float:
    """Width of the cap for `text`."""
    now = look()
    return max(QFontMetricsF(now.font("caption")).horizontalAdvance(text) + now.size(10), now.size(20))


def draw_key(painter: QPainter, text: str, right: float, middle: float, colour: QColor) -> float:
    """Draw a cap that ends at `right`; returns its left edge."""
    now = look()
    font = now.font("caption")
    height = QFontMetricsF(font).height() + now.size(2)
    width = key_width(text)
    box = QRectF(right - width, middle - height / 2, width, height)
    edge = QColor(colour)
    edge.setAlphaF(0.55)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS["key"], RADIUS["key"])
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
    return box.left()


def spoken_key(text: str) -> str:
    """The words of a cap whose signs a screen reader may leave out."""
    translate = QCoreApplication.translate
    words = {
        "← →": translate("KeyCap", "Left and Right arrow"),
        "!": translate("KeyCap", "exclamation mark"),
        "/": translate("KeyCap", "slash"),
    }
    return words.get(text, text)


class KeyCap(QLabel):
    """A cap on its own."""

    def __init__(self, text: str, colour: str = "text3", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._colour = colour
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        """Words changed."""
        self.setAccessibleName(spoken_key(self.text()))

    def rekey(self, moved: Mapping[str, str]) -> None:
        """Keys have changed: `moved` gives the new cap of an old one."""
        if self.text() in moved:
            self.setText(moved[self.text()])
            self.retranslate()
            self.restyle()

    def restyle(self) -> None:
        now = look()
        height = QFontMetricsF(now.font("caption")).height() + now.size(2)
        self.setFixedSize(round(key_width(self.text())) + 1, round(height) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_key(painter, self.text(), self.width(), self.height() / 2, look().colour(self._colour))
