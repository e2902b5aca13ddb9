"""Wrapped plain text with a real line height (a QLabel has none) and marked stretches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui.theme.look import look


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of characters, `end` excluded; `kind` is found, cause, unsure, warn or care."""

    start: int
    end: int
    kind: str = "found"


_FORMATS: dict[str, tuple[str, str, QTextCharFormat.UnderlineStyle]] = {
    "found": ("accentText", "", QTextCharFormat.UnderlineStyle.SingleUnderline),
    "cause": ("text", "accentSoft", QTextCharFormat.UnderlineStyle.SingleUnderline),
    "unsure": ("text3", "", QTextCharFormat.UnderlineStyle.DotLine),
    "warn": ("text", "warnSoft", QTextCharFormat.UnderlineStyle.SingleUnderline),
    "care": ("text", "careSoft", QTextCharFormat.UnderlineStyle.SingleUnderline),
}
_LINES = {"found": "accent", "cause": "accent", "unsure": "text3", "warn": "warnLine", "care": "careLine"}


def mark_formats(marks: Sequence[Mark]) -> list[QTextLayout.FormatRange]:
    """Marks as a text layout takes them; offsets are UTF-16 units, as Qt counts."""
    ranges = []
    for mark in marks:
        colour, ground, underline = _FORMATS[mark.kind]
        form = QTextCharFormat()
        form.setForeground(look().colour(colour))
        if ground:
            form.setBackground(look().colour(ground))
        form.setUnderlineStyle(underline)
        form.setUnderlineColor(look().colour(_LINES[mark.kind]))
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = mark.start, mark.end - mark.start, form
        ranges.append(part)
    return ranges


def lay_out(
    text: str, style: str, width: float, marks: Sequence[Mark] = (), *, most: int = 0, centred: bool = False
) -> tuple[QTextLayout, float]:
    """The laid-out text and its height; line breaks in `text` are kept. Of more than `most` lines the last one that
    is shown ends in an ellipsis; 0 shows all."""
    layout, top = _in_lines(text, style, width, marks, centred)
    if not 0 < most < layout.lineCount():
        return layout, top
    # Qt counts in UTF-16 units, and so does what it says of a line.
    units = text.encode("utf-16-le")
    last = layout.lineAt(most - 1).textStart() * 2
    rest = units[last:].decode("utf-16-le").replace("\n", " ")
    metrics = QFontMetricsF(look().font(style, tabular=True, said=text))
    ends = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return _in_lines(units[:last].decode("utf-16-le") + ends, style, width, marks, centred)


def _in_lines(
    text: str, style: str, width: float, marks: Sequence[Mark], centred: bool
) -> tuple[QTextLayout, float]:
    now = look()
    leading = now.leading(style, text)
    layout = QTextLayout(text.replace("\n", "\u2028"), now.font(style, tabular=True, said=text))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if centred:
        option.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    layout.setTextOption(option)
    layout.setFormats(mark_formats(marks))
    top = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top + (leading - line.height()) / 2))
        top += leading
    layout.endLayout()
    return layout, top


class Paragraph(QLabel):
    """Text of any length; its height follows its width."""

    def __init__(
        self,
        text: str = "",
        style: str = "body",
        colour: str = "text",
        marks: Sequence[Mark] = (),
        *,
        centred: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._style, self._colour, self._marks = style, colour, tuple(marks)
        self._centred = centred
        self._heights: dict[int, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.restyle()

    def set(self, text: str, marks: Sequence[Mark] = ()) -> None:
        """Show another text."""
        self._marks = tuple(marks)
        self._heights.clear()
        self.setText(text)
        self.updateGeometry()
        self.update()

    @property
    def colour(self) -> str:
        """The token of its colour."""
        return self._colour

    def set_colour(self, colour: str) -> None:
        """Change the colour to another token."""
        self._colour = colour
        self.update()

    def restyle(self) -> None:
        self._heights.clear()
        self.setFont(look().font(self._style, tabular=True))
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # Layouts ask for the same few widths many times over.
        if width not in self._heights:
            self._heights[width] = round(lay_out(self.text(), self._style, width)[1])
        return self._heights[width]

    def sizeHint(self) -> QSize:
        width = min(self.fontMetrics().horizontalAdvance(self.text()) + 4, look().size(320))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().size(80), round(look().leading(self._style)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(look().colour(self._colour))
        layout, _ = lay_out(self.text(), self._style, self.width(), self._marks, centred=self._centred)
        layout.draw(painter, QPointF(0, 0))
