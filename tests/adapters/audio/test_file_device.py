import os
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop.adapters.audio.file_device import FileDevice
from desktop.adapters.audio.files import WavWriter
from desktop.adapters.audio.null_device import NullDevice
from desktop.adapters.audio.port import DeviceError, DevicePort
from desktop.adapters.audio.speaking import Speaking
from desktop.paths import resources
from tests.peers.tones import blocks_with, read_wav, write_tone

RATE = 16000
SOUNDS = resources() / "sounds"
FRAME = 320


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Bench:
    """A file device whose own thread is replaced by the test's clock."""

    def __init__(self, folder: Path, microphone: Path | None = None) -> None:
        self.out = folder / "out.wav"
        self.clock = Clock()
        self.device = FileDevice(microphone, self.out, clock=self.clock)

    def pass_time(self, seconds: float, pcm: bytes | None = None) -> bytes:
        read = b""
        for _ in range(round(seconds / 0.02)):
            self.clock.now += 0.02
            if pcm is not None:
                self.device.write_speaker(pcm)
            read += self.device.read_microphone(FRAME)
            self.device.advance()
        return read

    def heard(self) -> np.ndarray:
        samples, rate = read_wav(self.out)
        assert rate == RATE
        return samples


Make = Callable[[Path | None], Bench]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    monkeypatch.setattr(FileDevice, "_keep_time", lambda self: None)
    made: list[Bench] = []

    def bench(microphone: Path | None) -> Bench:
        made.append(Bench(tmp_path, microphone))
        return made[-1]

    yield bench
    for one in made:
        one.device.close()


def tone(hertz: float, samples: int = FRAME) -> bytes:
    return (8000 * np.sin(2 * np.pi * hertz * np.arange(samples) / RATE)).astype("<i2").tobytes()


def test_the_microphone_repeats_its_file_with_a_second_of_silence(make: Make, tmp_path: Path) -> None:
    bench = make(write_tone(tmp_path / "in.wav", 500, 1.0))
    assert bench.device.read_microphone(FRAME) == bytes(FRAME * 2)
    bench.device.start()
    said = np.frombuffer(bench.pass_time(4.0), "<i2") / 32768
    blocks = blocks_with(said, RATE, 500)
    assert blocks == ([True] * 10 + [False] * 10) * 2


def test_every_call_hears_the_file_from_its_start(make: Make) -> None:
    bench = make(SOUNDS / "incoming.wav")
    bench.device.start()
    first = bench.pass_time(0.6)
    bench.device.start()
    assert bench.pass_time(0.3) != first[: len(first) // 2]
    bench.device.stop()
    bench.device.start()
    assert bench.pass_time(0.6) == first


def test_the_ear_hears_ring_then_call_in_their_order(make: Make) -> None:
    bench = make(None)
    bench.device.ring("busy")
    bench.pass_time(0.5)
    bench.device.ring(None)
    bench.device.start()
    bench.pass_time(1.0, tone(1000))
    bench.device.stop()
    heard = bench.heard()
    assert len(heard) == pytest.approx(1.5 * RATE, abs=RATE * 0.05)
    assert np.abs(heard[: RATE // 4]).max() > 0.05
    assert sum(blocks_with(heard, RATE, 1000)) >= 9
    with wave.open(str(bench.out)) as file:
        assert file.getnframes() == len(heard)


def test_sound_that_comes_a_little_late_leaves_no_gap(make: Make) -> None:
    bench = make(None)
    bench.device.start()
    for _ in range(10):
        bench.pass_time(0.14)
        for _ in range(7):
            bench.device.write_speaker(tone(1000))
    bench.device.stop()
    assert all(blocks_with(bench.heard()[: int(RATE * 1.4)], RATE, 1000))


def test_where_the_call_gives_nothing_time_goes_on_in_silence(make: Make) -> None:
    bench = make(None)
    bench.device.start()
    bench.pass_time(2.0)
    bench.pass_time(1.0, tone(1000))
    bench.device.stop()
    heard = bench.heard()
    assert len(heard) == pytest.approx(3.0 * RATE, abs=RATE * 0.25)
    assert np.abs(heard[: int(1.7 * RATE)]).max() == 0
    assert sum(blocks_with(heard, RATE, 1000)) >= 9


def test_a_ring_sounds_together_with_the_call(make: Make) -> None:
    bench = make(None)
    bench.device.start()
    bench.pass_time(0.5, tone(1000))
    bench.device.ring("lost")
    bench.pass_time(0.5, tone(1000))
    bench.device.stop()
    spectrum = np.abs(np.fft.rfft(bench.heard()[int(0.4 * RATE) :]))
    assert spectrum[:300].max() > 100


def test_a_full_disk_costs_the_file_and_not_the_call(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = make(None)

    def full(self: WavWriter, pcm: bytes) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(WavWriter, "write", full)
    bench.device.start()
    bench.pass_time(1.0, tone(1000))
    bench.device.stop()
    assert bench.device.state().problem == "disk_full"


def test_the_thread_of_its_own_keeps_real_time(tmp_path: Path) -> None:
    device = FileDevice(None, tmp_path / "out.wav")
    device.ring("ringback")
    while len(read_wav(tmp_path / "out.wav")[0]) < RATE // 5:
        pass
    device.close()
    with wave.open(str(tmp_path / "out.wav")) as file:
        assert file.getnframes() >= RATE // 5


def test_files_that_cannot_be_used_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(DeviceError):
        FileDevice(tmp_path / "none.wav", None)
    with pytest.raises(DeviceError):
        FileDevice(None, tmp_path / "no" / "out.wav")


def test_without_files_there_is_silence() -> None:
    for device in (FileDevice(None, None), NullDevice()):
        port: DevicePort = device
        port.start()
        port.write_speaker(tone(1000))
        port.ring("incoming")
        assert port.read_microphone(FRAME) == bytes(FRAME * 2)
        port.ring(None)
        port.stop()
        assert port.state().problem is None


def test_a_spoken_file_is_said_once_and_reported(tmp_path: Path) -> None:
    done: list[tuple[str, float]] = []
    speaking = Speaking(NullDevice(), lambda file, seconds: done.append((file.name, seconds)))
    file = write_tone(tmp_path / "line.wav", 500, 0.5)
    assert speaking.speak(file) == pytest.approx(0.5)
    said = b"".join(speaking.read_microphone(FRAME) for _ in range(30))
    assert blocks_with(np.frombuffer(said, "<i2") / 32768, RATE, 500) == [True] * 5 + [False]
    assert done == [("line.wav", 0.5)]
    assert speaking.read_microphone(FRAME) == bytes(FRAME * 2)


def test_speaking_can_be_stopped_and_reports_nothing_then(tmp_path: Path) -> None:
    done: list[Path] = []
    speaking = Speaking(NullDevice(), lambda file, seconds: done.append(file))
    speaking.speak(write_tone(tmp_path / "line.wav", 500, 0.5))
    speaking.read_microphone(FRAME)
    speaking.speak(None)
    assert speaking.read_microphone(FRAME) == bytes(FRAME * 2)
    assert done == []
