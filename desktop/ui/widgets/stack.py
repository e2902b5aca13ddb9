"""Several pages in one place. Qt's own widget for it is a "layered pane", which a screen reader names at every step."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget


class Stack(QWidget):
    """Shows one of its pages; the names are those of QStackedWidget."""

    currentChanged = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stacked = QStackedLayout(self)
        self._stacked.currentChanged.connect(self.currentChanged)

    def addWidget(self, page: QWidget) -> int:
        """Append a page; its place."""
        return self._stacked.addWidget(page)

    def count(self) -> int:
        """How many pages there are."""
        return self._stacked.count()

    def indexOf(self, page: QWidget) -> int:
        """The place of a page, -1 for one that is not here."""
        return self._stacked.indexOf(page)

    def currentIndex(self) -> int:
        """The place of the page that is shown, -1 for none."""
        return self._stacked.currentIndex()

    def currentWidget(self) -> QWidget | None:
        """The page that is shown."""
        return self._stacked.currentWidget()

    def setCurrentIndex(self, place: int) -> None:
        """Show the page at a place."""
        self._stacked.setCurrentIndex(place)

    def setCurrentWidget(self, page: QWidget) -> None:
        """Show a page of this stack."""
        self._stacked.setCurrentWidget(page)
