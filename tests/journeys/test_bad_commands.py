"""What is broken or missing is said by the commands: one sentence, the exit code, and every file as it was."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.peers.tones import write_tone

pytestmark = pytest.mark.timeout(60)
OFFSCREEN = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def desk(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """One command, with nothing on its standard input."""
    argv = [sys.executable, "-m", "desktop", *map(str, words)]
    return subprocess.run(
        argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=50, env=OFFSCREEN
    )


def says(done: subprocess.CompletedProcess[str], code: int, words: str) -> None:
    """The exit code, and a last line on standard error that is a sentence with these words."""
    assert done.returncode == code, done.stderr
    sentence = done.stderr.strip().splitlines()[-1]
    assert words in sentence
    assert sentence.startswith("dasan-desk")
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr


def noise(path: Path) -> str:
    """Make a file that is nothing; returns its SHA-256."""
    path.write_bytes(hashlib.shake_256(b"noise").digest(30_000))
    return hash_of(path)


def hash_of(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def newer_database(path: Path) -> str:
    """A database of a newer version; returns its SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE calls (id TEXT, something_new TEXT)")
    connection.execute("PRAGMA user_version=99")
    connection.commit()
    connection.close()
    return hash_of(path)


def test_a_pack_that_is_missing_or_broken(tmp_path: Path) -> None:
    pack = tmp_path / "city.faq"
    says(desk("faq", "search", "--pack", pack, "여권"), 1, "no answer pack")
    before = noise(pack)
    says(desk("faq", "search", "--pack", pack, "여권"), 1, "damaged or is not an answer pack")
    assert hash_of(pack) == before


def test_a_speech_model_that_is_missing_or_broken(tmp_path: Path) -> None:
    model, sound = tmp_path / "model.pt", write_tone(tmp_path / "tone.wav", 440)
    words = ("transcribe", sound, "--language", "ko", "--model", model)
    says(desk(*words), 1, "There is no speech model at")
    before = noise(model)
    says(desk(*words), 1, "no Whisper checkpoint that can be read")
    assert hash_of(model) == before


def test_a_recording_that_cannot_be_read(tmp_path: Path) -> None:
    sound = tmp_path / "noise.wav"
    noise(sound)
    says(desk("transcribe", sound, "--language", "ko", "--model", sound), 1, "no WAV file that can be read")


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        account = tmp_path / "account.toml"
        account.write_text(f'id = "sip:agent@127.0.0.1"\nport = {port}\n', encoding="utf-8")
        words = ("phone", "--headless", "--audio", "null", "--account", account, "--data", tmp_path / "data")
        says(desk(*words), 1, f"port {port}")


def test_an_account_that_is_wrong(tmp_path: Path) -> None:
    account = tmp_path / "account.toml"
    account.write_text('id = "sip:agent@127.0.0.1"\nport = "many"\n', encoding="utf-8")
    before = hash_of(account)
    words = ("phone", "--headless", "--audio", "null", "--account", account, "--data", tmp_path / "data")
    says(desk(*words), 2, '"port" must be a whole number')
    assert hash_of(account) == before


def test_a_data_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    folder = tmp_path / "file" / "data"
    says(desk("phone", "--headless", "--audio", "null", "--data", folder), 1, "cannot be used")
    says(desk("practice", "--headless", "--autopilot", "--data", folder), 1, "cannot be written")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"


def test_practice_names_wrong_settings_and_leaves_records_of_a_newer_version_alone(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir(mode=0o700)
    (config / "settings.toml").write_text('theme = "pink"\n', encoding="utf-8")
    data, database = tmp_path / "data", tmp_path / "data" / "practice.sqlite"
    before = newer_database(database)
    done = desk("practice", "--headless", "--autopilot", "--json", "--data", data, "--config", config)
    says(done, 1, "written by a newer version")
    assert 'theme must be one of "system", "light", "dark", "contrast", not "pink"' in done.stderr
    assert hash_of(database) == before
    assert [each.name for each in data.glob("practice.sqlite*")] == ["practice.sqlite"]


def test_the_doctor_names_what_is_broken(tmp_path: Path) -> None:
    config, pack, model = tmp_path / "config", tmp_path / "city.faq", tmp_path / "model.pt"
    config.mkdir(mode=0o700)
    noise(pack)
    settings = f'theme = "pink"\nfaq_pack = "{pack.as_posix()}"\nspeech_model = "{model.as_posix()}"\n'
    (config / "settings.toml").write_text(settings, encoding="utf-8")
    before = newer_database(tmp_path / "data" / "desk.sqlite")
    done = desk("doctor", "--json", "--data", tmp_path / "data", "--config", config)
    says(done, 1, "database, pack")
    found = {line["check"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert found["settings"]["verdict"] == "warn"
    assert found["database"]["verdict"] == found["pack"]["verdict"] == "fail"
    assert found["model"]["verdict"] == "warn"
    assert all(each["advice"] for each in found.values() if each["verdict"] != "ok")
    assert hash_of(tmp_path / "data" / "desk.sqlite") == before


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Path]:
    """The data folder of a window that is open."""
    config, data = tmp_path / "config", tmp_path / "data"
    config.mkdir(mode=0o700)
    (config / "settings.toml").write_text('language = "en"\nspeech_enabled = false\n', encoding="utf-8")
    argv = [sys.executable, "-m", "desktop", "--data", str(data), "--config", str(config)]
    with subprocess.Popen(argv, env=OFFSCREEN, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 30
        while not (data / "phone.json").exists():
            assert process.poll() is None
            assert time.monotonic() < deadline, "the phone of the window did not start"
            time.sleep(0.05)
        yield data
        process.terminate()
        assert process.wait(20) == 0
    assert not (data / "phone.json").exists()


def test_one_window_for_a_data_folder(window: Path) -> None:
    pid = json.loads((window / "phone.json").read_text("utf-8"))["pid"]
    second = desk("--data", window, "--config", window.with_name("config"))
    assert second.returncode == 0
    assert "already open" in second.stderr
    says(desk("practice", "--headless", "--autopilot", "--data", window), 1, "in use by another window")
    # A phone without --serve is one of its own: it neither harms nor replaces the window's.
    assert desk("phone", "--headless", "--audio", "null", "--json", "--data", window).returncode == 0
    says(desk("phone", "--headless", "--audio", "null", "--serve", "--data", window), 1, "already running")
    assert psutil.pid_exists(pid)
    assert json.loads((window / "phone.json").read_text("utf-8"))["pid"] == pid
