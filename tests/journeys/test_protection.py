"""An abusive call over real SIP: the warning is heard by the caller, the record is whole, the report is delivered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from desktop.domain.agent import AgentState
from desktop.domain.escalation import AbuseKind, ReportForm
from desktop.domain.events import CallReceived
from desktop.domain.procedure_state import Method, Phase
from desktop.paths import Folders
from desktop.processes.desk_core import SILENCE, Desk, open_desk
from desktop.settings import SettingsFile
from tests.peers.headless import HeadlessPhone
from tests.peers.tones import Samples, read_wav, write_tone

POLICY = """
form = 1
base = "seoul"

[[delivery]]
kind = "folder"
name = "unit"
label = "민원지원팀"
folder = "{folder}"
"""


async def until(what: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait until `what` is true."""
    async with asyncio.timeout(seconds):
        while not what():
            await asyncio.sleep(0.02)


def likeness(heard: Samples, wanted: Samples, rate: int = 16_000) -> float:
    """How much of `wanted` is in `heard`: of its seconds the middle one's top correlation, 0 to 1.

    Second by second, because a machine that is late once moves all that follows by a block.
    """
    pieces = [wanted[start : start + rate] for start in range(0, len(wanted) - rate + 1, rate)]
    return float(np.median([_top(heard, piece) for piece in pieces if np.any(piece)]))


def _top(heard: Samples, piece: Samples) -> float:
    size = len(heard) + len(piece)
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(piece, size))
    places = np.fft.irfft(spectrum, size)[: len(heard) - len(piece) + 1]
    power = np.cumsum(np.concatenate(([0.0], heard**2)))
    around = power[len(piece) :] - power[: -len(piece)]
    return float(np.max(places / np.sqrt(np.maximum(around, 1e-6) * np.sum(piece**2))))


class Call:
    """A desk with a citizen on the line."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.rang: list[CallReceived] = []
        desk.services.bus.subscribe(CallReceived, self.rang.append)

    async def begin(self, citizen: HeadlessPhone) -> None:
        citizen.say("dial", self.desk.phone.uri)
        await until(lambda: self.rang)
        services = self.desk.services
        await services.calls.answer()
        await until(lambda: services.protection.running)

    async def warn(self) -> None:
        """One key, and the sentence to its end."""
        protection = self.desk.services.protection
        before = len(protection.state.said)
        await protection.tap()
        await until(lambda: len(protection.state.said) > before)


def config(folder: Path) -> Folders:
    """A desk whose policy sends reports to a folder."""
    where = Folders(folder / "data", folder / "config")
    reports = folder / "reports"
    reports.mkdir()
    where.config.mkdir()
    policy = where.config / "centre.toml"
    policy.write_text(POLICY.format(folder=reports), "utf-8")
    where.settings_file.write_text(
        f'protection_policy = "{policy}"\nspeech_enabled = false\nlanguage = "ko"\n', "utf-8"
    )
    return where


async def abusive_call(where: Folders, citizen: HeadlessPhone) -> tuple[str, list[str]]:
    """By keys alone, without a transcript; the id of the call, and the files of the sounds that were played."""
    desk = await open_desk(where, SettingsFile(where.settings_file), SILENCE)
    assert desk.troubles == []
    await desk.start()
    services = desk.services
    call = Call(desk)
    await call.begin(citizen)
    protection = services.protection
    await protection.tap()
    assert protection.state.phase is Phase.LADDER
    for _ in range(3):
        await call.warn()
    assert [said.method for said in protection.state.said] == [
        Method.EXCHANGE,
        *[Method.SYSTEM_TEXT] * 3,
    ]
    await protection.tap()
    await until(lambda: services.calls.current is None)
    await until(lambda: services.agent.queued is AgentState.REST)
    call_id = call.rang[0].call.id
    await services.escalation.file(ReportForm(AbuseKind.VERBAL))
    reports = where.config.parent / "reports"
    await until(lambda: list(reports.glob("*.json")))
    sounds = [str(path) for path in (where.data / "voices").glob("*.wav")]
    await services.background.settle()
    await desk.close()
    return call_id, sounds


@pytest.mark.timeout(180)
def test_warnings_are_heard_and_the_report_arrives(tmp_path: Path) -> None:
    ear = tmp_path / "citizen" / "heard.wav"
    ear.parent.mkdir()
    silence = write_tone(tmp_path / "citizen" / "silence.wav", 0.0)
    options = ("--audio", "file", "--microphone", str(silence), "--speaker", str(ear))
    where = config(tmp_path)
    with HeadlessPhone(tmp_path / "citizen", *options) as citizen:
        citizen.ready()
        call_id, sounds = asyncio.run(abusive_call(where, citizen))
        ended = citizen.call_state("DISCONNECTED")
        heard, rate = read_wav(ear)
    assert ended["ended_by"] == "remote"
    assert len(sounds) >= 3
    likenesses = sorted(likeness(heard, read_wav(Path(sound))[0]) for sound in sounds)
    assert rate == 16_000
    assert likenesses[-3] > 0.6, "three sentences were heard by the caller"
    reports = list((tmp_path / "reports").iterdir())
    assert [path.suffix for path in reports] == [".json"]
    report = json.loads(reports[0].read_text("utf-8"))
    assert call_id in json.dumps(report)
