"""Plays a sentence of the policy into the call, a moment after the key, so that it can be taken back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from desktop.domain.errors import DeskError
from desktop.domain.phone import Announced
from desktop.domain.policy import Sentence
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.protection_ports import Voices

_log = logging.getLogger(__name__)

BEFORE_PLAYING_S = 1.2
"""From the key to the sound: time enough to take it back, and for a held key to mean something else."""


class WarningPlayer:
    """One sentence at a time. `began` and `ended(whole)` follow what is heard in the call; `ended(False)` also comes
    where it can't be played. `known` tells that a sentence turned out to have no sound.
    """

    def __init__(
        self,
        voices: Voices,
        line: CurrentLine,
        bus: EventBus,
        background: Background,
        began: Callable[[], None],
        ended: Callable[[bool], None],
        known: Callable[[], None],
    ) -> None:
        self._voices, self._line, self._background = voices, line, background
        self._began, self._ended, self._known = began, ended, known
        self._sounds: dict[Sentence, Path | None] = {}
        self._task: asyncio.Task[None] | None = None
        self._announced, self._call_id = "", ""
        bus.subscribe(Announced, self._heard_to_the_end)

    def can_play(self, sentence: Sentence) -> bool:
        """Whether there is a sound; True as well until that is known."""
        return self._sounds.get(sentence, sentence) is not None

    def get_ready(self, sentence: Sentence) -> None:
        """Look for the sound of a sentence that may be wanted next."""
        if sentence not in self._sounds:
            self._background.start(self._look_for(sentence), "find the sound of a sentence")

    def play(self, call_id: str, sentence: Sentence) -> None:
        """Play it soon."""
        self._call_id = call_id
        self._task = self._background.start(self._play(sentence), "play a warning")

    @property
    def sounds(self) -> bool:
        """Whether something is in the call now."""
        return bool(self._announced)

    async def take_up(
        self, call_id: str, sentence: Sentence, announcing: str, announced: Announced | None
    ) -> bool | None:
        """After the desk's death in a sentence: follow it where it still sounds; how it ended, None where it did not.

        `announcing` and `announced` are what the phone says sounds and has ended last.
        """
        file = str(await self._sound_of(sentence) or "")
        if announced is not None and announced.file == file:
            return announced.whole
        if file and file == announcing:
            self._call_id, self._announced = call_id, file
        return None

    def stop(self) -> None:
        """Neither begin nor go on."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self._announced:
            self._announced = ""
            self._background.start(self._announce(""), "stop a warning")

    async def _play(self, sentence: Sentence) -> None:
        waiting = asyncio.create_task(asyncio.sleep(BEFORE_PLAYING_S))
        try:
            file = await self._sound_of(sentence)
            await waiting
        finally:
            waiting.cancel()
        self._task = None
        if file is None:
            self._ended(False)
            return
        self._announced = str(file)
        self._began()
        if not await self._announce(self._announced):
            self._announced = ""
            self._ended(False)

    async def _announce(self, file: str) -> bool:
        try:
            await self._line.phone.announce(self._call_id, file)
        except DeskError as error:
            if file:
                _log.warning("a warning could not be played: %s", error)
            return False
        return True

    def _heard_to_the_end(self, event: Announced) -> None:
        if self._announced and event.file == self._announced:
            self._announced = ""
            self._ended(event.whole)

    async def _sound_of(self, sentence: Sentence) -> Path | None:
        if sentence not in self._sounds:
            found = await asyncio.to_thread(self._voices.file, sentence)
            self._sounds[sentence] = found[0] if found else None
        return self._sounds[sentence]

    async def _look_for(self, sentence: Sentence) -> None:
        if await self._sound_of(sentence) is None:
            self._known()
