"""What is being said now, below the list: it may change with every word and never touches the lines above."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme.look import look
from desktop.ui.transcript import bubble
from desktop.ui.transcript.line import Running

_LINES = 4


class RunningStrip(QWidget):
    """One dashed bubble for each side that speaks; no height while nobody does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said: tuple[Running, ...] = ()
        self._laid: list[bubble.LaidOut] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()
        self._measure()

    def show_running(self, said: Sequence[Running]) -> None:
        """Show these, oldest first."""
        if tuple(said) != self._said:
            self._said = tuple(said)
            self._measure()

    def restyle(self) -> None:
        """Sizes of text changed."""
        self._measure()

    def retranslate(self) -> None:
        """Words changed."""
        self.setAccessibleName(self.tr("Being said now"))

    def text(self) -> str:
        """All that is shown, for tests and screen readers."""
        return "\n".join(said.text for said in self._said)

    def sizeHint(self) -> QSize:
        """The height of what is said."""
        return QSize(look().size(200), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width breaks lines anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bubbles, one below the other."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0.0
        for said, laid in zip(self._said, self._laid, strict=True):
            height = bubble.speech_height(laid)
            bubble.paint_speech(painter, QRectF(0, top, self._room(), height), said, laid)
            top += height + look().space("xs")

    def _room(self) -> float:
        return float(max(self.width() - look().space("s"), look().size(120)))

    def _measure(self) -> None:
        self._laid = [bubble.lay_out_running(self._newest(said), self._room()) for said in self._said]
        total = sum(bubble.speech_height(laid) + look().space("xs") for laid in self._laid)
        self.setAccessibleDescription(self.text())
        self.setFixedHeight(round(total))
        self.update()

    def _newest(self, said: Running) -> Running:
        """The last lines of a long speech, so that the strip leaves room for the list."""
        room = int(bubble.inner_width(self._room()) / (look().size(15) * 0.55)) * _LINES
        if len(said.text) <= room:
            return said
        cut = len(said.text) - room
        spans = ((start - cut + 2, end - cut + 2) for start, end in said.glimpsed)
        glimpsed = tuple((max(2, start), end) for start, end in spans if end > 2)
        return Running(said.side, said.time, "… " + said.text[cut:], max(0, said.stable - cut + 2), glimpsed)
