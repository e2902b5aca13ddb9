"""Lays out and paints one line of speech; the list and the strip of running speech share it.

Side, shape and name tell the speakers apart; colour only helps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from desktop.domain.transcript import Span
from desktop.ui.theme import tokens
from desktop.ui.theme.look import look
from desktop.ui.transcript import details
from desktop.ui.transcript.line import Line, Running, Side

Format = QTextLayout.FormatRange

WIDTH_OF_BYTE = 0.3
"""In letters' heights: three bytes of a Korean syllable, one of a space or a Latin letter."""


@dataclass(slots=True)
class LaidOut:
    """Text in lines: its height and its widest line, in pixels."""

    layout: QTextLayout
    height: float
    widest: float


def names() -> dict[Side, str]:
    """Who speaks, in words."""
    translate = QCoreApplication.translate
    return {
        Side.CALLER: translate("Transcript", "Caller"),
        Side.AGENT: translate("Transcript", "Agent"),
        Side.THIRD: translate("Transcript", "Third party"),
        Side.ASKED: translate("Transcript", "Asked"),
        Side.DESK: "",
    }


def bubble_width(width: float) -> float:
    """The widest bubble in a list of this width."""
    return min(width * 0.84, float(look().size(560)))


def lay_out(text: str, width: float, formats: list[Format]) -> LaidOut:
    """Break `text` into lines of at most `width`."""
    layout = QTextLayout(text, look().font("speech", tabular=True, said=text))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(formats)
    leading, top, widest = look().leading("speech", text), 0.0, 0.0
    layout.beginLayout()
    while (part := layout.createLine()).isValid():
        part.setLineWidth(width)
        part.setPosition(QPointF(0, top + (leading - part.height()) / 2))
        widest, top = max(widest, part.naturalTextWidth()), top + leading
    layout.endLayout()
    return LaidOut(layout, top, widest)


def inner_width(width: float) -> float:
    """Room for text in the widest bubble."""
    return bubble_width(width) - look().space("m") * 2


def lay_out_line(line: Line, width: float) -> LaidOut:
    """A line for a list of this width."""
    return lay_out(line.text, inner_width(width), _formats(line))


def lay_out_running(running: Running, width: float) -> LaidOut:
    """Running speech: what may still change is paler and ends in an ellipsis."""
    stable = min(max(running.stable, 0), len(running.text))
    formats = [_format((stable, len(running.text) + 2), "text2")]
    for start, end in running.glimpsed:
        for span, colour in (((start, min(end, stable)), "text"), ((max(start, stable), end), "text2")):
            if span[0] < span[1]:
                formats.append(_glimpsed(span, colour))
    return lay_out(f"{running.text} …", inner_width(width), formats)


def line_height(line: Line, width: float) -> int:
    """Height of the row of a line, the gap to the next one included."""
    if line.side is Side.DESK:
        return look().size(30)
    total = speech_height(lay_out_line(line, width)) + look().space("s")
    return round(total + _chips_height(line, width) + (look().size(24) if line.tagged else 0))


def weight(line: Line) -> int:
    """What of a line its height is estimated from, whatever the width: the bytes of its text, which are near its width
    in letters of any script, and what stands below it; negative for a remark."""
    if line.side is Side.DESK:
        return -1
    return len(line.text.encode("utf-8", "replace")) * 4 + bool(line.details) * 2 + line.tagged


def estimated_heights(weights: Sequence[int], width: float) -> list[int]:
    """About what `line_height` says of lines of these weights, some hundred times as quick."""
    ui = look()
    per_line, leading = inner_width(width) / (ui.size(15) * WIDTH_OF_BYTE), ui.leading("speech")
    frame, chips, tag = ui.size(20) + ui.space("s") * 2.25, ui.size(21) + ui.space("xs"), ui.size(24)
    known = {
        each: round(
            frame + leading * (1 + int((each >> 2) / per_line)) + (each >> 1 & 1) * chips + (each & 1) * tag
        )
        for each in set(weights)
    }
    known[-1] = ui.size(30)
    return [known[each] for each in weights]


def chips_corner(line: Line, box: QRectF) -> QPointF:
    """Where the chips of a caller's line begin; `box` is the row of the line."""
    return QPointF(
        box.left(), box.top() + speech_height(lay_out_line(line, box.width())) + look().space("xs")
    )


def _chips_height(line: Line, width: float) -> float:
    return details.height(line.details, width) + look().space("xs") if line.details else 0.0


def speech_height(laid: LaidOut) -> float:
    """Height of name and bubble."""
    return look().size(20) + laid.height + look().space("s") * 1.25


def paint_speech(
    painter: QPainter, box: QRectF, said: Line | Running, laid: LaidOut, focused: bool = False
) -> None:
    """Name and time, the bubble, the remark below."""
    ui, pad = look(), look().space("m")
    left_side = said.side is not Side.AGENT
    width = min(max(laid.widest + pad * 2 + 1, _head_width(said)), bubble_width(box.width()))
    left = box.left() if left_side else box.right() - width
    _paint_head(painter, QRectF(left, box.top(), width, ui.size(19)), said, left_side)
    bubble = QRectF(left, box.top() + ui.size(20), width, laid.height + ui.space("s") * 1.25)
    running = isinstance(said, Running)
    _paint_bubble(painter, bubble, left_side, running)
    painter.setPen(ui.colour("text" if left_side else "text2"))
    laid.layout.draw(painter, QPointF(left + pad, bubble.top() + ui.space("s") * 0.625))
    if isinstance(said, Line):
        details.paint(painter, said.details, chips_corner(said, box), box.width())
        below = bubble.bottom() + _chips_height(said, box.width()) + ui.size(3)
        if said.tagged:
            _paint_tag(painter, QRectF(left, below, bubble_width(box.width()), ui.size(20)), said)
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ui.colour("accent"), 2))
        painter.drawRoundedRect(bubble.adjusted(1, 1, -1, -1), 8, 8)


