"""The practice strip: hatched ends and words, so that no one takes practice for a real call."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.actions import Actions
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import look
from desktop.ui.widgets import Button, Elided, Icon, Label, row

HEIGHT = 34
HATCHED = 64


class PracticeStrip(QWidget):
    """Shown only while a practice call is being taken."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Label("", "bodyStrong", "accentText")
        self._scenario = Elided("", "caption", "text2")
        self._scenario.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.leave = Button(key=shown("quit_practice"), kind="quiet", strong=False, height="small")
        self.leave.bind(actions["quit_practice"])
        layout = row(self)
        layout.addStretch()
        layout.addWidget(Icon("cap", "accentText"))
        layout.addWidget(self._words)
        layout.addWidget(self._scenario)
        layout.addWidget(self.leave)
        layout.addStretch()
        self.hide()
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        self._words.setText(self.tr("Practice — not a real call"))
        self.leave.setText(self.tr("Leave practice"))
        self.setAccessibleName(self.tr("Practice — not a real call"))

    def restyle(self) -> None:
        self.setFixedHeight(look().size(HEIGHT))
        self.leave.setFixedHeight(look().size(HEIGHT - 6))

    def show_scenario(self, text: str) -> None:
        """Name the scenario; "" hides the strip."""
        self._scenario.setText(text)
        self.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), now.colour("surface"))
        painter.setPen(QPen(now.colour("accent"), now.size(5)))
        width = now.size(HATCHED)
        for side in (0, self.width() - width):
            painter.setClipRect(QRectF(side, 0, width, self.height()))
            for x in range(side - self.height(), side + width + self.height(), now.size(14)):
                painter.drawLine(x, self.height(), x + self.height(), 0)
        painter.setClipping(False)
        painter.setPen(QPen(now.colour("accent"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
