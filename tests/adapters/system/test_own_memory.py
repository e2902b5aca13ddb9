"""Memory of this process, and whether another one has been stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import psutil
import pytest

from desktop.adapters.system.own_memory import FIRST_TO_GO, held_memory
from desktop.adapters.system.stopped import is_stopped

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="as Linux tells it")


def test_what_is_held_is_what_the_system_says() -> None:
    assert held_memory() == pytest.approx(psutil.Process().memory_info().rss, rel=0.1)


@on_linux
def test_who_asks_for_more_than_the_limit_gets_an_error_and_lives() -> None:
    program = (
        "from desktop.adapters.system.own_memory import give_way, limit_memory\n"
        "give_way()\n"
        "assert limit_memory(100 << 20)\n"
        "try:\n"
        "    bytearray(200 << 20)\n"
        "except MemoryError:\n"
        "    print(open('/proc/self/oom_score_adj').read().strip(), len(bytearray(10 << 20)))\n"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30)
    assert out.stdout.split() == [str(FIRST_TO_GO), str(10 << 20)], out.stderr


@on_linux
def test_a_stopped_process_is_told_from_one_that_waits() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        try:
            assert not is_stopped(child.pid)
            os.kill(child.pid, signal.SIGSTOP)
            os.waitid(os.P_PID, child.pid, os.WSTOPPED | os.WNOWAIT)
            assert is_stopped(child.pid)
        finally:
            child.kill()
    assert not is_stopped(child.pid)
