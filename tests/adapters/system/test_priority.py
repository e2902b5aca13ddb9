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


def test_a_desk_that_is_brought_back_hurries_until_it_has_its_call() -> None:
    program = (
        "import os, threading\nfrom pathlib import Path\n"
        "from desktop.adapters.system.priority import drop_raised_priority, hurry, raise_priority\n"
        "group = Path('/proc/self/autogroup')\n"
        "now = lambda: (os.nice(0), int(group.read_text().split()[-1]) if group.exists() else 0)\n"
        "hurry()\nprint(*now())\nraise_priority()\nraised = now()\nhurry()\nprint(*now(), *raised)\n"
        "done, threads = threading.Event(), []\n"
        "other = threading.Thread(target=lambda: (done.wait(), threads.append(os.nice(0))))\n"
        "other.start()\ndrop_raised_priority()\ndone.set()\nother.join()\nprint(*now(), *threads)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, start_new_session=True, check=True)
    began, hurried, after = (list(map(int, line.split())) for line in done.stdout.splitlines())
    assert began[1] == 0, "nobody raised it"
    assert after[1:] == [0, after[0]], "threads too"
    assert after[0] >= 0
    if hurried[2] < 0:
        assert hurried[0] == -5
    if hurried[3] < 0:
        assert hurried[1] == -5


def test_a_child_of_a_raised_process_can_be_an_ordinary_one_again() -> None:
    program = (
        "import os\nfrom desktop.adapters.system.priority import drop_raised_priority, raise_priority\n"
        "raise_priority()\nraised = os.nice(0)\ndrop_raised_priority()\nprint(raised, os.nice(0))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, start_new_session=True, check=True)
    raised, after = map(int, done.stdout.split())
    assert after == max(raised, 0)
