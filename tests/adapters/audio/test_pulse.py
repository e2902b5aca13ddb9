"""The real device port on a real sound server, each way, and what happens when devices come and go."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop.adapters.audio.devices import list_devices
from desktop.adapters.audio.miniaudio_device import MiniaudioDevice
from desktop.domain.sound import SoundWishes, Volumes, Wish
from tests.peers.sound_server import EAR, MICROPHONE, SoundServer
from tests.peers.tones import blocks_with, longest_run, read_wav, write_tone

RATE = 16000
FRAME = 320


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    with SoundServer() as started:
        for name, value in started.environment.items():
            monkeypatch.setenv(name, value)
        yield started


class MediaClock:
    """Does what pjsip's clock does: 20 ms out, 20 ms in, on time."""

    def __init__(self, device: MiniaudioDevice) -> None:
        self._device = device
        self._due = time.perf_counter()
        self._phase = 0
        self.heard = np.zeros(0)

    def run(self, seconds: float, hertz: float = 1000.0) -> None:
        """Let time pass with a tone to the ear; `heard` keeps what the microphone heard."""
        read = b""
        for _ in range(round(seconds / 0.02)):
            self._due += 0.02
            while time.perf_counter() < self._due:
                pass_a_moment()
            times = (np.arange(FRAME) + self._phase) / RATE
            self._phase += FRAME
            self._device.write_speaker((8000 * np.sin(2 * np.pi * hertz * times)).astype("<i2").tobytes())
            read += self._device.read_microphone(FRAME)
        self.heard = np.concatenate([self.heard, np.frombuffer(read, "<i2") / 32768])

    def until(self, holds: Callable[[], bool], limit_s: float) -> None:
        """Let time pass until something holds."""
        deadline = time.perf_counter() + limit_s
        while not holds():
            assert time.perf_counter() < deadline, "it did not happen in time"
            self.run(0.1)


def pass_a_moment() -> None:
    """Give the device's threads the interpreter."""
    time.sleep(0.001)


def heard_lately(path: Path, hertz: float, seconds: float) -> bool:
    samples, rate = read_wav(path)
    return longest_run(blocks_with(samples[-int(seconds * rate) :], rate, hertz)) >= seconds * 10 - 3


def test_the_list_names_the_headset_and_no_monitor(server: SoundServer) -> None:
    listed = {device.id: device for device in list_devices()}
    assert listed[EAR].kind == "speaker"
    assert listed[EAR].name == "Headset"
    assert listed[MICROPHONE].kind == "microphone"
    assert listed[MICROPHONE].is_default
    assert not any(key.endswith(".monitor") for key in listed)


def test_a_webcam_that_the_system_prefers_is_not_taken_by_itself(server: SoundServer) -> None:
    server.add_microphone("usb_cam", EAR, "HD_Webcam_C920")
    server.control("set-default-source", "usb_cam")
    assert [device.is_default for device in list_devices() if device.id == "usb_cam"] == [True]
    by_itself = MiniaudioDevice()
    chosen = MiniaudioDevice(SoundWishes(Wish("usb_cam")))
    try:
        assert by_itself.state().microphone == "HeadsetMicrophone"
        assert chosen.state().microphone == "HD_Webcam_C920"
    finally:
        by_itself.close()
        chosen.close()


def test_sound_goes_both_ways_each_at_its_volume(server: SoundServer, tmp_path: Path) -> None:
    server.record(tmp_path / "ear.wav")
    server.play(write_tone(tmp_path / "mouth.wav", 600))
    volumes = Volumes(microphone=160, speaker=40)
    device = MiniaudioDevice(SoundWishes(Wish(MICROPHONE), Wish(EAR), volumes=volumes))
    try:
        assert (device.state().microphone, device.state().speaker) == ("HeadsetMicrophone", "Headset")
        device.start()
        clock = MediaClock(device)
        clock.until(lambda: heard_lately(tmp_path / "ear.wav", 1000, 1.0), 8.0)
        clock.until(lambda: longest_run(blocks_with(clock.heard, RATE, 600)) >= 7, 8.0)
        assert np.abs(clock.heard[-RATE // 2 :]).max() == pytest.approx(0.25 * 1.6, rel=0.1)
        ear, _ = read_wav(tmp_path / "ear.wav")
        assert np.abs(ear[-RATE // 2 :]).max() == pytest.approx(8000 / 32768 * 0.4, rel=0.1)
    finally:
        device.close()


def test_a_ring_needs_no_call(server: SoundServer, tmp_path: Path) -> None:
    server.record(tmp_path / "ear.wav")
    device = MiniaudioDevice(SoundWishes(speaker=Wish(EAR)))
    try:
        device.ring("ringback")
        deadline = time.monotonic() + 8
        while time.monotonic() < deadline:
            samples, _ = (
                read_wav(tmp_path / "ear.wav") if (tmp_path / "ear.wav").stat().st_size > 44 else ((), 0)
            )
            if len(samples) and np.abs(samples).max() > 0.1:
                break
            pass_a_moment()
        assert np.abs(samples).max() > 0.1
    finally:
        device.close()


def test_a_headset_pulled_out_in_mid_call_is_replaced_and_used_again(
    server: SoundServer, tmp_path: Path
) -> None:
    headset = server.add_headset("usb_headset")
    server.record(tmp_path / "ear.wav")
    device = MiniaudioDevice(SoundWishes(Wish(MICROPHONE), Wish("usb_headset")))
    try:
        device.start()
        clock = MediaClock(device)
        clock.run(1.0)
        assert device.state().speaker == "usb_headset"
        server.unplug(headset)
        clock.until(lambda: device.state().speaker == "Headset", 3.0)
        clock.until(lambda: heard_lately(tmp_path / "ear.wav", 1000, 1.0), 8.0)
        server.add_headset("usb_headset")
        clock.until(lambda: device.state().speaker == "usb_headset", 3.0)
    finally:
        device.close()


def test_a_sound_server_that_dies_and_comes_back_is_found_again(server: SoundServer, tmp_path: Path) -> None:
    device = MiniaudioDevice()
    try:
        device.start()
        clock = MediaClock(device)
        clock.run(0.5)
        server.stop()
        clock.until(lambda: device.state().problem == "no_devices", 3.0)
        assert device.read_microphone(FRAME) == bytes(FRAME * 2)
        server.start()
        clock.until(lambda: device.state().problem is None, 5.0)
        server.record(tmp_path / "ear.wav")
        clock.until(lambda: heard_lately(tmp_path / "ear.wav", 1000, 1.0), 8.0)
    finally:
        device.close()
