"""A short fact in a soft box."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui.theme import icons
from desktop.ui.theme.look import look

TONES: dict[str, tuple[str, str, str]] = {
    "plain": ("subtle", "text2", "line"),
    "accent": ("accentSoft", "accentText", ""),
    "warn": ("warnSoft", "warnText", "warnLine"),
    "danger": ("dangerSoft", "dangerText", ""),
    "care": ("careSoft", "careText", "careLine"),
    "outline": ("", "text2", "line"),
}
"""Tone: fill, text, edge. What a tone means is said by the words too."""


class Chip(QLabel):
    """Text with an icon; elides where there is no room."""

    def __init__(
        self,
        text: str = "",
        tone: str = "plain",
        icon: str = "",
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._tone, self._icon, self._strong = tone, icon, strong
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip(text)
        self.restyle()

    def set(self, text: str, tone: str | None = None, icon: str | None = None) -> None:
        """Change what it says."""
        self._tone = self._tone if tone is None else tone
        self._icon = self._icon if icon is None else icon
        self.setText(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        self.setFont(look().font("captionStrong" if self._strong else "caption", tabular=True))
        self.setFixedHeight(round(QFontMetricsF(self.font()).height() + look().size(6)))

    def _mark(self) -> int:
        return look().size(14) if self._icon else 0

    def sizeHint(self) -> QSize:
        now = look()
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text()) + now.size(14)
        if self._icon:
            width += self._mark() + now.size(4)
        return QSize(round(width) + 1, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), look().size(60)), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        fill, text, edge = TONES[self._tone]
        edge = now.edge(edge)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(now.colour(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(now.colour(edge), 1) if edge else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        left, mark = now.size(7), self._mark()
        if self._icon:
            place = QRectF(left, (self.height() - mark) / 2, mark, mark)
            icons.draw(painter, self._icon, place, now.colour(text))
            left += mark + now.size(4)
        painter.setPen(now.colour(text))
        painter.setFont(self.font())
        room = self.width() - left - now.size(5)
        # In the middle: what is counted stands at the end.
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(
            QRectF(left, 0, self.width() - left, self.height()), int(Qt.AlignmentFlag.AlignVCenter), words
        )
