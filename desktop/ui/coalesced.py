"""Work that is asked for again and again: at once while that is seldom, then a few times a second for all who asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from desktop.domain.bucket import Bucket

AT_ONCE, A_SECOND = 6, 4
Start = Callable[[Coroutine[Any, Any, object], str], None]


class Coalesced:
    """Does `work`, which reads what there is, at least once after each `ask`; never twice at a time.

    A hundred callers who are refused within two seconds would have every list read a hundred times.
    """

    def __init__(self, start: Start, work: Callable[[], Awaitable[object]], doing: str) -> None:
        self._start, self._work, self._doing = start, work, doing
        self._bucket: Bucket | None = None
        self._wanted = self._running = False

    def ask(self) -> None:
        """Something has changed. Needs a running loop."""
        self._wanted = True
        if not self._running:
            self._running = True
            self._start(self._run(), self._doing)

    async def _run(self) -> None:
        try:
            while self._wanted:
                await self._turn()
                self._wanted = False
                await asyncio.sleep(0)  # who asked may have begun to write what is read now
                await self._work()
        finally:
            self._running = False

    async def _turn(self) -> None:
        clock = asyncio.get_running_loop().time
        self._bucket = self._bucket or Bucket(AT_ONCE, A_SECOND, clock())
        while not self._bucket.take(clock()):
            await asyncio.sleep(1 / A_SECOND)
