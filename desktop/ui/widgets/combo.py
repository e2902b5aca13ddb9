"""A combo box; the style sheet takes its arrow away, so it paints its own."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from desktop.ui.theme import icons
from desktop.ui.theme.look import look


class Combo(QComboBox):
    """One of several; the wheel scrolls the pane and never changes the choice by accident."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        now = look()
        pad = now.space("s")
        self.setFont(now.font("body"))
        self.setFixedHeight(now.control)
        # Of its own, for a combo knows no margins: in the application's, every widget would be polished anew.
        measures = f"""
        QComboBox {{ padding: 0 {pad}px; }}
        QComboBox:focus {{ padding: 0 {pad - 1}px; }}
        QComboBox::drop-down {{ width: {now.size(22)}px; }}
        """
        if measures != self.styleSheet():
            self.setStyleSheet(measures)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        now = look()
        side = now.size(18)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.width() - side - now.space("s"), (self.height() - side) // 2, side, side)
        icons.draw(painter, "chevron", place, now.colour("text2"))
