"""`models` as the command line promises it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from desktop.adapters.speech_models import install
from desktop.adapters.system.folder_lock import FolderLock
from desktop.cli import models_work
from desktop.cli.main import main
from desktop.settings import load
from tests.adapters.speech_models.conftest import FakeCheck
from tests.adapters.speech_models.server import Offer, serving
from tests.adapters.stt.checkpoints import write_random

CONTENT = b"m" * 50_000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


class Command:
    """Runs the command in this process, with folders of its own."""

    def __init__(self, capfd: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capfd, self.folder = capfd, folder
        self.data, self.config = folder / "d", folder / "c"
        self.error = ""
        self.file = folder / "stick" / "base.pt"
        self.file.parent.mkdir()
        self.file.write_bytes(CONTENT)

    def __call__(self, *arguments: object) -> tuple[int, str]:
        places = ["--data", str(self.data), "--config", str(self.config)]
        code = main(["models", *map(str, arguments), *places])
        out, self.error = self._capfd.readouterr()
        return code, out

    def rows(self, *arguments: object) -> list[dict[str, Any]]:
        code, out = self(*arguments, "--json")
        assert code == 0, self.error
        return [json.loads(line) for line in out.splitlines()]

    def settings(self, text: str) -> None:
        self.config.mkdir(exist_ok=True)
        (self.config / "settings.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def models(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setattr(install, "ROOM_LEFT", 0)
    monkeypatch.setenv("no_proxy", "*")
    return Command(capfd, tmp_path)


@pytest.fixture
def fake(models: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Without the process that looks into files."""
    monkeypatch.setattr(models_work, "ContentCheck", lambda argv: FakeCheck())
    return models


def test_a_real_checkpoint_from_a_folder_to_the_settings(models: Command) -> None:
    """The process that looks into it is the real one, and so is the checkpoint."""
    write_random(models.file)
    models.file.with_suffix(".toml").write_text("window_floor = 250\n", encoding="utf-8")
    *steps, installed = models.rows("install", models.file.parent, "--use")
    assert [step["event"] for step in steps] == ["progress"] * len(steps)
    assert {step["stage"] for step in steps} == {"copy", "check"}
    assert installed["event"] == "installed"
    assert installed["changed"]
    place = models.data / "models" / "base.pt"
    assert load(models.config / "settings.toml").settings.speech_model == str(place)
    shown, practice = models.rows("list")
    digest = hashlib.sha256(models.file.read_bytes()).hexdigest()
    assert (shown["name"], shown["path"], shown["sha256"]) == ("base", str(place), digest)
    assert shown["size"] == models.file.stat().st_size
    assert shown["dims"]["n_audio_state"] == 32
    assert "ko" in shown["languages"]
    assert shown["cost"] > 0
    assert (shown["used"], shown["practice_only"], shown["installed"], shown["intact"]) == (
        True,
        False,
        True,
        True,
    )
    assert (practice["name"], practice["practice_only"], practice["used"]) == ("practice-ko", True, False)
    assert practice["languages"] == ["ko"]


def test_a_file_that_is_no_checkpoint_leaves_nothing(fake: Command) -> None:
    fake.file.write_bytes(b"bad" * 10_000)
    assert fake("install", fake.file)[0] == 1
    assert fake.error.endswith(f"dasan-desk: {fake.file} is no Whisper checkpoint.\n")
    assert [path for path in fake.data.rglob("*") if path.is_file() and path.suffix != ".lock"] == []


def test_the_list_for_people(fake: Command) -> None:
    fake("install", fake.file)
    assert "base is installed" in fake.error
    fake("install", fake.file)
    assert "nothing was changed" in fake.error
    code, out = fake("list")
    first, place, practice, _ = out.splitlines()
    assert code == 0
    assert (
        first
        == f"base · 0 MB · SHA-256 {DIGEST} · en, ko · a second of speech costs 0.25 s, by CTranslate2 0.12 s"
    )
    assert place.strip() == str(fake.data / "models" / "base.pt")
    assert "practice voices only" in practice
    assert "speed not measured" in practice


