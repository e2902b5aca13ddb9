"""Work of low priority leaves a core to whoever keeps it busy, and comes back."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop.adapters.system.free_cores import LEAST_TICKS, FreeCores, Ticks, keep_to, read_ticks

STAT = """cpu  30 20 10 140 4 1 1 0 0 0
cpu0 20 10 6 60 2 1 1 0 0 0
cpu1 10 10 4 80 2 0 0 0 0 0
intr 5 0 0
"""


class Machine:
    """Two cores whose time is told."""

    def __init__(self) -> None:
        self.ticks: dict[int, tuple[int, int]] = {0: (50, 1000), 1: (70, 1000)}
        self.kept: list[set[int]] = []
        self.cores = FreeCores(self.read, lambda cores: self.kept.append(set(cores)), frozenset({0, 1}))

    def read(self) -> Ticks:
        return dict(self.ticks)

    def passes(self, *shares: float, ticks: int = 100) -> list[set[int]]:
        """Time passes of which others take these shares; the moves that follow."""
        self.kept.clear()
        for core, share in enumerate(shares):
            busy, in_all = self.ticks[core]
            self.ticks[core] = busy + round(share * ticks), in_all + ticks
        self.cores.look()
        return self.kept


def test_a_core_that_is_kept_busy_is_left_and_taken_again() -> None:
    machine = Machine()
    assert machine.passes(0.2, 0.3) == []
    assert machine.passes(1.0, 0.2) == [{1}]
    assert machine.passes(1.0, 0.2) == [], "once"
    assert machine.passes(0.1, 0.9) == [{0}]
    assert machine.passes(0.9, 0.9) == [{0, 1}], "none is left, so all are as good"
    assert machine.passes(0.1, 0.1) == []


def test_a_moment_says_nothing() -> None:
    machine = Machine()
    assert machine.passes(1.0, 0.0, ticks=LEAST_TICKS - 1) == []
    assert machine.passes(1.0, 0.0, ticks=1) == [{1}], "both moments together do"


def test_one_core_alone_and_a_system_that_says_nothing_are_left_alone(tmp_path: Path) -> None:
    kept: list[frozenset[int]] = []
    for cores in (FreeCores(lambda: {0: (9, 9)}, kept.append, frozenset({0})), FreeCores(dict, kept.append)):
        cores.look()
    assert kept == []
    assert read_ticks(tmp_path / "none") == {}


def test_low_priority_is_not_counted_as_others(tmp_path: Path) -> None:
    (tmp_path / "stat").write_text(STAT, encoding="ascii")
    assert read_ticks(tmp_path / "stat") == {0: (28, 100), 1: (14, 106)}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux")
def test_all_threads_keep_to_the_cores() -> None:
    allowed = os.sched_getaffinity(0)
    try:
        keep_to(frozenset({min(allowed)}))
        assert {frozenset(os.sched_getaffinity(int(each))) for each in os.listdir("/proc/self/task")} == {
            frozenset({min(allowed)})
        }
    finally:
        keep_to(frozenset(allowed))
    assert os.sched_getaffinity(0) == allowed
