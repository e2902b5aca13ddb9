"""From keys in the search field to hits, from the caller's words to one card, from an answer to the notes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from desktop.domain.events import (
    AnswersReplaced,
    CallConfirmed,
    CallEnded,
    SuggestionOffered,
    SuggestionWithdrawn,
)
from desktop.domain.faq import Article, Hit, Mark
from desktop.services.desk_services import DeskServices
from desktop.ui.faq.reader import ArticleReader
from desktop.ui.faq.rows import AnswerRow, row_of_hit, rows_of_articles
from desktop.ui.faq.view import AnswersView
from desktop.ui.panes_contract import PaneHooks
from desktop.ui.theme.look import changes, look

OFTEN, OFTEN_WIDE = 7, 9
"""Answers that are offered while nothing is searched: as many as are seen without scrolling."""

HOLD_BACK_MS = 3000
"""So long after the last key in the search field no card appears under the agent's hands."""


class AnswersPresenter(QObject):
    """What the agent searches and opens; what the desk may suggest. `reader` has the answer that is read."""

    def __init__(self, view: AnswersView, services: DeskServices, hooks: PaneHooks) -> None:
        super().__init__(view)
        self._view, self._services, self._hooks = view, services, hooks
        self._query = ""
        self._asked, self._answered = 0, 0
        self._shown = ""
        self._waiting: list[Callable[[], object]] = []
        self._rows: list[AnswerRow] = []
        self.reader = ArticleReader(view, services, hooks)
        self.opened_categories: list[str] = []
        self._typing = QTimer(view)
        self._typing.setSingleShot(True)
        self._typing.setInterval(HOLD_BACK_MS)
        self._typing.timeout.connect(lambda: services.faq.hold_back(False))
        bus = services.bus
        self._ends = [
            bus.subscribe(SuggestionOffered, lambda event: view.show_suggestion(event.suggestion)),
            bus.subscribe(SuggestionWithdrawn, lambda _event: view.show_suggestion(None)),
            bus.subscribe(AnswersReplaced, lambda _event: self._say_again()),
            bus.subscribe(CallConfirmed, lambda _event: self._call_began()),
            bus.subscribe(CallEnded, lambda _event: services.faq.clear()),
        ]
        view.query_changed.connect(self.search)
        view.row_opened.connect(self._open_seen)
        view.step_requested.connect(lambda by: self._when_shown(lambda: view.hits.step(by)))
        view.open_requested.connect(lambda: self.open_row(max(0, view.hits.current), chosen=True))
        view.take_requested.connect(self.take)
        view.drop_requested.connect(self.drop)
        changes().retranslated.connect(self._say_again)

    def close(self) -> None:
        """Hear no more events."""
        for end in self._ends:
            end()

    @property
    def read_article_id(self) -> str:
        """The article that is being read, "" for none."""
        return self.reader.article.id if self.reader.article else ""

    def start(self) -> None:
        """Show what is often used."""
        self._ask("show answers")

    def fresh(self) -> None:
        """Between calls: nothing is left of the last one."""
        self.reader.close()
        if not self._view.clear_query():
            self.start()

    def search(self, query: str) -> None:
        """Every key in the field, composing syllables included."""
        self._query = query.strip()
        if self._query:
            self._services.faq.hold_back(True)
            self._typing.start()
        self._ask("search answers")

    def open_row(self, row: int, chosen: bool = False) -> bool:
        """Read the answer of this row, or of the chosen one; False where there is none.

        Pressed before the hits of the last key are there, it means them, and waits.
        """
        if self._answered == self._asked and not 0 <= row < len(self._rows):
            return False
        self._when_shown(lambda: self._open_seen(max(0, self._view.hits.current) if chosen else row))
        return True

    def _open_seen(self, row: int) -> None:
        """Read the answer of a row as it is seen now."""
        if 0 <= row < len(self._rows):
            self._view.choose_row(row)
            self._hooks.start(self._open(self._rows[row]), "open answer")

    def _when_shown(self, work: Callable[[], object]) -> None:
        """Do it once the list is the one that was asked for."""
        if self._answered == self._asked:
            work()
        else:
            self._waiting.append(work)

    def take(self) -> None:
        """Read the suggested answer."""
        self._hooks.start(self._take(), "open suggestion")

    def drop(self) -> None:
        """Put the suggestion away."""
        self._services.faq.drop()

    def _say_again(self) -> None:
        self._ask("show answers in another language or of another pack")

    def _call_began(self) -> None:
        self.opened_categories = []

    def _ask(self, doing: str) -> None:
        """Look up what stands in the field; what was to happen with an older list is let go."""
        self._asked, self._waiting = self._asked + 1, []
        self._hooks.start(self._show(self._query, self._asked), doing)

    async def _show(self, query: str, number: int) -> None:
        try:
            await self._look_up(query, number)
        finally:
            if number == self._asked:
                self._answered, self._shown = number, query
                waiting, self._waiting = self._waiting, []
                for work in waiting:
                    work()

    async def _look_up(self, query: str, number: int) -> None:
        if self._services.faq.answers is None:
            self._view.show_problem(self._services.faq.problem or _no_pack())
            return
        if not query:
            articles = await self._services.faq.own.often_used(OFTEN_WIDE if look().wide else OFTEN)
            if number == self._asked:
                self._show_rows(
                    rows_of_articles(articles), QCoreApplication.translate("Answers", "Often used")
                )
            return
        hits = await self._services.faq.search(query)
        if hits is not None and number == self._asked:
            self._show_hits(query, hits)

    def _show_hits(self, query: str, hits: list[Hit]) -> None:
        translate = QCoreApplication.translate
        if not hits:
            words = translate("Answers", "Nothing for “{query}”. Use fewer words.")
            self._rows = []
            self._view.show_nothing(words.replace("{query}", query))
            return
        caption = translate("Answers", "{count} found").replace("{count}", str(len(hits)))
        read_as = hits[0].read_as
        if read_as:
            caption = translate("Answers", "{count}, read as ‘{words}’").replace("{count}", str(len(hits)))
            caption = caption.replace("{words}", read_as)
        # Shown again, in another language or from another pack, the list keeps what was chosen.
        chosen = max(0, self._view.hits.current) if self._shown == query else 0
        self._show_rows([row_of_hit(hit) for hit in hits], caption, chosen)

    def _show_rows(self, rows: list[AnswerRow], caption: str, chosen: int = -1) -> None:
        self._rows = rows
        self._view.show_rows(rows, caption, chosen)

    async def _open(self, row: AnswerRow) -> None:
        article = await self._services.faq.open(row.article_id)
        if article is not None:
            await self._read(article, row.answer_marks)

    async def _take(self) -> None:
        article = await self._services.faq.take()
        if article is not None:
            await self._read(article, ())

    async def _read(self, article: Article, marks: tuple[Mark, ...]) -> None:
        self.opened_categories.append(article.category)
        await self.reader.read(article, marks)


def _no_pack() -> str:
    return QCoreApplication.translate("Answers", "No answers could be opened. Calls and notes work. Tell IT.")
