"""`dasan-desk evidence`: verify, list, export, close, through the command line."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
import wave
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.adapters.evidence.keys import KeyRing
from desktop.adapters.evidence.sealed_file import SealedWriter
from desktop.adapters.evidence.sealing import KeyVault
from desktop.adapters.storage.records import SqliteRecords
from desktop.adapters.system.secrets import Secrets
from desktop.cli import evidence_export
from desktop.cli.main import main
from desktop.domain.escalation import AbuseKind, ReportForm, canonical_json, freeze
from desktop.domain.evidence import EvidenceFile
from desktop.domain.recording import RECORD_KIND, RecordingFacts, recording_record
from desktop.domain.report import IncidentReport
from desktop.ui.report.pdf import PrintedReport
from tests.adapters.storage.evidence_case import NOW, a_call, file_form

SAMPLES = bytes(range(256)) * 8
NUMBER = f"CITY-{NOW.astimezone():%Y%m%d}-001"
SPOKEN = "제 번호는 010-1234-5678이에요"


async def _fill(data: Path) -> None:
    records = await SqliteRecords.open(data / "desk.sqlite")
    vault = KeyVault(KeyRing(data / "evidence", Secrets()))
    await records.save_call(a_call())
    for number in (1, 2):
        content = {
            "schema": 2,
            "call": {"id": "c1", "remote": "sip:01012344720@city", "created": NOW.isoformat(), "seconds": 7},
            "transcript": [{"leg": "caller", "text": SPOKEN, "confidence": 0.9, "start": 1.0, "end": 2.0}],
            "notes": f"메모 {number}",
        }
        sealed = await vault.seal(f"e1/{number}", canonical_json(content))
        await records.add_version(freeze("e1", "c1", number, "first", NOW, content, sealed), agency="CITY")
    await file_form(records, "e1", ReportForm(AbuseKind.VERBAL), NOW - timedelta(seconds=60))
    path = data / "evidence" / "e1" / "call.sealed"
    about = {"format": "pcm16", "rate": 8000, "channels": 2}
    writer = SealedWriter(path, await vault.keys.current(), about)
    writer.append(SAMPLES[:1000])
    writer.append(SAMPLES[1000:])
    writer.close()
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    size = path.stat().st_size
    await records.add_evidence_file(
        EvidenceFile("e1", "e1/call.sealed", "audio/wav", size, sha256, NOW.isoformat())
    )
    await records.close()


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> None:
    """Printing would make an application without widgets, and other tests need one with them."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    asyncio.run(_fill(tmp_path / "data"))
    (tmp_path / "config").mkdir()
    return tmp_path / "data"


