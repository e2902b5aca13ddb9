"""What a caller named, as masked chips below the line: how they are worded, placed and painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from desktop.ui.theme.look import look
from desktop.ui.transcript.line import Detail
from desktop.ui.widgets.key_cap import draw_key, key_width

if TYPE_CHECKING:
    from desktop.domain.entities import EntityKind


def kind_word(kind: EntityKind) -> str:
    """What a detail is, in a word."""
    from desktop.domain.entities import EntityKind  # loaded after the start

    translate = QCoreApplication.translate
    return {
        EntityKind.PHONE: translate("Details", "Phone"),
        EntityKind.PLATE: translate("Details", "Plate"),
        EntityKind.ADDRESS: translate("Details", "Address"),
        EntityKind.DATE: translate("Details", "Date"),
        EntityKind.AMOUNT: translate("Details", "Amount"),
    }[kind]


def shown_words(detail: Detail) -> str:
    """A detail as it may stand on the screen."""
    return f"{kind_word(detail.entity.kind)} {detail.shown}"


def noted_words(detail: Detail) -> str:
    """A detail as it goes into the notes: the real value."""
    return f"{kind_word(detail.entity.kind)} {detail.entity.value}"


def chip_words(detail: Detail) -> str:
    """A chip's words: a tick where it is in the notes."""
    return f"✓ {shown_words(detail)}" if detail.copied else shown_words(detail)


def places(details: Sequence[Detail], width: float) -> list[QRectF]:
    """Where the chips stand in a strip of this width, line below line; from (0, 0)."""
    ui = look()
    metrics, high, gap = QFontMetricsF(ui.font("caption", tabular=True)), ui.size(21), ui.space("xs")
    found: list[QRectF] = []
    left, top = 0.0, 0.0
    for detail in details:
        # The mark of what was copied has its room from the start: a chip never moves.
        wide = min(metrics.horizontalAdvance(f"✓ {shown_words(detail)}") + ui.size(12), width)
        if left and left + wide > width:
            left, top = 0.0, top + high + gap
        found.append(QRectF(left, top, wide, high))
        left += wide + gap
    return found


def height(details: Sequence[Detail], width: float) -> float:
    """Height of the strip of chips."""
    return max((place.bottom() for place in places(details, width)), default=0.0)


def at(details: Sequence[Detail], corner: QPointF, width: float, point: QPointF) -> int:
    """The chip under `point`, -1 for none; `corner` is the strip's upper left."""
    for place, box in enumerate(places(details, width)):
        if box.translated(corner).contains(point):
            return place
    return -1


def paint(painter: QPainter, details: Sequence[Detail], corner: QPointF, width: float) -> None:
    """All chips of a line."""
    ui = look()
    font = ui.font("caption", tabular=True)
    painter.setFont(font)
    for detail, place in zip(details, places(details, width), strict=True):
        box = place.translated(corner).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(ui.colour("line" if detail.copied else "control"), 1))
        painter.setBrush(ui.colour("accentSoft" if detail.copied else "surface"))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(ui.colour("accentText" if detail.copied else "text"))
        words = QFontMetricsF(font).elidedText(
            chip_words(detail), Qt.TextElideMode.ElideRight, box.width() - ui.size(8)
        )
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


def paint_key(painter: QPainter, details: Sequence[Detail], corner: QPointF, width: float, key: str) -> None:
    """The key that copies the first of these that is left, behind the last chip where there is room."""
    last = places(details, width)[-1].translated(corner)
    right = last.right() + look().space("s") + key_width(key)
    if right <= corner.x() + width:
        draw_key(painter, key, right, last.center().y(), look().colour("text3"))
