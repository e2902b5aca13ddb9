"""Which speech model a machine can bear."""

from __future__ import annotations

import pytest

from desktop.domain.speech_fit import Fit, Installed, Machine, Shortage, fitting

MB, GB = 1 << 20, 1 << 30
TINY = Installed("tiny", 73 * MB)
BASE = Installed("base", 139 * MB)
SMALL = Installed("small", 461 * MB)
ALL = [TINY, BASE, SMALL]


@pytest.mark.parametrize(
    ("avx2", "memory", "chosen", "used", "shortage"),
    [
        (True, 8 * GB, SMALL, "small", Shortage.NONE),
        # What the system does not say excludes nothing.
        (None, 0, SMALL, "small", Shortage.NONE),
        (False, 8 * GB, SMALL, "tiny", Shortage.PROCESSOR),
        (False, 8 * GB, TINY, "tiny", Shortage.NONE),
        # A PC of 4 GB shows somewhat less.
        (True, 3.8 * GB, SMALL, "base", Shortage.MEMORY),
        (True, 4 * GB, BASE, "base", Shortage.NONE),
        (False, 4 * GB, SMALL, "tiny", Shortage.PROCESSOR),
        (True, 2 * GB, TINY, None, Shortage.MEMORY),
        (False, 2 * GB, TINY, None, Shortage.MEMORY),
    ],
)
def test_a_weak_machine_gets_a_smaller_model_or_none(
    avx2: bool | None, memory: float, chosen: Installed[str], used: str | None, shortage: Shortage
) -> None:
    others = [each for each in ALL if each is not chosen]
    assert fitting(chosen, others, Machine(avx2, int(memory))) == Fit(used, shortage)


def test_without_a_smaller_one_there_is_none() -> None:
    assert fitting(SMALL, [], Machine(False, 8 * GB)) == Fit(None, Shortage.PROCESSOR)
    assert fitting(SMALL, [BASE], Machine(False, 8 * GB)) == Fit(None, Shortage.PROCESSOR)
