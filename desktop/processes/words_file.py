"""A site's own thesaurus that the settings name, and whether another one has taken its place on disk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.faq import OwnWords

if TYPE_CHECKING:
    from desktop.adapters.search.thesaurus import Thesaurus

Seen = tuple[int, int, int, int]
"""What tells one file from the next at the same path: device, inode, bytes, nanoseconds of its last change."""

_log = logging.getLogger(__name__)


class WordsFile:
    """The rows in use: `words` for the index (None: the shipped ones), `state` for the window."""

    def __init__(self, chosen: Callable[[], str]) -> None:
        self._chosen = chosen
        self.words: Thesaurus | None = None
        self.state = OwnWords()
        self._read_as: Seen | None = None
        self._new: Seen | None = None

    async def read(self) -> None:
        """Read what the settings name now."""
        chosen = self._chosen()
        # Looked at before it is read: what comes in between is seen as new.
        self._read_as, self._new = await self._look(), None
        if not chosen:
            self.words, self.state = None, OwnWords()
            return
        self.words, self.state = await asyncio.to_thread(_own_words, Path(chosen))
        if self.state.problem:
            _log.error("the site's own words were not read: %s", self.state.problem)
        elif self.state.left_out:
            _log.warning(
                "%d rows of the site's own words were left out, the first in line %d: %s",
                self.state.left_out,
                self.state.line,
                self.state.reason,
            )

    async def look(self) -> bool:
        """Look once; a file that is new and looks as it did at the look before is read. Whether it was.

        One that is gone leaves its rows in use.
        """
        now = await self._look()
        if now is None or now == self._read_as:
            self._new = None
        elif now != self._new:
            self._new = now
        else:
            await self.read()
            return True
        return False

    async def _look(self) -> Seen | None:
        """None where there is no file. Off the loop: a drive may be far away."""
        chosen = self._chosen()
        return await asyncio.to_thread(file_seen, Path(chosen)) if chosen else None


def _own_words(path: Path) -> tuple[Thesaurus | None, OwnWords]:
    from desktop.adapters.search.own_words import read_own_words  # loaded where a site has words

    return read_own_words(path)


def file_seen(path: Path) -> Seen | None:
    """The file as it looks now, None where there is none."""
    try:
        now = path.stat()
    except (OSError, ValueError):
        return None
    return now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns
