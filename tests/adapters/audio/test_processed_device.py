"""The treatment of the agent's voice: what goes, what stays, how a switch sounds, what a failure costs."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest
from pystoi import stoi

from desktop.adapters.audio.null_device import NullDevice
from desktop.adapters.audio.port import DeviceError
from desktop.adapters.audio.processed_device import REFERENCE_MS, WARM_UP_MS, ProcessedDevice
from desktop.adapters.audio.voice_port import BLOCK_BYTES, VoiceProcessor
from desktop.adapters.audio.webrtc_voice import MISSING, WebrtcVoice
from desktop.domain.voice import NO_PROCESSING, VoiceWishes, wishes_of
from tests.adapters.audio.spoken import RATE, Sound, at_level, echo_of, lag_ms, level_db, practice_voice

FRAME = 320
ECHO, NOISE, GAIN = VoiceWishes(echo=True), VoiceWishes(noise=True), VoiceWishes(gain=True)
LEARNED_S = 3.0
LEAST_ERLE_DB = 25.0
"""Of a room without a loudspeaker's own distortion, where far more is possible; a real room gives less."""


class Room(NullDevice):
    """A microphone that hears `near`, 20 ms at a time."""

    def __init__(self, near: npt.NDArray[np.int16]) -> None:
        super().__init__()
        self._near = near
        self._at = 0

    def read_microphone(self, samples: int) -> bytes:
        self._at += samples
        return self._near[self._at - samples : self._at].tobytes().ljust(samples * 2, b"\0")


def through(device: ProcessedDevice, frames: int, far: Sound | None = None) -> Iterator[Sound]:
    """The clock of a call."""
    for number in range(frames):
        yield np.frombuffer(device.read_microphone(FRAME), "<i2").astype(float)
        said = far[number * FRAME : (number + 1) * FRAME] if far is not None else np.zeros(FRAME)
        device.write_speaker(said.astype("<i2").tobytes())


