"""The focus: its ring, 2 px of text colour round 1.5 px of surface, seen on any ground; and giving it back."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui.theme.look import look


def draw_focus_ring(painter: QPainter, box: QRectF, radius: float) -> None:
    """Draw the ring on the edge of `box`."""
    now = look()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(now.colour("surface"), 1.5))
    painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), radius - 2, radius - 2)
    painter.setPen(QPen(now.colour("text"), 2))
    painter.drawRoundedRect(box, radius, radius)


def give_focus(widget: QWidget | None, reason: Qt.FocusReason = Qt.FocusReason.PopupFocusReason) -> None:
    """Give it to who had it before, if they can have it; what has been destroyed meanwhile (a row of a list that
    changed) can't."""
    try:
        if widget is not None and widget.isVisible() and widget.isEnabled():
            widget.setFocus(reason)
    except RuntimeError:
        return
