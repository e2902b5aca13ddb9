"""The answer pack in use, and whether another one has taken its place on disk while the desk runs."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import DeskError
from desktop.domain.events import TroubleFound
from desktop.domain.faq import STALE_DAYS
from desktop.paths import resources
from desktop.processes.words_file import Seen, WordsFile, file_seen
from desktop.services.faq_service import FaqService

if TYPE_CHECKING:
    from desktop.adapters.search.answers import PackAnswers

LOOK_S = 1.0
"""Between two looks at the file; a new one is opened when it looks the same twice."""

_log = logging.getLogger(__name__)


class PackWatch:
    """Owns the pack that the desk looks things up in. `chosen` is the path of the settings, "" for the shipped sample;
    `words` the site's own thesaurus, `stale_days` says after how many days without a check an answer is old.

    A new file at that path is read through and then takes the place of the old one in one step. One that cannot be used
    is named once, and the old one, which is still open, goes on being used: it is also right after the file is gone.
    """

    def __init__(
        self,
        chosen: Callable[[], str],
        words: WordsFile | None = None,
        stale_days: Callable[[], int] = lambda: STALE_DAYS,
    ) -> None:
        self._chosen, self._stale_days = chosen, stale_days
        self.words = words or WordsFile(lambda: "")
        self.answers: PackAnswers | None = None
        self._tried: Seen | None = None
        self._new: Seen | None = None
        self._faq: FaqService | None = None
        self._tell: Callable[[TroubleFound], None] = lambda _trouble: None
        self._looking: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def open(self) -> list[TroubleFound]:
        """Open the chosen pack, else the shipped sample, else none; returns what was wrong.

        `start` follows at once: another pack that is chosen meanwhile is opened after this one, and given to who is
        named there.
        """
        async with self._one_at_a_time:
            return await self._open()

    async def _open(self) -> list[TroubleFound]:
        troubles: list[TroubleFound] = []
        chosen, shipped = self._chosen(), _shipped()
        await self.words.read()
        # Looked at before it is opened: what comes in between is seen as new.
        self._tried, self._new = await self._look(), None
        for path, kind in ([(Path(chosen), "replaced")] if chosen else []) + [(shipped, "none")]:
            try:
                self.answers = await self._opened(path)
                break
            except (DeskError, OSError) as error:
                _log.error("pack not used: %s", error)
                troubles.append(TroubleFound("answers", str(error), kind))
        return troubles

    def start(self, faq: FaqService, tell: Callable[[TroubleFound], None]) -> None:
        """Watch from now on. Needs a running loop."""
        self._faq, self._tell = faq, tell
        faq.own_words = self.words.state
        self._looking = asyncio.get_running_loop().create_task(self._go_on_looking(), name="watch the pack")

    async def close(self) -> None:
        """Watch no more and close the pack."""
        if self._looking is not None:
            self._looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._looking
        if self.answers is not None:
            await self.answers.close()

    async def choose(self) -> None:
        """The settings name another path: open what is there."""
        async with self._one_at_a_time:
            self._tried, self._new = await self._look(), None
            await self._take(self._path())

    async def choose_words(self) -> None:
        """The settings name another thesaurus: read what is there."""
        async with self._one_at_a_time:
            await self.words.read()
            await self._use_words()

    async def look(self) -> None:
        """Look once at both files; a file that is new and looks as it did at the look before is opened."""
        async with self._one_at_a_time:
            now = await self._look()
            if now is None or now == self._tried:
                self._new = None
            elif now != self._new:
                self._new = now
            else:
                self._tried, self._new = now, None
                await self._take(self._path())
            if await self.words.look():
                await self._use_words()

    async def _go_on_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            try:
                await self.look()
            except Exception:
                # The one boundary of this task: what went wrong with one file must not end the watch.
                _log.exception("looking at the answer pack failed")

    async def _opened(self, path: Path, read_through: bool = False) -> PackAnswers:
        answers = await asyncio.to_thread(_pack_answers)
        return await answers.open(path, read_through, self.words.words, self._stale_days)

    async def _use_words(self) -> None:
        if self.answers is not None:
            await self.answers.use_words(self.words.words)
        if self._faq is not None:
            self._faq.use_words(self.words.state)

    async def _take(self, path: Path) -> None:
        try:
            new = await self._opened(path, read_through=True)
        except (DeskError, OSError) as error:
            _log.error("new pack not used: %s", error)
            self._tell(TroubleFound("answers", str(error), "replaced" if self.answers else "none"))
            return
        before, self.answers = self.answers, new
        if before is not None:
            new.continue_call(before)
        if self._faq is not None:
            self._faq.use(new)
        _log.info("the answer pack was replaced")
        if before is not None:
            # What still runs in the old one ends first.
            await before.close()

    def _path(self) -> Path:
        chosen = self._chosen()
        return Path(chosen) if chosen else _shipped()

    async def _look(self) -> Seen | None:
        """None where there is no file. Off the loop: a drive may be far away."""
        return await asyncio.to_thread(file_seen, self._path())


def _pack_answers() -> type[PackAnswers]:
    """Loading it takes a while, and the window is painted before."""
    from desktop.adapters.search.answers import PackAnswers

    return PackAnswers


def _shipped() -> Path:
    return resources() / "faq" / "sample.faq"
