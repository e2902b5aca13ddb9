"""Keeps one engine process running: starts it, listens for its heart, starts the next when it has died."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import asdict
from subprocess import Popen
from typing import Any

from desktop.adapters.phone.engine_config import EngineConfig
from desktop.adapters.phone.engine_environment import ENVIRONMENT
from desktop.adapters.system.json_child import JsonChild

log = logging.getLogger(__name__)

SILENT_S, HUNG = 5.0, "it did not respond"
WATCH_S, LATE_S = 0.5, 2.0
DEATHS, DEATHS_S, PAUSE_S = 5, 5.0, 2.0
"""Five deaths in five seconds: breathe before the next start."""

Event = dict[str, Any]


class EngineKeeper:
    """`on_event` gets every event but the heartbeat, `on_death` the reason each time before a new start."""

    def __init__(
        self,
        argv: Sequence[str],
        configure: Callable[[], EngineConfig],
        on_event: Callable[[Event], None],
        on_death: Callable[[str], None],
        first: Popen[bytes] | None = None,
    ) -> None:
        """`first`: the first engine, where it is running already and waits for its configuration."""
        self._argv, self._configure = list(argv), configure
        self._on_event, self._on_death = on_event, on_death
        self._first = first
        self._child: JsonChild | None = None
        self._died = asyncio.Event()
        self._deaths: deque[float] = deque(maxlen=DEATHS)
        self._beat = 0.0
        self._stopping, self._reason = False, ""
        self._task: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        """The engine's process id, 0 while there is none."""
        return self._child.pid if self._child is not None and not self._died.is_set() else 0

    async def start(self) -> None:
        """Start the first engine. Raises OSError."""
        await self._launch()
        self._task = asyncio.get_running_loop().create_task(self._keep())

    def send(self, message: Event) -> bool:
        """Give the engine a command; False while there is none."""
        if self._child is None or self._died.is_set():
            return False
        self._child.send(message)
        return True

    def restart(self, reason: str) -> None:
        """End the engine; its successor gets the configuration as it is then."""
        if self._child is not None:
            self._reason = reason
            self._child.kill()

    async def stop(self) -> None:
        """Let the engine end its calls and leave."""
        self._stopping = True
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self._child is not None:
            await self._child.stop()

    async def _launch(self) -> None:
        self._died.clear()
        self._reason, self._beat = "", time.monotonic()
        first, self._first = self._first, None
        child = JsonChild(self._argv, self._take, self._exited, ENVIRONMENT, first)
        await child.start()
        self._child = child
        child.send(asdict(self._configure()))

    def _take(self, event: Event) -> None:
        self._beat = time.monotonic()
        if event.get("event") != "beat":
            self._on_event(event)

    def _exited(self, code: int) -> None:
        self._died.set()
        if self._stopping:
            return
        reason = self._reason or (f"signal {-code}" if code < 0 else f"exit code {code}")
        log.error("the engine has died: %s", reason)
        self._deaths.append(time.monotonic())
        self._on_death(reason)

    async def _keep(self) -> None:
        while True:
            began = time.monotonic()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(WATCH_S):
                    await self._died.wait()
            if time.monotonic() - began > LATE_S:
                # The machine slept, or we stood still: what the engine said meanwhile is unread.
                self._beat = time.monotonic()
            if self._died.is_set():
                await self._replace()
            elif time.monotonic() - self._beat > SILENT_S and self._child is not None and not self._reason:
                self.restart(HUNG)

    async def _replace(self) -> None:
        often = len(self._deaths) == DEATHS and self._deaths[-1] - self._deaths[0] < DEATHS_S
        if often:
            await asyncio.sleep(PAUSE_S)
        try:
            await self._launch()
        except OSError as error:
            log.error("the engine cannot be started: %s", error)
            self._died.set()
            await asyncio.sleep(PAUSE_S)
