"""The speech process on a busy machine: which model works, and what the desk is told."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from desktop.adapters.stt.backlog import Waiting
from desktop.adapters.stt.engine import Engine
from desktop.adapters.stt.engine_choice import EngineChoice, Opened
from desktop.adapters.stt.governor import LATER, LIVE, SEGMENTS, SMALLER
from desktop.adapters.stt.streaming import Transcriber
from desktop.adapters.stt.voice_activity import EnergyDetector
from desktop.domain.transcript import AUTO, CTRANSLATE2, TORCH
from desktop.processes import speech_models
from desktop.processes.speech_models import Choice, LoadError, SpeechModels
from desktop.processes.speech_output import Condition, Lags, Output


class Ears:
    """The transcriber as the models see it."""

    def __init__(self) -> None:
        self.engine: object = None

    def now(self) -> object:
        return self.engine

    def set_engine(self, engine: object, waiting: bool = False) -> None:
        self.engine = engine


class Models:
    """The models of a process whose files are their names."""

    def __init__(self, choice: Choice) -> None:
        self.ears, self.told = Ears(), list[str]()
        self.models = SpeechModels(
            cast(Transcriber, self.ears),
            lambda state, detail: self.told.append(state),
            cast(EngineChoice, self),
        )
        self.prepared: list[tuple[str, str]] = []
        self.models.choose(choice)

    def prepare(self, path: Path, language: str, wanted: str) -> str:
        self.prepared.append((path.name, wanted))
        return wanted

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not true():
                await asyncio.sleep(0.001)


RAISED: dict[str, Callable[[int], None]] = {}
"""By model: what its engine calls when its windows have become longer."""


@pytest.fixture(autouse=True)
def files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Loading gives the name of the file, and fails for a broken one; the better engine is the fast one."""
    loaded: list[str] = []

    def load(
        engines: EngineChoice, model: Path, language: str, wanted: str, raised: Callable[[int], None]
    ) -> Opened:
        loaded.append(model.name)
        RAISED[model.name] = raised
        if model.name == "broken":
            raise LoadError("failed", "it is broken")
        return Opened(cast(Engine, model.name), CTRANSLATE2 if wanted == AUTO else wanted)

    monkeypatch.setattr(speech_models, "load", load)
    return loaded


def run(scenario: Callable[[Models], Any], choice: Choice) -> Models:
    async def work() -> Models:
        made = Models(choice)
        task = asyncio.create_task(made.models.run())
        await made.until(lambda: made.ears.engine == choice.model)
        await scenario(made)
        task.cancel()
        return made

    return asyncio.run(work())


@pytest.mark.parametrize(("detector", "state"), [(EnergyDetector, "degraded"), (object, "ready")])
def test_longer_windows_are_told_in_the_state_that_the_model_has(
    monkeypatch: pytest.MonkeyPatch, detector: Any, state: str
) -> None:
    monkeypatch.setattr(speech_models, "make_detector", lambda rate: detector.__new__(detector))

    async def scenario(made: Models) -> None:
        RAISED["base"](750)
        await made.until(lambda: len(made.told) == 3)

    assert run(scenario, Choice("base")).told == ["loading", state, state]


def test_the_smaller_model_works_while_the_machine_is_too_busy(files: list[str]) -> None:
    async def scenario(made: Models) -> None:
        assert made.models.has_smaller
        made.models.pace(SMALLER)
        await made.until(lambda: made.ears.engine == "tiny")
        made.models.pace(LATER)
        assert made.ears.now() == "tiny"
        made.models.pace(SEGMENTS)
        assert made.ears.now() == "base"
        made.models.pace(SMALLER)
        await made.until(lambda: made.ears.engine == "tiny")
        made.models.pace(LIVE)
        assert made.ears.now() == "base"

    made = run(scenario, Choice("base", "tiny"))
    assert files == ["base", "tiny"], "loaded once while the machine is busy"
    assert made.told == ["loading", "ready"], "the agent hears of the level, not of loading"


@pytest.mark.parametrize(("engine", "by"), [(AUTO, CTRANSLATE2), (TORCH, TORCH)])
def test_the_smaller_model_is_converted_before_it_is_needed(engine: str, by: str) -> None:
    async def scenario(made: Models) -> None:
        assert made.prepared == [("tiny", by)]
        made.models.pace(SMALLER)
        await made.until(lambda: made.ears.engine == "tiny")
        assert made.prepared == [("tiny", by)]

    run(scenario, Choice("base", "tiny", engine=engine))


def test_a_smaller_model_that_does_not_load_is_not_asked_for_again(files: list[str]) -> None:
    async def scenario(made: Models) -> None:
        made.models.pace(SMALLER)
        await made.until(lambda: not made.models.has_smaller)
        assert made.ears.now() == "base"

    run(scenario, Choice("base", "broken"))
    assert files == ["base", "broken"]


def events(tell: Callable[[Output], None]) -> list[dict[str, Any]]:
    stream = io.BytesIO()
    tell(Output(stream))
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_the_level_is_told_of_a_model_that_works_and_of_no_other() -> None:
    def tell(output: Output) -> None:
        condition = Condition(output)
        condition.be("loading", "")
        condition.pace(SEGMENTS)
        condition.be("ready", "")
        condition.pace(LATER)
        condition.pace(LATER)
        condition.pace(LIVE)

    told = [(event["state"], event["level"]) for event in events(tell)]
    assert told == [("loading", 0), ("degraded", SEGMENTS), ("degraded", LATER), ("ready", 0)]
    assert all(event["detail"] for event in events(tell) if event["level"])


def test_a_lag_is_told_from_three_seconds_on_and_when_it_is_over() -> None:
    def tell(output: Output) -> None:
        lags = Lags(output)
        lags.tell({"c1": Waiting(2.9, 2.0)})
        lags.tell({"c1": Waiting(3.14, 2.0), "c2": Waiting(1.0, 1.0)})
        lags.tell({"c1": Waiting(3.14, 2.0)})
        lags.tell({})

    told = [(event["call"], event["seconds"], event["waiting_s"]) for event in events(tell)]
    assert told == [("c1", 3.1, 2.0), ("c1", 0.0, 0.0)]
