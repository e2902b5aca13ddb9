"""All calls: a line to search in, which kind, and the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.call_search import CallKind
from desktop.ui.faq.query_field import QueryField
from desktop.ui.history.rows import CallRow
from desktop.ui.history.text_box import TextBox
from desktop.ui.history.view import CallListView
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import Button, Choices

KINDS = tuple(CallKind)
TEXTS = len(KINDS)
"""The shelf behind the kinds of calls."""
SHELVES = TEXTS + 1


class AllCallsView(CallListView):
    """Up and Down move in the list while the field has the cursor, Enter opens; Left and Right in the empty field
    change the kind. `wanted`: another text or kind. `chosen_changed`: another row is the chosen one.
    """

    wanted = Signal()
    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.field = QueryField("")
        self.kinds, self.text_box = Choices([""] * SHELVES, [], columns=SHELVES, folds=False), TextBox()
        self.kinds.set_index(0)
        self.call_back = Button(
            "", shown("call_back"), icon="answer", kind="quiet", height="small", strong=False
        )
        super().__init__("every", parent)
        self.body.insertWidget(1, self.field)
        self.body.insertWidget(2, self.kinds)
        self.body.insertWidget(5, self.text_box)
        self.foot.insertWidget(1, self.call_back)
        self.field.query_changed.connect(lambda _text: self.wanted.emit())
        self.field.step_requested.connect(self.list.step)
        self.field.open_requested.connect(self._open)
        self.field.turn_requested.connect(self._turn)
        self.kinds.chosen.connect(lambda _place: self.wanted.emit())
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self.chosen_changed.emit())

    @property
    def kind(self) -> CallKind:
        """Which calls are wanted."""
        return KINDS[self.kinds.index] if 0 <= self.kinds.index < TEXTS else CallKind.ALL

    @property
    def shows_texts(self) -> bool:
        """Whether text messages are listed in the place of calls."""
        return self.kinds.index == TEXTS

    @property
    def chosen(self) -> str:
        """Id of the chosen call, "" for none."""
        place = self.list.current
        return self.list.rows.rows[place].call_id if 0 <= place < len(self.list.rows.rows) else ""

    def retranslate(self) -> None:
        """Words changed."""
        super().retranslate()
        words = self.tr("Number, name, category or words of the notes")
        self.field.setPlaceholderText(words)
        self.field.setAccessibleName(words)
        self.kinds.set_question(self.tr("Which calls"))
        self.kinds.set_words([self.tr("All"), self.tr("Missed"), self.tr("To call back"), self.tr("Texts")])
        self.call_back.setText(self.tr("Call"))

    def show_found(self, rows: Sequence[CallRow], place: int = 0) -> None:
        """What was found, with the row at `place` chosen; an empty list says what it was looked for."""
        self.set_empty(self._words_for_none())
        self.show_rows(rows)
        self.list.choose(place if rows else -1)
        self.show_hint(not self.shows_texts)
        self.call_back.setVisible(not self.shows_texts)
        self.chosen_changed.emit()

    def begin(self, texts: bool = False) -> None:
        """The page is opened: all calls, or text messages; the cursor in the field."""
        self.kinds.set_index(TEXTS if texts else 0)
        self.field.clear()
        self.field.setFocus()

    def first_focus(self) -> QWidget:
        """Where the focus begins."""
        return self.field

    def _words_for_none(self) -> str:
        query = self.field.query.strip()
        if self.shows_texts:
            return self.tr("No text messages. They are kept until the desk is closed.")
        if query:
            return self.tr(
                "No call with ‘{words}’. A masked number is found by what is shown of it."
            ).replace("{words}", query)
        return {
            CallKind.ALL: self.tr("No calls are kept yet."),
            CallKind.MISSED: self.tr("No missed calls."),
            CallKind.TO_CALL: self.tr("Nobody waits to be called back."),
        }[self.kind]

    def _open_row(self, place: int) -> None:
        if not self.shows_texts:
            super()._open_row(place)

    def _open(self) -> None:
        if self.shows_texts:
            self.text_box.answer.setFocus()
        elif self.chosen:
            self.row_opened.emit(self.chosen)

    def _turn(self, by: int) -> None:
        self.kinds.choose((self.kinds.index + by) % SHELVES)
