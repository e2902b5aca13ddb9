"""A child that speaks JSON lines."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Any

import pytest

from desktop.adapters.system import json_child
from desktop.adapters.system.json_child import JsonChild

ECHO = "import sys\nfor line in sys.stdin: print(line.strip(), flush=True)"
NOISE = "print('no json', flush=True); print('[1]', flush=True); print('{\"ok\": 1}', flush=True)"
DEAF = "import signal, sys, time\nprint('{\"up\": 1}', flush=True)\nsys.stdin.read()\ntime.sleep(60)"


BOTH = [False, pytest.param(True, marks=pytest.mark.skipif(sys.platform == "win32", reason="not there"))]
"""Started by itself, and adopted while it runs."""


class Watched:
    """What a child said and how it ended."""

    def __init__(self, program: str, ahead: bool = False) -> None:
        self.events: list[dict[str, Any]] = []
        self.exit: list[int] = []
        self.changed = asyncio.Event()
        argv = [sys.executable, "-c", program]
        running = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) if ahead else None
        self.child = JsonChild(argv, self._event, self._exit, ahead=running)

    def _event(self, event: dict[str, Any]) -> None:
        self.events.append(event)
        self.changed.set()

    def _exit(self, code: int) -> None:
        self.exit.append(code)
        self.changed.set()

    async def until(self, count: int) -> None:
        """Wait for so many events and exits."""
        async with asyncio.timeout(10):
            while len(self.events) + len(self.exit) < count:
                self.changed.clear()
                await self.changed.wait()


@pytest.mark.parametrize("ahead", BOTH)
def test_events_come_back_and_the_end_is_told_once(ahead: bool) -> None:
    async def work() -> Watched:
        watched = Watched(ECHO, ahead)
        await watched.child.start()
        watched.child.send({"event": "말", "n": 1})
        await watched.until(1)
        await watched.child.stop()
        await watched.until(2)
        watched.child.send({"late": 1})
        return watched

    watched = asyncio.run(work())
    assert watched.events == [{"event": "말", "n": 1}]
    assert watched.exit == [0]


@pytest.mark.parametrize("ahead", BOTH)
def test_lines_that_are_no_events_are_let_pass(ahead: bool) -> None:
    async def work() -> Watched:
        watched = Watched(NOISE, ahead)
        await watched.child.start()
        await watched.until(2)
        return watched

    watched = asyncio.run(work())
    assert watched.events == [{"ok": 1}]
    assert watched.exit == [0]


@pytest.mark.parametrize("ahead", BOTH)
def test_a_child_that_does_not_end_is_killed(ahead: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_child, "PATIENCE_S", 0.2)

    async def work() -> Watched:
        watched = Watched(DEAF, ahead)
        await watched.child.start()
        await watched.until(1)
        await watched.child.stop()
        return watched

    watched = asyncio.run(work())
    assert len(watched.exit) == 1
    assert watched.exit[0] != 0


def test_a_killed_child_tells_its_exit() -> None:
    async def work() -> Watched:
        watched = Watched(ECHO)
        await watched.child.start()
        assert watched.child.pid > 0
        watched.child.kill()
        await watched.until(1)
        return watched

    assert asyncio.run(work()).exit[0] != 0