def paint_remark(painter: QPainter, box: QRectF, text: str) -> None:
    """A centred line of the desk between two rules."""
    ui = look()
    font = ui.font("captionStrong")
    half = QFontMetricsF(font).horizontalAdvance(text) / 2 + ui.size(10)
    middle = box.center().y() - ui.space("xs") / 2
    painter.setPen(QPen(ui.colour("line"), 1))
    painter.drawLine(QPointF(box.left(), middle), QPointF(box.center().x() - half, middle))
    painter.drawLine(QPointF(box.center().x() + half, middle), QPointF(box.right(), middle))
    painter.setPen(ui.colour("warnText"))
    painter.setFont(font)
    area = QRectF(box.left(), middle - ui.size(12), box.width(), ui.size(24))
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)


def tag_words(line: Line) -> str:
    """The remark below a line."""
    translate = QCoreApplication.translate
    words = []
    if line.marked:
        words.append("⚑ " + translate("Transcript", "marked"))
    if line.heard is not None:
        words.append(line.heard.words)
    if line.cause is not None:
        words.append(translate("Transcript", "Suggestion found from this"))
    return " · ".join(words)


def _head_width(said: Line | Running) -> float:
    name = QFontMetricsF(look().font("captionStrong")).horizontalAdvance(names()[said.side])
    time = QFontMetricsF(look().font("caption", tabular=True)).horizontalAdvance(said.time)
    return name + time + look().space("s")


def _paint_head(painter: QPainter, head: QRectF, said: Line | Running, left_side: bool) -> None:
    ui, font, name = look(), look().font("captionStrong"), names()[said.side]
    side = Qt.AlignmentFlag.AlignLeft if left_side else Qt.AlignmentFlag.AlignRight
    painter.setFont(font)
    painter.setPen(ui.colour("text" if left_side else "text2"))
    painter.drawText(head, int(side | Qt.AlignmentFlag.AlignVCenter), name)
    gap = QFontMetricsF(font).horizontalAdvance(name) + ui.space("s")
    painter.setFont(ui.font("caption", tabular=True))
    painter.setPen(ui.colour("text3"))
    rest = head.adjusted(gap if left_side else 0, 0, 0 if left_side else -gap, 0)
    painter.drawText(rest, int(side | Qt.AlignmentFlag.AlignVCenter), said.time)


def _paint_bubble(painter: QPainter, bubble: QRectF, left_side: bool, running: bool) -> None:
    ui = look()
    edge = bubble.adjusted(0.5, 0.5, -0.5, -0.5)
    if running:
        painter.setPen(QPen(ui.colour("control"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(ui.colour("surface"))
    elif left_side:
        painter.setPen(ui.colour("control") if ui.contrast else Qt.PenStyle.NoPen)
        painter.setBrush(ui.colour("subtle"))
    else:
        painter.setPen(QPen(ui.colour("line"), 1))
        painter.setBrush(ui.colour("surface"))
    painter.drawRoundedRect(edge, tokens.RADIUS["panel"], tokens.RADIUS["panel"])
    if left_side:
        bar = QRectF(bubble.left(), bubble.top() + 2, ui.size(3), bubble.height() - 4)
        painter.fillRect(bar, ui.colour("text2"))


def _paint_tag(painter: QPainter, box: QRectF, line: Line) -> None:
    painter.setFont(look().font("caption", tabular=True))
    tone = "accentText" if line.heard is None else "careText" if line.heard.care else "warnText"
    painter.setPen(look().colour(tone))
    inside = box.adjusted(look().space("m"), 0, 0, 0)
    painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), tag_words(line))


def _formats(line: Line) -> list[Format]:
    formats = []
    for span in ((0, len(line.text)),) if line.unsure else line.doubts:
        unsure = _format(span, "text3")
        unsure.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        unsure.format.setUnderlineColor(look().colour("text3"))
        formats.append(unsure)
    if line.cause is not None:
        formats.append(_marked(line.cause, "accentSoft", "accent"))
    if line.heard is not None:
        ground, edge = ("careSoft", "careLine") if line.heard.care else ("warnSoft", "warnLine")
        formats.extend(_marked(span, ground, edge) for span in line.heard.spans)
    formats.extend(_marked(span, "warnSoft", "warnLine") for span in line.found)
    return formats


def _glimpsed(span: Span, colour: str) -> Format:
    """Neither ground nor tone: a finding has those."""
    part = _format(span, colour)
    part.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    part.format.setUnderlineColor(look().colour("control"))
    return part


def _marked(span: Span, ground: str, edge: str) -> Format:
    part = _format(span, "text")
    part.format.setBackground(look().colour(ground))
    part.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    part.format.setUnderlineColor(look().colour(edge))
    return part


def _format(span: Span, colour: str) -> Format:
    part, form = Format(), QTextCharFormat()
    form.setForeground(look().colour(colour))
    part.start, part.length, part.format = span[0], span[1] - span[0], form
    return part
