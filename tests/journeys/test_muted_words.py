"""What is said while muted or on hold exists nowhere: not on the wire, not in the transcript, in no file."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from desktop.adapters.stt.model_file import practice_model
from desktop.domain.call import Hold
from desktop.domain.events import CallReceived, SegmentCommitted
from desktop.domain.phone import Spoken
from desktop.domain.practice_result import plain
from desktop.domain.transcript import Leg, SpeechState
from desktop.paths import Folders, resources
from desktop.processes.desk_core import SILENCE, Desk, open_desk
from desktop.settings import SettingsFile
from tests.journeys.real_window import until
from tests.peers.headless import HeadlessPhone
from tests.peers.tones import is_silent, read_wav, write_tone

VOICES = resources() / "practice" / "voices" / "S01"
MUTED, HELD, OPEN = "07-agent", "09-agent", "11-agent"
"""The clips that are said while muted, on hold, and for everybody to hear."""
HELD_S = 4.0
SECRET = ("덮개", "문자")
"""Words of the first two clips that the third does not have."""
PUBLIC = "감사합니다"


class Talk:
    """A desk in a call with a silent citizen, whose agent speaks clips."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.segments: list[SegmentCommitted] = []
        self.rang: list[CallReceived] = []
        self._spoken = 0
        bus = desk.services.bus
        bus.subscribe(SegmentCommitted, self.segments.append)
        bus.subscribe(CallReceived, self.rang.append)
        bus.subscribe(Spoken, self._count)

    def _count(self, _event: Spoken) -> None:
        self._spoken += 1

    async def say(self, clip: str) -> None:
        """Speak one clip to its end."""
        before = self._spoken
        await self.desk.services.line.phone.speak(str(VOICES / f"{clip}.flac"))
        await until(lambda: self._spoken > before, 30.0)

    async def run(self, citizen: HeadlessPhone) -> str:
        """The whole call; returns its id."""
        services = self.desk.services
        await until(lambda: services.transcript.state is SpeechState.READY, 60.0)
        citizen.say("dial", self.desk.phone.uri)
        await until(lambda: self.rang)
        await services.calls.answer()
        await until(lambda: services.calls.current is not None and services.calls.current.confirmed)
        await self.muted()
        await self.held()
        await self.say(OPEN)
        call_id = self.rang[0].call.id
        await services.calls.end()
        assert await services.transcript.drained(call_id, 40.0)
        return call_id

    async def muted(self) -> None:
        """Say something with the microphone closed."""
        calls = self.desk.services.calls
        await calls.toggle_mute()
        await until(lambda: calls.current is not None and calls.current.muted)
        await self.say(MUTED)
        await calls.toggle_mute()
        await until(lambda: calls.current is not None and not calls.current.muted)

    async def held(self) -> None:
        """Say something while the citizen waits."""
        calls = self.desk.services.calls
        await calls.toggle_hold()
        await until(lambda: calls.current is not None and calls.current.hold is Hold.LOCAL)
        phone = self.desk.services.line.phone
        await phone.speak(str(VOICES / f"{HELD}.flac"))
        held_until = self.desk.services.clock.mono() + HELD_S
        await until(lambda: self.desk.services.clock.mono() > held_until)
        # On hold the engine does not even listen to the microphone, so the clip has to be taken away again.
        await phone.speak("")
        await calls.toggle_hold()
        await until(lambda: calls.current is not None and calls.current.hold is Hold.NONE)


@pytest.mark.timeout(180)
def test_muted_and_held_words_are_nowhere(tmp_path: Path) -> None:
    ear = tmp_path / "citizen" / "heard.wav"
    ear.parent.mkdir()
    silence = write_tone(tmp_path / "citizen" / "silence.wav", 0.0)
    options = ("--audio", "file", "--microphone", str(silence), "--speaker", str(ear))
    with HeadlessPhone(tmp_path / "citizen", *options) as citizen:
        citizen.wait(lambda e: e["event"] == "ready")
        segments = asyncio.run(call(tmp_path, citizen))
        samples, rate = read_wav(ear)
    said = plain("".join(segments))
    assert PUBLIC in said
    assert not any(word in said for word in SECRET)
    loud = [
        second
        for second in range(len(samples) // rate)
        if not is_silent(samples[second * rate : (second + 1) * rate], 0.02)
    ]
    assert 2 <= len(loud) <= 7, "only the last clip of 4 s may have been heard"
    for file in (tmp_path / "data").rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not any(word.encode() in content for word in SECRET), file.name
            assert content[:4] not in (b"RIFF", b"fLaC"), file.name


async def call(folder: Path, citizen: HeadlessPhone) -> list[str]:
    """The texts of all segments of the call."""
    where = Folders(folder / "data", folder / "config")
    desk = await open_desk(
        where, SettingsFile(where.settings_file, {"speech_model": str(practice_model())}), SILENCE
    )
    talk = Talk(desk)
    await desk.start()
    call_id = await talk.run(citizen)
    await desk.services.background.settle()
    stored = await desk.records.segments(call_id)
    await desk.close()
    assert [s.text for s in stored] == [e.segment.text for e in talk.segments]
    assert all(segment.leg is Leg.AGENT for segment in stored)
    return [segment.text for segment in stored]
