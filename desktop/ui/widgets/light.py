"""A status light: a shape, a word, a colour, and bars where there is a level. Fine is quiet."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui.theme.look import look
from desktop.ui.widgets.button import ARROWS
from desktop.ui.widgets.focus import draw_focus_ring

_BARS = 6
_COLOURS = {"ok": "accent", "off": "control", "warn": "warnLine", "fail": "warnLine"}


def _state_word(state: str) -> str:
    """What the shape says."""
    translate = QCoreApplication.translate
    return {
        "ok": translate("Light", "fine"),
        "off": translate("Light", "not in use"),
        "warn": translate("Light", "impaired"),
        "fail": translate("Light", "not working"),
    }[state]


class Light(QAbstractButton):
    """● ok, ○ off, ▲ warn, ■ fail. Enter or a click asks for the cause."""

    asked = Signal()

    def __init__(
        self, text: str = "", state: str = "off", bars: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self._state, self._bars, self._level = state, bars, 0
        self._brief = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.asked)
        self.restyle()

    @property
    def state(self) -> str:
        """Which shape is shown."""
        return self._state

    @property
    def _shows_bars(self) -> bool:
        return self._bars and self._state in ("ok", "warn")

    def set(self, text: str, state: str, detail: str = "") -> None:
        """Word, shape, and the sentence that says what it means and what to do."""
        self._state = state
        self.setText(text)
        self.setShortcut(QKeySequence())
        self.setToolTip(detail or text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(" · ".join(filter(None, (_state_word(state), detail))))
        self.restyle()

    def set_brief(self, brief: bool) -> None:
        """Show the shape alone: the words stay its name and its tool tip."""
        if brief != self._brief:
            self._brief = brief
            self.restyle()

    def set_level(self, share: float) -> None:
        """Loudness, 0 to 1; painted only when a bar changes."""
        level = round(max(0.0, min(1.0, share)) * _BARS)
        if level != self._level:
            self._level = level
            self.update()

    def restyle(self) -> None:
        now = look()
        self.setFont(
            now.font("captionStrong" if self._state in ("warn", "fail") else "caption", tabular=True)
        )
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.width_for(self._brief), look().size(20))

    def width_for(self, brief: bool) -> int:
        """Width in pixels with or without its words."""
        now = look()
        words = now.size(13) if brief else self.fontMetrics().horizontalAdvance(self.text()) + now.size(19)
        return words + (now.size(40) if self._shows_bars else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_shape(painter)
        painter.setPen(now.colour("warnText" if self._state in ("warn", "fail") else "text2"))
        painter.setFont(self.font())
        if not self._brief:
            words = QRectF(now.size(15), 0, self.width(), self.height())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self._shows_bars:
            self._paint_bars(painter)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 4)

    def _paint_bars(self, painter: QPainter) -> None:
        """High where there is sound, low where there is none: the colour only helps."""
        now = look()
        left, foot = self.width() - now.size(38), self.height() / 2 + now.size(5)
        for place in range(_BARS):
            lit = place < self._level
            high = now.size(10) if lit else now.size(4)
            bar = QRectF(left + place * now.size(6), foot - high, now.size(4), high)
            painter.fillRect(bar, now.colour("accent" if lit else "control"))

    def _paint_shape(self, painter: QPainter) -> None:
        now = look()
        side = now.size(10)
        box = QRectF(0.5, self.height() / 2 - side / 2, side, side)
        colour = now.colour(_COLOURS[self._state])
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour)
        if self._state == "warn":
            painter.drawPolygon(
                QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()])
            )
        elif self._state == "fail":
            painter.drawRect(box)
        else:
            if self._state == "off":
                painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
