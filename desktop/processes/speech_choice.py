"""Which speech model listens to the line that is up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.adapters.stt.desk_speech import DeskSpeech
from desktop.adapters.stt.model_file import known_scenarios
from desktop.domain.transcript import SpeechState
from desktop.processes import desk_parts
from desktop.settings import Settings


class SpeechChoice:
    """The settings' model. The one that is shipped hears only the practice calls that it learned the words of.

    It would write nonsense in the others, where a trainee is better off without a transcript.
    """

    def __init__(self, speech: DeskSpeech, settings: Callable[[], Settings]) -> None:
        self._speech, self._settings = speech, settings
        self._scenario = ""
        self._now: Path | None = desk_parts.speech_model(settings())

    def practise(self, scenario: str) -> None:
        """A practice call begins, or "" where practice is left."""
        self._scenario = scenario
        self.choose()

    def choose(self) -> None:
        """Load what fits now, if that is not there yet."""
        settings = self._settings()
        model, absent = desk_parts.speech_model(settings), SpeechState.NO_MODEL
        shipped = model is not None and not settings.speech_model
        if model is not None and shipped and self._scenario and self._scenario not in known_scenarios(model):
            model, absent = None, SpeechState.UNSUITED
        if model != self._now:
            self._now = model
            self._speech.set_model(model, absent=absent)
