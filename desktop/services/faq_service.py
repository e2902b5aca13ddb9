"""Answers: search while typing, one suggestion at a time from the caller's segments, uses remembered."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from desktop.domain.events import (
    AnswersReplaced,
    ArticleOpened,
    CallConfirmed,
    CallEnded,
    CallParked,
    CallUnparked,
    SegmentCommitted,
    SuggestionOffered,
    SuggestionWithdrawn,
)
from desktop.domain.faq import Article, Hit, OwnWords, Suggestion, widest_category
from desktop.domain.transcript import Leg, Segment
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.faq_ports import Answers
from desktop.services.own_answers_service import OwnAnswersService
from desktop.services.ports import Clock

CARD_LIFE_S = 60.0
"""A card that nobody took is gone after this."""


READ_S = 10.0
"""An answer that is read so long in a call was the right one for the words it was found by."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """An answer that is read, since when (monotonic seconds), and the query it was found by, "" for none."""

    article: Article
    query: str
    since: float


class FaqService:
    """`answers` is None while no pack could be opened; `problem` then says why. `own_words`: the site's thesaurus.

    `opened` is set once that is settled: whoever looks something up before waits for it.
    Searches in a call prefer the field that the call is about a little.
    """

    def __init__(
        self,
        own: OwnAnswersService,
        answers: Answers | None,
        bus: EventBus,
        clock: Clock,
        background: Background,
        problem: str = "",
    ) -> None:
        self._bus, self._clock, self._background = bus, clock, background
        self.own, self.answers, self.problem = own, answers, problem
        self.own_words, self.opened = OwnWords(), asyncio.Event()
        self.suggestion: Suggestion | None = None
        self._shown_at = 0.0
        self._newest = 0
        self._held_back = False
        self._reading: _Reading | None = None
        self._call_id = ""
        self._category = ""
        self._parked: dict[str, str] = {}
        bus.subscribe(SegmentCommitted, self._segment_committed)
        bus.subscribe(CallConfirmed, lambda event: self._call(event.call.id))
        bus.subscribe(CallParked, lambda event: self._park(event.call.id))
        bus.subscribe(CallUnparked, lambda event: self._call(event.call.id))
        bus.subscribe(CallEnded, self._ended)

    def use(self, answers: Answers | None, problem: str = "") -> None:
        """Look things up in this pack from now on, the first one or another. Needs a running loop."""
        self.clear()
        self.answers, self.problem = answers, problem
        self.own.use(answers)
        first = not self.opened.is_set()
        self.opened.set()
        self._bus.publish(AnswersReplaced(first))

    def use_words(self, words: OwnWords) -> None:
        """The site's own thesaurus was read again: what is shown now may be found in another way."""
        self.own_words = words
        self._bus.publish(AnswersReplaced())

    @property
    def call_category(self) -> str:
        """The field that the call is about, "" while nobody knows: that of the answer which helped last in it."""
        read = self._reading
        return widest_category(read.article.category) if read and self._right(read) else self._category

    @property
    def found_by(self) -> str:
        """The words that the answer which is read was found by, "" for none."""
        return self._reading.query if self._reading is not None else ""

    async def search(self, query: str, limit: int = 10) -> list[Hit] | None:
        """Hits for what the agent types, best first; None where a newer query or pack has overtaken this one."""
        self._newest += 1
        mine, answers = self._newest, self.answers
        if answers is None:
            return []
        hits = await answers.search(query, self.call_category, limit)
        return hits if mine == self._newest and answers is self.answers else None

    async def open(self, article_id: str, query: str = "") -> Article | None:
        """The article to read; its use is remembered. `query`: the words that it was found by, if it was."""
        if self.answers is None:
            return None
        if self._reading is not None and query and self._reading.query == query:
            self._reading = None  # another hit of the same words: the first was not the right one
        self.closed()
        article = await self.answers.article(article_id)
        if article is not None:
            suggested = self.suggestion is not None and self.suggestion.article_id == article_id
            self.own.note_use(article_id, "suggestion" if suggested else "open")
            self._bus.publish(ArticleOpened(article_id, suggested))
            self._reading = _Reading(article, query, self._clock.mono())
        return article

    def hold_back(self, on: bool) -> None:
        """While the agent types in the search field no new card is shown."""
        self._held_back = on

    async def take(self) -> Article | None:
        """Open the suggested answer."""
        card = self.suggestion
        if card is None:
            return None
        article = await self.open(card.article_id)
        if article is not None:
            self.own.learn(card.article_id, card.cause)
            self._about(article)
        self._withdraw(taken=True)
        return article

    def drop(self) -> None:
        """Put the suggestion away."""
        if self.suggestion is not None:
            self.own.note_use(self.suggestion.article_id, "dismiss")
            self.own.put_away(self.suggestion.article_id, self.suggestion.cause)
            if self.answers is not None:
                self._background.start(self.answers.dismiss(self.suggestion.article_id), "dismiss card")
            self._withdraw(taken=False)

    def copied(self, article_id: str) -> None:
        """An answer went into the notes: it was the right one for the words it was found by."""
        self.own.note_use(article_id, "copy")
        read, self._reading = self._reading, None
        if read is not None:
            self._helped(read)

    def closed(self) -> None:
        """The answer that was read is read no longer."""
        read, self._reading = self._reading, None
        if read is not None and self._right(read):
            self._helped(read)

    def tick(self, call_id: str = "", at: float = 0.0) -> None:
        """Once a second: a card that is too old goes; in a call, `at` seconds old, one that had to wait comes."""
        if self.suggestion is not None and self._clock.mono() - self._shown_at > CARD_LIFE_S:
            self._withdraw(taken=False)
        if call_id and self.answers is not None:
            self._background.start(self._show_due(call_id, at), "show waiting card")

    def clear(self) -> None:
        """A call begins or ends: no card from before."""
        if self.suggestion is not None:
            self._withdraw(taken=False)

    @property
    def _in_call(self) -> bool:
        return bool(self._call_id)

    def _call(self, call_id: str) -> None:
        self.closed()
        self._call_id, self._category = call_id, self._parked.pop(call_id, "")

    def _park(self, call_id: str) -> None:
        """Another caller comes to the front: no card of this one, and what it is about is kept."""
        self.clear()
        self.closed()
        self._parked[call_id], self._call_id = self._category, ""

    def _ended(self, event: CallEnded) -> None:
        self._parked.pop(event.call.id, None)
        if not event.behind:
            self.clear()
            self._call("")

    def _right(self, read: _Reading) -> bool:
        return self._in_call and self._clock.mono() - read.since >= READ_S

    def _helped(self, read: _Reading) -> None:
        """It was the right answer: for the words that it was found by, and for what the call is about."""
        if read.query:
            self.own.learn(read.article.id, read.query)
        self._about(read.article)

    def _about(self, article: Article) -> None:
        if self._in_call:
            self._category = widest_category(article.category)

    def _withdraw(self, taken: bool) -> None:
        card, self.suggestion = self.suggestion, None
        if card is not None:
            self._bus.publish(SuggestionWithdrawn(card.article_id, taken))

    def _segment_committed(self, event: SegmentCommitted) -> None:
        in_front = self._call_id in ("", event.segment.call_id)
        if event.segment.leg is Leg.CALLER and in_front and self.answers is not None:
            self._background.start(self._suggest(event.segment), "suggest")

    async def _suggest(self, segment: Segment) -> None:
        if self.answers is not None:
            self._show(
                await self.answers.suggest(segment.call_id, segment.text, segment.end, not self._held_back)
            )

    async def _show_due(self, call_id: str, at: float) -> None:
        if self.answers is not None:
            self._show(await self.answers.due(call_id, at, not self._held_back))

    def _show(self, card: Suggestion | None) -> None:
        if card is None or self.own.unwanted(card.article_id, card.cause):
            return
        self.clear()
        self.suggestion, self._shown_at = card, self._clock.mono()
        self._bus.publish(SuggestionOffered(card))
