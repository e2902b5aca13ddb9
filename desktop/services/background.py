"""Tasks that run beside the caller: kept alive, their failures logged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

_log = logging.getLogger(__name__)


class Background:
    """Owns tasks until they end."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], name: str = "") -> asyncio.Task[Any]:
        """Run `work` as a task of the running loop."""
        task = asyncio.get_running_loop().create_task(work, name=name or None)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            _log.error("background work failed: %s", task.get_name(), exc_info=task.exception())

    async def settle(self) -> None:
        """Wait for all tasks that run now, except the one that asks; their failures were logged."""
        while others := self._tasks - {asyncio.current_task()}:
            await asyncio.wait(others)

    def cancel(self) -> None:
        """End all tasks."""
        for task in list(self._tasks):
            task.cancel()
