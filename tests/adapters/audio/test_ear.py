"""A sound for the agent alone, on a real sound server."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop.adapters.audio.ear import Ear
from desktop.adapters.audio.port import DeviceError
from desktop.domain.sound import Wish
from tests.peers.sound_server import EAR, SoundServer
from tests.peers.tones import blocks_with, read_wav

HERTZ = 700


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    with SoundServer() as started:
        for name, value in started.environment.items():
            monkeypatch.setenv(name, value)
        yield started


def tone(seconds: float, rate: int) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    times = np.arange(int(seconds * rate)) / rate
    return (8000 * np.sin(2 * np.pi * HERTZ * times)).astype(np.int16)


def seconds_heard(path: Path) -> float:
    # All moments with the tone: on a busy machine the server may be late once in between.
    samples, rate = read_wav(path)
    return sum(blocks_with(samples, rate, HERTZ)) / 10


def seconds_recorded(path: Path) -> float:
    return path.stat().st_size / 2 / 16_000 if path.exists() else 0.0


def until_recorded(path: Path, seconds: float) -> None:
    """Until the recorder has written this much more."""
    wanted, deadline = seconds_recorded(path) + seconds, time.monotonic() + 10
    while seconds_recorded(path) < wanted:
        assert time.monotonic() < deadline, "nothing is recorded"
        time.sleep(0.02)


@pytest.mark.parametrize("rate", [16_000, 8_000])
def test_all_of_it_is_heard_at_its_own_speed(server: SoundServer, tmp_path: Path, rate: int) -> None:
    server.record(tmp_path / "ear.wav")
    until_recorded(tmp_path / "ear.wav", 0.2)
    Ear(lambda: Wish(EAR)).play(tone(1.5, rate), rate, threading.Event())
    until_recorded(tmp_path / "ear.wav", 0.3)
    assert 1.2 <= seconds_heard(tmp_path / "ear.wav") <= 1.7


def test_it_can_be_stopped(server: SoundServer, tmp_path: Path) -> None:
    server.record(tmp_path / "ear.wav")
    until_recorded(tmp_path / "ear.wav", 0.2)
    stop = threading.Event()
    threading.Timer(1.0, stop.set).start()
    begun = time.monotonic()
    Ear(lambda: Wish(EAR)).play(tone(10, 16_000), 16_000, stop)
    assert time.monotonic() - begun < 3
    until_recorded(tmp_path / "ear.wav", 0.5)
    assert seconds_heard(tmp_path / "ear.wav") < 3


def test_without_a_speaker_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nobody'}")
    with pytest.raises(DeviceError, match="headset"):
        Ear(Wish).play(tone(1, 16_000), 16_000, threading.Event())
