"""What the desk keeps of the person who works at it: shown to them, and handed to them as one file."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from desktop.services.ports import Clock


class Kept(Protocol):
    """A file of the desk that can say what it holds. Every method raises StorageError."""

    async def kept_counts(self) -> Mapping[str, int]:
        """How many rows there are, by what they are."""

    async def kept_rows(self) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """The rows themselves, as JSON values."""


class KeptService:
    """Over real and practice calls and the agent's own file. Nothing here is a score, and nobody else asks.

    `practice` opens what is kept of practice calls, None where there were none.
    """

    def __init__(
        self,
        calls: Kept,
        answers: Kept,
        practice: Callable[[], AbstractAsyncContextManager[Kept | None]],
        settings: Callable[[], Mapping[str, object]],
        write: Callable[[Path, bytes], None],
        clock: Clock,
    ) -> None:
        self._calls, self._answers, self._practice, self._settings = calls, answers, practice, settings
        self._write, self._clock = write, clock

    async def counts(self) -> dict[str, int]:
        """How many rows there are, by what they are; of practice only the calls. Raises StorageError."""
        async with self._practice() as practice:
            practised = await practice.kept_counts() if practice is not None else {}
        own = {**await self._calls.kept_counts(), **await self._answers.kept_counts()}
        return {**own, "practice_calls": practised.get("calls", 0)}

    async def export(self, path: Path) -> None:
        """All of it as one JSON file that only this user may read. Raises StorageError, OSError."""
        async with self._practice() as practice:
            practised = await practice.kept_rows() if practice is not None else {}
        content = {
            "made": self._clock.now().isoformat(timespec="seconds"),
            "settings": dict(self._settings()),
            "calls": await self._calls.kept_rows(),
            "practice": practised,
            "answers": await self._answers.kept_rows(),
        }
        text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
        await asyncio.to_thread(self._write, path, text.encode())
