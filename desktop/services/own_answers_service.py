"""What the agent does with answers, kept in the agent's own file and given back: often used, recent, changed."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from desktop.domain.errors import DeskError
from desktop.domain.events import AnswersCompared, SavingFailed
from desktop.domain.faq import Article
from desktop.domain.own_answers import Action, Changes, Seen, Use, changes_between
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.ports import Answers, Clock, OwnAnswers
from desktop.services.saving import Saver

USE_DAYS = 30
"""What was used longer ago does not count as often used."""

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
        self.changes = Changes()
        self.saver = Saver(bus)

    def use(self, answers: Answers | None) -> None:
        """Another pack is in use from now on. Needs a running loop."""
        self.stop_comparing()
        self._answers, self._now, self.changes = answers, None, Changes()
        if answers is not None:
            self._comparing = self._background.start(self._compare(answers), "compare answers")

    def stop_comparing(self) -> None:
        """Nobody waits any more for what is new."""
        if self._comparing is not None:
            self._comparing.cancel()

    def note_use(self, article_id: str, action: Action) -> None:
        """An article was opened, copied or put away."""
        if self._answers is not None and not self._line.practice:
            use = Use(self._answers.pack, article_id, action, self._clock.now())
            self._background.start(self._write_use(use), "note use")

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

    async def _write_use(self, use: Use) -> None:
        try:
            await self._own.note_use(use)
        except DeskError as error:
            self._bus.publish(SavingFailed(str(error)))
