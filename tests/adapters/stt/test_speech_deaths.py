"""What the desk makes of the ways in which a speech process ends; the process is a few lines that say what they
are told to.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.adapters.stt.desk_speech import TOO_LARGE, DeskSpeech
from desktop.domain.transcript import SpeechLevel, SpeechState

PROGRAM = """
import json, sys

def tell(**event):
    print(json.dumps(event), flush=True)

tell(event="state", state="no_model", detail="")
for line in sys.stdin:
    command = json.loads(line)
    if command["command"] == "quit":
        break
    if command["command"] == "load" and not command["model"]:
        tell(event="state", state="no_model", detail="none")
    elif command["command"] == "language":
        tell(event="state", state="ready", detail=command["call"] + command["language"])
        if command["language"] == "":
            tell(event="drained", call=command["call"])
            sys.exit(1)
    elif command["command"] == "load":
        tell(event="state", state="loading", detail="")
        tell(event="state", state="ready", detail=command["model"])
        if "greedy" in command["model"]:
            tell(event="overfed", held=2, allowed=1)
            sys.exit(75)
"""


class Desk:
    """The desk's end and what it was told."""

    def __init__(self, model: Path) -> None:
        self.speech = DeskSpeech([sys.executable, "-c", PROGRAM], model)
        self.told: list[tuple[SpeechState, str, SpeechLevel]] = []
        self.speech.listen(
            lambda *state: self.told.append(state), lambda each: None, lambda each: None, lambda each: None
        )

    async def until(self, true: Callable[[], object]) -> None:
        async with asyncio.timeout(20):
            while not true():
                await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting between two tries."""
    monkeypatch.setattr("desktop.adapters.stt.desk_speech.FIRST_BACKOFF", 0.001)


def write(path: Path, size: int) -> Path:
    path.write_bytes(b"\0" * size)
    return path


def test_a_model_that_takes_too_much_memory_twice_gives_way_to_a_smaller_one(tmp_path: Path) -> None:
    greedy, small = write(tmp_path / "greedy.pt", 40_000), write(tmp_path / "small.pt", 20_000)

    async def scenario() -> None:
        desk = Desk(greedy)
        desk.speech.start()
        await desk.until(lambda: (SpeechState.DEGRADED, TOO_LARGE, SpeechLevel.SMALLER) in desk.told)
        tried = [detail for state, detail, _ in desk.told if state is SpeechState.READY]
        assert tried == [str(greedy)] * 2
        another = write(tmp_path / "another.pt", 30_000)
        desk.speech.set_model(another)
        await desk.until(lambda: desk.told[-1] == (SpeechState.READY, str(another), SpeechLevel.FULL))
        await desk.speech.close()
        assert small.exists()

    asyncio.run(scenario())


def test_where_there_is_no_smaller_one_it_ends_with_a_sentence(tmp_path: Path) -> None:
    async def scenario() -> None:
        desk = Desk(write(tmp_path / "greedy.pt", 40_000))
        desk.speech.start()
        await desk.until(lambda: (SpeechState.FAILED, TOO_LARGE, SpeechLevel.FULL) in desk.told)
        assert sum(state is SpeechState.READY for state, _, _ in desk.told) == 2
        await desk.speech.close()

    asyncio.run(scenario())


def test_a_successor_knows_the_language_of_a_call_until_that_is_text(tmp_path: Path) -> None:
    async def scenario() -> None:
        model = write(tmp_path / "model.pt", 20_000)
        desk = Desk(model)

        def details() -> list[str]:
            return [detail for state, detail, _ in desk.told if state is SpeechState.READY]

        desk.speech.start()
        await desk.until(lambda: details() == [str(model)])
        desk.speech.speak("c1", "vi")
        await desk.until(lambda: details()[1:] == ["c1vi"])
        desk.speech.speak("c2", "")  # dies of it, and says that this call has drained
        await desk.until(lambda: details()[2:] == ["c2", str(model), "c1vi"])
        await desk.speech.close()

    asyncio.run(scenario())
