from desktop.adapters.audio.play_queue import LENGTHS_MS, PlayQueue

SHORT, LONGER, *_, LONGEST = LENGTHS_MS


def dry(queue: PlayQueue, *seconds: float) -> PlayQueue:
    for now in seconds:
        queue.ran_dry(10.0, now)
    return queue


def test_one_late_moment_costs_nobody_delay() -> None:
    assert dry(PlayQueue(), 1.0).ms == SHORT


def test_the_second_late_moment_within_a_minute_lengthens_the_queue_and_the_next_alone_does_not() -> None:
    assert dry(PlayQueue(), 1.0, 60.0, 61.0).ms == LONGER


def test_late_moments_far_apart_do_not() -> None:
    assert dry(PlayQueue(), *range(0, 600, 61)).ms == SHORT


def test_it_grows_to_its_longest_and_stays() -> None:
    assert dry(PlayQueue(), *range(30)).ms == LONGEST


def test_a_call_begins_with_what_the_last_one_learned_until_ten_minutes_were_calm() -> None:
    queue = dry(PlayQueue(), 1.0, 3.0)
    queue.begin_call(600.0)
    assert queue.ms == LONGER
    queue.begin_call(604.0)
    assert queue.ms == SHORT


def test_what_was_silent_is_told_once() -> None:
    queue = dry(PlayQueue(), 1.0, 2.0)
    assert queue.silent_ms() == 20
    assert queue.silent_ms() == 0
