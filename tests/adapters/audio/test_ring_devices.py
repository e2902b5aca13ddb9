"""Where a ring is heard: on the device that is chosen for it, on both, or where calls are heard, told by its sound."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop.adapters.audio.miniaudio_device import MiniaudioDevice
from desktop.adapters.audio.tones import TonePlayer
from desktop.domain.sound import SoundWishes, Volumes, Wish
from tests.peers.sound_server import EAR, SoundServer
from tests.peers.tones import Samples, blocks_with, is_silent, longest_run, read_wav, write_tone

DESK_SPEAKER = "desk_speaker"
RING, WAITING = 900.0, 400.0
HEARD_BLOCKS = 4
IN_TIME_S = 15.0


class Ears:
    """What both sinks play, and tones that can be told apart."""

    def __init__(self, server: SoundServer, folder: Path) -> None:
        self.server = server
        self._plugged = server.add_headset(DESK_SPEAKER)
        self._files = {EAR: folder / "ear.wav", DESK_SPEAKER: folder / "speaker.wav"}
        self._heard_before = dict.fromkeys(self._files, 0)
        server.record_all(self._files)
        self._sounds = folder / "sounds"
        self._sounds.mkdir()
        write_tone(self._sounds / "incoming.wav", RING, 1.0)
        write_tone(self._sounds / "waiting.wav", WAITING, 1.0)

    @property
    def tones(self) -> TonePlayer:
        """A player of these tones."""
        return TonePlayer(self._sounds)

    def listen(self) -> None:
        """What was heard until now counts no more."""
        self._heard_before = {sink: len(read_wav(file)[0]) for sink, file in self._files.items()}

    def since(self, sink: str) -> tuple[Samples, int]:
        """What was heard since `listen`, and its rate."""
        samples, rate = read_wav(self._files[sink])
        return samples[self._heard_before[sink] :], rate

    def silent(self, sink: str) -> bool:
        """Whether nothing at all was played there."""
        return is_silent(self.since(sink)[0])

    def loudness(self, sink: str) -> float:
        """The loudest sample."""
        return float(np.abs(self.since(sink)[0]).max())

    def hears(self, sink: str, hertz: float) -> None:
        """Wait until a tone is heard there."""
        until(lambda: longest_run(blocks_with(*self.since(sink), hertz)) >= HEARD_BLOCKS)

    def unplug(self) -> None:
        """Pull the desk's speaker out."""
        self.server.unplug(self._plugged)


def until(holds: Callable[[], bool]) -> None:
    """Wait for what is to happen."""
    deadline = time.monotonic() + IN_TIME_S
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def sinks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ears]:
    with SoundServer() as server:
        yield Ears(server, tmp_path_factory.mktemp("ears"))


@pytest.fixture
def ears(sinks: Ears, monkeypatch: pytest.MonkeyPatch) -> Ears:
    for name, value in sinks.server.environment.items():
        monkeypatch.setenv(name, value)
    until(lambda: is_silent(sinks.since(EAR)[0][-1600:]) and is_silent(sinks.since(DESK_SPEAKER)[0][-1600:]))
    sinks.listen()
    return sinks


def wishes(both: bool = False, ring_volume: int = 100) -> SoundWishes:
    volumes = Volumes(ring=ring_volume, speaker=50)
    return SoundWishes(speaker=Wish(EAR), ring=Wish(DESK_SPEAKER), ring_both=both, volumes=volumes)


def test_it_rings_on_the_chosen_device_and_nowhere_else(ears: Ears) -> None:
    device = MiniaudioDevice(wishes(ring_volume=50), ears.tones)
    try:
        use = device.state().use
        assert use is not None
        assert use.ring == (DESK_SPEAKER,)
        device.ring("incoming")
        ears.hears(DESK_SPEAKER, RING)
        assert ears.silent(EAR)
        assert 0.11 < ears.loudness(DESK_SPEAKER) < 0.14, "half of what the file has"
    finally:
        device.close()


def test_it_rings_on_both_where_that_is_wished(ears: Ears) -> None:
    device = MiniaudioDevice(wishes(both=True), ears.tones)
    try:
        device.ring("incoming")
        ears.hears(DESK_SPEAKER, RING)
        ears.hears(EAR, RING)
    finally:
        device.close()


def test_a_waiting_call_is_a_tone_in_the_ear_and_never_on_the_ring_device(ears: Ears) -> None:
    device = MiniaudioDevice(wishes(both=True), ears.tones)
    try:
        device.start()
        device.ring("waiting")
        ears.hears(EAR, WAITING)
        assert ears.silent(DESK_SPEAKER)
        assert ears.loudness(EAR) < 0.14, "as loud as the call, which is at half"
    finally:
        device.close()


def test_a_ring_device_that_is_pulled_out_while_it_rings_leaves_no_silence(ears: Ears) -> None:
    device = MiniaudioDevice(wishes(), ears.tones)
    try:
        device.ring("incoming")
        ears.hears(DESK_SPEAKER, RING)
        assert ears.silent(EAR)
        ears.unplug()
        ears.hears(EAR, RING)
    finally:
        device.close()
