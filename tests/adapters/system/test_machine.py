import platform
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.adapters.system.machine import free_bytes, memory

ARENAS = """
import ctypes, sys, threading
from desktop.adapters.system.machine import share_arenas
if sys.argv[1] == "shared":
    share_arenas()
together = threading.Barrier(6)
def hold():
    together.wait()
    kept = bytes(10_000)
    together.wait()
threads = [threading.Thread(target=hold) for _ in range(6)]
for each in threads:
    each.start()
for each in threads:
    each.join()
ctypes.CDLL(None).malloc_stats()
"""
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


@pytest.mark.skipif(sys.platform != "linux" or platform.libc_ver()[0] != "glibc", reason="arenas are glibc's")
def test_threads_share_two_heaps() -> None:
    def arenas(how: str) -> int:
        command = [sys.executable, "-c", ARENAS, how]
        told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stderr
        return told.count("Arena ")

    assert arenas("own") > 2
    assert arenas("shared") <= 2
