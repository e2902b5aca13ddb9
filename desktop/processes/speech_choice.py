"""Which speech model listens to the line that is up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.adapters.stt.desk_speech import DeskSpeech
from desktop.adapters.stt.model_file import known_scenarios, practice_model
from desktop.domain.transcript import SpeechState
from desktop.processes import desk_parts
from desktop.settings import Settings


class SpeechChoice:
    """The settings' model. Without one, real calls have no transcript.

    The model that is shipped hears those practice calls whose words it learned: it writes nonsense in all others.
    """

    def __init__(self, speech: DeskSpeech, settings: Callable[[], Settings]) -> None:
        self._speech, self._settings = speech, settings
        self._scenario = ""
        self._now: tuple[Path | None, SpeechState] = (None, SpeechState.NO_MODEL)
        self.choose()

    @property
    def name(self) -> str:
        """The model as evidence names it, "" for none."""
        model, _ = self._now
        return model.stem if model else ""

    def practise(self, scenario: str) -> None:
        """A practice call begins, or "" where practice is left."""
        self._scenario = scenario
        self.choose()

    def choose(self) -> None:
        """Load what fits now, if that is not there yet."""
        fitting = self._fitting()
        if fitting != self._now:
            self._now = fitting
            model, absent = fitting
            self._speech.set_model(model, absent=absent)

    def _fitting(self) -> tuple[Path | None, SpeechState]:
        settings = self._settings()
        chosen = desk_parts.speech_model(settings)
        if chosen is not None or not (settings.speech_enabled and self._scenario):
            return chosen, SpeechState.NO_MODEL
        shipped = practice_model()
        if self._scenario in known_scenarios(shipped):
            return shipped, SpeechState.NO_MODEL
        return None, SpeechState.UNSUITED
