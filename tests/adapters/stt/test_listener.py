"""Numbered samples become utterances; repeats are dropped, jumps end what was being said."""

from __future__ import annotations

import numpy as np

from desktop.adapters.stt.listener import Listener
from tests.adapters.stt.scripted import RATE, Loudness, Samples, loud, quiet


def listener() -> Listener:
    return Listener(RATE, Loudness())


def test_the_sound_of_an_utterance_is_the_sound_that_was_fed() -> None:
    rng = np.random.default_rng(1)
    said = rng.integers(500, 2000, RATE * 2).astype(np.int16)
    whole = np.concatenate([quiet(1), said, quiet(1)])
    ear = listener()
    found = [u for at in range(0, len(whole), 320) for u in ear.feed(at, whole[at : at + 320])]
    assert len(found) == 1
    assert np.array_equal(found[0].samples, whole[found[0].start : found[0].end])
    assert found[0].start <= RATE < found[0].start + 0.35 * RATE
    assert 3 * RATE <= found[0].end <= 3.3 * RATE
    assert 1.9 < found[0].voiced < 2.1


def test_repeated_samples_change_nothing() -> None:
    whole = np.concatenate([quiet(1), loud(2), quiet(1)])
    once, twice = listener(), listener()
    for at in range(0, len(whole), 1600):
        once.feed(at, whole[at : at + 1600])
    found = []
    for at in range(0, len(whole), 1600):
        found += twice.feed(at, whole[at : at + 1600])
        found += twice.feed(max(0, at - 800), whole[max(0, at - 800) : at + 800])
    assert len(found) == 1
    assert np.array_equal(found[0].samples, whole[found[0].start : found[0].end])
    assert twice.done == once.done


def test_a_jump_ends_the_utterance_and_invents_nothing() -> None:
    ear = listener()
    ear.feed(0, loud(1))
    found = ear.feed(RATE * 60, loud(1))
    assert [(u.start, u.end) for u in found] == [(0, RATE)]
    found = ear.finish()
    assert [(u.start, u.end) for u in found] == [(RATE * 60, RATE * 61)]


def test_numbers_need_not_begin_at_zero() -> None:
    ear = listener()
    found = ear.feed(RATE * 100, np.concatenate([loud(1), quiet(1)]))
    assert [u.start for u in found] == [RATE * 100]
    assert ear.done > RATE * 101


def test_done_stays_before_what_is_being_said() -> None:
    ear = listener()
    ear.feed(0, np.concatenate([quiet(2), loud(2)]))
    assert RATE * 1.6 < ear.done <= RATE * 2
    running = ear.running
    assert running is not None
    assert running.end == RATE * 4
    assert ear.spoken > 1.9
    ear.feed(RATE * 4, quiet(2))
    assert ear.done > RATE * 5


def test_memory_is_bounded_in_long_silence() -> None:
    ear = listener()
    block: Samples = quiet(1)
    for second in range(120):
        ear.feed(second * RATE, block)
    assert ear.running is None
    assert ear.done > 119 * RATE
    ear.feed(120 * RATE, loud(1))
    running = ear.running
    assert running is not None
    assert len(running.samples) < 2 * RATE


def test_voice_time_is_counted() -> None:
    ear = listener()
    ear.feed(0, np.concatenate([quiet(1), loud(3)]))
    assert ear.speaking
    assert 2.9 < ear.voiced < 3.1
    ear.feed(RATE * 4, quiet(1))
    assert not ear.speaking
