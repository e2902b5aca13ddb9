"""From keys in the search field to hits, from the caller's words to one card, from an answer to the notes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from desktop.domain.events import (
    AnswersCompared,
    AnswersReplaced,
    CallConfirmed,
    SuggestionOffered,
    SuggestionWithdrawn,
)
from desktop.domain.faq import Article, Hit, Mark, Suggestion, category_above
from desktop.paths import write_private
from desktop.services.desk_services import DeskServices
from desktop.ui.faq.reader import ArticleReader
from desktop.ui.faq.rows import AnswerRow, row_of_hit
from desktop.ui.faq.shelf_reader import Content, content_of
from desktop.ui.faq.shelves import SHELVES, Shelf
from desktop.ui.faq.view import AnswersView
from desktop.ui.panes_contract import PaneHooks
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import changes, look

HOLD_BACK_MS = 3000
"""So long after the last key in the search field no card appears under the agent's hands."""

MOST_HITS, MOST_HITS_BROAD = 10, 20
CALLS_KEPT = 3
"""Of so many calls it is known what was read: two run, and one may wait to be written up."""
NAMED = 40
"""Characters of a query that are named where it finds nothing; what to do stands behind them."""


class AnswersPresenter(QObject):
    """What the agent searches and opens; what the desk may suggest. `reader` has the answer that is read.

    `proposal_opened`: the agent goes on with a proposal, by its id.
    """

    proposal_opened = Signal(str)

    def __init__(self, view: AnswersView, services: DeskServices, hooks: PaneHooks) -> None:
        super().__init__(view)
        self._view, self._services, self._hooks = view, services, hooks
        self._query = ""
        self._asked, self._answered = 0, 0
        self._shown: tuple[str, Shelf, str] | None = None
        self._shelf: Shelf = "often"
        self._category = self._left = ""
        self._waiting: list[Callable[[], object]] = []
        self._rows: list[AnswerRow] = []
        self.reader = ArticleReader(view, services, hooks)
        self._opened: dict[str, list[str]] = {}
        self._typing = QTimer(view)
        self._typing.setSingleShot(True)
        self._typing.setInterval(HOLD_BACK_MS)
        self._typing.timeout.connect(self.tell_found)
        bus = services.bus
        self._ends = [
            bus.subscribe(SuggestionOffered, lambda event: self._offered(event.suggestion)),
            bus.subscribe(SuggestionWithdrawn, lambda _event: view.show_suggestion(None)),
            bus.subscribe(AnswersReplaced, self._replaced),
            bus.subscribe(CallConfirmed, lambda event: self._call_began(event.call.id)),
            bus.subscribe(AnswersCompared, self._compared),
        ]
        view.query_changed.connect(self.search)
        view.row_opened.connect(self._open_seen)
        view.step_requested.connect(lambda by: self._when_shown(lambda: view.hits.step(by)))
        view.open_requested.connect(lambda: self.open_row(max(0, view.hits.current), chosen=True))
        view.take_requested.connect(self.take)
        view.drop_requested.connect(self.drop)
        view.shelf_chosen.connect(lambda shelf: self.show_shelf(shelf))
        view.turn_requested.connect(self.turn)
        view.up_requested.connect(self.up)
        view.export_requested.connect(self._ask_where)
        self.reader.kept.connect(self.refresh)
        changes().retranslated.connect(self._say_again)
        self._layout = look().layout
        changes().restyled.connect(self._fit)

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
        self._shelf, self._category, self._left = "often", "", ""
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

    # shelves
    def show_shelf(self, shelf: Shelf, category: str = "") -> None:
        """What the list offers while nothing is searched; `category` to begin browsing in."""
        self._shelf, self._category, self._left = shelf, category, ""
        if not self._view.clear_query():
            self._ask("show a shelf")

    def turn(self, by: int) -> None:
        """The next shelf, or the one before; round and round."""
        if not self._query:
            self.show_shelf(SHELVES[(SHELVES.index(self._shelf) + by) % len(SHELVES)])

    def up(self) -> bool:
        """From a category to the one above, from there to what is often used; False where that is seen."""
        if self._query or self._shelf == "often":
            return False
        left = self._category
        if left:
            self.show_shelf("browse", category_above(left))
            self._left = left
        else:
            self.show_shelf("often")
        return True

    def refresh(self) -> None:
        """The agent's own things have changed: show the shelf as it is now."""
        if not self._query:
            self._ask("show a shelf again")

    def export_to(self, file: Path) -> None:
        """Write flags and finished proposals for the owner of the answers."""
        self._hooks.start(self._export(file), "export proposals")

    def take(self) -> None:
        """Read the suggested answer."""
        self._hooks.start(self._take(), "open suggestion")

    def drop(self) -> None:
        """Put the suggestion away."""
        self._services.faq.drop()

    def _offered(self, suggestion: Suggestion) -> None:
        self._view.show_suggestion(suggestion)
        words = QCoreApplication.translate("Answers", "Suggested from the call: {title}. {key} opens it.")
        named = words.replace("{key}", shown("take_suggestion")).replace(
            "{title}", suggestion.title.rstrip(".")
        )
        self._hooks.announce(named)

    def tell_found(self) -> None:
        """The agent has paused: what was found is said once, not with every letter."""
        self._services.faq.hold_back(False)
        if self._query and self._view.field.hasFocus():
            self._hooks.announce(self._view.found_words)

    def _replaced(self, event: AnswersReplaced) -> None:
        self._view.shelves.show_changed(self._services.faq.own.changes.count)
        if not event.first:  # what was asked for before the first one waits for it
            self._say_again()

    def _compared(self, event: AnswersCompared) -> None:
        self._view.shelves.show_changed(event.count)
        if self._shelf == "changed":
            self.refresh()

    def _ask_where(self) -> None:
        translate = QCoreApplication.translate
        dialog = QFileDialog(self._view, translate("Answers", "Export for the owner"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(translate("Answers", "JSON lines (*.jsonl)"))
        dialog.setDefaultSuffix("jsonl")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.open()

    async def _export(self, file: Path) -> None:
        translate = QCoreApplication.translate
        lines = await self._services.faq.own.for_the_owner()
        try:
            await asyncio.to_thread(write_private, file, lines.encode())
        except OSError:
            words = translate("Answers", "The file can't be written there. Choose another folder.")
        else:
            words = translate("Answers", "Written for the owner: {file}").replace("{file}", file.name)
        self._hooks.show_toast(words)

    def _fit(self) -> None:
        """Another layout has room for more, or for fewer."""
        before, self._layout = self._layout, look().layout
        if before != self._layout:
            self._ask("show answers in another layout")

    def _say_again(self) -> None:
        self._ask("show answers in another language or of another pack")

    def opened_in(self, call_id: str) -> Sequence[str]:
        """Categories of the answers that were read in a call, oldest first; of the newest calls."""
        return self._opened.get(call_id, ())

    def _call_began(self, call_id: str) -> None:
        self._opened = dict([*self._opened.items(), (call_id, [])][-CALLS_KEPT:])

    def _ask(self, doing: str) -> None:
        """Look up what stands in the field; what was to happen with an older list is let go."""
        self._asked, self._waiting = self._asked + 1, []
        self._hooks.start(self._show(self._query, self._asked), doing)

    async def _show(self, query: str, number: int) -> None:
        try:
            await self._look_up(query, number)
        finally:
            if number == self._asked:
                self._answered, self._shown = number, (query, self._shelf, self._category)
                waiting, self._waiting = self._waiting, []
                for work in waiting:
                    work()

    async def _look_up(self, query: str, number: int) -> None:
        await self._services.faq.opened.wait()
        if self._services.faq.answers is None:
            self._view.show_problem(self._services.faq.problem or _no_pack())
            return
        if not query:
            content = await content_of(self._services.faq, self._shelf, self._category)
            if number == self._asked:
                self._show_content(content)
            return
        hits = await self._services.faq.search(query, MOST_HITS_BROAD if look().broad else MOST_HITS)
        if hits is not None and number == self._asked:
            self._show_hits(query, hits)

    def _show_hits(self, query: str, hits: list[Hit]) -> None:
        translate = QCoreApplication.translate
        if not hits:
            words = translate("Answers", "Nothing for “{query}”. Use fewer words or browse.")
            named = query if len(query) <= NAMED else f"{query[:NAMED].rstrip()}…"
            self._rows = []
            self._view.show_nothing(words.replace("{query}", named), translate("Answers", "0 found"))
            self._view.show_shelf(None)
            return
        caption = translate("Answers", "{count} found").replace("{count}", str(len(hits)))
        read_as = hits[0].read_as
        if read_as:
            caption = translate("Answers", "{count}, read as ‘{words}’").replace("{count}", str(len(hits)))
            caption = caption.replace("{words}", read_as)
        # Shown again, in another language or from another pack, the list keeps what was chosen.
        again = self._shown is not None and self._shown[0] == query
        self._rows = [row_of_hit(hit, hit.read_as or query) for hit in hits]
        self._view.show_rows(self._rows, caption, max(0, self._view.hits.current) if again else 0)
        self._view.show_shelf(None)

    def _show_content(self, content: Content) -> None:
        # Shown again, a shelf keeps what was chosen; one level up, the category that the agent came from is.
        again = self._shown == ("", self._shelf, self._category)
        current = self._view.hits.current
        chosen = self._rows[current].target if again and 0 <= current < len(self._rows) else self._left
        self._rows = content.rows
        places = [place for place, row in enumerate(self._rows) if chosen and row.target == chosen]
        first = 0 if self._shelf == "browse" else -1
        if self._rows:
            self._view.show_rows(self._rows, content.caption, places[0] if places else first)
        else:
            self._view.show_nothing(content.nothing, content.caption)
        self._view.show_shelf(self._shelf, can_export=self._shelf == "mine" and bool(self._rows))

    async def _open(self, row: AnswerRow) -> None:
        if row.kind == "category":
            self.show_shelf("browse", row.target)
            return
        if row.kind == "proposal":
            self.proposal_opened.emit(row.target)
            return
        article = await self._services.faq.open(row.target, row.found_by)
        if article is not None:
            await self._read(article, row.answer_marks)

    async def _take(self) -> None:
        article = await self._services.faq.take()
        if article is not None:
            await self._read(article, ())

    async def _read(self, article: Article, marks: tuple[Mark, ...]) -> None:
        calls = self._services.calls
        call = calls.current or calls.last
        if call is not None:
            self._opened.setdefault(call.id, []).append(article.category)
        await self.reader.read(article, marks)
        words = QCoreApplication.translate("Answers", "Open: {title}")
        self._hooks.announce(words.replace("{title}", article.question))


def _no_pack() -> str:
    return QCoreApplication.translate("Answers", "No answers could be opened. Calls and notes work. Tell IT.")
