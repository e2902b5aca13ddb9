"""One microphone and one ear for two lines."""

from __future__ import annotations

from desktop.adapters.sip.shared_sound import SharedSound
from tests.adapters.sip.test_media import EchoDevice

FRAME = 320


class CountingDevice(EchoDevice):
    """Each reading gives other samples, as a microphone does."""

    def __init__(self) -> None:
        super().__init__()
        self.readings = 0

    def read_microphone(self, samples: int) -> bytes:
        self.readings += 1
        return self.readings.to_bytes(2, "little") * samples


def frame(value: int) -> bytes:
    return value.to_bytes(2, "little") * FRAME


def test_two_lines_hear_the_same_microphone_whoever_asks_first() -> None:
    sound = SharedSound(CountingDevice())
    one, other = sound.seat(), sound.seat()
    one.sit()
    other.sit()
    assert [seat.read_microphone(FRAME) for seat in (one, other, other, one)] == [
        frame(1), frame(1), frame(2), frame(2),
    ]  # fmt: skip


def test_a_line_that_was_away_hears_nothing_of_that_time() -> None:
    sound = SharedSound(CountingDevice())
    one, other = sound.seat(), sound.seat()
    one.sit()
    other.sit()
    one.read_microphone(FRAME)
    other.leave()
    one.read_microphone(FRAME)
    other.sit()
    assert one.read_microphone(FRAME) == frame(3)
    assert other.read_microphone(FRAME) == frame(3)


def test_a_line_that_does_not_read_is_never_far_behind() -> None:
    sound = SharedSound(CountingDevice())
    one, other = sound.seat(), sound.seat()
    one.sit()
    other.sit()
    for _ in range(50):
        one.read_microphone(FRAME)
    assert other.read_microphone(FRAME) == frame(49)


def test_what_two_lines_bring_is_heard_together_and_of_one_at_once() -> None:
    device = EchoDevice()
    sound = SharedSound(device)
    one, other = sound.seat(), sound.seat()
    one.sit()
    one.write_speaker(frame(5))
    assert device.heard == frame(5)
    other.sit()
    one.write_speaker(frame(10))
    assert device.heard == frame(5)
    other.write_speaker(frame(100))
    assert device.heard == frame(5) + frame(110)
    one.write_speaker(frame(20))
    one.write_speaker(frame(30))
    assert device.heard == frame(5) + frame(110) + frame(20)
    other.leave()
    assert device.heard == frame(5) + frame(110) + frame(20) + frame(30)
    one.write_speaker(frame(40))
    assert device.heard.endswith(frame(30) + frame(40))
