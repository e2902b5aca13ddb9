"""`abuse check` as the command line promises it: an answer for each line, at once, whatever the line is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FIELDS = ["id", "labels", "severity", "matched", "why", "alert", "ms"]


def line(text: str, **other: object) -> dict[str, object]:
    fields = {"id": "1", "call_id": "A", "turn": 1, "t": 1.5, "lang": "ko", "leg": "caller", "text": text}
    return fields | other


def check(folder: Path, given: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    own = ["--data", str(folder / "d"), "--config", str(folder / "c")]
    command = [sys.executable, "-m", "desktop", "abuse", "check", "--json", *own, *arguments]
    return subprocess.run(command, input=given, capture_output=True, cwd=ROOT, timeout=60, check=False)


def answers(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return [json.loads(each) for each in done.stdout.decode().splitlines()]


def written(*rows: object) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def test_each_line_is_answered(tmp_path: Path) -> None:
    done = check(tmp_path, written(line("야 이 개새끼야"), line("네 감사합니다", id=7, t=20)))
    first, second = answers(done)
    assert done.returncode == 0
    assert list(first) == FIELDS
    assert first["id"] == "1"
    assert (first["labels"], first["severity"], first["alert"]) == (["PROFANITY"], "L3", True)
    assert first["matched"] == ["개새끼"]
    assert 0 <= first["ms"] < 1000
    assert (second["id"], second["labels"], second["severity"], second["why"]) == (7, [], "L0", "")


def test_the_answer_comes_before_the_next_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "desktop", "abuse", "check", "--json", "--config", str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as running:
        assert running.stdin
        assert running.stdout
        for number, said in enumerate(("죽고 싶어요", "여권 재발급이요")):
            running.stdin.write(written(line(said, id=str(number), call_id=str(number))))
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["id"] == str(number)
        running.stdin.close()
        assert running.wait(30) == 0


@pytest.mark.parametrize(
    "bad",
    [
        b"nonsense\n",
        b"[1, 2]\n",
        b"\xff\xfe\n",
        written({"id": "x"}),
        written(line("a", t="soon")),
        written(line("a", t=True)),
        written(line("a", leg="nobody")),
        written(line("a", lang=None)),
        written(line("a", call_id=None)),
        written({**line("a"), "text": ["a"]}),
        b'{"id": "x", "call_id": "a", "t": 1e999, "lang": "ko", "leg": "caller", "text": "a"}\n',
        b"[" * 100_000 + b"\n",
        b'{"id": "' + b"x" * 1_100_000 + b'"}\n',
    ],
)
def test_a_bad_line_stops_nothing(bad: bytes, tmp_path: Path) -> None:
    done = check(tmp_path, bad + b"\n" + written(line("시발 진짜", id="after")))
    refused, after = answers(done)
    assert done.returncode == 0
    assert (refused["labels"], refused["severity"], refused["alert"]) == ([], "L0", False)
    assert list(refused) == FIELDS
    assert b"line 1 is not used" in done.stderr
    assert (after["id"], after["labels"]) == ("after", ["PROFANITY"])


def test_half_characters_and_regions_are_taken(tmp_path: Path) -> None:
    said = b'"lang": "ko-KR", "leg": "caller", "text": "\\ud800 \\uac1c\\uc0c8\\ub07c"'
    row = b'{"id": "\\ud800", "call_id": 3, "t": 1, ' + said + b"}\n"
    (found,) = answers(check(tmp_path, row))
    assert found["labels"] == ["PROFANITY"]


def test_a_sites_own_words(tmp_path: Path) -> None:
    own = tmp_path / "c" / "abuse.toml"
    own.parent.mkdir()
    own.write_text(
        'language = "ko"\n[[rule]]\nid = "x"\nlabel = "INSULT"\nframes = ["<바가지 같은 것"]\n', "utf-8"
    )
    (found,) = answers(check(tmp_path, written(line("바가지 같은 것들"))))
    assert found["labels"] == ["INSULT"]


def test_a_broken_lexicon_is_told_with_all_its_errors(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('language = "ko"\n[[rule]]\nid = "x"\nlabel = "NO"\n[[rule]]\nlabel = "INSULT"\n', "utf-8")
    done = check(tmp_path, b"", "--lexicon", str(own))
    assert done.returncode == 1
    assert b"label is none of" in done.stderr
    assert b"id is missing" in done.stderr
    assert check(tmp_path, b"", "--lexicon", str(tmp_path / "none.toml")).returncode == 1


def test_no_heavy_library_is_loaded() -> None:
    program = "import sys, desktop.cli.abuse as a; print([m for m in ('numpy','torch','PySide6') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"