def heard(near: Sound, wishes: VoiceWishes, far: Sound | None = None) -> Sound:
    """What leaves a microphone that hears `near` while the speaker says `far`."""
    device = ProcessedDevice(Room(near.astype(np.int16)))
    device.use(wishes)
    return np.concatenate(list(through(device, near.size // FRAME, far)))


@pytest.fixture(scope="module")
def caller() -> Sound:
    return practice_voice("S02", "caller", 8.0)


@pytest.fixture(scope="module")
def agent() -> Sound:
    return practice_voice("S04", "agent", 8.0)


def test_the_echo_of_a_loudspeaker_is_taken_out(caller: Sound) -> None:
    echo = echo_of(caller)
    learned = slice(int(LEARNED_S * RATE), None)
    left = heard(echo, ECHO, caller)
    erle = level_db(echo[learned]) - level_db(left[learned])
    assert erle > LEAST_ERLE_DB
    untreated = heard(echo, NO_PROCESSING, caller)
    assert level_db(untreated[learned]) == pytest.approx(level_db(echo[learned]), abs=0.1)


def understood(said: Sound, heard: Sound) -> float:
    """STOI of what was said, once all is learned."""
    late = round(lag_ms(said, heard) * RATE / 1000)
    start = int(LEARNED_S * RATE)
    return float(stoi(said[start : said.size - late], heard[start + late :], RATE))


def test_a_voice_without_echo_stays_as_it_was(agent: Sound) -> None:
    said = heard(agent, ECHO)
    assert understood(agent, said) > 0.97
    assert level_db(said[RATE:]) == pytest.approx(level_db(agent[RATE:]), abs=1.0)


def test_a_voice_is_understood_while_the_loudspeaker_speaks_too(agent: Sound, caller: Sound) -> None:
    assert understood(agent, heard(agent + echo_of(caller), ECHO, caller)) > 0.7


@pytest.mark.parametrize("wishes", [ECHO, NOISE, GAIN, VoiceWishes(True, True, True)])
def test_the_delay_that_is_counted_is_the_one_that_is_heard(agent: Sound, wishes: VoiceWishes) -> None:
    device = ProcessedDevice(Room(agent[: 3 * RATE].astype(np.int16)))
    device.use(wishes)
    said = np.concatenate(list(through(device, 3 * RATE // FRAME)))
    assert lag_ms(agent[RATE : 3 * RATE], said[RATE:]) == pytest.approx(device.delay_ms, abs=1.0)


def test_noise_goes_and_the_voice_stays(agent: Sound) -> None:
    noise = np.random.default_rng(5).standard_normal(agent.size) * 300
    pause = np.concatenate([np.zeros(2 * RATE), agent[: 2 * RATE]])
    said = heard(pause + noise[: pause.size], NOISE)
    assert level_db(noise) - level_db(said[RATE : 2 * RATE]) > 8
    assert level_db(said[2 * RATE :]) == pytest.approx(level_db(pause[2 * RATE :]), abs=3)


def test_a_quiet_voice_is_lifted(agent: Sound) -> None:
    quiet = at_level(agent, -40)
    said = heard(quiet, GAIN)
    assert level_db(said[6 * RATE :]) > level_db(quiet[6 * RATE :]) + 6
    assert np.abs(said).max() < 32_700


def test_a_switch_in_a_call_leaves_no_gap_and_no_click() -> None:
    tone = 8000 * np.sin(2 * np.pi * 500 * np.arange(2 * RATE) / RATE)
    device = ProcessedDevice(Room(tone.astype(np.int16)))
    said = []
    for number, frame in enumerate(through(device, 90)):
        said.append(frame)
        if number in (20, 60):
            device.use(ECHO if number == 20 else NO_PROCESSING)
    sound = np.concatenate(said)
    steepest = np.abs(np.diff(tone)).max()
    assert np.abs(np.diff(sound)).max() < 1.5 * steepest
    loudness = [np.sqrt(np.mean(block**2)) for block in sound.reshape(-1, 160)]
    assert min(loudness) > 0.4 * np.sqrt(np.mean(tone**2))


def test_what_is_not_wished_changes_nothing() -> None:
    noise = np.random.default_rng(1).integers(-3000, 3000, RATE).astype(np.int16)
    device = ProcessedDevice(Room(noise))
    read = b"".join(device.read_microphone(FRAME) for _ in range(10))
    assert read == noise[: 10 * FRAME].tobytes()
    assert device.delay_ms == 0


class Recording:
    """A processor that keeps what it was given, and breaks when it is told to."""

    delay_ms = 0

    def __init__(self, wishes: VoiceWishes) -> None:
        self.given: list[tuple[bytes, bytes]] = []
        self.broken = False

    def process(self, near: bytes, far: bytes) -> bytes:
        if self.broken:
            raise RuntimeError("no more")
        self.given.append((near, far))
        return near


def test_the_reference_is_never_older_than_the_echo_can_be() -> None:
    made: list[Recording] = []

    def make(wishes: VoiceWishes) -> VoiceProcessor:
        made.append(Recording(wishes))
        return made[-1]

    device = ProcessedDevice(NullDevice(), make=make)
    device.use(ECHO)
    for number in range(1, 8):  # the microphone is not asked, as on hold
        device.write_speaker(bytes([number, 0]) * FRAME)
    device.read_microphone(FRAME)
    assert REFERENCE_MS == 20
    assert [far for _near, far in made[0].given] == [bytes([7, 0]) * 160] * 2
    assert all(len(near) == BLOCK_BYTES for near, _far in made[0].given)


def test_a_treatment_that_fails_is_left_and_the_call_goes_on() -> None:
    made: list[Recording] = []

    def make(wishes: VoiceWishes) -> VoiceProcessor:
        made.append(Recording(wishes))
        return made[-1]

    told: list[str] = []
    loud = np.full(RATE, 1000, np.int16)
    device = ProcessedDevice(Room(loud), told.append, make)
    device.use(NOISE)
    for _ in range(WARM_UP_MS // 20 + 1):
        device.read_microphone(FRAME)
    made[0].broken = True
    for _ in range(3):
        assert device.read_microphone(FRAME) == loud[:FRAME].tobytes()
    assert len(told) == 1
    assert device.state().problem == "no_voice_processing"
    assert device.wishes == NO_PROCESSING
    device.use(NO_PROCESSING)
    assert device.state().problem is None


def test_a_library_that_is_missing_costs_the_treatment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pywebrtc_audio", None)
    loud = np.full(RATE, 1000, np.int16)
    device = ProcessedDevice(Room(loud))
    with pytest.raises(DeviceError, match="without them"):
        device.use(ECHO)
    assert MISSING.startswith("Echo cancellation")
    assert device.read_microphone(FRAME) == loud[:FRAME].tobytes()
    assert device.state().problem == "no_voice_processing"


def test_a_block_is_treated_far_quicker_than_it_lasts() -> None:
    processor = WebrtcVoice(VoiceWishes(True, True, True))
    noise = np.random.default_rng(2).integers(-3000, 3000, 160).astype("<i2").tobytes()
    began = time.process_time()
    for _ in range(300):
        processor.process(noise, noise)
    # Processor time, so a busy machine does not show; measured 0.1 ms.
    assert (time.process_time() - began) / 300 < 0.002


def test_wishes_are_named_by_words() -> None:
    assert wishes_of(("noise", "echo")) == VoiceWishes(echo=True, noise=True)
    assert wishes_of(("noise", "echo")).words == ("echo", "noise")
    assert not wishes_of(())
    with pytest.raises(ValueError, match="reverb is none of echo, noise, gain"):
        wishes_of(("reverb",))
