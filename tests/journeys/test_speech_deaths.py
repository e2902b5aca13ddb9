"""The speech process is killed, stopped or starved of memory in a real call: the call does not notice, and nothing
that was said is missing or written twice.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil
import pytest

from desktop.adapters.stt.model_file import practice_model
from desktop.domain.events import CallReceived, HypothesisChanged, SpeechStateChanged
from desktop.domain.practice_result import plain
from desktop.domain.transcript import SAME_STRETCH_S, Leg, Segment, SpeechState
from desktop.paths import Folders, resources
from desktop.processes.desk_core import SILENCE, Desk, open_desk
from desktop.settings import SettingsFile
from tests.journeys.real_window import until
from tests.peers.headless import HeadlessPhone
from tests.peers.tones import write_tone

VOICES = resources() / "practice" / "voices" / "S01"
FIRST, SECOND = "02-caller", "06-caller"
WORDS = {FIRST: ("수도요금",), SECOND: ("계량기", "읽는지")}
BACK_S = 5.0
BYTES_LEFT = 1 << 20


def kill(pid: int) -> None:
    """What the system does to a process that it wants gone."""
    os.kill(pid, signal.SIGKILL)


def stop(pid: int) -> None:
    """It lives and does nothing more."""
    os.kill(pid, signal.SIGSTOP)


def starve(pid: int) -> None:
    """Whatever it asks for next, it does not get."""
    assert sys.platform == "linux"
    import resource

    held = psutil.Process(pid).memory_info().data
    resource.prlimit(pid, resource.RLIMIT_DATA, (held + BYTES_LEFT, held + BYTES_LEFT))


class Talk:
    """A desk that listens to a citizen who speaks clips."""

    def __init__(self, desk: Desk, citizen: HeadlessPhone) -> None:
        self.desk, self.citizen = desk, citizen
        self.ready: list[float] = []
        self.murmurs = 0
        self.call_id = ""
        bus = desk.services.bus
        bus.subscribe(CallReceived, self._rang)
        bus.subscribe(HypothesisChanged, self._murmured)
        bus.subscribe(SpeechStateChanged, self._changed)

    def _rang(self, event: CallReceived) -> None:
        self.call_id = event.call.id

    def _murmured(self, event: HypothesisChanged) -> None:
        self.murmurs += bool(event.hypothesis.text)

    def _changed(self, event: SpeechStateChanged) -> None:
        if event.state is SpeechState.READY:
            self.ready.append(self.desk.services.clock.mono())

    @property
    def segments(self) -> list[Segment]:
        return self.desk.services.transcript.heard(Leg.CALLER)

    @property
    def text(self) -> str:
        return plain("".join(segment.text for segment in self.segments))

    async def answered(self) -> None:
        """The citizen calls, the agent takes it."""
        calls = self.desk.services.calls
        await until(lambda: self.ready, 60.0)
        self.citizen.say("dial", self.desk.phone.uri)
        await until(lambda: self.call_id)
        await calls.answer()
        await until(lambda: calls.current is not None and calls.current.confirmed)

    async def hurt(self, clip: str, how: Callable[[int], None]) -> float:
        """The citizen says a clip, in the midst of which this happens to the speech process; seconds until the next
        one is ready. Its words are all there in the end."""
        murmurs, ready = self.murmurs, len(self.ready)
        self.citizen.say("speak", str(VOICES / f"{clip}.flac"))
        await until(lambda: self.murmurs > murmurs)
        victim, began = self.desk.speech.pid, self.desk.services.clock.mono()
        how(victim)
        await until(lambda: len(self.ready) > ready)
        assert self.desk.speech.pid not in (0, victim)
        await until(lambda: all(word in self.text for word in WORDS[clip]), 20.0, lambda: self.text)
        return self.ready[ready] - began


async def call(folder: Path, citizen: HeadlessPhone, blows: Mapping[str, Callable[[int], None]]) -> Talk:
    """A whole call; the speech process is hurt once in each clip."""
    where = Folders(folder / "data", folder / "config")
    settings = SettingsFile(where.settings_file, {"speech_model": str(practice_model())})
    desk = await open_desk(where, settings, SILENCE)
    talk = Talk(desk, citizen)
    await desk.start()
    await talk.answered()
    for clip, how in blows.items():
        back = await talk.hurt(clip, how)
        print(json.dumps({"speech process": how.__name__, "back_s": round(back, 1)}))
        assert back < BACK_S, f"{how.__name__}: back after {back:.1f} s"
    await desk.services.calls.end()
    assert await desk.services.transcript.drained(talk.call_id, 20.0)
    await desk.services.background.settle()
    stored = await desk.records.segments(talk.call_id)
    await desk.close()
    assert [s.text for s in stored if s.leg is Leg.CALLER] == [s.text for s in talk.segments]
    return talk


def journey(folder: Path, blows: Mapping[str, Callable[[int], None]]) -> None:
    silence = write_tone(folder / "silence.wav", 0.0)
    options = ("--audio", "file", "--microphone", str(silence))
    with HeadlessPhone(folder / "citizen", *options) as citizen:
        citizen.ready()
        talk = asyncio.run(call(folder, citizen, blows))
    for clip in blows:
        for word in WORDS[clip]:
            assert talk.text.count(word) == 1, talk.text
    ends = [(one.end, other.start) for one, other in itertools.pairwise(talk.segments)]
    assert all(end <= start + SAME_STRETCH_S for end, start in ends), "nothing twice"


def test_stopped_in_mid_sentence(tmp_path: Path) -> None:
    journey(tmp_path, {FIRST: stop})


@pytest.mark.long
@pytest.mark.parametrize("how", [kill, starve])
def test_killed_or_starved_and_then_stopped(tmp_path: Path, how: Callable[[int], None]) -> None:
    journey(tmp_path, {FIRST: how, SECOND: stop})
