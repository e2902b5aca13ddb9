"""A band over the whole width with one line at its top or bottom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui.theme.look import look


class Bar(QWidget):
    """`share` is its height in controls. What has no room folds (`fit`); a bar never widens the window."""

    def __init__(self, share: float, line_on_top: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share, self._on_top = share, line_on_top
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(round(look().control * self._share))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.fit()
        return done

    def fit(self) -> None:
        """The words or the width have changed: show what there is room for. Must change nothing the second time."""

    def room(self) -> int:
        """Width for the parts, in pixels."""
        layout = self.layout()
        edges = layout.contentsMargins() if layout is not None else QMargins()
        return self.width() - edges.left() - edges.right()

    def gap(self) -> int:
        """Distance between two parts, in pixels."""
        layout = self.layout()
        return layout.spacing() if layout is not None else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("surface"))
        painter.setPen(QPen(look().colour("line"), 1))
        y = 0 if self._on_top else self.height() - 1
        painter.drawLine(0, y, self.width(), y)
