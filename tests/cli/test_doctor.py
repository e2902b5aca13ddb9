import json
import sqlite3
import sys
import zipfile
from pathlib import Path

import pytest

from desktop.adapters.audio import devices
from desktop.adapters.policy import reading
from desktop.adapters.policy.loaded import LoadedPolicy
from desktop.cli import doctor, doctor_checks
from desktop.cli.doctor_checks import Verdict
from desktop.cli.doctor_protection import PolicyChecks
from desktop.cli.main import main
from desktop.paths import Folders
from desktop.settings import load


@pytest.fixture
def where(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "data", tmp_path / "config")


def judged(where: Folders, check: doctor.Check) -> doctor_checks.Finding:
    return check(where, load(where.settings_file))


def configure(where: Folders, text: str) -> None:
    where.config.mkdir(exist_ok=True)
    where.settings_file.write_text(text, "utf-8")


def test_every_check_is_a_line_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["doctor", "--json", "--data", str(tmp_path / "d"), "--config", str(tmp_path / "c")])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["check"] for line in lines] == list(doctor.checks_in_order())
    for line in lines:
        assert list(line) == ["check", "verdict", "detail", "advice"]
        assert line["verdict"] in ("ok", "warn", "fail")
        assert bool(line["advice"]) == (line["verdict"] != "ok")
    assert code == (1 if any(line["verdict"] == "fail" for line in lines) else 0)
    assert list(tmp_path.iterdir()) == []
    verdicts = {line["check"]: line["verdict"] for line in lines}
    assert verdicts["versions"] == verdicts["sip"] == verdicts["pack"] == "ok"


