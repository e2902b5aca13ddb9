"""Files of articles become the pack that the desk uses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.domain.errors import DeskError
from desktop.domain.faq_import import FileError, ImportStopped, ImportSummary, Preview, Progress
from desktop.services.faq_ports import ArticleImport


class ImportService:
    """One import at a time. `own_pack` is where a pack goes while the settings name none.

    Raises what `ArticleImport` raises: FileError with a sentence, ImportStopped after `stop`.
    """

    def __init__(self, port: ArticleImport, own_pack: Path) -> None:
        self._port, self._own_pack = port, own_pack
        self.running = False

    def place(self, chosen: str) -> Path:
        """Where a pack is written; `chosen` is the path of the settings, "" for none."""
        return Path(chosen) if chosen else self._own_pack

    async def preview(self, files: Sequence[Path], chosen: str) -> Preview:
        """What a build would do. A present pack that cannot be read counts as none: it is about to be replaced."""
        self.running = True
        try:
            try:
                return await self._port.preview(files, Path(chosen) if chosen else None)
            except (FileError, ImportStopped):
                raise
            except DeskError:
                return await self._port.preview(files, None)
        finally:
            self.running = False

    async def build(
        self, files: Sequence[Path], chosen: str, progress: Callable[[Progress], None]
    ) -> ImportSummary:
        """Write the pack to `place(chosen)`, in one step."""
        self.running = True
        try:
            return await self._port.build(files, self.place(chosen), progress)
        finally:
            self.running = False

    def stop(self) -> None:
        """End what is running; the pack that is there stays as it is."""
        if self.running:
            self._port.stop()
