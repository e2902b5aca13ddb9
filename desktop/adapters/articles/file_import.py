"""The desk's port `ArticleImport`: reading and building run on a thread, and end soon after they are told to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.adapters.articles.importing import import_articles, preview_articles
from desktop.adapters.system.stoppable import StoppableWork, on_this_loop
from desktop.domain.faq_import import ImportSummary, Preview, Progress


class FileImport:
    """Implements `services.ports.ArticleImport`; see there for what each method promises."""

    def __init__(self) -> None:
        self._work = StoppableWork()

    async def preview(self, files: Sequence[Path], present: Path | None) -> Preview:
        """What a build of these files would do to the present pack."""
        return await self._work.run(lambda stop: preview_articles(files, present, cancelled=stop.is_set))

    async def build(
        self, files: Sequence[Path], output: Path, progress: Callable[[Progress], None]
    ) -> ImportSummary:
        """Write the pack in one step."""
        tell = on_this_loop(progress)
        return await self._work.run(lambda stop: import_articles(files, output, tell, stop.is_set))

    def stop(self) -> None:
        """End what is running."""
        self._work.stop()
