"""What the agent does with answers, kept in the agent's own file and given back: often used, recent, changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from desktop.domain.errors import DeskError
from desktop.domain.events import AnswersCompared, ProposalKept, SavingFailed
from desktop.domain.faq import Article
from desktop.domain.ids import new_id
from desktop.domain.own_answers import (
    Action,
    Changes,
    Fault,
    Flag,
    Place,
    Proposal,
    Seen,
    Use,
    changes_between,
    for_the_owner,
    storable,
)
from desktop.domain.wording import learnable, same_words
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.faq_ports import Answers, OwnAnswers
from desktop.services.line import CurrentLine
from desktop.services.ports import Clock
from desktop.services.saving import Saver

USE_DAYS = 30
"""What was used longer ago does not count as often used."""

PUT_AWAY_FOR = timedelta(days=1)
"""So long a card does not come back for the same words."""

_log = logging.getLogger(__name__)


class OwnAnswersService:
    """One agent's dealings with the pack in use. Practice teaches nothing: its uses are not kept."""

    def __init__(
        self, own: OwnAnswers, line: CurrentLine, bus: EventBus, clock: Clock, background: Background
    ) -> None:
        self._own, self._line, self._bus, self._clock = own, line, bus, clock
        self._background = background
        self._answers: Answers | None = None
        self._now: Seen | None = None
        self._comparing: asyncio.Task[None] | None = None
        self._places: dict[Place, list[str]] = {"favourite": [], "pin": []}
        self._put_away: list[tuple[str, str, datetime]] = []
        self._unwritten: dict[str, Proposal] = {}
        self._writing = False
        self.changes = Changes()
        self.saver = Saver(bus)

    def use(self, answers: Answers | None) -> None:
        """Another pack is in use from now on. Needs a running loop."""
        self.stop_comparing()
        self._answers, self._now, self.changes = answers, None, Changes()
        if answers is not None:
            self._background.start(self._load(answers), "load what the agent taught")
            self._comparing = self._background.start(self._compare(answers), "compare answers")

    def stop_comparing(self) -> None:
        """Nobody waits any more for what is new."""
        if self._comparing is not None:
            self._comparing.cancel()

    def note_use(self, article_id: str, action: Action) -> None:
        """An article was opened, copied or put away."""
        if self._answers is not None and not self._line.practice:
            use = Use(self._answers.pack, article_id, action, self._clock.now())
            self._background.start(self._quietly(partial(self._own.note_use, use)), "note use")

    async def often_used(self, limit: int) -> list[Article]:
        """What was used most in the last 30 days, filled up with the pack's first articles."""
        if self._answers is None:
            return []
        since = self._clock.now() - timedelta(days=USE_DAYS)
        used = await self._own.often_used(self._answers.pack, since, limit)
        articles = await self._answers.articles([article_id for article_id, _ in used])
        known = {article.id for article in articles}
        for article in await self._answers.browse(limit=limit):
            if len(articles) < limit and article.id not in known:
                articles.append(article)
        return articles

    async def recently_used(self, limit: int) -> list[Article]:
        """What was used last, newest first."""
        if self._answers is None:
            return []
        return await self._answers.articles(await self._own.recently_used(self._answers.pack, limit))

    # what is learned
    def learn(self, article_id: str, words: str) -> None:
        """The agent accepted this article for these words: they find it from now on."""
        wording = learnable(words)
        if self._answers is not None and wording and not self._line.practice:
            self._background.start(self._learn(self._answers, article_id, wording, 1), "learn a wording")

    def put_away(self, article_id: str, words: str) -> None:
        """The agent did not want this article for these words."""
        if self._answers is None or self._line.practice:
            return
        wording, now = storable(words), self._clock.now()
        self._put_away.append((article_id, wording, now))
        write = partial(self._own.put_away, self._answers.pack, article_id, wording, now)
        self._background.start(self._quietly(write), "remember what was put away")
        if kept := learnable(words):
            self._background.start(self._learn(self._answers, article_id, kept, -1), "unlearn a wording")

    def unwanted(self, article_id: str, words: str) -> bool:
        """Whether the agent put this article away for nearly these words within a day."""
        since = self._clock.now() - PUT_AWAY_FOR
        self._put_away = [each for each in self._put_away if each[2] >= since]
        return any(each[0] == article_id and same_words(each[1], words) for each in self._put_away)

    # favourites and pins
    def is_kept(self, article_id: str, place: Place) -> bool:
        """Whether an article is pinned or a favourite."""
        return article_id in self._places[place]

    def keep(self, article_id: str, place: Place, on: bool) -> None:
        """Pin an article or make it a favourite, or take that back."""
        if self._answers is None or on == self.is_kept(article_id, place):
            return
        if on:
            self._places[place].append(article_id)
        else:
            self._places[place].remove(article_id)
        pack, now = self._answers.pack, self._clock.now()
        write = partial(self._own.set_place, pack, article_id, place, on, now)
        self._background.start(self.saver.save(f"place {pack} {article_id} {place}", write), "keep place")

    async def kept(self, place: Place) -> list[Article]:
        """The articles pinned or made favourites, in the order of doing so."""
        return await self._answers.articles(self._places[place]) if self._answers is not None else []

    # flags and proposals
    def flag(self, article: Article, fault: Fault, note: str) -> Flag | None:
        """Say that an article is outdated or wrong; None without a pack."""
        if self._answers is None:
            return None
        question, now = storable(article.question), self._clock.now()
        flag = Flag(new_id("f"), self._answers.pack, article.id, question, fault, storable(note), now)
        self._background.start(self._save_flag(flag), "keep flag")
        return flag

    def take_back_flag(self, flag: Flag) -> None:
        """It was a mistake."""
        self.saver.forget(f"flag {flag.id}")
        self._background.start(self._own.delete_flag(flag.id), "take back flag")

    async def flags(self) -> list[Flag]:
        """All flags, oldest first."""
        return await self._own.flags()

    async def begin_proposal(self, article: Article | None, lang: str) -> Proposal | None:
        """The proposal that was begun for this article (None: for a new one) and not finished, else a fresh one."""
        if self._answers is None:
            return None
        pack, article_id = self._answers.pack, article.id if article is not None else ""
        for begun in reversed(await self.proposals()):
            if (begun.pack, begun.article_id, begun.done) == (pack, article_id, False):
                return begun
        now = self._clock.now()
        if article is None:
            return Proposal(new_id("p"), pack, "", lang, "", "", "", (), now)
        texts = (article.lang, article.category, article.question, article.answer)
        return Proposal(new_id("p"), pack, article_id, *texts, article.variants, now)

    def keep_proposal(self, proposal: Proposal) -> None:
        """Write it as it stands now; called at every key."""
        self._unwritten[proposal.id] = replace(
            proposal,
            category=storable(proposal.category),
            question=storable(proposal.question),
            answer=storable(proposal.answer),
            variants=tuple(map(storable, proposal.variants)),
            changed=self._clock.now(),
        )
        if not self._writing:
            self._writing = True
            self._background.start(self._write_proposals(), "keep proposal")

    async def discard_proposal(self, proposal: Proposal) -> None:
        """Throw it away."""
        self._unwritten.pop(proposal.id, None)
        self.saver.forget(f"proposal {proposal.id}")
        await self._own.delete_proposal(proposal.id)

    async def proposals(self) -> list[Proposal]:
        """All proposals as they stand, the unwritten ones included, oldest change first."""
        found = {each.id: each for each in await self._own.proposals()}
        return sorted((found | self._unwritten).values(), key=lambda each: each.changed)

    async def for_the_owner(self) -> str:
        """Flags and finished proposals as JSON lines."""
        return "".join(for_the_owner(await self.flags(), await self.proposals()))

    # the shift
    async def end_shift(self) -> None:
        """The desk closes on purpose: the next shift is told what is new from here on."""
        if self._answers is None or self._now is None:
            return
        try:
            await self._own.keep_seen(self._answers.pack, self._now, self._clock.now())
        except DeskError as error:
            _log.error("the pack as it was seen could not be kept: %s", error)

    async def close(self) -> None:
        """The desk closes on purpose: write what waits and close the file."""
        self.stop_comparing()
        await self.end_shift()
        await self.saver.close()
        await self._own.close()

    async def _compare(self, answers: Answers) -> None:
        """Find what is new since the last shift; a pack that says the same is not read at all."""
        before = await self._own.seen(answers.pack)
        if before is not None and before.content == answers.content:
            self._now = before
            return
        now = Seen(answers.content, await answers.marks())
        self._now = now
        if before is not None:
            self.changes = changes_between(before.marks, now.marks)
            self._bus.publish(AnswersCompared(self.changes.count))

    async def _load(self, answers: Answers) -> None:
        since = self._clock.now() - PUT_AWAY_FOR
        try:
            self._places = await self._own.places(answers.pack)
            self._put_away = await self._own.put_away_since(answers.pack, since)
            await self._teach(answers)
        except DeskError as error:
            _log.error("what the agent taught could not be read: %s", error)

    async def _teach(self, answers: Answers) -> None:
        """Give the pack everything that was learned about it."""
        learned, counts = await self._own.learned(answers.pack), await self._own.use_counts(answers.pack)
        # Another pack may have taken its place meanwhile, and this one be closed.
        if answers is self._answers and (learned or counts):
            await answers.learn(learned, counts)

    async def _learn(self, answers: Answers, article_id: str, wording: str, times: int) -> None:
        async def keep_and_teach() -> None:
            await self._own.learn(answers.pack, article_id, wording, self._clock.now(), times)
            await self._teach(answers)

        await self._quietly(keep_and_teach)

    async def _quietly(self, write: Callable[[], Awaitable[object]]) -> None:
        """Write what the agent can do without, but not without being told."""
        try:
            await write()
        except DeskError as error:
            self._bus.publish(SavingFailed(str(error)))

    async def _save_flag(self, flag: Flag) -> None:
        await self.saver.save(f"flag {flag.id}", partial(self._own.save_flag, flag))

    async def _write_proposals(self) -> None:
        try:
            while self._unwritten:
                number, proposal = next(iter(self._unwritten.items()))
                write = partial(self._own.save_proposal, proposal)
                kept = await self.saver.save(f"proposal {number}", write)
                newest = self._unwritten.get(number) is proposal
                if newest:
                    del self._unwritten[number]
                if kept:
                    self._bus.publish(ProposalKept(number, newest))
        finally:
            self._writing = False
