"""A child looks into the file; whatever it does or fails to do becomes an answer or a sentence."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from desktop.adapters.speech_models.checking import Content, ContentCheck
from desktop.domain.speech_models import InstallStopped, ModelRefused

GOOD = 'import sys; print(\'chatter\'); print(\'{"dims": {"n_mels": 80}, "languages": ["en"], "cost": 0.5}\')'
HANGS = "import time\nwhile True: time.sleep(1)"


def check(program: str, file: Path, least_s: float = 30.0, stopped: threading.Event | None = None) -> Content:
    file.write_bytes(b"x")
    made = ContentCheck([sys.executable, "-c", program], least_s)
    return made.look(file, "stick/base.pt", stopped or threading.Event())


def test_what_the_child_found(tmp_path: Path) -> None:
    found = check(GOOD, tmp_path / "f")
    record = {"dims": {"n_mels": 80}, "languages": ["en"], "cost": 0.5}
    assert found.record() == {**record, "fast_cost": None}
    both = GOOD.replace("0.5", '0.5, "fast_cost": 0.25')
    assert check(both, tmp_path / "f").record() == {**record, "fast_cost": 0.25}


def test_a_refusal_names_the_file_that_was_given(tmp_path: Path) -> None:
    program = "import json, sys; print(json.dumps({'refused': sys.argv[1] + ' is no checkpoint.'}))"
    with pytest.raises(ModelRefused, match=r"^stick/base\.pt is no checkpoint\.$"):
        check(program, tmp_path / "f")


@pytest.mark.parametrize(
    "program",
    [
        "import os; os._exit(9)",
        "print('no json')",
        "print('[1]')",
        'print(\'{"dims": 3, "languages": [], "cost": 1}\')',
        'print(\'{"dims": {}, "languages": [], "cost": 1, "fast_cost": "?"}\')',
        "import sys; sys.stdout.buffer.write(b'\\xff\\n')",
        "",
    ],
)
def test_a_child_that_dies_or_says_nothing(tmp_path: Path, program: str) -> None:
    with pytest.raises(ModelRefused, match=r"stick/base\.pt can't be loaded on this computer"):
        check(program, tmp_path / "f")


def test_a_child_that_hangs_is_ended(tmp_path: Path) -> None:
    with pytest.raises(ModelRefused, match="takes too long"):
        check(HANGS, tmp_path / "f", least_s=0.1)


def test_a_stop_ends_the_child(tmp_path: Path) -> None:
    stopped = threading.Event()
    stopped.set()
    with pytest.raises(InstallStopped):
        check(HANGS, tmp_path / "f", stopped=stopped)


def test_a_child_that_cannot_be_started(tmp_path: Path) -> None:
    (tmp_path / "f").touch()
    with pytest.raises(ModelRefused, match="can't be started"):
        ContentCheck([str(tmp_path / "none")]).look(tmp_path / "f", "f", threading.Event())
