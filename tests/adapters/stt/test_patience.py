"""A silent child on moments that the test gives."""

from __future__ import annotations

import pytest

from desktop.adapters.stt.patience import LOADING_FOR, LOOK_EVERY, SILENT_FOR, STOPPED_FOR, Patience


def ended_after(
    most: float, stopped: bool = False, loading: bool = False, every: float = LOOK_EVERY
) -> float:
    """Seconds of silence until the child is given up, `most` where it is not."""
    patience, now = Patience(0.0), 0.0
    while now < most:
        now += every
        if patience.ends(now, stopped, loading):
            return now
    return most


@pytest.mark.parametrize(
    ("stopped", "loading", "limit"),
    [
        (False, False, SILENT_FOR),
        (True, False, STOPPED_FOR),
        (False, True, LOADING_FOR),
        (True, True, STOPPED_FOR),
    ],
)
def test_who_is_stopped_is_given_up_first_and_who_loads_last(
    stopped: bool, loading: bool, limit: float
) -> None:
    assert ended_after(100, stopped, loading) == pytest.approx(limit, abs=2 * LOOK_EVERY)


def test_a_word_in_time_is_enough() -> None:
    patience = Patience(0.0)
    for step in range(1, 1000):
        if step % 20 == 0:
            patience.hear()
        assert not patience.ends(step * LOOK_EVERY, False, False)


def test_time_in_which_the_desk_did_not_run_is_nobodys_silence() -> None:
    """The whole machine slept, or somebody took the processor from both for a while."""
    patience = Patience(0.0)
    assert not patience.ends(3600.0, False, False)
    assert not patience.ends(3600.1, False, False)
    assert ended_after(20, every=1.0) > 9
