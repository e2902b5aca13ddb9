"""The shipped speech model listens where it knows the words; a model of the settings listens everywhere."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from desktop.adapters.stt.desk_speech import DeskSpeech
from desktop.adapters.stt.model_file import known_scenarios
from desktop.domain.speech_fit import TINY, Machine
from desktop.domain.transcript import SpeechRemark, SpeechState
from desktop.paths import resources
from desktop.processes.speech_choice import SpeechChoice
from desktop.settings import Settings

STRONG, SLOW = Machine(True, 16 << 30), Machine(False, 16 << 30)
SHIPPED = resources() / "models" / "practice-ko.pt"


class Speech:
    """What the speech process is told."""

    def __init__(self) -> None:
        self.told: list[tuple[Path | None, SpeechState]] = []
        self.remark = ""
        self.engines: list[str] = []
        self.languages: list[str] = []

    def set_model(
        self, model: Path | None, language: str, *, absent: SpeechState, remark: str, engine: str
    ) -> None:
        self.told.append((model, absent))
        self.remark = remark
        self.engines.append(engine)
        self.languages.append(language)


class Chosen:
    def __init__(self, has: Machine = STRONG, **values: Any) -> None:
        self.settings = replace(Settings(), **values)
        self.speech = Speech()
        self.choice = SpeechChoice(cast(DeskSpeech, self.speech), lambda: self.settings, lambda: has)


def test_the_shipped_model_hears_practice_calls_that_it_knows_and_nothing_else() -> None:
    chosen = Chosen()
    names = []
    for scenario in ("S01", "S08", "S09", "S12", ""):
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


def test_another_engine_loads_the_model_again() -> None:
    chosen = Chosen(speech_model="/models/base.pt")
    chosen.choice.choose()
    chosen.settings = replace(chosen.settings, speech_engine="ctranslate2")
    chosen.choice.choose()
    chosen.choice.choose()
    assert chosen.speech.engines == ["auto", "ctranslate2"]


def test_another_usual_language_loads_the_model_in_it() -> None:
    chosen = Chosen(speech_model="/models/base.pt")
    chosen.settings = replace(chosen.settings, speech_language="vi")
    chosen.choice.choose()
    assert chosen.speech.languages == ["ko", "vi"]


def sparse(path: Path, size: int) -> Path:
    with path.open("wb") as file:
        file.truncate(size)
    return path


def test_a_machine_that_cannot_bear_the_chosen_model_gets_a_smaller_one_of_its_folder(tmp_path: Path) -> None:
    big, small = sparse(tmp_path / "small.pt", TINY * 3), sparse(tmp_path / "tiny.pt", TINY // 2)
    chosen = Chosen(SLOW, speech_model=str(big))
    assert chosen.speech.told == [(small, SpeechState.TOO_SLOW)]
    assert chosen.speech.remark == SpeechRemark.SMALLER_TOO_SLOW.value
    assert chosen.choice.name == "tiny"
    strong = Chosen(speech_model=str(big))
    assert strong.speech.told == [(big, SpeechState.NO_MODEL)]
    assert strong.speech.remark == ""


def test_a_machine_that_can_bear_none_has_none_and_says_why(tmp_path: Path) -> None:
    big = sparse(tmp_path / "small.pt", TINY * 3)
    assert Chosen(SLOW, speech_model=str(big)).speech.told == [(None, SpeechState.TOO_SLOW)]
    poor = Chosen(Machine(True, 2 << 30), speech_model=str(big))
    assert poor.speech.told == [(None, SpeechState.LITTLE_MEMORY)]
    assert poor.speech.remark == ""


def test_what_a_model_knows_stands_beside_it() -> None:
    assert known_scenarios(SHIPPED) == {f"S{number:02d}" for number in range(1, 9)}


@pytest.mark.parametrize("beside", ["scenarios = 3", "scenarios = [1]", "scenarios = [", ""])
def test_a_file_beside_a_model_that_says_nothing_useful(tmp_path: Path, beside: str) -> None:
    (tmp_path / "x.toml").write_text(beside, encoding="utf-8")
    assert known_scenarios(tmp_path / "x.pt") == frozenset()
    assert known_scenarios(tmp_path / "missing.pt") == frozenset()


def test_a_model_that_is_replaced_is_loaded_again_between_calls(tmp_path: Path) -> None:
    file = tmp_path / "base.pt"
    file.write_bytes(b"one")
    chosen = Chosen(speech_model=str(file), speech_engine="ctranslate2")
    assert len(chosen.speech.told) == 1

    def look(idle: bool = True) -> int:
        asyncio.run(chosen.choice.look(idle))
        return len(chosen.speech.told)

    assert (look(), look()) == (1, 1)
    file.write_bytes(b"the next one")
    assert look() == 1  # it may still be written
    assert look(idle=False) == 1
    assert look() == 2
    assert chosen.speech.told[-1] == (file, SpeechState.NO_MODEL)
    assert chosen.speech.engines == ["ctranslate2"] * 2
    assert (look(), look()) == (2, 2)
    file.unlink()
    assert (look(), look()) == (2, 2)  # what is loaded goes on
    file.write_bytes(b"back")
    assert (look(), look()) == (2, 3)


def test_a_model_that_comes_after_it_was_chosen_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "base.pt"
    chosen = Chosen(speech_model=str(file))
    asyncio.run(chosen.choice.look(True))
    file.write_bytes(b"one")
    for _ in range(2):
        asyncio.run(chosen.choice.look(True))
    assert len(chosen.speech.told) == 2


def test_another_choice_is_no_replaced_file(tmp_path: Path) -> None:
    one, two = tmp_path / "one.pt", tmp_path / "two.pt"
    one.write_bytes(b"1")
    two.write_bytes(b"22")
    chosen = Chosen(speech_model=str(one))
    asyncio.run(chosen.choice.look(True))
    chosen.settings = replace(chosen.settings, speech_model=str(two))
    chosen.choice.choose()
    for _ in range(3):
        asyncio.run(chosen.choice.look(True))
    assert [model for model, _ in chosen.speech.told] == [one, two]


def test_the_watch_ends(tmp_path: Path) -> None:
    async def watched() -> None:
        chosen = Chosen(speech_model=str(tmp_path / "base.pt"))
        chosen.choice.watch(lambda: True)
        await asyncio.sleep(0)
        await chosen.choice.close()
        assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []

    asyncio.run(watched())
