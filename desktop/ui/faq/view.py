"""The pane of answers: field, one suggestion, hits, the answer that is read. Nothing moves under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.domain.faq import Article, Freshness, Mark, Suggestion
from desktop.domain.own_answers import Fault
from desktop.ui.faq.article_view import ArticleView
from desktop.ui.faq.flag_form import FlagForm
from desktop.ui.faq.hit_list import HitList
from desktop.ui.faq.query_field import QueryField
from desktop.ui.faq.rows import AnswerRow
from desktop.ui.faq.shelves import TURNED_BY, Shelf, ShelfBar
from desktop.ui.faq.suggestion_card import SuggestionCard
from desktop.ui.pages import PagePanel
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import changes, look
from desktop.ui.widgets import Button, KeyCap, Label, Paragraph, Rule

ROWS_ABOVE_ANSWER = 2
ROWS_ABOVE_ANSWER_WIDE = 3
ROWS_ABOVE_ANSWER_BROAD = 6


class AnswersView(PagePanel):
    """Shows rows and answers; signals say what the agent wants."""

    query_changed = Signal(str)
    row_opened = Signal(int)
    step_requested = Signal(int)
    open_requested = Signal()
    take_requested = Signal()
    drop_requested = Signal()
    copy_requested = Signal()
    back_requested = Signal()
    shelf_chosen = Signal(object)
    turn_requested = Signal(int)
    up_requested = Signal()
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", shown("pane_3"), margins=("m", "s", "m", "m"), parent=parent)
        self._caption = Label("", "caption", "text3", tabular=True)
        self._turn = KeyCap(TURNED_BY)
        self.field = QueryField(shown("search"))
        self.card = SuggestionCard()
        self._words = Paragraph("", "body", "text2")
        self.hits = HitList()
        self._rule = Rule()
        self.article, self.flag_form = ArticleView(), FlagForm()
        self._behind = ""
        self._back = Button("", "Esc", icon="down", kind="quiet", height="small", strong=False)
        self.shelves = ShelfBar()
        self.export = Button("", "", kind="normal", height="small", strong=False)
        self.add_to_head(self._caption)
        self.add_to_head(self._turn)
        for widget in (self.field, self.card, self._words, self.hits, self._rule):
            self.body.addWidget(widget)
        self.body.addWidget(self.article, 1)
        self.body.addWidget(self.flag_form)
        self.body.addStretch(0)
        for below in (self.export, self.shelves, self._back):
            self.body.addWidget(below)
        for hidden in (
            self.card,
            self._words,
            self._rule,
            self.article,
            self.flag_form,
            self.export,
            self._back,
        ):
            hidden.hide()
        self._shelf: Shelf | None = None
        self._can_export = False
        self._connect()
        self.retranslate()
        self._fit()

    def _connect(self) -> None:
        self.field.query_changed.connect(self.query_changed)
        self.field.step_requested.connect(self.step_requested)
        self.field.open_requested.connect(self.open_requested)
        for keys in (self.field, self.hits):
            keys.turn_requested.connect(self.turn_requested)
            keys.up_requested.connect(self.up_requested)
        self.shelves.chosen.connect(self.shelf_chosen)
        self.export.clicked.connect(self.export_requested)
        self.hits.opened.connect(self.row_opened)
        self.card.take_requested.connect(self.take_requested)
        self.card.drop_requested.connect(self.drop_requested)
        self.article.copy_requested.connect(self.copy_requested)
        self._back.clicked.connect(self.back_requested)
        changes().restyled.connect(self._fit)

    def bind(self, search: QAction) -> None:
        """Let the window's action put the cursor into the field."""
        search.triggered.connect(self.focus_field)

    def retranslate(self) -> None:
        """Words changed."""
        self.set_title(self.tr("Answers"))
        self.export.setText(self.tr("Export for the owner"))
        self.field.setPlaceholderText(self.tr("Two syllables are enough"))
        self.field.setAccessibleName(self.tr("Search answers"))
        self.field.setAccessibleDescription(shown("search"))
        self.show_back(self._behind)

    def focus_field(self) -> None:
        """Put the cursor into the field, all text chosen."""
        self.field.setFocus()
        self.field.selectAll()

    def show_rows(self, rows: Sequence[AnswerRow], caption: str, chosen: int) -> None:
        """Hits or often used answers, in one step; `chosen` is the one that Enter opens, -1 for none."""
        self._words.hide()
        self._caption.setText(caption)
        self.hits.show_rows(rows)
        self.hits.choose(min(chosen, len(rows) - 1))
        self._fit()

    @property
    def found_words(self) -> str:
        """How many were found, or what to do where nothing was."""
        return self._words.text() if self._words.isVisibleTo(self) else self._caption.text()

    def show_nothing(self, words: str, caption: str) -> None:
        """There is nothing to show; say what to do."""
        self.hits.show_rows([])
        self._caption.setText(caption)
        self._words.set(words)
        self._words.show()
        self._fit()

    def show_problem(self, words: str) -> None:
        """There are no answers at all."""
        self.show_shelf(None)
        self.show_nothing(words, "")

    def show_shelf(self, shelf: Shelf | None, can_export: bool = False) -> None:
        """Which shelf is seen below the empty field; None while something is searched."""
        self._shelf, self._can_export = shelf, can_export
        if shelf is not None:
            self.shelves.show_chosen(shelf)
        self._fit()

    def choose_row(self, row: int) -> None:
        """Show a row as the one that is read."""
        self.hits.choose(row)

    def show_suggestion(self, suggestion: Suggestion | None) -> None:
        """The card, or its empty place."""
        self.card.show_suggestion(suggestion)

    def keep_card_place(self, on: bool) -> None:
        """Whether the place of the card is kept; only a call can fill it."""
        self.card.setVisible(on)

    def show_article(
        self,
        article: Article | None,
        marks: Sequence[Mark] = (),
        fresh: Freshness = "fine",
        following: str = "",
    ) -> None:
        """The answer to read, None gives its place back to the list; see `ArticleView.show_article`."""
        self.close_flag()
        if article is not None:
            self.article.show_article(article, marks, fresh, following)
        self.article.setVisible(article is not None)
        self._rule.setVisible(article is not None)
        self._fit()

    def open_flag(self, fault: Fault, note: str) -> None:
        """The form for a flag, below the answer."""
        self.article.show_keys(False)
        self.flag_form.open(fault, note)

    def close_flag(self) -> None:
        """The form goes; the focus, if it was there, comes back to the field."""
        held = self.flag_form.isAncestorOf(self.window().focusWidget() or self)
        self.flag_form.hide()
        self.article.show_keys(True)
        if held:
            self.field.setFocus()

    def show_copy(self, possible: bool) -> None:
        """Whether an answer can be copied into notes now."""
        self.article.copy_button.setEnabled(possible)

    def show_back(self, behind: str) -> None:
        """Which of wrap_up, abuse and crisis waits behind the answers, "" for none."""
        self._behind = behind
        words = {
            "wrap_up": self.tr("Back to the write-up"),
            "abuse": self.tr("Back to the procedure"),
            "crisis": self.tr("Back to the crisis call"),
        }
        if behind:
            self._back.setText(words[behind])
        self._back.setVisible(bool(behind))

    def clear_query(self) -> bool:
        """Empty the field; False where it was empty."""
        if not self.field.text():
            return False
        self.field.clear()
        return True

    def first_focus(self) -> QWidget:
        """Where the focus begins."""
        return self.field

    def _fit(self) -> None:
        """With an answer below, a few hits stay above it and scroll; shelves have their place without one."""
        on = self._shelf is not None
        self._turn.setVisible(on)
        self.shelves.setVisible(on and self.article.isHidden())
        self.export.setVisible(on and self.article.isHidden() and self._can_export)
        if self.article.isHidden():
            self.hits.setMaximumHeight(16777215)
            return
        wide = ROWS_ABOVE_ANSWER_BROAD if look().broad else ROWS_ABOVE_ANSWER_WIDE
        most = wide if look().wide else ROWS_ABOVE_ANSWER
        rows = min(most, max(1, len(self.hits.rows.rows)))
        self.hits.setMaximumHeight(self.hits.row_height() * rows + 2)
