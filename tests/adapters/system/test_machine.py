import mmap
import platform
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from desktop.adapters.system.machine import forget_mapped, free_bytes, memory

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


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system counts these pages as the file's")
def test_a_mapped_file_leaves_the_memory_and_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"a" * 8_000_000)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        before = psutil.Process().memory_info().rss
        assert mapped[::4096].count(b"a") == 1954
        held = psutil.Process().memory_info().rss
        forget_mapped(path)
        after = psutil.Process().memory_info().rss
        assert held - before > 6_000_000
        assert held - after > 6_000_000
        assert mapped[::4096].count(b"a") == 1954


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
