"""Which cores other programs leave, for work of low priority.

Linux seldom moves a thread of low priority away from a core that another program keeps busy, for by its weight it
hardly counts: it then gets a tenth of that core while another one idles. Elsewhere nothing is done.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

BUSY = 0.7
"""Share of a core's time that others take, from which it is left to them."""
LEAST_TICKS = 20
"""Of a core, in all, between two looks: fewer say nothing. A tick is 10 ms."""
_USER, _NICE, _SYSTEM, _IDLE, _WAIT = range(5)

Ticks = Mapping[int, tuple[int, int]]
"""By core: ticks that programs of ordinary and high priority took, ticks in all."""


def read_ticks(stat: Path = Path("/proc/stat")) -> Ticks:
    """What every core has done since the machine started; empty where the system does not say."""
    found: dict[int, tuple[int, int]] = {}
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in stat.read_text(encoding="ascii").splitlines():
            name, *numbers = line.split()
            if name.startswith("cpu") and name != "cpu":
                ticks = [int(number) for number in numbers]
                # What has a low priority, this process among it, is counted apart by the kernel.
                ours = ticks[_NICE] + ticks[_IDLE] + ticks[_WAIT]
                found[int(name[3:])] = sum(ticks) - ours, sum(ticks)
    return found


def keep_to(cores: frozenset[int]) -> None:
    """Let all threads of this process run on these cores alone."""
    if sys.platform == "linux":
        for thread in os.listdir("/proc/self/task"):
            with contextlib.suppress(OSError):  # one that has just ended, or cores that were taken away
                os.sched_setaffinity(int(thread), cores)


def _allowed() -> frozenset[int]:
    return frozenset(os.sched_getaffinity(0)) if sys.platform == "linux" else frozenset()


class FreeCores:
    """Keeps this process to the cores that others leave, all of them where there is none; `look` now and then."""

    def __init__(
        self,
        read: Callable[[], Ticks] = read_ticks,
        keep: Callable[[frozenset[int]], None] = keep_to,
        allowed: frozenset[int] | None = None,
    ) -> None:
        self._read, self._keep = read, keep
        self._allowed = _allowed() if allowed is None else allowed
        self._kept = self._allowed
        self._before = read() if len(self._allowed) > 1 else {}

    def look(self) -> None:
        """Look what others have taken since the last look that told anything, and move."""
        if not self._before:
            return
        now = self._read()
        passed = {core: all_ - self._before.get(core, (0, all_))[1] for core, (_, all_) in now.items()}
        if min((passed.get(core, 0) for core in self._allowed), default=0) < LEAST_TICKS:
            return
        taken = {core: now[core][0] - self._before[core][0] for core in self._allowed}
        self._before = now
        free = frozenset(core for core in self._allowed if taken[core] < BUSY * passed[core]) or self._allowed
        if free != self._kept:
            self._kept = free
            self._keep(free)
