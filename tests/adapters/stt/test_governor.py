"""The ladder of live transcription, on moments that the test gives."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from desktop.adapters.stt.governor import LATER, LIVE, SEGMENTS, SLOWER, SMALLER, Governor

TICK = 0.2


class Machine:
    """A governor on a clock, looked at as the speech process does."""

    def __init__(self, smaller: bool = False) -> None:
        self.governor = Governor()
        self.governor.smaller = smaller
        self.now = 100.0
        self.steps: list[tuple[float, int]] = []

    def run(self, seconds: float, load: float, lag: Callable[[float], float] = lambda t: 0.0) -> None:
        """Steps take `load` of each tick; `lag` is a function of the time since the start of this run."""
        start = self.now
        while self.now < start + seconds - TICK / 2:
            self.governor.work(True, self.now)
            self.governor.work(False, self.now + load * TICK)
            self.now += TICK
            if self.governor.judge(lag(self.now - start), True, self.now):
                self.steps.append((self.now - start, self.governor.level))


def test_a_calm_machine_stays_live() -> None:
    machine = Machine()
    machine.run(120, 0.6)
    assert machine.steps == []
    assert machine.governor.every == 0.8
    assert machine.governor.load == pytest.approx(0.6, abs=0.1)


def test_it_climbs_a_level_for_every_five_busy_seconds_and_stops_where_there_is_no_smaller_model() -> None:
    machine = Machine()
    machine.run(60, 1.0)
    assert [level for _, level in machine.steps] == [SLOWER, SEGMENTS]
    first, second = (moment for moment, _ in machine.steps)
    assert 5 < first < 9
    assert 5 <= second - first < 5.5
    assert machine.governor.every is None


def test_with_a_smaller_model_there_is_one_level_more() -> None:
    machine = Machine(smaller=True)
    machine.run(60, 1.0)
    assert [level for _, level in machine.steps] == [SLOWER, SEGMENTS, SMALLER]


def test_short_bursts_do_not_count() -> None:
    machine = Machine()
    for _ in range(10):
        machine.run(5, 1.0)
        machine.run(5, 0.2)
    assert machine.steps == []


def test_it_comes_down_a_level_for_every_fifteen_calm_seconds_and_not_in_between() -> None:
    machine = Machine()
    machine.run(20, 1.0)
    assert machine.governor.level == SEGMENTS
    machine.steps.clear()
    machine.run(60, 0.65)
    assert machine.steps == []
    machine.run(60, 0.3)
    assert [level for _, level in machine.steps] == [SLOWER, LIVE]
    first, second = (moment for moment, _ in machine.steps)
    assert 15 <= first < 19
    assert 15 <= second - first < 15.5


def test_a_lag_that_does_not_fall_ends_live_work_from_any_level() -> None:
    machine = Machine()
    machine.run(30, 0.6, lambda t: t)
    assert [level for _, level in machine.steps] == [LATER]
    assert machine.steps[0][0] == pytest.approx(20, abs=0.5)


def test_a_lag_that_is_being_caught_up_does_not() -> None:
    machine = Machine()
    machine.run(4, 0.6, lambda t: 40 + t)
    machine.run(20, 0.6, lambda t: max(0.0, 44 - 2 * t))
    assert machine.steps == []


def test_after_a_rest_it_is_tried_again_and_then_ever_more_seldom() -> None:
    machine = Machine()
    machine.run(10, 0.6, lambda t: 20)
    assert machine.governor.level == LATER
    rests = []
    for _ in range(4):
        machine.steps.clear()
        machine.run(120, 0.0)
        rests.append(machine.steps[0][0])
        assert machine.steps[0][1] == SEGMENTS
        machine.run(10, 0.6, lambda t: 20)
        assert machine.governor.level == LATER
    assert rests[0] < 10
    assert [later / sooner for sooner, later in itertools.pairwise(rests)] == pytest.approx(
        [2.0] * 3, abs=0.2
    )


def test_without_a_running_call_it_is_live_at_once() -> None:
    machine = Machine()
    machine.run(20, 1.0, lambda t: 20)
    assert machine.governor.level == LATER
    assert machine.governor.judge(500.0, False, machine.now + TICK)
    assert machine.governor.level == LIVE


def test_time_in_which_the_process_was_stopped_does_not_count() -> None:
    machine = Machine()
    machine.run(5, 0.6)
    machine.governor.work(True, machine.now)
    machine.now += 60
    machine.governor.work(False, machine.now)
    machine.governor.judge(60.0, True, machine.now)
    machine.run(3, 0.6, lambda t: 60 - 10 * t)
    assert machine.governor.level == LIVE
