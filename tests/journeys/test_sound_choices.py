"""The real window on a real sound server: where it rings, a headset pulled out in a call, undo, the volume by key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.processes.desk_core import PhoneAudio
from tests.journeys.real_window import RealWindow, folders_of, real_window, until
from tests.peers.headless import HeadlessPhone
from tests.peers.sound_server import EAR, MOUTH, SoundServer
from tests.peers.tones import blocks_with, is_silent, longest_run, read_wav, write_tone

Run = Callable[[Coroutine[Any, Any, None]], object]
CITIZEN, AGENT = 1000.0, 600.0
HEADSET_MICROPHONE, CAMERA = "usb_microphone", "HD_Webcam_C920"
HEADSET, DESK_SPEAKER = "usb_headset", "desk_speaker"
SETTINGS = f"""language = "en"
speech_enabled = false
speaker_id = "{HEADSET}"
speaker_name = "{HEADSET}"
microphone_id = "{HEADSET_MICROPHONE}"
microphone_name = "{HEADSET_MICROPHONE}"
ring_device_id = "{DESK_SPEAKER}"
ring_device_name = "{DESK_SPEAKER}"
"""
ENOUGH_BLOCKS = 5


class Heard:
    """What the sinks play, told by the sound in it."""

    def __init__(self, server: SoundServer, folder: Path) -> None:
        self._server, self._folder = server, folder
        self._files: dict[str, Path] = {}

    def follow(self, *sinks: str) -> None:
        """Listen to these sinks from now on."""
        files = {sink: self._folder / f"{sink}-{len(self._files)}.wav" for sink in sinks}
        self._server.record_all(files)
        self._files |= files

    def tone(self, sink: str, hertz: float, last_s: float = 1.0) -> bool:
        """Whether a tone was there lately."""
        samples, rate = read_wav(self._files[sink])
        return longest_run(blocks_with(samples[-int(last_s * rate) :], rate, hertz)) >= ENOUGH_BLOCKS

    def loudness(self, sink: str, last_s: float = 0.5) -> float:
        """The loudest sample lately."""
        samples, rate = read_wav(self._files[sink])
        return float(np.abs(samples[-int(last_s * rate) :]).max(initial=0.0))

    def silent(self, sink: str) -> bool:
        """Whether nothing was played there at all."""
        return is_silent(read_wav(self._files[sink])[0])


@contextmanager
def sound_of_its_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    with SoundServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.mark.long
@pytest.mark.timeout(150)
def test_a_headset_that_goes_in_a_call_and_comes_back(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sound_of_its_own(monkeypatch) as server:
        world = World(server, tmp_path)
        with world.citizen:
            run(world.whole())
    assert SETTINGS.strip() in world.where.settings_file.read_text(encoding="utf-8")


class World:
    """A sound server with two more speakers, a citizen with a tone, and the window."""

    def __init__(self, server: SoundServer, folder: Path) -> None:
        self.server, self.heard = server, Heard(server, folder)
        server.add_headset(DESK_SPEAKER)
        # The system prefers the camera, which hears nothing but the ring.
        server.add_microphone("usb_cam", DESK_SPEAKER, CAMERA)
        server.control("set-default-source", "usb_cam")
        self._plugged = [server.add_headset(HEADSET), server.add_microphone(HEADSET_MICROPHONE, MOUTH)]
        self.heard.follow(EAR, DESK_SPEAKER, HEADSET)
        server.play(write_tone(folder / "mouth.wav", AGENT, 120.0))
        own, self.far_ear = write_tone(folder / "citizen.wav", CITIZEN, 100.0), folder / "far.wav"
        files = ("--audio", "file", "--microphone", str(own), "--speaker", str(self.far_ear))
        self.citizen = HeadlessPhone(folder / "citizen", *files)
        self.where = folders_of(folder, SETTINGS)

    async def whole(self) -> None:
        """Ring, talk, lose the headset, refuse the stand-in, take it, have the headset back."""
        async with real_window(self.where, PhoneAudio("devices")) as real:
            await self.ring(real)
            await self.lose(real)
            await self.back(real)
            await self.turn(real)
            real.window.action("end").trigger()
            await until(lambda: real.desk.services.calls.current is None)

    async def ring(self, real: RealWindow) -> None:
        """It rings on the desk's speaker alone; then the call is heard in the headset."""
        self.citizen.say("dial", real.desk.phone.uri)
        await until(lambda: real.window.situation == "ringing", 15)
        await until(lambda: self.heard.loudness(DESK_SPEAKER) > 0.05, 15)
        assert self.heard.silent(EAR)
        assert self.heard.silent(HEADSET)
        real.window.action("answer").trigger()
        await until(lambda: self.heard.tone(HEADSET, CITIZEN), 15)
        await until(self.citizen_hears, 15)
        assert self.heard.silent(EAR)

    def citizen_hears(self) -> bool:
        """Whether the agent's tone reached the other side lately."""
        samples, rate = read_wav(self.far_ear)
        return longest_run(blocks_with(samples[-rate:], rate, AGENT)) >= ENOUGH_BLOCKS

    async def lose(self, real: RealWindow) -> None:
        """Pulled out: the other headset speaks, until undo asks for silence and is undone itself."""
        for module in self._plugged:
            self.server.unplug(module)
        await until(lambda: self.heard.tone(EAR, CITIZEN), 15)
        both = (
            "usb_headset is gone: you hear through Headset now. "
            "usb_microphone is gone: you speak into HeadsetMicrophone now."
        )
        await until(lambda: real.window.toast.text == both, 15, lambda: real.window.toast.text)
        await until(self.citizen_hears, 15)
        real.window.action("undo").trigger()
        await real.reads("neither side hears the other")
        await until(lambda: self.heard.loudness(EAR) < 0.01, 15)
        assert self.heard.loudness(DESK_SPEAKER) < 0.01
        real.window.action("undo").trigger()
        await until(lambda: self.heard.tone(EAR, CITIZEN), 15)
        await until(lambda: real.notice == "", 15, lambda: real.notice)
        await until(self.citizen_hears, 15)

    async def back(self, real: RealWindow) -> None:
        """Plugged in again: used again by itself; undo stays with the other one for this call."""
        self.server.add_headset(HEADSET)
        self.heard.follow(HEADSET)
        await until(lambda: self.heard.tone(HEADSET, CITIZEN), 15)
        await until(lambda: real.window.toast.text == "You hear through usb_headset again.")
        real.window.action("undo").trigger()
        await until(lambda: self.heard.loudness(HEADSET) < 0.01, 15)
        await until(lambda: self.heard.tone(EAR, CITIZEN), 15)

    async def turn(self, real: RealWindow) -> None:
        """Quieter by key, until half of it is left; the card shows what the engine uses."""
        before = self.heard.loudness(EAR)
        card = real.window.column.card
        for _ in range(5):
            QTest.keyClick(real.window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
            await asyncio.sleep(0)
        await until(lambda: card.volume.texts[0] == "50 %", 15)
        await until(lambda: 0.45 < self.heard.loudness(EAR) / before < 0.55, 15)
        assert "speaker_volume = 50" in self.where.settings_file.read_text(encoding="utf-8")
