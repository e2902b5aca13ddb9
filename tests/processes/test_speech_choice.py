"""The shipped speech model listens where it knows the words; a model of the settings listens everywhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from desktop.adapters.stt.desk_speech import DeskSpeech
from desktop.adapters.stt.model_file import known_scenarios
from desktop.domain.transcript import SpeechState
from desktop.paths import resources
from desktop.processes.speech_choice import SpeechChoice
from desktop.settings import Settings

SHIPPED = resources() / "models" / "practice-ko.pt"


class Speech:
    """What the speech process is told."""

    def __init__(self) -> None:
        self.told: list[tuple[Path | None, SpeechState]] = []

    def set_model(self, model: Path | None, *, absent: SpeechState) -> None:
        self.told.append((model, absent))


class Chosen:
    def __init__(self, **values: Any) -> None:
        self.settings = replace(Settings(), **values)
        self.speech = Speech()
        self.choice = SpeechChoice(cast(DeskSpeech, self.speech), lambda: self.settings)


def test_the_shipped_model_hears_practice_calls_that_it_knows_and_nothing_else() -> None:
    chosen = Chosen()
    names = []
    for scenario in ("S01", "S05", "S02", "S03", ""):
        chosen.choice.practise(scenario)
        names.append(chosen.choice.name)
    # Told only what changes; on the real line there is none.
    absent = (None, SpeechState.UNSUITED), (None, SpeechState.NO_MODEL)
    assert chosen.speech.told == [(SHIPPED, SpeechState.NO_MODEL), *absent]
    assert names == ["practice-ko", "practice-ko", "", "", ""]


def test_switched_off_practice_has_no_transcript_either() -> None:
    chosen = Chosen(speech_enabled=False)
    chosen.choice.practise("S01")
    assert chosen.speech.told == []


def test_a_model_of_the_settings_listens_to_every_call() -> None:
    chosen = Chosen(speech_model="/models/base.pt")
    chosen.choice.practise("S02")
    assert chosen.speech.told == [(Path("/models/base.pt"), SpeechState.NO_MODEL)]
    chosen.settings = replace(chosen.settings, speech_enabled=False)
    chosen.choice.choose()
    assert chosen.speech.told[1:] == [(None, SpeechState.NO_MODEL)]


def test_what_a_model_knows_stands_beside_it() -> None:
    assert known_scenarios(SHIPPED) == {"S01", "S05"}


@pytest.mark.parametrize("beside", ["scenarios = 3", "scenarios = [1]", "scenarios = [", ""])
def test_a_file_beside_a_model_that_says_nothing_useful(tmp_path: Path, beside: str) -> None:
    (tmp_path / "x.toml").write_text(beside, encoding="utf-8")
    assert known_scenarios(tmp_path / "x.pt") == frozenset()
    assert known_scenarios(tmp_path / "missing.pt") == frozenset()
