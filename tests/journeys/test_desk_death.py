"""The desk is killed in a call: the call goes on with its sound; a desk started anew shows, controls and records it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from desktop.adapters.phone.desk_phone import DeskPhone
from desktop.domain.agent import AgentState
from desktop.domain.call import Call
from desktop.domain.events import CallConfirmed, CallEnded, CallReceived, PhoneRestarted
from desktop.paths import Folders
from desktop.processes.desk_core import SILENCE, Desk, PhoneAudio, open_desk
from desktop.settings import SettingsFile
from tests.journeys.answering_desk import NOTES
from tests.journeys.real_window import until
from tests.journeys.test_recording import RATE, config, recordings, unsealed
from tests.peers.headless import HeadlessPhone
from tests.peers.tones import blocks_with, longest_run, read_wav, write_tone

DESK_HZ, CITIZEN_HZ = 440, 700
BLOCKS_A_SECOND = 10


class AnsweringDesk:
    """The program in answering_desk.py."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.where = folder, config(folder, "announced")
        self.microphone = str(write_tone(folder / "desk-in.wav", DESK_HZ))
        self.speaker = str(folder / "desk-out.wav")
        arguments = [str(folder), self.microphone, self.speaker]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.answering_desk", *arguments],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.uri = self.line("uri")["uri"]

    def line(self, key: str) -> dict[str, Any]:
        """The next line that has `key`."""
        assert self.process.stdout is not None
        for text in self.process.stdout:
            if key in (said := json.loads(text)):
                return dict(said)
        raise AssertionError(f"the desk ended without saying {key}")

    def kill(self) -> None:
        """As a power cut of the window alone."""
        self.process.kill()
        self.process.wait(timeout=10)
        assert self.process.stdout is not None
        self.process.stdout.close()


async def opened(desk: AnsweringDesk) -> Desk:
    """A desk in the test's own process on the same folders."""
    audio = PhoneAudio("file", desk.microphone, desk.speaker)
    return await open_desk(desk.where, SettingsFile(desk.where.settings_file), audio)


@pytest.mark.long
@pytest.mark.timeout(90)
def test_a_call_and_its_recording_outlive_the_desk(tmp_path: Path) -> None:
    ear = tmp_path / "citizen-out.wav"
    voice = write_tone(tmp_path / "citizen-in.wav", CITIZEN_HZ)
    killed = AnsweringDesk(tmp_path)
    options = ("--audio", "file", "--microphone", str(voice), "--speaker", str(ear))
    with HeadlessPhone(tmp_path / "citizen", *options) as citizen:
        citizen.wait(lambda e: e["event"] == "ready")
        citizen.say("dial", killed.uri)
        citizen.wait(lambda e: e.get("state") == "CONFIRMED")
        call_id = killed.line("noted")["noted"]
        citizen.idle(4.0)
        killed.kill()
        (path,) = recordings(killed.where)
        cut = unsealed(killed.where, path)
        assert not cut.whole
        assert 2.0 < len(cut.sound) / RATE < 6.0, "recorded up to the last second"
        assert sum(cut.tone(0, CITIZEN_HZ)[5:]) > 12
        assert sum(cut.tone(1, DESK_HZ)[5:]) > 12
        at_death = len(read_wav(ear)[0]) if ear.exists() else 0
        asyncio.run(take_over(killed, call_id))
        ended = citizen.wait(lambda e: e.get("state") == "DISCONNECTED")
        assert ended["ended_by"] == "remote"
    samples, rate = read_wav(ear)
    after = blocks_with(samples[at_death:], rate, DESK_HZ)
    assert longest_run(after) >= 2 * BLOCKS_A_SECOND
    heard = blocks_with(*read_wav(Path(killed.speaker)), CITIZEN_HZ)
    assert longest_run(heard) >= 2 * BLOCKS_A_SECOND
    first, second = recordings(killed.where)
    assert (first, unsealed(killed.where, first).sound.shape) == (path, cut.sound.shape)
    rest = unsealed(killed.where, second)
    assert rest.whole
    assert abs(rest.first - cut.first - len(cut.sound)) < RATE // 10, "what was not on disk came again"
    assert sum(rest.tone(0, CITIZEN_HZ)) > 30


