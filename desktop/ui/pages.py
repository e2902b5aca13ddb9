"""One pane's place for many pages: as large as it is given, whatever the pages would like."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets import Panel, Stack


class Page(Protocol):
    """A page knows where the focus begins in it."""

    def first_focus(self) -> QWidget:
        """Where the focus begins."""


class PagePanel(Panel):
    """A panel that fills its place: words that wrap inside never make it ask for more height than there is."""

    def hasHeightForWidth(self) -> bool:
        """Its height does not follow its width; lists in it take what is left."""
        return False


class Pages(Stack):
    """Shows one page; the hidden ones ask for no room. Remembers the focus in each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left: dict[QWidget, QWidget] = {}

    def minimumSizeHint(self) -> QSize:
        """What the page that is shown needs."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else QSize(0, 0)

    def sizeHint(self) -> QSize:
        """What the page that is shown would like."""
        page = self.currentWidget()
        return page.sizeHint() if page is not None else QSize(0, 0)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front. A focus in the page before is nowhere then: Qt would hand it to the next widget,
        which may be a call button."""
        before = self.currentWidget()
        focus = self.window().focusWidget()
        if before is not None and before is not page and focus is not None and before.isAncestorOf(focus):
            focus.clearFocus()  # which forgets the place in the page too
            self._left[before] = focus
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)
        self.updateGeometry()

    def place_of_focus(self) -> QWidget | None:
        """Where the focus was last in the page that is shown, else where it begins."""
        page = self.currentWidget()
        if page is None:
            return None
        last = page.focusWidget() or self._left.get(page)
        if last is not None and last.isVisibleTo(page) and last.isEnabled():
            return last
        return cast(Page, page).first_focus()

    def holds_focus(self, page: QWidget) -> bool:
        """Whether the focus is in this page and it is shown."""
        focus = page.window().focusWidget()
        return self.currentWidget() is page and focus is not None and page.isAncestorOf(focus)
