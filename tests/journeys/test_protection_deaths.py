"""A desk is killed at a point of the protection's path and started again: nothing is lost, nothing comes twice."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from desktop.adapters.storage.evidence_check import check_evidence
from desktop.adapters.storage.records import SqliteRecords
from desktop.cli.evidence_work import run_verify
from desktop.cli.output import DONE, FAILED
from desktop.domain.agent import AgentState
from desktop.domain.call import Call
from desktop.domain.escalation import Escalation
from desktop.domain.procedure_state import Phase, Procedure
from desktop.domain.strikes import Strike
from desktop.paths import Folders
from tests.adapters.storage.test_evidence_chain import cells
from tests.journeys.protected_window import STEP_HZ, calling, policy_of
from tests.peers.certificates import Authority
from tests.peers.headless import HeadlessPhone
from tests.peers.receiver import Receiver
from tests.peers.tones import blocks_with, read_wav, write_tone

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the program kills itself by a POSIX signal")
RECORDING = '[recording]\nmode = "on_incident"\npre_roll_seconds = 2\nby_exchange = true'
KILLED = -9
DESK_S = 60.0
PLACES = 40
"""In how many places of a file a byte is changed."""
SOUNDED = 4
"""Tenths of a second of a tone that count as one sentence."""


def run_desk(folder: Path, path: str, point: str, citizen: HeadlessPhone | None = None) -> tuple[int, str]:
    """Until it ends or dies; the citizen calls where one is given. Exit code and the agent's state at the end."""
    argv = [sys.executable, "-m", "tests.journeys.protected_desk", str(folder), path, point]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as desk:
        try:
            assert desk.stdout is not None
            uri = json.loads(desk.stdout.readline())["uri"]
            if citizen is not None:
                citizen.say("dial", uri)
            said, _ = desk.communicate(timeout=DESK_S)
        except BaseException:
            desk.kill()
            raise
        lines = [json.loads(line) for line in said.splitlines()]
        return desk.returncode, lines[-1]["state"] if lines else ""


@dataclass
class Left:
    """What is kept of the one call."""

    call: Call
    procedure: Procedure
    escalation: Escalation
    strikes: list[Strike]

    @property
    def evidence(self) -> dict[str, Any]:
        """What the newest version says."""
        return dict(json.loads(self.escalation.versions[-1].canonical))


def left_in(where: Folders) -> Left:
    """Read it."""

    async def read() -> Left:
        records = await SqliteRecords.open(where.desk_database)
        (call,) = await records.calls(10)
        procedure, escalation = await records.procedure(call.id), await records.escalation(call.id)
        assert procedure is not None
        assert escalation is not None
        callers = await records._thread.run(lambda db: [row["caller"] for row in db["strikes"].rows])
        strikes = [strike for caller in callers for strike in await records.strikes_of(caller)]
        await records.close()
        return Left(call, procedure, escalation, strikes)

    return asyncio.run(read())


def sounded(ear: Path, hertz: int) -> int:
    """How often a sentence was heard."""
    heard, rate = read_wav(ear)
    runs = [len(list(run)) for there, run in groupby(blocks_with(heard, rate, hertz)) if there]
    return sum(run >= SOUNDED for run in runs)


def check_reports(receiver: Receiver, escalation: Escalation) -> None:
    """One report, and what was added to it, each once."""
    assert set(receiver.taken.values()) == {1}
    bodies = [json.loads(body) for body in receiver.reports.values()]
    assert {body["report"] for body in bodies} == {escalation.id}
    assert [body["kind"] for body in bodies].count("report") == 1


def check_abuse(left: Left, ear: Path) -> None:
    """One hit of the citizen, one warning, the notice, the end."""
    state = left.procedure
    said = [(each.kind.value, each.method.value, each.complete) for each in state.said]
    steps = [("warning", "system_text", True), ("end_notice", "system_text", True)]
    assert said == [("notice", "exchange", True), *steps]
    assert [(hit.class_id, hit.source.value, hit.counts) for hit in state.hits] == [
        ("verbal", "transcript", True),
        ("verbal", "agent", True),
    ]
    assert [(each.call_id, each.class_id) for each in left.strikes] == [(left.call.id, "verbal")]
    assert [sounded(ear, hertz) for hertz in STEP_HZ] == [1, 0, 1], "each sentence was heard once"
    evidence = left.evidence
    assert [each["kind"] for each in evidence["warnings"]] == ["notice", "warning", "end_notice"]
    assert len(evidence["hits"]) == len(state.hits)
    assert evidence["end"] == {"by": "agent", "notice_given": True}
    assert evidence["form"]["kind"] == "verbal"