async def take_over(killed: AnsweringDesk, call_id: str) -> None:
    """Start the desk again: the call is there with its notes, can be muted and ended, and waits to be written up."""
    await asyncio.sleep(3.0)
    desk = await opened(killed)
    confirmed: list[CallConfirmed] = []
    desk.services.bus.subscribe(CallConfirmed, confirmed.append)
    await desk.start()
    services = desk.services
    assert confirmed[0].resumed
    assert running(desk).id == call_id
    assert services.agent.state is AgentState.ON_CALL
    assert running(desk).seconds(services.clock.now()) >= 3
    assert await services.notes.load(call_id) == NOTES
    await until(lambda: services.recording.recording)
    await asyncio.sleep(2.0)
    await services.calls.toggle_mute()
    await until(lambda: running(desk).muted)
    await services.calls.end()
    await until(lambda: services.wrap_up.open is not None)
    await services.wrap_up.finish()
    saved = await desk.records.call(call_id)
    assert saved is not None
    assert saved.ended is not None
    await desk.close()


@pytest.mark.long
@pytest.mark.timeout(90)
def test_two_calls_outlive_the_desk_each_in_its_place(tmp_path: Path) -> None:
    killed, quiet = AnsweringDesk(tmp_path), ("--audio", "null")
    with HeadlessPhone(tmp_path / "one", *quiet) as one, HeadlessPhone(tmp_path / "two", *quiet) as two:
        ids = []
        for citizen in (one, two):
            citizen.ready()
            citizen.say("dial", killed.uri)
            citizen.call_state("CONFIRMED")
            ids.append(str(killed.line("noted")["noted"]))
        one.media(hold="remote")
        killed.kill()
        asyncio.run(take_over_two(killed, *ids))


async def take_over_two(killed: AnsweringDesk, first: str, second: str) -> None:
    """The second caller is in front, the first on hold; they can be swapped and ended."""
    desk = await opened(killed)
    await desk.start()
    calls = desk.services.calls
    assert (running(desk).id, calls.parked and calls.parked.id) == (second, first)
    await calls.toggle_hold()
    assert running(desk).id == first
    await until(lambda: not running(desk).on_hold)
    await calls.end()
    await until(lambda: running(desk).id == second)
    assert running(desk).on_hold
    await calls.end()
    await until(lambda: desk.services.wrap_up.open is not None)
    for call_id in (second, first):
        assert desk.services.wrap_up.open is not None
        assert desk.services.wrap_up.open.call_id == call_id
        await desk.services.wrap_up.finish()
    assert desk.services.wrap_up.open is None
    assert desk.services.agent.state is not AgentState.WRAP_UP
    await desk.close()


def running(desk: Desk) -> Call:
    """The call that runs."""
    assert desk.services.calls.current is not None
    return desk.services.calls.current


@pytest.mark.timeout(90)
def test_the_engine_dies_in_a_call_and_the_desk_is_callable_again(tmp_path: Path) -> None:
    with HeadlessPhone(tmp_path / "citizen", "--audio", "null") as citizen:
        citizen.wait(lambda e: e["event"] == "ready")
        asyncio.run(engine_dies(tmp_path, citizen))


async def engine_dies(folder: Path, citizen: HeadlessPhone) -> None:
    """Kill the engine while a citizen talks; the desk says so, keeps the notes, and rings again within a second."""
    where = Folders(folder / "data", folder / "config")
    desk = await open_desk(where, SettingsFile(where.settings_file, {"speech_enabled": False}), SILENCE)
    services, seen = desk.services, Seen(desk)
    await desk.start()
    assert isinstance(desk.phone, DeskPhone)
    citizen.say("dial", desk.phone.uri)
    await until(lambda: seen.rang)
    await services.calls.answer()
    await until(lambda: services.agent.state is AgentState.ON_CALL)
    call_id = running(desk).id
    services.notes.keep(call_id, NOTES)
    (engine,) = psutil.Process(desk.phone.pid).children()
    engine.kill()
    await until(lambda: seen.ended and seen.restarted)
    assert seen.ended[0].lost
    assert await services.notes.load(call_id) == NOTES
    await until(lambda: services.wrap_up.open is not None)
    await services.wrap_up.finish()
    citizen.say("hangup")
    citizen.wait(lambda e: e.get("state") == "DISCONNECTED")
    rang = len(seen.rang)
    asked = time.monotonic()
    citizen.say("dial", desk.phone.uri)
    await until(lambda: len(seen.rang) > rang, seconds=1.0)
    assert time.monotonic() - asked < 1.0
    await services.calls.end()
    await desk.close()


class Seen:
    """What the desk told about its calls and its phone."""

    def __init__(self, desk: Desk) -> None:
        self.rang: list[CallReceived] = []
        self.ended: list[CallEnded] = []
        self.restarted: list[PhoneRestarted] = []
        bus = desk.services.bus
        bus.subscribe(CallReceived, self.rang.append)
        bus.subscribe(CallEnded, self.ended.append)
        bus.subscribe(PhoneRestarted, self.restarted.append)