def test_for_people_each_check_is_said_with_its_advice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(where: Folders, loaded: object) -> doctor_checks.Finding:
        raise RuntimeError("no idea")

    odd = {"disk": doctor_checks.disk, "odd": broken}
    monkeypatch.setattr(doctor, "checks_in_order", lambda: odd)
    assert main(["doctor", "--data", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("ok    disk: ")
    assert "FAIL  odd: RuntimeError: no idea" in out
    assert err.startswith("dasan-desk: not everything is in order: odd;")


def test_a_newer_database_is_named(where: Folders) -> None:
    where.data.mkdir()
    with sqlite3.connect(where.desk_database) as database:
        database.execute("PRAGMA user_version=9999")
    database.close()
    finding = judged(where, doctor_checks.database)
    assert finding.verdict is Verdict.FAIL
    assert "newer version" in finding.detail
    assert finding.advice == "Update the program."


def test_a_damaged_database_is_named(where: Folders) -> None:
    where.data.mkdir()
    where.practice_database.write_bytes(b"not a database at all, whatever it is called" * 100)
    finding = judged(where, doctor_checks.database)
    assert finding.verdict is Verdict.FAIL
    assert "practice.sqlite" in finding.detail


def test_a_broken_settings_file_is_a_warning(where: Folders) -> None:
    configure(where, "language = ")
    finding = judged(where, doctor_checks.settings)
    assert finding.verdict is Verdict.WARN
    assert "settings.toml cannot be read" in finding.detail


def test_a_pack_that_is_none_is_named(where: Folders, tmp_path: Path) -> None:
    (tmp_path / "pack").write_text("no pack")
    configure(where, f"faq_pack = '{tmp_path / 'pack'}'")
    assert judged(where, doctor_checks.pack).verdict is Verdict.FAIL


def test_a_missing_model_is_a_warning(where: Folders, tmp_path: Path) -> None:
    configure(where, f"speech_model = '{tmp_path / 'gone.pt'}'")
    finding = judged(where, doctor_checks.model)
    assert finding.verdict is Verdict.WARN
    assert "gone.pt" in finding.detail


@pytest.mark.parametrize("beside", ["sum", "manifest"])
def test_a_model_that_was_changed_is_named(where: Folders, tmp_path: Path, beside: str) -> None:
    file = tmp_path / "small.pt"
    file.write_bytes(b"weights")
    digest = "0" * 64
    if beside == "sum":
        (tmp_path / "small.pt.sha256").write_text(f"{digest}  small.pt\n")
    else:
        (tmp_path / "manifest.json").write_text(json.dumps({"small.pt": {"sha256": digest}}))
    configure(where, f"speech_model = '{file}'")
    finding = judged(where, doctor_checks.model)
    assert finding.verdict is Verdict.FAIL
    assert "not the file that was published" in finding.detail


def test_a_file_that_is_no_model_fails(where: Folders, tmp_path: Path) -> None:
    file = tmp_path / "cut.pt"
    with zipfile.ZipFile(file, "w") as whole:
        whole.writestr("data.pkl", "x" * 5000)
    file.write_bytes(file.read_bytes()[:4000])
    configure(where, f"speech_model = '{file}'")
    finding = judged(where, doctor_checks.model)
    assert finding.verdict is Verdict.FAIL
    assert "no Whisper checkpoint" in finding.detail


def test_an_engine_that_is_chosen_and_missing_is_a_warning(
    where: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(where, "speech_engine = 'ctranslate2'")
    assert "CTranslate2" not in judged(where, doctor_checks.model).detail
    monkeypatch.setattr(doctor_checks, "has_ctranslate2", lambda: False)
    finding = judged(where, doctor_checks.model)
    assert finding.verdict is Verdict.WARN
    assert "CTranslate2 is not installed" in finding.detail
    assert "dasan-desk[fast]" in finding.advice


def test_transcription_switched_off_needs_no_model(where: Folders) -> None:
    configure(where, "speech_enabled = false")
    assert judged(where, doctor_checks.model).verdict is Verdict.OK


def test_a_folder_that_cannot_be_written_is_named(where: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    where.data.mkdir()

    def refuse(**arguments: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    finding = judged(where, doctor_checks.disk)
    assert finding.verdict is Verdict.FAIL
    assert "Permission denied" in finding.detail


@pytest.mark.parametrize(
    ("free", "verdict"),
    [(10_000_000_000, Verdict.OK), (500_000_000, Verdict.WARN), (1_000_000, Verdict.FAIL)],
)
def test_room_is_judged(where: Folders, monkeypatch: pytest.MonkeyPatch, free: int, verdict: Verdict) -> None:
    monkeypatch.setattr(doctor_checks, "free_bytes", lambda folder: free)
    assert judged(where, doctor_checks.disk).verdict is verdict


def test_a_clock_in_the_past_is_named(where: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    assert judged(where, doctor_checks.clock).verdict is Verdict.OK
    monkeypatch.setattr("time.time", lambda: 1_000_000_000.0)
    assert judged(where, doctor_checks.clock).verdict is Verdict.FAIL


def test_no_screen_is_a_warning_and_no_qt_a_failure(where: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "nowhere")
    assert judged(where, doctor_checks.window).verdict is Verdict.WARN
    monkeypatch.setattr(doctor_checks, "QT_PROGRAM", "raise SystemExit('ImportError: libEGL.so.1')")
    finding = judged(where, doctor_checks.window)
    assert finding.verdict is Verdict.FAIL
    assert "libEGL.so.1" in finding.detail


def test_an_engine_that_does_not_start_is_named(where: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_checks, "SIP_PROGRAM", "import sys; sys.exit('no such library')")
    finding = judged(where, doctor_checks.telephone)
    assert (finding.verdict, finding.detail) == (
        Verdict.FAIL,
        "the SIP engine does not start: no such library",
    )


def test_an_unfit_python_is_named(where: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 13, 0))
    assert judged(where, doctor_checks.versions).verdict is Verdict.FAIL


def test_a_key_that_lies_open_is_a_warning(where: Folders) -> None:
    assert judged(where, doctor_checks.evidence).verdict is Verdict.OK
    where.evidence.mkdir(parents=True)
    key = {"id": "0a1b2c3d", "created": "2026-11-22T09:30:00+00:00"}
    (where.evidence / "keys.json").write_text(json.dumps({"keys": [key]}))
    assert judged(where, doctor_checks.evidence).verdict is Verdict.OK
    (where.evidence / "keys.json").write_text(json.dumps({"keys": [{**key, "secret": "ff" * 32}]}))
    finding = judged(where, doctor_checks.evidence)
    assert finding.verdict is Verdict.WARN
    assert "keyring" in finding.advice
    assert "ff" * 4 not in finding.detail + finding.advice


def test_the_policy_and_where_reports_go(where: Folders) -> None:
    finding = judged(where, PolicyChecks().policy)
    assert finding.verdict is Verdict.OK
    assert "transcripts are kept 30 days, calls and notes 60, evidence 365 days after" in finding.detail
    assert "nobody" in judged(where, PolicyChecks().reports).detail
    where.config.mkdir(parents=True, exist_ok=True)
    path = where.config / "centre.toml"
    folder = where.config / "reports"
    folder.mkdir()
    target = f'[[delivery]]\nkind = "folder"\nname = "unit"\nlabel = "Unit"\nfolder = "{folder}"\n'
    path.write_text(f'form = 1\nbase = "seoul"\n{target}', "utf-8")
    where.settings_file.write_text(f'protection_policy = "{path}"\n', "utf-8")
    assert "unit answers" in judged(where, PolicyChecks().reports).detail
    folder.rmdir()
    assert judged(where, PolicyChecks().reports).verdict is Verdict.WARN
    path.write_text("form = 2\n", "utf-8")
    assert judged(where, PolicyChecks().policy).verdict is Verdict.FAIL


def test_one_run_reads_the_policy_once(where: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    load_policy = reading.load_policy

    def counted(name: str) -> LoadedPolicy:
        read.append(name)
        return load_policy(name)

    monkeypatch.setattr(reading, "load_policy", counted)
    checks = PolicyChecks()
    assert judged(where, checks.policy).verdict is judged(where, checks.reports).verdict is Verdict.OK
    assert read == [""]


def test_a_camera_is_a_microphone_only_where_the_settings_say_so(
    where: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera = devices.Device("cam", "HD Pro Webcam C920", "microphone", is_default=True)
    headset = devices.Device("usb", "Jabra", "speaker", is_default=True)
    monkeypatch.setattr(devices, "list_devices", lambda: [camera, headset])
    finding = judged(where, doctor_checks.sound)
    assert finding.verdict is Verdict.WARN
    assert "camera" in finding.advice
    configure(where, 'microphone_id = "cam"\n')
    assert judged(where, doctor_checks.sound).verdict is Verdict.OK
