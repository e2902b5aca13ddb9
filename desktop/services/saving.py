"""Writes that must not get lost: what can't be written now is kept and tried again until it is on disk."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from desktop.domain.errors import StorageError
from desktop.domain.events import SavingFailed, SavingMended
from desktop.services.event_bus import EventBus

RETRY_S = 2.0
_log = logging.getLogger(__name__)

Write = Callable[[], Awaitable[object]]


class Saver:
    """Keeps the newest failed write of each key. `SavingFailed` says that some wait, `SavingMended` that none do."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self._kept: dict[str, Write] = {}
        self._again: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """How many writes are not on disk yet."""
        return len(self._kept)

    async def save(self, key: str, write: Write) -> bool:
        """Write now; False: it could not be written and is kept. A newer write of a key takes the older one's place."""
        failed_before = self._kept.pop(key, None) is not None
        try:
            await write()
        except StorageError as error:
            if error.kind == "closed":
                _log.error("%s was not saved: the database is closed", key.partition(" ")[0])
                return False
            self._kept.setdefault(key, write)
            self._bus.publish(SavingFailed(str(error), error.kind))
            if self._again is None or self._again.done():
                self._again = asyncio.get_running_loop().create_task(self._try_again(), name="save again")
            return False
        if failed_before and not self._kept:
            self._bus.publish(SavingMended())
        return True

    def forget(self, key: str) -> None:
        """What is kept of this key is out of date."""
        self._kept.pop(key, None)

    async def close(self) -> None:
        """Try a last time; what still can't be written is counted in the log."""
        if self._again is not None:
            self._again.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._again
        if self._kept and not await self._write_kept():
            _log.error("%d changes could not be saved", len(self._kept))
        self._kept.clear()

    async def _try_again(self) -> None:
        while self._kept:
            await asyncio.sleep(RETRY_S)
            await self._write_kept()

    async def _write_kept(self) -> bool:
        for key, write in list(self._kept.items()):
            try:
                await write()
            except StorageError as error:
                if error.kind != "closed":
                    self._bus.publish(SavingFailed(str(error), error.kind))
                    return False
            # What was kept meanwhile is newer.
            if self._kept.get(key) is write:
                del self._kept[key]
        self._bus.publish(SavingMended())
        return True
