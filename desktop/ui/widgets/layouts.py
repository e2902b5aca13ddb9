"""Rows and columns whose gaps are tokens and follow the text size."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.theme.look import changes, look

Margins = tuple[str, str, str, str]
"""Left, top, right, bottom: names of spaces, "" for none."""


def _scale(layout: QBoxLayout, gap: str, margins: Margins) -> None:
    now = look()
    layout.setSpacing(now.space(gap) if gap else 0)
    layout.setContentsMargins(*(now.space(name) if name else 0 for name in margins))


class _Row(QHBoxLayout):
    def __init__(self, gap: str, margins: Margins) -> None:
        super().__init__()
        self._gap, self._margins = gap, margins
        changes().restyled.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        _scale(self, self._gap, self._margins)


class Column(QVBoxLayout):
    """A column; make one with `col`."""

    def __init__(self, gap: str, margins: Margins) -> None:
        super().__init__()
        self._gap, self._margins = gap, margins
        changes().restyled.connect(self.restyle)
        self.restyle()

    def set_margins(self, margins: Margins) -> None:
        """Other distances to the edges."""
        self._margins = margins
        self.restyle()

    def restyle(self) -> None:
        _scale(self, self._gap, self._margins)


def row(parent: QWidget | None = None, gap: str = "s", margins: Margins = ("", "", "", "")) -> QHBoxLayout:
    """A row; it becomes the layout of `parent` where one is given."""
    layout = _Row(gap, margins)
    if parent is not None:
        parent.setLayout(layout)
    return layout


def col(parent: QWidget | None = None, gap: str = "s", margins: Margins = ("", "", "", "")) -> Column:
    """A column; it becomes the layout of `parent` where one is given."""
    layout = Column(gap, margins)
    if parent is not None:
        parent.setLayout(layout)
    return layout
