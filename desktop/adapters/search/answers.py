"""The desk's port `Answers` on one pack: every look-up runs on the pack's own thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from desktop.adapters.search.index import FaqIndex
from desktop.adapters.search.pack import PackError
from desktop.adapters.search.suggestions import Suggester
from desktop.adapters.search.thesaurus import Thesaurus
from desktop.domain.faq import STALE_DAYS, Article, Hit, Suggestion
from desktop.domain.own_answers import Learned, article_mark

Result = TypeVar("Result")

MARKS_AT_ONCE = 100
"""Articles that are read at once while nobody waits for them: some milliseconds."""


def _always() -> int:
    return STALE_DAYS


class PackAnswers:
    """Implements `services.ports.Answers`; see there for what each method promises."""

    def __init__(
        self, index: FaqIndex, executor: ThreadPoolExecutor, stale_days: Callable[[], int] = _always
    ) -> None:
        self._index, self._executor, self._stale_days = index, executor, stale_days
        self._suggester = Suggester(index)
        self._before = ("", Suggester(index))
        self._call_id = ""
        self._closed = False

    @classmethod
    async def open(
        cls,
        path: Path,
        read_through: bool = False,
        words: Thesaurus | None = None,
        stale_days: Callable[[], int] = _always,
    ) -> PackAnswers:
        """Open a pack, on wish after reading all of it. Raises PackError with what to do, OSError.

        `words` are the people's words, the shipped ones if None; `stale_days` says after how many days without a check
        an article is old.
        """
        executor = ThreadPoolExecutor(1, thread_name_prefix="answers")

        def begin() -> FaqIndex:
            index = FaqIndex.open(path, words)
            if read_through:
                try:
                    index.read_through()
                except PackError:
                    index.close()
                    raise
            return index

        try:
            index = await asyncio.get_running_loop().run_in_executor(executor, begin)
        except BaseException:
            executor.shutdown(wait=False)
            raise
        # Before the first query, and not in the way of the start; what is wrong with the pack a query says as well.
        executor.submit(index.get_ready)
        return cls(index, executor, stale_days)

    @property
    def pack(self) -> str:
        """The pack's name, by which uses are kept across its versions."""
        return self._index.pack_name

    @property
    def built(self) -> datetime:
        """When the pack was made, UTC."""
        moment = datetime.fromisoformat(self._index.built_at)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    @property
    def content(self) -> str:
        """SHA-256 of all that the pack says."""
        return self._index.pack_id

    async def search(self, query: str, category: str = "", limit: int = 10) -> list[Hit]:
        """Hits for what is being typed, best first."""
        days = self._stale_days()
        return await self._run(
            lambda: self._index.search(query, limit=limit, category=category or None, stale_days=days)
        )

    async def article(self, article_id: str) -> Article | None:
        """One article; None where the pack does not have it."""
        return await self._run(lambda: self._article(article_id))

    async def articles(self, ids: Sequence[str]) -> list[Article]:
        """The articles among `ids` that exist, in that order."""
        return await self._run(lambda: [found for each in ids if (found := self._article(each)) is not None])

    async def browse(self, category: str = "", limit: int = 50) -> list[Article]:
        """Articles of a category, or all."""
        return await self._run(lambda: self._index.browse(category or None, limit))

    async def within(self, category: str, limit: int = 50) -> list[Article]:
        """Articles of just this category."""
        return await self._run(lambda: self._index.within(category, limit))

    async def categories(self, lang: str = "") -> dict[str, int]:
        """Number of articles by category; all languages where this one has none."""
        return await self._run(lambda: self._index.categories(lang or None) or self._index.categories())

    async def versions(self, group: str) -> list[Article]:
        """The language versions that share a group."""
        return await self._run(lambda: self._index.versions(group))

    async def marks(self) -> dict[str, str]:
        """A mark of each article by its id; read in pieces, so that searches come in between."""
        articles = self._index.articles()
        found: dict[str, str] = {}

        def marked() -> list[tuple[str, str]]:
            return [(each.id, article_mark(each)) for each in islice(articles, MARKS_AT_ONCE)]

        while piece := await self._run(marked):
            found.update(piece)
        return found

    async def learn(self, wordings: Sequence[Learned], uses: Mapping[str, int]) -> None:
        """What the agent taught holds from now on."""
        pairs = [(each.article_id, each.wording, each.count) for each in wordings]

        def teach() -> None:
            self._index.learn(pairs)
            self._index.use_counts(uses)

        await self._run(teach)

    async def use_words(self, words: Thesaurus | None) -> None:
        """Read queries by these of the people's words from now on, by the shipped ones if None."""
        await self._run(partial(self._index.use_words, words))

    async def suggest(self, call_id: str, text: str, at: float, allowed: bool) -> Suggestion | None:
        """The card that a caller's segment deserves now; one that is not allowed yet comes later through `due`."""

        def feed() -> Suggestion | None:
            self._begin(call_id, allowed)
            return self._suggester.feed(text, at)

        return await self._run(feed)

    async def due(self, call_id: str, at: float, allowed: bool) -> Suggestion | None:
        """A card that had to wait and whose time has come."""

        def poll() -> Suggestion | None:
            self._begin(call_id, allowed)
            return self._suggester.poll(at)

        return await self._run(poll)

    async def dismiss(self, article_id: str) -> None:
        """The agent put this card away: not again in this call."""
        await self._run(lambda: self._suggester.dismiss(article_id))

    def continue_call(self, before: PackAnswers) -> None:
        """Go on where another pack leaves off in a call: what was offered and put away there holds here."""
        self._call_id = before._call_id
        self._suggester.continue_from(before._suggester)

    async def close(self) -> None:
        """Let what was asked before end, close the pack and end its thread."""
        if self._closed:
            return
        closing = self._run(self._index.close)
        self._closed = True
        await closing
        self._executor.shutdown(wait=True)

    def _article(self, article_id: str) -> Article | None:
        try:
            return self._index.article(article_id)
        except KeyError:
            return None

    def _begin(self, call_id: str, allowed: bool) -> None:
        if call_id != self._call_id:
            # Of two callers one is on hold: what was offered and put away in its call holds when it is back.
            before, self._before = self._before, (self._call_id, self._suggester)
            self._suggester = before[1] if before[0] == call_id else Suggester(self._index)
            self._call_id = call_id
        self._suggester.suppress(not allowed)

    def _run(self, work: Callable[[], Result]) -> asyncio.Future[Result]:
        if self._closed:
            raise PackError("These answers were replaced by newer ones. Please try again.")
        return asyncio.get_running_loop().run_in_executor(self._executor, work)
