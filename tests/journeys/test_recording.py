"""Calls over real SIP that the desk records: both voices, each on its channel, whatever happens on the way."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import dropwhile
from pathlib import Path

import numpy as np
import pytest

from desktop.adapters.evidence.keys import KeyRing
from desktop.adapters.evidence.sealed_file import SealedWriter, key_id_in, open_sealed
from desktop.adapters.storage.evidence_check import check_evidence
from desktop.adapters.system.secrets import Secrets
from desktop.domain.events import CallReceived, RecordingChanged
from desktop.domain.recording import RecorderState
from desktop.paths import Folders
from desktop.processes.desk_core import Desk, PhoneAudio, open_desk
from desktop.settings import SettingsFile
from tests.journeys.real_window import until
from tests.peers.headless import HeadlessPhone
from tests.peers.tones import Samples, blocks_with, longest_run, read_wav, write_tone

CITIZEN, AGENT, RATE = 440, 700, 16_000
POLICY = """
form = 1
base = "en"

[recording]
mode = "{mode}"
pre_roll_seconds = 2
by_exchange = false
"""


def config(folder: Path, mode: str) -> Folders:
    """A desk whose policy records in this mode."""
    where = Folders(folder / "data", folder / "config")
    where.config.mkdir()
    policy = where.config / "centre.toml"
    policy.write_text(POLICY.format(mode=mode), "utf-8")
    where.settings_file.write_text(f'protection_policy = "{policy}"\nspeech_enabled = false\n', "utf-8")
    return where


def recordings(where: Folders) -> list[Path]:
    """The files of recordings."""
    return sorted((where.evidence / "recordings").glob("*"))


@dataclass
class Recording:
    """What lies in a file: samples of shape (frames, 2) from -1 to 1."""

    sound: Samples
    first: int
    whole: bool

    def tone(self, channel: int, hertz: float) -> list[bool]:
        return blocks_with(self.sound[:, channel], RATE, hertz)


def unsealed(where: Folders, path: Path) -> Recording:
    """Decrypt a recording with the key of the desk."""
    key = asyncio.run(KeyRing(where.evidence, Secrets(1.0)).find(key_id_in(path)))
    content = open_sealed(path, key)
    raw = b"".join(content.chunks)
    assert content.about["rate"] == RATE
    sound = np.frombuffer(raw, "<i2").reshape(-1, 2).astype(np.float64) / 32768
    return Recording(sound, content.about["first"], content.whole)


async def call_with(
    where: Folders, citizen: HeadlessPhone, during: Callable[[Desk], object], tone: Path
) -> list[str]:
    """One call; `during` may give work to await. What the window would have been told of the recording.

    Without that no sound has come yet at its beginning: a busy machine may start the line too late for the recorder.
    """
    desk = await open_desk(where, SettingsFile(where.settings_file), PhoneAudio("file", microphone=str(tone)))
    assert desk.troubles == []
    told: list[str] = []
    rang: list[CallReceived] = []
    desk.services.bus.subscribe(RecordingChanged, lambda event: told.append(event.state.value))
    desk.services.bus.subscribe(CallReceived, rang.append)
    await desk.start()
    citizen.say("dial", desk.phone.uri)
    await until(lambda: rang)
    await desk.services.calls.answer()
    await until(lambda: desk.services.protection.running)
    work = during(desk)
    if asyncio.iscoroutine(work):
        await work
    await desk.services.calls.end()
    await until(lambda: desk.services.calls.current is None)
    await desk.services.background.settle()
    await desk.close()
    return list(dropwhile(lambda state: state == RecorderState.NO_SOUND.value, told))


def newest_version(where: Folders) -> str:
    """The evidence that was saved last, as it lies in the records."""
    with closing(sqlite3.connect(where.desk_database)) as database:
        (found,) = database.execute("SELECT canonical FROM evidence ORDER BY rowid DESC LIMIT 1").fetchone()
    return str(found)


def tones(tmp_path: Path) -> tuple[Path, tuple[str, ...]]:
    """The agent's voice, and how the citizen's phone speaks."""
    agent = write_tone(tmp_path / "agent.wav", AGENT)
    citizen = write_tone(tmp_path / "citizen.wav", CITIZEN)
    return agent, ("--audio", "file", "--microphone", str(citizen))


@pytest.mark.timeout(120)
def test_an_announced_call_is_recorded_from_its_start_without_what_was_muted_or_held(tmp_path: Path) -> None:
    agent, options = tones(tmp_path)
    where = config(tmp_path, "announced")

    async def talk(desk: Desk) -> None:
        calls = desk.services.calls
        await asyncio.sleep(3.0)
        assert desk.services.recording.recording
        await calls.toggle_mute()
        await asyncio.sleep(1.5)
        await calls.toggle_mute()
        await asyncio.sleep(1.0)
        await calls.toggle_hold()
        await asyncio.sleep(1.5)
        await calls.toggle_hold()
        await asyncio.sleep(1.5)

    with HeadlessPhone(tmp_path / "citizen", *options) as citizen:
        citizen.ready()
        told = asyncio.run(call_with(where, citizen, talk, agent))
    assert told == [RecorderState.ON.value, RecorderState.OFF.value]
    (path,) = recordings(where)
    assert path.stat().st_mode & 0o077 == 0
    found = unsealed(where, path)
    assert found.whole
    assert found.first <= RATE // 2
    theirs, ours = found.tone(0, CITIZEN), found.tone(1, AGENT)
    assert 8.0 < len(theirs) / 10 < 12.0
    assert sum(theirs[5:25]) > 16
    assert sum(ours[5:25]) > 16
    assert not any(found.tone(0, AGENT))
    assert not any(found.tone(1, CITIZEN))
    silent = [not heard for heard in ours]
    assert 22 < sum(silent[25:]) < 45, "muted and held: nothing of the agent"
    both = [a and b for a, b in zip(silent, [not heard for heard in theirs], strict=True)]
    assert 10 < sum(both[25:]) < 28, "held: nothing of either"
    assert sum(ours[-10:]) > 6, "and both go on after it"
    assert sum(theirs[-10:]) > 6


@pytest.mark.timeout(120)
def test_an_incident_is_recorded_with_what_was_before_it_and_becomes_evidence(tmp_path: Path) -> None:
    agent, options = tones(tmp_path)
    where = config(tmp_path, "on_incident")
    seen: list[int] = []

    async def talk(desk: Desk) -> None:
        await asyncio.sleep(5.0)
        seen.append(len(recordings(where)))
        await desk.services.protection.tap()
        await until(lambda: desk.services.recording.recording)
        await asyncio.sleep(2.0)

    with HeadlessPhone(tmp_path / "citizen", *options) as citizen:
        citizen.ready()
        told = asyncio.run(call_with(where, citizen, talk, agent))
    assert seen == [0], "nothing is on disk before the incident"
    assert told == [RecorderState.ON.value, RecorderState.OFF.value]
    (path,) = recordings(where)
    found = unsealed(where, path)
    assert 2.0 * RATE < found.first < 4.5 * RATE, "two seconds from before the key"
    assert 3.5 < len(found.sound) / RATE < 8.0
    assert sum(found.tone(0, CITIZEN)[:15]) > 12
    assert sum(found.tone(1, AGENT)[:15]) > 12
    checked = check_evidence(where.desk_database, where.evidence)
    assert checked.first_break is None, checked.first_break
    assert checked.files == 1
    (named,) = json.loads(newest_version(where))["recordings"]
    assert named["file"] == f"recordings/{path.name}"
    assert named["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (named["channels"], named["legs"], named["whole"]) == (2, ["caller", "agent"], True)
    assert abs(named["seconds"] - len(found.sound) / RATE) < 0.01
    content = bytearray(path.read_bytes())
    content[-40] ^= 1
    path.write_bytes(content)
    broken = check_evidence(where.desk_database, where.evidence).first_break
    assert broken is not None
    assert (broken.kind, broken.ref) == ("file", f"recordings/{path.name}")


@pytest.mark.long
@pytest.mark.timeout(120)
def test_a_policy_that_does_not_record_leaves_nothing(tmp_path: Path) -> None:
    agent, options = tones(tmp_path)
    where = config(tmp_path, "off")

    async def talk(desk: Desk) -> None:
        await asyncio.sleep(1.0)
        await desk.services.protection.tap()
        await asyncio.sleep(1.5)

    with HeadlessPhone(tmp_path / "citizen", *options) as citizen:
        citizen.ready()
        assert asyncio.run(call_with(where, citizen, talk, agent)) == []
    assert recordings(where) == []
    assert check_evidence(where.desk_database, where.evidence).files == 0


@pytest.mark.long
@pytest.mark.timeout(120)
def test_a_full_disk_does_not_disturb_the_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    agent, options = tones(tmp_path)
    where = config(tmp_path, "announced")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(SealedWriter, "append", refuse)
    ear = tmp_path / "heard.wav"
    with HeadlessPhone(tmp_path / "citizen", *options, "--speaker", str(ear)) as citizen:
        citizen.ready()
        told = asyncio.run(call_with(where, citizen, lambda _desk: asyncio.sleep(4.0), agent))
        citizen.call_state("DISCONNECTED")
    assert told == [RecorderState.FULL.value, RecorderState.OFF.value]
    assert recordings(where) == []
    heard, rate = read_wav(ear)
    assert longest_run(blocks_with(heard, rate, AGENT)) > 30, "the citizen heard the agent all the time"
