"""One line or two in the place that is kept free for it: tone, icon, words, what to press."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui.theme import icons
from desktop.ui.theme.look import look
from desktop.ui.widgets.chip import TONES
from desktop.ui.widgets.key_cap import draw_key, key_width
from desktop.ui.widgets.paragraph import lay_out


class Notice(QLabel):
    """Painted as one piece, so that its height is what its words need and never more than `most` lines."""

    def __init__(self, most: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._tone, self._icon, self._most = "warn", "warn", most
        self._keys: tuple[tuple[str, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set(
        self, text: str, tone: str = "warn", icon: str = "warn", keys: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Say something; `keys` are pairs of key and what it does."""
        self._tone, self._icon, self._keys = tone, icon, tuple(keys)
        self.setText(text)
        self.setToolTip(text)
        self.setAccessibleDescription(" · ".join(f"{key} {what}" for key, what in keys))
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        now = look()
        return round(self.least_height(width) + 2 * (now.space("xs") + 2))

    def least_height(self, width: int) -> float:
        """What words and keys need; where the place is short, the edges give way."""
        return self._lay_out(width)[1] + self._keys_height()

    def sizeHint(self) -> QSize:
        return QSize(look().size(260), self.heightForWidth(look().size(260)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().size(80), round(look().leading("captionStrong")))

    def _lay_out(self, width: float) -> tuple[QTextLayout, float]:
        return lay_out(self.text(), "captionStrong", self._room(width), most=self._most)

    def _keys_height(self) -> float:
        return look().leading("caption") + look().size(3) if self._keys else 0.0

    def _room(self, width: float) -> float:
        now = look()
        return width - now.space("s") * 3 - now.size(18)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        fill, text, edge = TONES[self._tone]
        edge = now.edge(edge)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(now.colour(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(now.colour(edge), 1) if edge else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        layout, height = self._lay_out(self.width())
        keys = self._keys_height()
        # Where the place is short, the edges give way and not the words.
        top = max(1.0, min(now.space("xs") + 2, (self.height() - height - keys) / 2))
        left, side = now.space("s"), now.size(18)
        icons.draw(painter, self._icon, QRectF(left, top, side, side), now.colour(text))
        left += side + now.space("s")
        painter.setPen(now.colour(text))
        painter.save()
        painter.setClipRect(QRectF(left, top, self._room(self.width()), self.height() - 2 * top - keys + 2))
        layout.draw(painter, QRectF(left, top, 1, 1).topLeft())
        painter.restore()
        self._paint_keys(painter, left, min(top + height, self.height() - top - keys), text)

    def _paint_keys(self, painter: QPainter, left: float, top: float, colour: str) -> None:
        now = look()
        font = now.font("caption")
        metrics = QFontMetricsF(font)
        middle = top + now.size(2) + now.leading("caption") / 2
        for key, what in self._keys:
            draw_key(painter, key, left + key_width(key), middle, now.colour(colour))
            left += key_width(key) + now.space("xs")
            painter.setFont(font)
            width = metrics.horizontalAdvance(what)
            area = QRectF(left, middle - metrics.height() / 2, width + 2, metrics.height())
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), what)
            left += width + now.space("m")
