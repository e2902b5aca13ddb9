"""`dasan-desk practice` up to the call itself: what is listed and what is refused."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.cli import practice
from desktop.cli.main import main
from desktop.cli.output import UsageError


def test_the_list_is_a_line_per_scenario(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["practice", "--list", "--json", "--data", str(tmp_path / "d")]) == 0
    out, err = capsys.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    assert err == ""
    assert [row["id"] for row in rows] == [f"S{number:02}" for number in range(1, 13)]
    assert all(list(row) == ["id", "title", "language", "class", "minutes", "needs"] for row in rows)
    assert {row["id"]: row["needs"] for row in rows if row["needs"]} == {
        "S09": ["crisis procedure"],
        **{key: ["abuse procedure"] for key in ("S10", "S11", "S12")},
    }
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("practice", "--check", "x.yaml"), "not available"),
        (("practice", "--scenario", "S99", "--headless", "--autopilot"), "no scenario S99"),
        (("practice", "--autopilot", "careless"), "careless"),
        (("practice", "--autopilot", "perfect"), "perfect"),
        (("practice", "--headless"), "--autopilot"),
        (("--practice", "S99"), "no scenario S99"),
        (("--practice="), "no scenario"),
    ],
)
def test_what_cannot_be_practised_is_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: tuple[str, ...] | str, words: str
) -> None:
    argv = [options] if isinstance(options, str) else list(options)
    assert main([*argv, "--data", str(tmp_path / "d"), "--config", str(tmp_path / "c")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_scenario_that_needs_what_is_not_there_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    (first, *_) = practice.all_scenarios()
    monkeypatch.setattr(practice, "all_scenarios", lambda: [replace(first, needs=("a third line",))])
    with pytest.raises(UsageError, match="S01 needs the a third line and is not offered yet"):
        practice.offered_scenario("S01")


@pytest.mark.parametrize("key", ["S09", "S10", "S11", "S12"])
def test_abuse_and_crisis_calls_are_offered(key: str) -> None:
    assert practice.offered_scenario(key).id == key


def test_screenshots_that_cannot_be_kept_are_said_before_the_call(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    taken.touch()
    argv = ["practice", "--headless", "--autopilot", "--data", str(tmp_path / "d")]
    assert main([*argv, "--screenshots", str(taken)]) == 1
    assert "no screenshots can be kept" in capsys.readouterr().err
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize("command", [(), ("practice",)])
def test_without_a_screen_the_window_ends_with_a_sentence(tmp_path: Path, command: tuple[str, ...]) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": ":nowhere"}
    where = ("--data", str(tmp_path / "d"), "--config", str(tmp_path / "c"))
    done = subprocess.run(
        [sys.executable, "-m", "desktop", *command, *where],
        capture_output=True,
        text=True,
        timeout=30,
        env=environment,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "run dasan-desk doctor" in done.stderr.splitlines()[-1]
