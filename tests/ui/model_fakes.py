"""Speech models for tests of the window."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop.domain.errors import DeskError
from desktop.domain.speech_models import Installed, InstallStopped, SpeechModel, Step, Verified

LANGUAGES = tuple(f"l{number}" for number in range(99))
BASE = SpeechModel("base", Path("/models/base.pt"), 145_262_807, "ed" * 32, {}, LANGUAGES, 0.2)
SMALL = SpeechModel("small", Path("/models/small.pt"), 483_617_219, "9e" * 32, {}, LANGUAGES, 1.25)
PRACTICE = SpeechModel(
    *("practice-ko", Path("/shipped/practice-ko.pt"), 16_209_473, "e5" * 32, {}, ("ko",)),
    shipped=True,
    practice_only=True,
    installed=False,
)


class FakeModels:
    """What the test puts there; `gate` holds work up until it is let go or stopped."""

    def __init__(self) -> None:
        self.there: list[SpeechModel] = [PRACTICE]
        self.coming = BASE
        self.changed = True
        self.reason = ""
        self.error: DeskError | None = None
        self.gate: asyncio.Event | None = None
        self.stopped = False
        self.told: list[tuple[object, ...]] = []
        self._removed: list[SpeechModel] = []

    async def models(self, chosen: Path | None) -> Sequence[SpeechModel]:
        return list(self.there)

    async def install(self, source: str, progress: Callable[[Step], None]) -> Installed:
        self.told.append(("install", source))
        await self._work(progress)
        self.there = [self.coming, *(each for each in self.there if each.name != self.coming.name)]
        return Installed(self.coming, self.changed)

    async def verify(self, model: SpeechModel, progress: Callable[[Step], None]) -> Verified:
        self.told.append(("verify", model.name))
        await self._work(progress)
        if not self.reason:
            self.there = [
                replace(each, cost=0.5, intact=True) if each.name == model.name else each
                for each in self.there
            ]
        return Verified(model, self.reason)

    async def remove(self, model: SpeechModel) -> None:
        if self.error is not None:
            raise self.error
        self.there.remove(model)
        self._removed.append(model)

    async def bring_back(self, name: str) -> None:
        if self.error is not None:
            raise self.error
        self.there.insert(0, self._removed.pop())

    async def empty(self) -> None:
        self._removed.clear()

    def stop(self) -> None:
        self.stopped = True
        if self.gate is not None:
            self.gate.set()

    async def _work(self, progress: Callable[[Step], None]) -> None:
        progress(Step("copy", 50_000_000, 145_262_807))
        if self.gate is not None:
            await self.gate.wait()
        if self.stopped:
            raise InstallStopped
        if self.error is not None:
            raise self.error
