"""Speech models in the desk: which there are, installed from files, verified, removed and brought back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from desktop.domain.speech_models import Installed, ModelRefused, SpeechModel, Step, Verified


class SpeechModels(Protocol):
    """Models on this computer; what takes long is off the window's thread, one at a time.

    Raises ModelRefused with a sentence, InstallStopped after `stop`; in both cases nothing has changed.
    """

    async def models(self, chosen: Path | None) -> Sequence[SpeechModel]:
        """Installed models, the shipped one and the `chosen` one, wherever it lies."""

    async def install(self, source: str, progress: Callable[[Step], None]) -> Installed:
        """Put the model of a file or folder in place in one step; `progress` is called on the loop."""

    async def verify(self, model: SpeechModel, progress: Callable[[Step], None]) -> Verified:
        """Hash the file again and look into it."""

    async def remove(self, model: SpeechModel) -> None:
        """Take an installed model away; `bring_back` undoes it until `empty`."""

    async def bring_back(self, name: str) -> None:
        """Undo `remove`."""

    async def empty(self) -> None:
        """Delete for good what was removed."""

    def stop(self) -> None:
        """End what is running."""


class ModelService:
    """One installation or verification at a time."""

    def __init__(self, port: SpeechModels) -> None:
        self._port = port
        self.running = False

    async def models(self, chosen: str) -> Sequence[SpeechModel]:
        """All models; `chosen` is the path of the settings, "" for none."""
        return await self._port.models(Path(chosen) if chosen else None)

    async def install(self, source: str, progress: Callable[[Step], None]) -> Installed:
        """As the port says."""
        self.running = True
        try:
            return await self._port.install(source, progress)
        finally:
            self.running = False

    async def verify(self, model: SpeechModel, progress: Callable[[Step], None]) -> Verified:
        """As the port says."""
        self.running = True
        try:
            return await self._port.verify(model, progress)
        finally:
            self.running = False

    async def remove(self, model: SpeechModel, chosen: str) -> None:
        """As the port says; the model that the desk listens with stays. Raises ModelRefused."""
        if chosen and model.path == Path(chosen):
            raise ModelRefused(f"{model.name} is in use; choose another speech model first.")
        await self._port.remove(model)

    async def bring_back(self, name: str) -> None:
        """As the port says."""
        await self._port.bring_back(name)

    async def empty(self) -> None:
        """As the port says."""
        await self._port.empty()

    def stop(self) -> None:
        """End what is running; the models that are there stay as they are."""
        if self.running:
            self._port.stop()
