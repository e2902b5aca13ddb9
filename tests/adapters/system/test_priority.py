"""Call audio goes before other programs, decoding behind."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import os
from pathlib import Path
from desktop.adapters.system.priority import {name}
before = os.nice(0)
allowed = {name}()
group = Path("/proc/self/autogroup")
print(allowed, os.nice(0) - before, group.read_text().split()[-1] if group.exists() else "")
"""


def run(name: str) -> list[str]:
    """What a program of its own session says after calling `name`."""
    command = [sys.executable, "-c", PROGRAM.format(name=name)]
    done = subprocess.run(command, capture_output=True, text=True, start_new_session=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize(("name", "sign"), [("raise_priority", -1), ("lower_priority", 1)])
def test_a_priority_is_changed_where_it_is_allowed(name: str, sign: int) -> None:
    allowed, change, *group = run(name)
    if allowed == "True":
        assert int(change) * sign > 0
        assert name == "lower_priority" or group in ([], ["-10"])
    else:
        assert int(change) == 0 or name == "raise_priority"


def test_a_child_of_a_raised_process_can_be_an_ordinary_one_again() -> None:
    program = (
        "import os\nfrom desktop.adapters.system.priority import drop_raised_priority, raise_priority\n"
        "raise_priority()\nraised = os.nice(0)\ndrop_raised_priority()\nprint(raised, os.nice(0))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, start_new_session=True, check=True)
    raised, after = map(int, done.stdout.split())
    assert after == max(raised, 0)
