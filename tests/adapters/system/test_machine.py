import subprocess
import sys
from pathlib import Path

from desktop.adapters.system.machine import free_bytes, memory

PRIORITY = "from desktop.adapters.system.priority import {0}; import os; {0}(); print(os.nice(0))"


def test_memory_and_room_are_told(tmp_path: Path) -> None:
    total, available = memory()
    assert total >= available > 0
    assert free_bytes(tmp_path / "not" / "there") > 0


def test_background_work_goes_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PRIORITY.format("lower_priority")]
    assert int(subprocess.check_output(command)) == 10


def test_raising_never_fails_loudly() -> None:
    command = [sys.executable, "-c", PRIORITY.format("raise_priority")]
    assert int(subprocess.check_output(command)) in (-10, 0)
