"""Which speech model listens to the line that is up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from desktop.adapters.stt.desk_speech import DeskSpeech
from desktop.adapters.stt.model_file import installed_beside, known_scenarios, practice_model
from desktop.adapters.system import machine
from desktop.domain.speech_fit import Fit, Machine, Shortage, fitting
from desktop.domain.transcript import AUTO, SpeechRemark, SpeechState
from desktop.processes import desk_parts
from desktop.processes.words_file import Seen, file_seen
from desktop.settings import Settings

REMARKS = {
    Shortage.NONE: "",
    Shortage.PROCESSOR: SpeechRemark.SMALLER_TOO_SLOW.value,
    Shortage.MEMORY: SpeechRemark.SMALLER_LITTLE_MEMORY.value,
}
ABSENT = {
    Shortage.NONE: SpeechState.NO_MODEL,
    Shortage.PROCESSOR: SpeechState.TOO_SLOW,
    Shortage.MEMORY: SpeechState.LITTLE_MEMORY,
}
LOOK_S = 2.0
"""Between two looks at the model's file."""

_log = logging.getLogger(__name__)


def this_machine() -> Machine:
    """What the machine has for decoding."""
    return Machine(machine.has_avx2(), machine.memory()[0])


class _Choice(NamedTuple):
    """What the speech process is told."""

    model: Path | None
    absent: SpeechState
    remark: str
    engine: str
    language: str


class SpeechChoice:
    """The settings' model, or a smaller one where the machine cannot bear it. Without one, real calls have no
    transcript.

    The model that is shipped hears those practice calls whose words it learned: it writes nonsense in all others.
    """

    def __init__(
        self,
        speech: DeskSpeech,
        settings: Callable[[], Settings],
        has: Callable[[], Machine] = this_machine,
    ) -> None:
        self._speech, self._settings, self._has = speech, settings, has
        self._scenario = ""
        self._now = _Choice(None, SpeechState.NO_MODEL, "", AUTO, settings().speech_language)
        self._seen: Seen | None = None
        self._loaded: Seen | None = None
        self._loaded_model: Path | None = None
        self._looking: asyncio.Task[None] | None = None
        self.choose()

    def watch(self, idle: Callable[[], bool]) -> None:
        """Look after the file of the model from now on; another one in its place is loaded while `idle`."""
        self._looking = asyncio.get_running_loop().create_task(
            self._go_on_looking(idle), name="watch the model"
        )

    async def close(self) -> None:
        """Watch no more."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)

    async def look(self, idle: bool) -> None:
        """Look once; a file that is another one and looks as it did at the look before is loaded while `idle`."""
        now, model = self._now, self._now.model
        seen = await asyncio.to_thread(file_seen, model) if model is not None else None
        steady, self._seen = (seen == self._seen), seen
        if model != self._loaded_model:
            # Loaded when it was chosen, as it was then.
            self._loaded_model, self._loaded = model, seen
        elif seen is not None and seen != self._loaded and steady and idle and now == self._now:
            _log.info("the speech model was replaced and is loaded again")
            self._loaded = seen
            self._tell()

    async def _go_on_looking(self, idle: Callable[[], bool]) -> None:
        while True:
            await self.look(idle())
            await asyncio.sleep(LOOK_S)

    @property
    def name(self) -> str:
        """The model as evidence names it, "" for none."""
        return self._now.model.stem if self._now.model else ""

    def practise(self, scenario: str) -> None:
        """A practice call begins, or "" where practice is left."""
        self._scenario = scenario
        self.choose()

    def choose(self) -> None:
        """Load what fits now, if that is not there yet."""
        found = _Choice(*self._fitting(), self._settings().speech_engine, self._settings().speech_language)
        if found != self._now:
            self._now = found
            self._tell()

    def _tell(self) -> None:
        now = self._now
        self._speech.set_model(
            now.model, now.language, absent=now.absent, remark=now.remark, engine=now.engine
        )

    def _fitting(self) -> tuple[Path | None, SpeechState, str]:
        settings = self._settings()
        chosen = desk_parts.speech_model(settings)
        if chosen is not None:
            fit = self._bearable(chosen)
            return fit.model, ABSENT[fit.shortage], REMARKS[fit.shortage] if fit.model else ""
        if not (settings.speech_enabled and self._scenario):
            return None, SpeechState.NO_MODEL, ""
        shipped = practice_model()
        if self._scenario in known_scenarios(shipped):
            return shipped, SpeechState.NO_MODEL, ""
        return None, SpeechState.UNSUITED, ""

    def _bearable(self, chosen: Path) -> Fit[Path]:
        installed = {model.name: model for model in installed_beside(chosen)}
        own = installed.pop(chosen, None)
        if own is None:
            # Not there, or not to be read: the speech process says so.
            return Fit(chosen, Shortage.NONE)
        fit = fitting(own, list(installed.values()), self._has())
        if fit.shortage is not Shortage.NONE:
            used = fit.model.name if fit.model else "none"
            _log.warning(
                "this machine cannot bear the chosen speech model (%s): %s", fit.shortage.value, used
            )
        return fit
