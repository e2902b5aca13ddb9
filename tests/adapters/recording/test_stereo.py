"""Two legs by sample numbers become two channels."""

from __future__ import annotations

import numpy as np

from desktop.adapters.recording.stereo import LONGEST_S, SLACK_S, Stereo

RATE = 1000
SLACK = int(SLACK_S * RATE)


def pcm(value: int, frames: int) -> bytes:
    return np.full(frames, value, "<i2").tobytes()


def taken(stereo: Stereo, frames: int) -> list[tuple[int, int]]:
    data = stereo.peek(frames)
    stereo.done(data)
    return [(int(a), int(b)) for a, b in np.frombuffer(data, "<i2").reshape(-1, 2)]


def test_legs_lie_side_by_side_by_their_numbers_and_gaps_are_silent() -> None:
    stereo = Stereo(RATE)
    stereo.add("agent", 2, pcm(7, 3))
    stereo.add("caller", 0, pcm(5, 2))
    stereo.add("caller", 4, pcm(6, 2))
    assert taken(stereo, stereo.left) == [(5, 0), (5, 0), (0, 7), (0, 7), (6, 7), (6, 0)]
    assert (stereo.position, stereo.left) == (6, 0)


def test_a_leg_may_lag_for_a_while_and_what_is_later_is_left_out() -> None:
    stereo = Stereo(RATE)
    stereo.add("caller", 0, pcm(5, SLACK))
    assert stereo.ready == 0
    stereo.add("caller", SLACK, pcm(5, 10))
    assert stereo.ready == 10
    stereo.add("agent", 0, pcm(7, 10))
    assert taken(stereo, stereo.ready) == [(5, 7)] * 10
    stereo.add("agent", 0, pcm(9, 10))
    assert taken(stereo, 1) == [(5, 0)]


def test_what_is_not_kept_is_given_out_again() -> None:
    stereo = Stereo(RATE)
    stereo.add("caller", 0, pcm(5, 4))
    assert stereo.peek(4) == stereo.peek(4)


def test_only_the_newest_is_kept_and_a_file_begins_with_sound() -> None:
    stereo = Stereo(RATE)
    stereo.add("caller", 0, pcm(5, 3 * RATE))
    stereo.forget(1.0)
    assert (stereo.position, stereo.left) == (2 * RATE, RATE)
    later = Stereo(RATE)
    later.add("caller", 90 * RATE, pcm(5, 10))
    later.skip_gap()
    assert (later.position, later.left) == (90 * RATE, 10)


def test_a_long_pause_comes_in_pieces_and_nonsense_is_let_go() -> None:
    stereo = Stereo(RATE)
    stereo.add("caller", 0, pcm(5, 10))
    stereo.add("caller", 600 * RATE, pcm(5, 10))
    assert len(stereo.peek(stereo.left)) == LONGEST_S * RATE * 4
    stereo.add("caller", 1 << 60, pcm(5, 10))
    stereo.add("third", 0, pcm(5, 10))
    assert stereo.end == 600 * RATE + 10
    stereo.add("agent", 600 * RATE, pcm(7, 1) + b"\1")
    assert stereo.end == 600 * RATE + 10
