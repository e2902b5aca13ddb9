"""Panels, bands and rules."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.ui.theme.look import look
from desktop.ui.widgets.key_cap import KeyCap
from desktop.ui.widgets.labels import Label
from desktop.ui.widgets.layouts import Margins, col, row


def card(parent: QWidget | None = None) -> QFrame:
    """An empty panel: surface, edge, rounded."""
    frame = QFrame(parent)
    frame.setProperty("card", True)
    return frame


class Panel(QFrame):
    """A panel with a head line: title, key cap, and at the right what `add_to_head` brings. Fill `body`.

    The head line stands at the same height in every panel, whatever the top of `margins` says.
    """

    def __init__(
        self,
        title: str = "",
        key: str = "",
        margins: Margins = ("l", "head", "l", "m"),
        gap: str = "s",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._title = Label(title, "title")
        self._head = row()
        self._head.addWidget(self._title)
        if key:
            self._head.addWidget(KeyCap(key))
        self._head.addStretch()
        self.body: QVBoxLayout = col(self, gap=gap, margins=(margins[0], "head", margins[2], margins[3]))
        self.body.addLayout(self._head)
        self.setAccessibleName(title)
        self.restyle()

    def set_title(self, title: str) -> None:
        """Change the title and the panel's name for screen readers."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def add_to_head(self, widget: QWidget) -> None:
        """Put a widget at the right end of the head line."""
        self._head.addWidget(widget)

    def restyle(self) -> None:
        self._title.setFixedHeight(look().small_control)


class Band(QFrame):
    """A soft area inside a panel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("band", True)


class Rule(QFrame):
    """A thin line between rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", True)
