"""Another category than the proposed ones: searched as one types, initial consonants too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from desktop.ui.category_words import path_words
from desktop.ui.widgets import SearchField


class CategoryField(SearchField):
    """`search_requested` asks for matches, `chosen` carries the category that was taken."""

    search_requested = Signal(str)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._names: dict[str, str] = {}
        self._matches = QStringListModel(self)
        self._list = QCompleter(self._matches, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setMaxVisibleItems(7)
        self._list.setWidget(self)
        self._list.activated.connect(self._take)
        self.textEdited.connect(self.search_requested)
        self.returnPressed.connect(self._take_first)

    def show_matches(self, names: Sequence[str]) -> None:
        """Categories that fit what was typed."""
        self._names = {path_words(name): name for name in names}
        self._matches.setStringList(list(self._names))
        if names and self.hasFocus():
            self._list.complete()
            if (popup := self._list.popup()) is not None:
                popup.setCurrentIndex(self._matches.index(0))
        else:
            self._hide_matches()

    def _hide_matches(self) -> None:
        if (popup := self._list.popup()) is not None:
            popup.hide()

    def _take_first(self) -> None:
        if self._matches.rowCount() and self.text().strip():
            self._take(self._matches.data(self._matches.index(0), Qt.ItemDataRole.DisplayRole))

    def _take(self, name: str) -> None:
        self._hide_matches()
        self.clear()
        self.chosen.emit(self._names.get(str(name), str(name)))
