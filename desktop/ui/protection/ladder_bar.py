"""The steps of a ladder in a row: done, now, still to come; by shape and word, not by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui.theme import icons
from desktop.ui.theme.look import look


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: its word, whether it was taken, whether it comes next."""

    word: str
    done: bool
    now: bool


class LadderBar(QLabel):
    """Painted as one piece; its text is what a screen reader says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._rungs: tuple[Rung, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        """Sizes of text changed."""
        self.setFixedHeight(look().size(32) + round(look().leading("caption") * 2))

    def set_rungs(self, rungs: Sequence[Rung], words: tuple[str, str, str]) -> None:
        """Show these steps; `words` say done, now and later."""
        self._rungs = tuple(rungs)
        done, now, later = words
        spoken = [f"{each.word}: {done if each.done else now if each.now else later}" for each in rungs]
        self.setText(". ".join(spoken))
        self.setAccessibleName(self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().size(300), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(look().size(160), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = len(self._rungs)
        if not count:
            return
        share, radius, middle = self.width() / count, look().size(13), look().size(16)
        for place, rung in enumerate(self._rungs):
            centre = QPointF(share * (place + 0.5), middle)
            if place:
                colour = "warnLine" if rung.done or rung.now else "line"
                painter.setPen(QPen(look().colour(colour), 2))
                painter.drawLine(
                    QPointF(centre.x() - share + radius + 2, middle), QPointF(centre.x() - radius - 2, middle)
                )
            self._paint_mark(painter, centre, radius, place, rung)
            self._paint_word(painter, QRectF(share * place, middle + radius + 4, share, self.height()), rung)

    def _paint_mark(self, painter: QPainter, centre: QPointF, radius: float, place: int, rung: Rung) -> None:
        fill, edge, text = (
            ("warnSoft", "warnLine", "warnText")
            if rung.done
            else ("warnText", "warnText", "surface")
            if rung.now
            else ("surface", "control", "text2")
        )
        painter.setPen(QPen(look().colour(edge), 1.5))
        painter.setBrush(look().colour(fill))
        painter.drawEllipse(centre, radius, radius)
        box = QRectF(centre.x() - radius, centre.y() - radius, radius * 2, radius * 2)
        if rung.done:
            inside = box.adjusted(radius * 0.5, radius * 0.5, -radius * 0.5, -radius * 0.5)
            icons.draw(painter, "check", inside, look().colour(text))
            return
        painter.setPen(look().colour(text))
        painter.setFont(look().font("captionStrong", tabular=True))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(place + 1))

    def _paint_word(self, painter: QPainter, box: QRectF, rung: Rung) -> None:
        painter.setPen(look().colour("text" if rung.now else "text2"))
        painter.setFont(look().font("captionStrong" if rung.now else "caption"))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(box.adjusted(2, 0, -2, 0), int(flags), rung.word)
