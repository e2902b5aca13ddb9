"""Brings the desk back when it is gone without saying goodbye: three times in five minutes at most."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

log = logging.getLogger(__name__)

MOST, WITHIN_S = 3, 300.0
GRACE_S, PAUSE_S, POLL_S = 0.1, 1.0, 0.1
"""A desk that was started anew by hand comes first; one that ends at once is tried again after the pause."""


class DeskChild(Protocol):
    """A desk that was started."""

    returncode: int | None

    def poll(self) -> int | None:
        """Its exit code, None while it runs."""


class DeskKeeper:
    """`start` starts a desk, raising OSError; `tell` hears gone, started, back, given_up."""

    def __init__(
        self,
        start: Callable[[], DeskChild],
        tell: Callable[[str], None],
        mono: Callable[[], float] = time.monotonic,
    ) -> None:
        self._start, self._tell, self._mono = start, tell, mono
        self._here = 0
        self._started: deque[float] = deque(maxlen=MOST)
        self._children: list[DeskChild] = []
        self._work: asyncio.Task[None] | None = None

    def came(self) -> None:
        """A desk has attached."""
        self._here += 1
        if self._started:
            self._tell("back")

    def left(self) -> None:
        """A desk is gone, and said no goodbye."""
        self._here -= 1
        if self._here == 0 and (self._work is None or self._work.done()):
            self._tell("gone")
            self._work = asyncio.get_running_loop().create_task(
                self._bring_back(), name="bring the desk back"
            )

    async def close(self) -> None:
        """The phone ends: no desk is started any more. One that runs lives on."""
        if self._work is not None:
            self._work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._work
        for child in self._children:
            if child.poll() is None:
                child.returncode = 0  # it lives on, and that is no neglect to warn of

    def _may_start(self) -> bool:
        return len(self._started) < MOST or self._mono() - self._started[0] >= WITHIN_S

    async def _bring_back(self) -> None:
        await asyncio.sleep(GRACE_S)
        while not self._here:
            if not self._may_start():
                log.error("the desk ended %d times in five minutes; it is not started again", MOST)
                self._tell("given_up")
                return
            if await self._try():
                return
            await asyncio.sleep(PAUSE_S)

    async def _try(self) -> bool:
        """Start one; whether that is enough: a desk is here, or another one was open already."""
        log.warning("the desk is gone without a goodbye; it is started again")
        self._started.append(self._mono())
        try:
            child = self._start()
        except OSError as error:
            log.error("the desk cannot be started: %s", error)
            return False
        self._children = [*(each for each in self._children if each.poll() is None), child]
        self._tell("started")
        while not self._here and child.poll() is None:
            await asyncio.sleep(POLL_S)
        return bool(self._here) or child.returncode == 0


def starter(argv: Sequence[str], environment: Mapping[str, str]) -> Callable[[], DeskChild]:
    """Starts the desk as a process that does not end with the phone."""

    def start() -> DeskChild:
        return subprocess.Popen(
            argv,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    return start
