"""The desk's port `ArticleImport`: reading and building run on a thread, and end soon after they are told to."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from desktop.adapters.articles.importing import Cancelled, import_articles, preview_articles
from desktop.domain.faq_import import ImportSummary, Preview, Progress

Result = TypeVar("Result")


class FileImport:
    """Implements `services.ports.ArticleImport`; see there for what each method promises."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    async def preview(self, files: Sequence[Path], present: Path | None) -> Preview:
        """What a build of these files would do to the present pack."""
        return await self._run(lambda cancelled: preview_articles(files, present, cancelled=cancelled))

    async def build(
        self, files: Sequence[Path], output: Path, progress: Callable[[Progress], None]
    ) -> ImportSummary:
        """Write the pack in one step."""
        loop = asyncio.get_running_loop()

        def tell(step: Progress) -> None:
            loop.call_soon_threadsafe(progress, step)

        return await self._run(lambda cancelled: import_articles(files, output, tell, cancelled))

    def stop(self) -> None:
        """End what is running."""
        self._stop.set()

    async def _run(self, work: Callable[[Cancelled], Result]) -> Result:
        stop = self._stop = threading.Event()
        future = asyncio.get_running_loop().run_in_executor(None, work, stop.is_set)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            # Nobody waits any more: the thread must still end before what it reads or writes is touched again.
            stop.set()
            await asyncio.wait([future])
            raise
