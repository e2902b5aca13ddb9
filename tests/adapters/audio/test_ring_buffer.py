import threading

import pytest

from desktop.adapters.audio.ring_buffer import LEARN_MS, LEAST_CUT_MS, RingBuffer

RATE = 16000
FRAME = 320
LEAST_CUT, LEARN = LEAST_CUT_MS * RATE // 1000, LEARN_MS * RATE // 1000


def frame(value: int, samples: int = FRAME) -> bytes:
    return value.to_bytes(2, "little") * samples


def test_sound_comes_out_in_order_across_odd_sizes() -> None:
    ring = RingBuffer(RATE, limit_ms=200, prime_ms=0)
    ring.put(frame(1, 100))
    ring.put(frame(2, 300))
    assert ring.take(150) == frame(1, 100) + frame(2, 50)
    assert ring.waiting == 250
    assert ring.take(250) == frame(2, 250)


def test_taking_begins_only_when_the_first_fill_is_there() -> None:
    ring = RingBuffer(RATE, limit_ms=200, prime_ms=20)
    ring.put(frame(1, 160))
    assert ring.take(160) == bytes(320)
    ring.put(frame(2, 160))
    assert ring.take(160) == frame(1, 160)
    assert ring.lost_ms == 0


def test_missing_sound_is_silence_and_counted() -> None:
    ring = RingBuffer(RATE, limit_ms=200, prime_ms=20)
    ring.put(frame(1))
    ring.take(FRAME)
    assert ring.take(FRAME) == bytes(FRAME * 2)
    assert ring.lost_ms == 20


def test_what_is_there_is_given_before_the_silence_and_little_is_kept_of_what_was_lacking() -> None:
    ring = RingBuffer(RATE, limit_ms=200, prime_ms=20, most_slack_ms=20)
    ring.put(frame(1))
    ring.take(FRAME)
    ring.put(frame(2, 200))
    assert ring.take(FRAME) == frame(2, 200) + bytes(120 * 2)
    assert ring.lost_ms == 7
    ring.put(frame(2, 120))
    for _ in range(1000):
        ring.put(frame(3))
        ring.take(FRAME)
    assert 120 <= ring.waiting < 120 + LEARN


def test_what_a_gap_left_over_goes_within_half_a_second() -> None:
    ring = RingBuffer(RATE, limit_ms=200, prime_ms=20)
    for _ in range(200):
        ring.put(frame(1))
        ring.take(FRAME)
    for _ in range(4):
        ring.take(FRAME)
    for _ in range(8):  # the sound is still late for a while
        ring.put(frame(1))
        ring.take(FRAME)
    ring.put(frame(1, 4 * FRAME))
    for _ in range(12):
        ring.put(frame(1))
        ring.take(FRAME)
    assert ring.waiting <= 32


def test_the_oldest_goes_when_the_limit_is_reached() -> None:
    ring = RingBuffer(RATE, limit_ms=60, prime_ms=0)
    for value in range(1, 6):
        ring.put(frame(value))
    assert ring.take(FRAME) == frame(3)
    assert ring.lost_ms == 40


def test_who_was_away_missed_nothing() -> None:
    ring = RingBuffer(RATE, limit_ms=60, prime_ms=0)
    for _ in range(200):
        ring.put(frame(1))
    ring.take(FRAME)
    assert ring.lost_ms == 0


def test_the_surplus_of_a_start_is_dropped_within_a_second_and_not_counted_as_lost() -> None:
    ring = RingBuffer(RATE, limit_ms=200, prime_ms=20)
    for _ in range(5):
        ring.put(frame(1))
    for _ in range(101):
        ring.put(frame(1))
        assert ring.take(FRAME) == frame(1)
    assert ring.waiting <= FRAME + 160
    assert ring.lost_ms == 0


def test_what_a_late_moment_left_over_is_kept_for_seconds_then_dropped() -> None:
    ring = RingBuffer(RATE, limit_ms=200, prime_ms=20)
    for _ in range(250):
        ring.put(frame(1))
        ring.take(FRAME)
    for _ in range(3):  # the taker was late, or the giver sent what it had kept back
        ring.put(frame(1))
    kept = []
    for _ in range(1100):
        ring.put(frame(1))
        ring.take(FRAME)
        kept.append(ring.waiting)
    assert kept[400] == 3 * FRAME
    assert kept[-1] <= FRAME
    assert ring.lost_ms == 0


def test_what_comes_while_it_is_waited_for_is_taken_whole() -> None:
    ring = RingBuffer(RATE, limit_ms=200, prime_ms=0)
    ring.put(frame(1))
    ring.take(FRAME)
    ring.put(frame(2, 100))
    giver = threading.Timer(0.02, ring.put, [frame(3)])
    giver.start()
    assert ring.take(FRAME, wait_s=30) == frame(2, 100) + frame(3, 220)
    giver.join()
    assert ring.lost_ms == 0


def test_nobody_waits_where_no_sound_comes() -> None:
    ring = RingBuffer(RATE, limit_ms=200, prime_ms=0)
    assert ring.take(FRAME, wait_s=3600) == bytes(FRAME * 2)
    ring.put(frame(1))
    ring.take(FRAME, wait_s=3600)
    ring.take(FRAME, wait_s=0.01)
    assert ring.take(FRAME, wait_s=3600) == bytes(FRAME * 2)


