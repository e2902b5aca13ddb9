"""One line of plain text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui.theme.look import look


class Label(QLabel):
    """A line that is shown whole. `colour` names a token."""

    def __init__(
        self,
        text: str = "",
        style: str = "body",
        colour: str = "text",
        *,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._style, self._colour, self._tabular = style, colour, tabular
        self.restyle()

    @property
    def colour(self) -> str:
        """The token of its colour."""
        return self._colour

    def setText(self, text: str) -> None:
        """Show another text, in the face of its script."""
        super().setText(text)
        font = look().font(self._style, self._tabular, text)
        if font.families() != self.font().families():
            self.setFont(font)

    def set_colour(self, colour: str) -> None:
        """Change the colour to another token."""
        if colour != self._colour:
            self._colour = colour
            self.restyle()

    def set_style(self, style: str) -> None:
        """Change the type style."""
        self._style = style
        self.restyle()

    def restyle(self) -> None:
        now = look()
        self.setFont(now.font(self._style, self._tabular, self.text()))
        colours = self.palette()
        colours.setColor(self.foregroundRole(), now.colour(self._colour))
        self.setPalette(colours)


class Elided(Label):
    """A line that ends in an ellipsis where it is too long; the whole text is in the tool tip and read out."""

    def __init__(
        self,
        text: str = "",
        style: str = "body",
        colour: str = "text",
        *,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, style, colour, tabular=tabular, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(look().size(40), self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(look().colour(self._colour))
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
