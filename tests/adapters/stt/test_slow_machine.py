"""The scheduler and its governor on a machine that is too slow, for a while or for good; all time is the test's."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from desktop.adapters.stt.governor import LATER, LIVE, SEGMENTS, SLOWER
from desktop.adapters.stt.listener import Listener
from desktop.adapters.stt.streaming import Transcriber
from tests.adapters.stt.scripted import RATE, Loudness, Notes, ScriptedEngine, loud, quiet

TICK = 0.1
STEP = round(TICK * RATE)
CYCLE = 5.0
"""Somebody speaks 4 s of every 5."""


@pytest.fixture(autouse=True)
def loudness(monkeypatch: pytest.MonkeyPatch) -> None:
    """Legs hear by loudness."""
    monkeypatch.setattr(
        "desktop.adapters.stt.streaming.Listener", lambda clock_rate: Listener(clock_rate, Loudness())
    )


class SlowMachine:
    """An endless caller and an engine that needs `cost` seconds for a second of sound, and once `stall` more."""

    def __init__(self, cost: float) -> None:
        self.cost, self.stall, self.now = cost, 0.0, 0.0
        self.notes = Notes()
        self.levels: list[int] = []
        self.engine = ScriptedEngine(self._say)
        self.transcriber = Transcriber(self.notes, lambda: self.now)
        self.transcriber.set_engine(self.engine)
        self.transcriber.begin("c1", "caller", RATE)
        self._sound = np.concatenate([loud(4), quiet(1)])
        self._at = 0

    def _say(self, seconds: float, final: bool) -> str:
        self.wait(seconds * self.cost + self.stall)
        self.stall = 0.0
        return "가나다라마바사아자차카타파하"[: int(seconds * 2)]

    def wait(self, seconds: float) -> None:
        """Time passes and sound comes; nothing is decoded."""
        end = self.now + seconds
        while self.now < end:
            here = self._at % len(self._sound)
            self.transcriber.feed("c1", "caller", self._at, self._sound[here : here + STEP])
            self._at += STEP
            self.now += TICK
            self.levels.append(self.transcriber.judge())

    def talk(self, seconds: float) -> None:
        """Time passes, and what there is time for is decoded."""
        end = self.now + seconds
        while self.now < end:
            self.wait(TICK)
            while self.now < end and self.transcriber.work():
                pass

    def hang_up(self) -> None:
        """The call ends, and the rest of it is decoded."""
        self.transcriber.end("c1")
        self.cost = 0.0
        while self.transcriber.work():
            pass

    @property
    def lag(self) -> float:
        waiting = self.transcriber.waiting().get("c1")
        return waiting.lag if waiting else 0.0


def test_a_fast_machine_stays_live() -> None:
    machine = SlowMachine(0.1)
    machine.talk(60)
    assert set(machine.levels) == {LIVE}
    assert machine.lag < 1


def test_where_both_are_too_much_hypotheses_become_fewer_and_segments_stay() -> None:
    machine = SlowMachine(0.65)
    machine.talk(120)
    assert max(machine.levels) in (SLOWER, SEGMENTS)
    assert machine.lag < 8
    assert len(machine.notes.segments) >= 120 / CYCLE - 3


def test_on_a_hopeless_machine_the_rest_comes_after_the_call_and_all_of_it_once() -> None:
    machine = SlowMachine(1.6)
    machine.talk(150)
    assert LATER in machine.levels
    said = 150 / CYCLE
    assert len(machine.notes.segments) < 0.7 * said
    machine.hang_up()
    assert machine.notes.ended == ["c1"]
    assert len(machine.notes.segments) == pytest.approx(said, abs=3)
    spans = [(start, end) for _, _, start, end in machine.notes.segments]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
    assert machine.transcriber.judge() == LIVE


@pytest.mark.parametrize("cost", [0.1, 0.2, 0.3])
def test_twenty_seconds_without_a_processor_are_caught_up_in_thirty(cost: float) -> None:
    machine = SlowMachine(cost)
    machine.talk(31)
    machine.stall = 20.0
    machine.talk(19.5)
    assert machine.lag > 15
    machine.talk(30)
    assert machine.lag < 3
    texts = len(machine.notes.segments)
    machine.hang_up()
    assert texts <= len(machine.notes.segments) == pytest.approx(80.5 / CYCLE, abs=1.5)
