"""All calls: a line to search in, which kind, and the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.call_search import CallKind
from desktop.ui.faq.query_field import QueryField
from desktop.ui.history.rows import CallRow
from desktop.ui.history.view import CallListView
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import Button, Choices

KINDS = tuple(CallKind)


class AllCallsView(CallListView):
    """Up and Down move in the list while the field has the cursor, Enter opens; Left and Right in the empty field
    change the kind. `wanted`: another text or kind. `chosen_changed`: another row is the chosen one.
    """

    wanted = Signal()
    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.field = QueryField("")
        self.kinds = Choices([""] * len(KINDS), [], columns=len(KINDS))
        self.kinds.set_index(0)
        self.call_back = Button(
            "", shown("call_back"), icon="answer", kind="quiet", height="small", strong=False
        )
        super().__init__("every", parent)
        self.body.insertWidget(1, self.field)
        self.body.insertWidget(2, self.kinds)
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
        return KINDS[max(0, self.kinds.index)]

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
        self.kinds.set_words([self.tr("All"), self.tr("Missed"), self.tr("To call back")])
        self.call_back.setText(self.tr("Call"))

    def show_found(self, rows: Sequence[CallRow]) -> None:
        """What was found; an empty list says what it was looked for."""
        self.set_empty(self._words_for_none())
        self.show_rows(rows)
        self.chosen_changed.emit()

    def begin(self) -> None:
        """The page is opened: all calls, the cursor in the field."""
        self.kinds.set_index(0)
        self.field.clear()
        self.field.setFocus()

    def first_focus(self) -> QWidget:
        """Where the focus begins."""
        return self.field

    def _words_for_none(self) -> str:
        query = self.field.query.strip()
        if query:
            return self.tr(
                "No call with ‘{words}’. A masked number is found by what is shown of it."
            ).replace("{words}", query)
        return {
            CallKind.ALL: self.tr("No calls are kept yet."),
            CallKind.MISSED: self.tr("No missed calls."),
            CallKind.TO_CALL: self.tr("Nobody waits to be called back."),
        }[self.kind]

    def _open(self) -> None:
        if self.chosen:
            self.row_opened.emit(self.chosen)

    def _turn(self, by: int) -> None:
        self.kinds.choose((self.kinds.index + by) % len(KINDS))