def check_crisis(left: Left, ear: Path) -> None:
    """One stay with what was found out, and no word of warning."""
    (visit,) = left.procedure.crises
    assert len(visit.checks) == 2
    assert left.procedure.said == ()
    assert left.strikes == []
    assert [sounded(ear, hertz) for hertz in STEP_HZ] == [0, 0, 0]
    assert [len(each["checks"]) for each in left.evidence["crises"]] == [2]


def verify(where: Folders) -> int:
    """`evidence verify`, quietly."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return run_verify(where, as_json=True)


def every_file_is_watched(where: Folders) -> None:
    """One byte changed in the database, a recording, or the keys: it is found."""
    assert verify(where) == DONE
    keys = where.evidence / "keys.json"
    raw, names = keys.read_bytes(), [each["id"].encode() for each in json.loads(keys.read_bytes())["keys"]]
    places = {
        keys: [at for name in names for at in range(raw.index(name), raw.index(name) + len(name))],
        where.desk_database: sorted(set(cells(where.desk_database))),
        **{each: list(range(each.stat().st_size)) for each in (where.evidence / "recordings").iterdir()},
    }
    assert len(places) >= 3
    for file, all_places in places.items():
        whole = file.read_bytes()
        for at in all_places[:: max(1, len(all_places) // PLACES)]:
            file.write_bytes(bytes([*whole[:at], whole[at] ^ 1, *whole[at + 1 :]]))
            assert verify(where) == FAILED, f"{file.name}, byte {at}"
        file.write_bytes(whole)
    assert verify(where) == DONE


def dies_and_goes_on(folder: Path, path: str, point: str) -> Folders:
    """The whole path with one death at `point`; the desk's folders after it."""
    authority = Authority.make(folder)
    place, ear = folder / "citizen", folder / "citizen" / "heard.wav"
    place.mkdir()
    silence = write_tone(place / "silence.wav", 0.0)
    where = Folders(folder / "data", folder / "config")
    where.config.mkdir()
    with Receiver(authority.server()) as receiver:
        delivery = f'kind = "https"\nurl = "{receiver.url}"\nca_file = "{authority.ca_file}"'
        policy = policy_of(folder, delivery, RECORDING)
        where.settings_file.write_text(
            f'protection_policy = "{policy}"\nspeech_enabled = false\nlanguage = "ko"\n', "utf-8"
        )
        options = ("--audio", "file", "--microphone", str(silence), "--speaker", str(ear))
        with calling(place, *options) as citizen:
            code, _ = run_desk(folder, path, point, citizen)
            assert code == KILLED, f"it did not die at {point}"
            code, state = run_desk(folder, path, "-")
            assert code == 0
            citizen.call_state("DISCONNECTED")
        left = left_in(where)
        check_reports(receiver, left.escalation)
    assert left.escalation.filed is not None
    assert left.call.ended is not None
    assert left.procedure.phase is Phase.ENDED
    assert left.evidence["call"]["ended"]
    assert state == AgentState.REST.value, "the rest after an incident is not forgotten"
    (check_abuse if path == "abuse" else check_crisis)(left, ear)
    checked = check_evidence(where.desk_database, where.evidence)
    assert checked.first_break is None, checked.first_break
    assert checked.files == len(list((where.evidence / "recordings").iterdir())) > 0
    return where


@pytest.mark.timeout(120)
def test_a_death_while_a_warning_sounds_and_every_changed_byte_is_found(tmp_path: Path) -> None:
    every_file_is_watched(dies_and_goes_on(tmp_path, "abuse", "sounds"))


@pytest.mark.long
@pytest.mark.timeout(120)
def test_a_death_in_a_crisis(tmp_path: Path) -> None:
    """All points are in the long form."""
    dies_and_goes_on(tmp_path, "crisis", "crisis")
