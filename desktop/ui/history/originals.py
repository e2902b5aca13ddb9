"""One masked thing shown as it is, for a reason that is noted first, until its page is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.originals import CallItem, ItemKind
from desktop.services.desk_services import DeskServices
from desktop.ui.panes_contract import PaneHooks
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import Button, Label, ReasonField


class OriginalField(QObject):
    """A button, and a line that takes the reason; the view puts them where it has room.

    `wanted` carries the `CallItem` that was pointed at, or None for the one that comes first.
    """

    wanted = Signal(object)
    given = Signal(str)

    def __init__(self, home: Callable[[], QWidget], parent: QWidget) -> None:
        """`home` says where the focus goes once the line is closed."""
        super().__init__(parent)
        self._home = home
        self.button = Button("", shown("show_original"), kind="quiet", height="small", strong=False)
        self.what = Label("", "captionStrong", "text2")
        self.what.hide()
        self.reason = ReasonField()
        self.reason.given.connect(self.given)

    def bind(self, action: QAction) -> None:
        """Let the window's action stand behind the button."""
        self.button.bind(action)

    def offer(self, widget: QWidget, item_at: Callable[[QPoint], CallItem | None]) -> None:
        """An entry in the context menu of `widget`, by the menu key or the right button."""
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        widget.customContextMenuRequested.connect(
            lambda point: self._open_menu(widget, point, item_at(point))
        )

    def retranslate(self) -> None:
        """Words changed."""
        self.button.setText(self.tr("Show original"))
        self.reason.set_words(self.tr("Why it is needed, then Enter; the reason is kept"))

    def show_possible(self, possible: bool) -> None:
        """Whether anything on the page is masked."""
        self.button.setVisible(possible)

    @property
    def asking(self) -> bool:
        """Whether the reason is asked for just now."""
        return self.reason.asking

    def ask(self, what: str) -> None:
        """Ask why the original of `what` is needed."""
        self.what.setText(what)
        self.what.show()
        self.reason.setAccessibleDescription(what)
        self.reason.ask()

    def close(self) -> bool:
        """Take the line away; whether it was there."""
        self.what.hide()
        return self.reason.close_to(self._home())

    def _open_menu(self, widget: QWidget, point: QPoint, item: CallItem | None) -> None:
        if item is None:
            return
        menu = QMenu(widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entry = menu.addAction(self.button.text())
        entry.triggered.connect(lambda: self.wanted.emit(item))
        menu.setActiveAction(entry)
        menu.popup(widget.mapToGlobal(point))


class MaskedPage(Protocol):
    """Who fills a page on which things are masked."""

    @property
    def call_id(self) -> str:
        """The call that the page shows, "" for none."""

    def masked_items(self) -> Sequence[tuple[CallItem, str]]:
        """What is masked on it now, with words that name it; first what the reader means most likely."""

    def show_again(self) -> None:
        """Show the same call with other originals; places stay."""


class Originals:
    """What of a page is shown as it is. Empty again once the page is left."""

    def __init__(
        self, field: OriginalField, page: MaskedPage, services: DeskServices, hooks: PaneHooks
    ) -> None:
        self._field, self._page, self._services, self._hooks = field, page, services, hooks
        self._open: set[CallItem] = set()
        self._asked: CallItem | None = None
        field.wanted.connect(lambda item: self._ask(item))
        field.given.connect(self._give)

    def __contains__(self, item: CallItem) -> bool:
        return item in self._open

    def offer(self) -> None:
        """The page has changed: is there still anything to ask for?"""
        self._field.show_possible(bool(self._page.masked_items()))

    def forget(self) -> None:
        """The page is left, or shows another call: everything is masked again."""
        self._asked = None
        self._field.close()
        # Another set: what is being noted goes into the old one and shows nothing any more.
        before, self._open = self._open, set()
        if before:
            self._page.show_again()

    def _ask(self, wanted: CallItem | None) -> None:
        """Asked again while the reason is, the next item is meant."""
        masked = dict(self._page.masked_items())
        items = list(masked)
        if wanted is None and items:
            asked = self._asked if self._field.asking else None
            place = items.index(asked) + 1 if asked is not None and asked in items else 0
            wanted = items[place % len(items)]
        if wanted is None or wanted not in masked:
            self._hooks.show_toast(QCoreApplication.translate("Original", "Nothing is masked here."))
            return
        self._asked = wanted
        self._field.ask(masked[wanted])

    def _give(self, reason: str) -> None:
        item, self._asked = self._asked, None
        self._field.close()
        if item is not None:
            work = self._show(self._page.call_id, item, reason, self._open)
            self._hooks.start(work, "show an original")

    async def _show(self, call_id: str, item: CallItem, reason: str, into: set[CallItem]) -> None:
        await self._services.evidence.look(call_id, item, reason)
        into.add(item)
        if into is not self._open:
            return
        self._page.show_again()
        words = QCoreApplication.translate("Original", "Shown until you leave this page. The reason is kept.")
        self._hooks.show_toast(words)


def original_words(item: CallItem, time: str = "") -> str:
    """What is asked for; `time` names a line."""
    translate = QCoreApplication.translate
    if item.kind is ItemKind.NUMBER:
        return translate("Original", "Original of the number")
    if item.kind is ItemKind.NOTES:
        return translate("Original", "Original of the notes")
    return translate("Original", "Original of the line at {time}").replace("{time}", time)
