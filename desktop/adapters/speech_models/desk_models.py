"""The desk's port `SpeechModels`: the work runs on a thread, and ends soon after it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.adapters.speech_models.store import ModelStore
from desktop.adapters.system.stoppable import StoppableWork, on_this_loop
from desktop.domain.speech_models import Installed, SpeechModel, Step, Verified
from desktop.paths import Folders

if TYPE_CHECKING:
    from desktop.adapters.speech_models.install import Installer


class DeskModels:
    """Implements `services.model_service.SpeechModels`; see there for what each method promises."""

    def __init__(self, where: Folders, check_argv: Sequence[str]) -> None:
        self._store = ModelStore(where.models, where.converted_models)
        self._data, self._check_argv = where.data, check_argv
        self._work = StoppableWork()

    @cached_property
    def _installer(self) -> Installer:
        # With it comes HTTP, 3 MB that a desk which installs no model does without.
        from desktop.adapters.speech_models.checking import ContentCheck
        from desktop.adapters.speech_models.install import Installer

        return Installer(self._store, self._data, ContentCheck(self._check_argv))

    async def models(self, chosen: Path | None) -> Sequence[SpeechModel]:
        """Off the loop: the chosen model may lie on a share."""
        return await asyncio.to_thread(self._store.models, chosen)

    async def install(self, source: str, progress: Callable[[Step], None]) -> Installed:
        """From a file or a folder."""
        tell = on_this_loop(progress)
        from desktop.adapters.speech_models.sources import source_of

        return await self._work.run(lambda stopped: self._installer.install(source_of(source), tell, stopped))

    async def verify(self, model: SpeechModel, progress: Callable[[Step], None]) -> Verified:
        """Hash it again and look into it."""
        expected, tell = self._store.expected_digest(model), on_this_loop(progress)
        return await self._work.run(lambda stopped: self._installer.verify(model, expected, tell, stopped))

    async def remove(self, model: SpeechModel) -> None:
        """Aside, so that it can be brought back."""
        await asyncio.to_thread(self._store.remove, model)

    async def bring_back(self, name: str) -> None:
        """Undo `remove`."""
        await asyncio.to_thread(self._store.bring_back, name)

    async def empty(self) -> None:
        """Delete what was removed."""
        await asyncio.to_thread(self._store.empty)

    def stop(self) -> None:
        """End what is running."""
        self._work.stop()
