"""The engine's head start: one that was started ahead is used, or ended."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from desktop.processes import head_start
from desktop.processes.head_start import engine_ahead, take
from desktop.processes.spawn import command
from tests.peers.headless import HeadlessPhone

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no head start there")
WAITS = [sys.executable, "-c", "import sys; sys.stdin.read()"]
PATIENCE_S = 30


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that only waits for the end of its input."""
    monkeypatch.setattr(head_start, "command", lambda process: WAITS)


@pytest.mark.usefixtures("quick")
def test_one_that_is_taken_lives_on() -> None:
    with engine_ahead(True):
        engine = take()
        assert take() is None
    assert engine is not None
    assert engine.poll() is None
    engine.communicate()
    assert engine.returncode == 0


@pytest.mark.usefixtures("quick")
def test_one_that_nobody_takes_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def refused() -> None:
        with engine_ahead(True):
            started.extend(head_start._waiting)
            raise ValueError("wrong options")

    with pytest.raises(ValueError, match="wrong options"):
        refused()
    assert [engine.returncode is not None for engine in started] == [True]
    assert take() is None


def test_none_is_started_where_none_is_wanted_or_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    with engine_ahead(False):
        assert take() is None
    monkeypatch.setattr(head_start, "command", lambda process: ["/nowhere/python"])
    with engine_ahead(True):
        assert take() is None


def test_an_engine_without_a_phone_says_nothing_and_leaves() -> None:
    done = subprocess.run(
        command("engine"), stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE_S
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_an_engine_that_waits_for_its_phone_loads_what_sound_needs() -> None:
    engine = subprocess.Popen(command("engine"), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    maps, end = Path(f"/proc/{engine.pid}/maps"), time.monotonic() + PATIENCE_S
    while "miniaudio" not in maps.read_text() and time.monotonic() < end:
        time.sleep(0.02)
    assert "miniaudio" in maps.read_text()
    engine.communicate(timeout=PATIENCE_S)
    assert engine.returncode == 0


def test_the_phone_uses_the_engine_that_was_started_ahead(tmp_path: Path) -> None:
    with HeadlessPhone(tmp_path / "data", "--audio", "null") as phone:
        phone.ready()
        engines = psutil.Process(phone.process.pid).children()
        assert len(engines) == 1
        engines[0].kill()
        phone.wait(lambda event: event["event"] == "engine" and event["state"] == "restarted")
        assert [one.pid for one in psutil.Process(phone.process.pid).children()] != [engines[0].pid]
