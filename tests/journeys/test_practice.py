"""A whole practice call as IT would try it: real window, phone, speech and citizen, one command, one verdict."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

LIMIT_S = 240


def practise(folder: Path, *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    """Exit code, events and the sentences on standard error of one run in fresh folders."""
    command = [sys.executable, "-m", "desktop", "practice", "--headless", "--autopilot", "--json"]
    command += ["--data", str(folder / "data"), "--config", str(folder / "config"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def rows(database: Path) -> list[int]:
    """How many calls, procedures, reports, strikes and deliveries a database holds."""
    with closing(sqlite3.connect(database)) as kept:
        return [
            kept.execute(f"select count(*) from {table}").fetchone()[0]
            for table in ("calls", "procedures", "escalations", "strikes", "outbox")
        ]


def names(events: list[dict[str, Any]]) -> list[str]:
    """The events' names, each once, in the order of their first appearance."""
    return list(dict.fromkeys(event["event"] for event in events))


@pytest.mark.timeout(LIMIT_S + 30)
def test_a_practice_call_is_really_recognised(tmp_path: Path) -> None:
    """The other calls that the shipped model recognises are among those of the long form."""
    code, events, sentences = practise(
        tmp_path, "--scenario", "S01", "--screenshots", str(tmp_path / "pictures")
    )
    assert code == 0, sentences
    summary = events[-1]
    assert summary["event"] == "summary"
    order = [
        name for name in names(events) if name in ("ringing", "answered", "ended", "wrapup_saved", "summary")
    ]
    assert order == ["ringing", "answered", "ended", "wrapup_saved", "summary"]
    for leg in ("caller", "agent"):
        heard, played = summary["seconds_heard"][leg], summary["seconds_played"][leg]
        assert played > 5
        assert abs(heard - played) <= 0.2 * played
        assert summary["lines_with_segment"][leg] >= 0.8 * summary["lines"][leg]
    assert summary["cer"] <= 0.30
    assert summary["article_suggested"] == summary["article_expected"]
    assert summary["records"]["notes"] is True
    assert summary["records"]["segments"] > 0
    assert {"opened", "suggestion"} <= set(names(events))
    pictures = {picture.name for picture in (tmp_path / "pictures").iterdir()}
    assert any("ringing" in name for name in pictures)
    assert any("wrap-up" in name for name in pictures)


@pytest.mark.long
@pytest.mark.timeout(LIMIT_S + 30)
def test_without_a_model_harassment_is_named_once_ended_and_reported(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir(mode=0o700)
    (tmp_path / "config" / "settings.toml").write_text(
        f'speech_model = "{(tmp_path / "taken-away.pt").as_posix()}"\nlanguage = "ko"\n', encoding="utf-8"
    )
    code, events, sentences = practise(tmp_path, "--scenario", "S11")
    assert code == 0, sentences
    assert "no transcript" in sentences
    summary = events[-1]
    assert (summary["cer"], summary["article_suggested"], summary["records"]["segments"]) == (None, None, 0)
    assert "segment" not in names(events)
    assert summary["records"]["notes"] is True
    steps = [(event["step"], event["method"]) for event in events if event["event"] == "procedure"]
    assert steps == [("notice", "exchange"), ("end_notice", "system_text"), ("end", "agent")]
    reports = [(event["id"], event["kind"]) for event in events if event["event"] == "report"]
    found = summary["records"]["escalation"]
    assert reports == [(found["id"], "sexual")]
    assert (found["kind"], found["filed"]) == ("sexual", True)
    assert found["steps"] == [{"step": "end_notice", "method": "system_text"}]
    assert next(event["by"] for event in events if event["event"] == "ended") == "local"
    assert names(events).index("ended") < names(events).index("report") < names(events).index("wrapup_saved")
    assert rows(tmp_path / "data" / "desk.sqlite") == [0, 0, 0, 0, 0]
    assert rows(tmp_path / "data" / "practice.sqlite") == [1, 1, 1, 0, 0]


def test_what_is_not_offered_says_so(tmp_path: Path) -> None:
    for arguments, words in (
        (("--scenario", "S99"), "no scenario"),
        (("--check", "x.yaml"), "not available"),
    ):
        code, events, sentences = practise(tmp_path, *arguments)
        assert code == 2
        assert events == []
        assert words in sentences