def test_a_changed_and_a_chosen_model_are_said(fake: Command) -> None:
    fake.rows("install", fake.file)
    (fake.data / "models" / "base.pt").write_bytes(b"z" * 30_000)
    fake.settings(f"speech_model = '{fake.file}'\n")
    base, _practice, chosen = fake.rows("list")
    assert (base["intact"], base["sha256"]) == (False, hashlib.sha256(b"z" * 30_000).hexdigest())
    assert (chosen["used"], chosen["installed"], chosen["sha256"]) == (True, False, DIGEST)
    out = fake("list")[1]
    assert "changed since it was checked" in out
    assert "in use" in out


def test_from_the_network_only_with_a_digest_and_where_the_settings_allow_it(fake: Command) -> None:
    with serving(Offer(CONTENT)) as server:
        url = f"{server}/own.pt"
        assert fake("install", url)[0] == 2
        assert "--sha256" in fake.error
        assert fake("install", url, "--sha256", "abc")[0] == 2
        assert fake.rows("install", url, "--sha256", DIGEST)[-1]["name"] == "own"
        assert fake.rows("install", f"{server}/{DIGEST}/base.pt", "--name", "con")[-1]["name"] == "model_con"
        fake.settings("speech_model_download = false\n")
        assert fake("install", f"{server}/{DIGEST}/base.pt")[0] == 1
        assert "speech_model_download" in fake.error
    assert fake.error.count("\n") == 1
    assert fake("install", "ftp://x/base.pt")[0] == 1


@pytest.mark.parametrize("arguments", [[], ["install"], ["remove"], ["tidy"], ["list", "more"]])
def test_wrong_usage(fake: Command, arguments: list[str]) -> None:
    assert fake(*arguments) == (2, "")
    assert fake.error.count("\n") == 1


def test_verify_one_and_all(fake: Command) -> None:
    fake.rows("install", fake.file)
    rows = fake.rows("verify")
    assert [(row["name"], row["verdict"], row["sha256"] == row["expected"]) for row in rows] == [
        ("base", "ok", True),
        ("practice-ko", "ok", True),
    ]
    # The speed of the shipped one is known from then on, though nothing is written beside it.
    assert (fake.rows("list")[1]["cost"], fake.rows("list")[1]["fast_cost"]) == (0.25, 0.125)
    (fake.data / "models" / "base.pt").write_bytes(b"z" * 50_000)
    code, out = fake("verify", "base", "--json")
    row = json.loads(out)
    assert (code, row["verdict"], row["expected"]) == (1, "failed", DIGEST)
    assert "not the file that was installed" in row["reason"]
    assert fake.error == "dasan-desk: 1 of 1 speech models can't be used; install them again.\n"
    assert fake("verify", "practice-ko") == (0, "practice-ko: whole\n")
    assert fake("verify", fake.file)[1] == "base: whole (nothing says which SHA-256 it should have)\n"
    assert fake("verify", "tiny")[0] == 1


def test_remove(fake: Command) -> None:
    fake.rows("install", fake.file, "--use")
    assert fake("remove", "practice-ko")[0] == 1
    assert "belongs to the program" in fake.error
    assert fake("remove", "tiny")[0] == 1
    open_desk = FolderLock(fake.data, "window")
    assert open_desk.acquire()
    assert fake("remove", "base")[0] == 1
    assert "in use by the desk that is open" in fake.error
    open_desk.release()
    (removed,) = fake.rows("remove", "base")
    assert (removed["event"], removed["name"], removed["used"]) == ("removed", "base", True)
    assert "speech_model" in fake.error
    assert [row["name"] for row in fake.rows("list")] == ["practice-ko"]
    assert list((fake.data / "models").iterdir()) == []


def test_a_model_that_is_not_used_goes_while_the_desk_is_open(fake: Command) -> None:
    fake.rows("install", fake.file)
    open_desk = FolderLock(fake.data, "window")
    assert open_desk.acquire()
    assert fake.rows("remove", "base")[0]["used"] is False
    open_desk.release()


def test_settings_that_cannot_be_written(fake: Command) -> None:
    fake.settings("speech_model = [\n")
    assert fake("install", fake.file, "--use")[0] == 1
    assert "base is installed, but not in use" in fake.error
