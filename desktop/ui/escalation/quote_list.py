"""The caller's lines, each with a button that plays it and a tick for "I heard this myself"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.escalation.evidence import Quote
from desktop.ui.history.row_list import RowList, paint_chosen, paint_text
from desktop.ui.theme import icons
from desktop.ui.theme.look import look
from desktop.ui.widgets.paragraph import lay_out

MOST_LINES = 6


class QuoteList(RowList[Quote]):
    """Space or a click on the tick changes it; Enter or a click on the left plays the line, or stops it.

    What was said is there in full, for nobody can confirm the half of it.
    """

    play_requested = Signal(float, float)
    heard_changed = Signal(float, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._heard = self._not_heard = self._unsure = ""
        self._heights: dict[str, float] = {}
        super().__init__(self._spoken, parent)
        self.setUniformItemSizes(False)
        self.retranslate()

    def retranslate(self) -> None:
        """Words changed."""
        self._heard, self._not_heard = self.tr("Heard"), self.tr("Heard? Space")
        self._unsure = self.tr("unsure words")
        self.setAccessibleName(self.tr("What the caller said"))
        self._lay_out()

    def _spoken(self, quote: Quote) -> str:
        unsure = self._unsure if quote.unsure else ""
        heard = self._heard if quote.heard else self._not_heard
        return ", ".join(filter(None, (f"{quote.time} {quote.text}", unsure, heard)))

    def show_quotes(self, quotes: Sequence[Quote]) -> None:
        """Replace the quotes; the chosen one and the place stay while lines are only added or ticked."""
        known, place, top = self.rows.rows, self.current, self.verticalScrollBar().value()
        grown = list(quotes)[: len(known)]
        self.show_rows(quotes)
        if known and [q.start for q in grown] == [q.start for q in known]:
            self.choose(place)
            self.verticalScrollBar().setValue(top)
        elif quotes:
            self.choose(0)

    def row_height(self) -> int:
        """52 at 100 %, for one line of text."""
        return look().size(52)

    def height_of(self, place: int) -> int:
        """As many lines as the quote needs, up to `MOST_LINES`."""
        text = self.rows.rows[place].text
        if text not in self._heights:
            self._heights[text] = lay_out(text, "speech", self._text_width(), most=MOST_LINES)[1]
        return round(self.row_height() + max(0.0, self._heights[text] - look().leading("speech")))

    def sizeHint(self) -> QSize:
        """As high as all rows."""
        return QSize(look().size(200), sum(map(self.height_of, range(len(self.rows.rows)))) + 2)

    def restyle(self) -> None:
        """Sizes of text changed."""
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def _lay_out(self) -> None:
        self._heights.clear()
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
        self.viewport().update()

    def _text_width(self) -> float:
        return max(1.0, self.viewport().width() - self._play_width() - self._tick_width() - look().space("m"))

    def paint_row(self, painter: QPainter, box: QRectF, place: int, chosen: bool) -> None:
        """One quote."""
        ui, quote = look(), self.rows.rows[place]
        if chosen and self.hasFocus():
            paint_chosen(painter, box)
        elif place + 1 < len(self.rows.rows):
            painter.setPen(QPen(ui.colour("line"), 1))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        side = ui.size(16)
        button = QRectF(box.left() + ui.space("s"), box.center().y() - side / 2, side, side)
        icons.draw(painter, "play", button, ui.colour("accentText"))
        left = box.left() + self._play_width()
        right = self._paint_tick(painter, box, quote)
        width, top = max(0.0, right - left - ui.space("m")), box.top() + ui.size(6)
        text = QRectF(left, top, width, box.height() - ui.size(30))
        painter.setPen(ui.colour("text3" if quote.unsure else "text"))
        said, high = lay_out(quote.text, "speech", width, most=MOST_LINES)
        said.draw(painter, QPointF(left, text.center().y() - high / 2))
        sure = f"{quote.time} · {self._unsure}" if quote.unsure else quote.time
        time = QRectF(left, text.bottom() + ui.size(1), width, ui.size(16))
        paint_text(painter, sure, "caption", "text3", time)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the chosen quote, Enter plays it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._play(self.current)
            return
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._toggle(self.current)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the right side ticks, one on the left side plays."""
        super().mouseReleaseEvent(event)
        where = event.position().toPoint()
        if where.x() > self.viewport().width() - self._tick_width():
            self._toggle(self.indexAt(QPoint(where)).row())
        elif where.x() < self._play_width():
            self._play(self.indexAt(QPoint(where)).row())

    def _toggle(self, place: int) -> None:
        if 0 <= place < len(self.rows.rows):
            quote = self.rows.rows[place]
            self.rows.put(place, replace(quote, heard=not quote.heard))
            self.heard_changed.emit(quote.start, not quote.heard)

    def _play(self, place: int) -> None:
        if 0 <= place < len(self.rows.rows):
            quote = self.rows.rows[place]
            self.play_requested.emit(quote.start, quote.end)

    def _play_width(self) -> float:
        return look().size(16) + look().space("s") * 2

    def _tick_width(self) -> float:
        metrics = QFontMetricsF(look().font("bodyStrong"))
        widest = max(metrics.horizontalAdvance(self._heard), metrics.horizontalAdvance(self._not_heard))
        return widest + look().size(18) + look().space("m") * 2

    def _paint_tick(self, painter: QPainter, box: QRectF, quote: Quote) -> float:
        """The box and its word; returns the left edge."""
        ui, side = look(), look().size(16)
        left = box.right() - self._tick_width()
        square = QRectF(left, box.center().y() - side / 2, side, side)
        painter.setPen(QPen(ui.colour("accent" if quote.heard else "control"), 1.5))
        painter.setBrush(ui.colour("accent" if quote.heard else "surface"))
        painter.drawRoundedRect(square, 3, 3)
        if quote.heard:
            icons.draw(painter, "check", square.adjusted(1, 1, -1, -1), ui.colour("onAccent"))
        words = QRectF(
            square.right() + ui.space("s"),
            box.top(),
            box.right() - square.right() - ui.space("s"),
            box.height(),
        )
        text = self._heard if quote.heard else self._not_heard
        paint_text(painter, text, "bodyStrong" if quote.heard else "body", "accentText", words)
        return left
