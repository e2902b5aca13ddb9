"""The caller's spoken lines, read whole before the call so that nothing is missing in the middle of it."""

from __future__ import annotations

from pathlib import Path

from desktop.adapters.audio.files import read_audio
from desktop.adapters.audio.port import CLOCK_RATE, DeviceError
from desktop.adapters.practice.scenarios import ScenarioError
from desktop.adapters.practice.voice_files import voice_file
from desktop.domain.practice import Scenario


class Clips:
    """Sound of one scenario's caller (int16 mono PCM). Raises ScenarioError where a file is missing or broken."""

    def __init__(self, scenario: Scenario, folder: Path) -> None:
        try:
            self._lines = {
                number: read_audio(voice_file(folder, scenario.id, number, "caller"), CLOCK_RATE).tobytes()
                for number, turn in enumerate(scenario.turns, 1)
                if turn.who == "caller"
            }
            self.question = read_audio(folder / f"hello-{scenario.id}.flac", CLOCK_RATE).tobytes()
        except DeviceError as error:
            raise ScenarioError(f"The caller's voice for {scenario.id} is incomplete: {error}") from error

    def line(self, number: int) -> bytes:
        """The caller's line of turn `number`."""
        return self._lines[number]