def test_after_a_silent_moment_of_the_device_its_surplus_goes_at_once() -> None:
    ring = RingBuffer(RATE, limit_ms=200, prime_ms=0, trim_s=1.0, slack_ms=0)
    for _ in range(100):
        ring.put(frame(1))
        ring.take(FRAME)
    for _ in range(3):
        ring.put(frame(1))
    ring.taken_late(60)
    for _ in range(6):
        ring.put(frame(1))
        ring.take(FRAME)
    assert ring.waiting == 0
    assert ring.lost_ms == 60


@pytest.mark.parametrize(("calm_s", "left"), [(1.0, 0), (5.0, 3 * FRAME)])
def test_surplus_of_a_calls_beginning_goes_soon_and_later_surplus_is_kept_for_a_while(
    calm_s: float, left: int
) -> None:
    ring = RingBuffer(RATE, limit_ms=200, prime_ms=0, slack_ms=0)
    for _ in range(int(calm_s * 50)):
        ring.put(frame(1))
        ring.take(FRAME)
    for _ in range(3):
        ring.put(frame(1))
    for _ in range(51):
        ring.put(frame(1))
        ring.take(FRAME)
    assert ring.waiting == left


def learning_ring() -> RingBuffer:
    """A microphone's, settled, whose sound was 12 ms late once."""
    ring = RingBuffer(RATE, limit_ms=200, slack_ms=0, most_slack_ms=20)
    for _ in range(200):
        ring.put(frame(1))
        ring.take(FRAME)
    ring.put(frame(1, 128))
    assert ring.take(FRAME) == frame(1, 128) + bytes(192 * 2)
    ring.put(frame(1))
    return ring


def test_what_was_lacking_once_is_kept_from_then_on() -> None:
    ring = learning_ring()
    for _ in range(1100):
        ring.put(frame(1))
        ring.take(FRAME)
    assert 192 <= ring.waiting < 192 + LEAST_CUT, "and no cut for less than is worth one"
    ring.put(frame(1, 128))
    assert ring.take(FRAME) == frame(1)


def test_a_settled_stream_is_not_cut_for_little() -> None:
    ring = RingBuffer(RATE, limit_ms=200, prime_ms=0, trim_s=1.0, slack_ms=0)
    for _ in range(200):
        ring.put(frame(1))
        ring.take(FRAME)
    ring.put(frame(2, LEAST_CUT - 32))
    for _ in range(100):
        ring.put(frame(3))
        ring.take(FRAME)
    assert ring.waiting == LEAST_CUT - 32
    ring.put(frame(2, 64))
    for _ in range(100):
        ring.put(frame(3))
        ring.take(FRAME)
    assert ring.waiting == 0


def test_a_stream_that_is_never_calm_settles_too() -> None:
    ring = RingBuffer(RATE, limit_ms=200, prime_ms=0, trim_s=1.0, slack_ms=0)
    cuts = []
    for number in range(500):
        ring.put(frame(1, FRAME + (64 if number % 25 == 24 else 0)))  # 4 ms too much each half second
        before = ring.waiting
        ring.take(FRAME)
        if ring.waiting < before - FRAME:
            cuts.append((number // 50, before - FRAME - ring.waiting))
    assert max(second for second, cut in cuts if cut < LEAST_CUT) <= 4
    assert any(second > 4 for second, _cut in cuts), "a clock that runs too fast is caught up with"


def test_after_a_late_moment_a_later_one_is_covered_and_so_is_the_next_call() -> None:
    ring = RingBuffer(RATE, limit_ms=200, prime_ms=0, slack_ms=0, most_slack_ms=20)
    quarter = FRAME // 4
    for call in range(2):
        for _ in range(20):
            ring.put(frame(1))
            for _ in range(4):
                ring.take(quarter)
        if call == 0:
            ring.put(frame(1, FRAME - 16))  # a millisecond is late
            for _ in range(4):
                ring.take(quarter)
            assert ring.lost_ms == 1
            ring.put(frame(1, 16))
            for _ in range(20):
                ring.put(frame(1))
                for _ in range(4):
                    ring.take(quarter)
        for _ in range(2):
            assert ring.take(quarter) == frame(1, quarter), "the media clock is 10 ms late"
        assert ring.lost_ms == 1
        ring.clear()


def test_sound_that_comes_irregularly_keeps_half_of_what_it_varies_by() -> None:
    ring = RingBuffer(RATE, limit_ms=200, slack_ms=0, most_slack_ms=20)
    ring.put(frame(1, 3 * FRAME))
    left = []
    for number in range(1200):
        ring.put(frame(1, FRAME + (32 if number % 10 else -9 * 32)))
        ring.take(FRAME)
        left.append(ring.waiting)
    assert max(left[-10:]) - min(left[-10:]) == 9 * 32
    assert min(left[-10:]) == pytest.approx(9 * 16, abs=32)


def test_what_was_learned_is_forgotten_in_steps_after_calm_minutes() -> None:
    ring = learning_ring()
    for _ in range(50 * 60 * 8):
        ring.put(frame(1))
        ring.take(FRAME)
    assert ring.waiting == 0


def test_without_trimming_everything_is_kept() -> None:
    ring = RingBuffer(RATE, limit_ms=200, prime_ms=0, trim_s=0)
    for _ in range(5):
        ring.put(frame(1))
    for _ in range(101):
        ring.put(frame(1))
        ring.take(FRAME)
    assert ring.waiting == 5 * FRAME


def test_what_waits_can_be_taken_as_it_is() -> None:
    ring = RingBuffer(RATE, limit_ms=200)
    ring.put(frame(7, 90))
    assert ring.take_waiting(200) == frame(7, 90)
    assert ring.take_waiting(200) == b""
    ring.put(frame(7))
    ring.clear()
    assert ring.waiting == 0
    assert ring.lost_ms == 0