def call(data: Path, *words: str) -> int:
    return main(["evidence", *words, "--data", str(data), "--config", str(data.parent / "config")])


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def opened(path: Path) -> dict[str, bytes]:
    """The ZIP's files; its MANIFEST names each of them with its hash, and nothing else."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = files.pop("MANIFEST").decode()
    named = {name: sha256 for sha256, name in (line.split("  ", 1) for line in manifest.splitlines())}
    assert named == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return files


def test_what_is_whole_is_said_to_be(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(data, "verify", "--json") == 0
    (summary,) = lines(capsys)
    assert (summary["event"], summary["database"], summary["whole"]) == ("summary", "desk.sqlite", True)
    assert (summary["versions"], summary["files"], summary["erased"]) == (2, 1, 0)
    assert call(data, "verify") == 0
    assert "desk.sqlite: whole (" in capsys.readouterr().out


def test_the_first_break_is_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = data / "evidence" / "e1" / "call.sealed"
    raw = file.read_bytes()
    file.write_bytes(raw[:60] + bytes([raw[60] ^ 1]) + raw[61:])
    assert call(data, "verify", "--json") == 1
    out, err = capsys.readouterr()
    broken, summary = (json.loads(line) for line in out.splitlines())
    assert broken["event"] == "break"
    assert (broken["database"], broken["kind"], broken["ref"]) == ("desk.sqlite", "file", "e1/call.sealed")
    assert broken["expected"] == hashlib.sha256(raw).hexdigest()
    assert broken["found"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert summary["whole"] is False
    assert err.startswith("dasan-desk: evidence was changed: desk.sqlite at file e1/call.sealed.")
    assert call(data, "verify") == 1
    assert "first break: file e1/call.sealed: changed" in capsys.readouterr().out


def test_a_changed_key_is_found(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = data / "evidence" / "keys.json"
    raw = file.read_bytes()
    (entry,) = json.loads(raw)["keys"]
    for value in (entry["id"], entry.get("secret", entry["id"])):
        at = raw.index(value.encode())
        for place in range(at, at + len(value), 5):
            file.write_bytes(
                raw[:place] + (b"0" if raw[place : place + 1] != b"0" else b"1") + raw[place + 1 :]
            )
            assert call(data, "verify", "--json") == 1
            assert lines(capsys)[0]["kind"] == "key"
    file.unlink()
    assert call(data, "verify") == 1


def test_verifying_writes_nothing(data: Path) -> None:
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert call(data, "verify") == 0
    after = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert {path: raw for path, raw in after.items() if not path.name.endswith(("-wal", "-shm"))} == before


def test_a_folder_without_records_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["verify"], ["list"], ["export", "e1", "--output", str(tmp_path / "x.zip")]):
        assert call(tmp_path / "empty", *words) == 1
        assert "there are no records in" in capsys.readouterr().err


def test_incidents_are_listed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(data, "list", "--json") == 0
    (row,) = lines(capsys)
    assert row == {
        "id": "e1",
        "number": NUMBER,
        "call_id": "c1",
        "created": NOW.isoformat(timespec="milliseconds"),
        "kind": "verbal",
        "filed": NOW.isoformat(timespec="milliseconds"),
        "confirmed": False,
        "withdrawn": False,
        "versions": 2,
        "files": 1,
        "closed": False,
        "seen": 0,
    }
    assert call(data, "list") == 0
    assert capsys.readouterr().out.startswith(f"{NUMBER} ")


def test_a_copy_is_masked_and_its_manifest_fits(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = data.parent / "out.zip"
    assert call(data, "export", "e1", "--output", str(target), "--json") == 0
    (summary,) = lines(capsys)
    files = opened(target)
    assert set(files) == {
        "report.pdf",
        "evidence.json",
        "chain.json",
        "versions/001.json",
        "versions/002.json",
        "audio/call.sealed",
    }
    assert {each["name"] for each in summary["files"]} == set(files)
    overview = json.loads(files["evidence.json"])
    assert overview["masked"] is True
    assert overview["chain"] == {"whole": True, "broken_at": None}
    for number, each in enumerate(overview["versions"], 1):
        assert each["sha256"] == hashlib.sha256(files[f"versions/{number:03}.json"]).hexdigest()
    assert files["audio/call.sealed"] == (data / "evidence" / "e1" / "call.sealed").read_bytes()
    assert all(b"1234-5678" not in content for content in files.values())
    assert files["report.pdf"].startswith(b"%PDF-")
    assert json.loads(files["chain.json"])["links"]
    assert target.stat().st_mode & 0o077 == 0
    assert call(data, "list", "--json") == 0
    assert lines(capsys)[0]["seen"] == 0


def test_a_masked_copy_does_not_repeat_the_number_in_a_reason(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[IncidentReport] = []

    class Seen(PrintedReport):
        def __init__(self, report: IncidentReport, language: str) -> None:
            printed.append(report)
            super().__init__(report, language)

    monkeypatch.setattr(evidence_export, "PrintedReport", Seen)
    target = data.parent / "out.zip"
    original = ("--original", "--reason", "010-9876-5432로 회신")
    for options in (original, ()):
        assert call(data, "export", "e1", "--output", str(target), *options) == 0
        told = json.dumps(json.loads(opened(target)["evidence.json"])["records"], ensure_ascii=False)
        shown = "010-9876-5432로 회신" if options else "•••-••••-••••로 회신"
        assert told.count(shown) == 3
        assert [each["reason"] for each in printed[-1].looked_at] == [shown] * 3
        assert ("9876" in told) == bool(options)
    capsys.readouterr()


@pytest.mark.parametrize("body", ['{"number', "{}", "[]"])
def test_damaged_evidence_is_handed_out_all_the_same(
    data: Path, capsys: pytest.CaptureFixture[str], body: str
) -> None:
    async def look() -> None:
        records = await SqliteRecords.open(data / "desk.sqlite")
        for kind in ("reveal", "rest", RECORD_KIND):
            await records.add_evidence_record("e1", kind, {"reason": "x"})
        await records.close()

    asyncio.run(look())
    with closing(sqlite3.connect(data / "desk.sqlite")) as connection:
        for table in ("evidence", "evidence_records"):
            connection.execute(f"DROP TRIGGER {table}_no_update")
        connection.execute("UPDATE evidence_records SET body = ?", [body])
        connection.execute("UPDATE evidence SET canonical = ? WHERE number = 2", [body])
        connection.execute("UPDATE escalations SET form = ?", [body])
        connection.commit()
    target = data.parent / "out.zip"
    assert call(data, "list", "--json") == 0
    (row,) = lines(capsys)
    assert (row["number"], row["kind"]) == (None, None)
    assert call(data, "export", "e1", "--output", str(target), "--json") == 0
    assert lines(capsys)[-1]["chain"] == "broken"
    assert opened(target)["versions/002.json"] == body.encode()
    assert call(data, "verify") == 1


def test_what_is_handed_out_names_its_recording(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def name() -> dict[str, object]:
        records = await SqliteRecords.open(data / "desk.sqlite")
        (file,) = await records.evidence_files("e1")
        body = recording_record(file, RecordingFacts(8000, ("caller", "agent"), 0.5, 0.064, True))
        await records.add_evidence_record("e1", RECORD_KIND, body)
        await records.close()
        return body

    body, target = asyncio.run(name()), data.parent / "out.zip"
    assert call(data, "export", "e1", "--output", str(target)) == 0
    files = opened(target)
    (named,) = json.loads(files["evidence.json"])["recordings"]
    assert named == body
    assert named["sha256"] == hashlib.sha256(files["audio/call.sealed"]).hexdigest()
    assert (named["channels"], named["seconds"]) == (2, 0.064)
    capsys.readouterr()


def test_an_original_needs_a_reason_and_is_noted(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = data.parent / "out.zip"
    assert call(data, "export", "e1", "--output", str(target), "--original") == 2
    assert "--reason" in capsys.readouterr().err
    assert not target.exists()
    assert call(data, "export", "e1", "--output", str(target), "--original", "--reason", "경찰 제출") == 0
    files = opened(target)
    assert SPOKEN in files["original/001.json"].decode()
    assert "1234-5678" not in files["versions/001.json"].decode()
    (data.parent / "call.wav").write_bytes(files["audio/call.wav"])
    with wave.open(str(data.parent / "call.wav")) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (8000, 2, 2)
        assert sound.readframes(10**6) == SAMPLES
    _numbered, *records = json.loads(files["evidence.json"])["records"]
    assert [each["kind"] for each in records] == ["reveal", "reveal", "export"]
    assert all(each["body"]["reason"] == "경찰 제출" and each["body"]["who"] for each in records)
    capsys.readouterr()
    assert call(data, "list", "--json") == 0
    assert lines(capsys)[0]["seen"] == 3
    assert call(data, "verify") == 0


def test_an_incident_is_found_by_its_number(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = data.parent / "out.zip"
    assert call(data, "export", NUMBER, "--output", str(target), "--original", "--reason", "x") == 0
    assert (summary := lines(capsys)[-1])["id"] == "e1"
    assert summary["number"] == json.loads(opened(target)["evidence.json"])["number"] == NUMBER
    assert call(data, "close", NUMBER, "--reason", "끝") == 0
    assert call(data, "list", "--json") == 0
    (row,) = lines(capsys)
    assert (row["closed"], row["seen"]) == (True, 3)
    assert call(data, "verify") == 0


def test_a_broken_chain_is_said_in_what_is_handed_out(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(data / "desk.sqlite")) as connection:
        (sql,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'evidence_no_update'"
        ).fetchone()
        connection.execute("DROP TRIGGER evidence_no_update")
        connection.execute("UPDATE evidence SET reason = 'x' WHERE number = 2")
        connection.execute(sql)
        connection.commit()
    target = data.parent / "out.zip"
    assert call(data, "export", "e1", "--output", str(target)) == 0
    assert "the chain of evidence is broken at version e1/2" in capsys.readouterr().err
    overview = json.loads(opened(target)["evidence.json"])
    assert overview["chain"] == {"whole": False, "broken_at": "version e1/2"}


def test_audio_that_was_changed_is_handed_out_as_it_is(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = data / "evidence" / "e1" / "call.sealed"
    raw = file.read_bytes()
    file.write_bytes(raw[:-30] + bytes([raw[-30] ^ 1]) + raw[-29:])
    target = data.parent / "out.zip"
    assert call(data, "export", "e1", "--output", str(target), "--original", "--reason", "x") == 0
    assert "handed out as it lies on the disk" in capsys.readouterr().err
    assert opened(target)["audio/call.sealed"] == file.read_bytes()


def test_what_is_not_there_cannot_be_handed_out(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(data, "export", "nobody", "--output", str(data.parent / "x.zip")) == 1
    assert "no evidence named nobody" in capsys.readouterr().err
    assert call(data, "export", "e1", "--output", str(data / "desk.sqlite" / "x.zip")) == 1
    assert "could not be written" in capsys.readouterr().err
    assert call(data, "export", "e1", "--output", "x.zip", "--language", "xx") == 2


def test_a_case_is_closed_for_a_reason(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(data, "close", "e1") == 2
    assert call(data, "close", "nobody", "--reason", "x") == 1
    assert call(data, "close", "e1", "--reason", "끝났음") == 0
    capsys.readouterr()
    assert call(data, "list", "--json") == 0
    assert lines(capsys)[0]["closed"] is True
    assert call(data, "verify") == 0
