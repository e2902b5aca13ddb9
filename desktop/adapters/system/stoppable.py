"""Work on a thread that ends soon after it is told to; one piece at a time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")
Step = TypeVar("Step")


class StoppableWork:
    """`run` gives the work an event that says when to end: set by `stop`, or when nobody waits for it any more."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def stop(self) -> None:
        """End what is running."""
        self._stop.set()

    async def run(self, work: Callable[[threading.Event], Result]) -> Result:
        """What `work` returns or raises, off the loop."""
        stop = self._stop = threading.Event()
        future = asyncio.get_running_loop().run_in_executor(None, work, stop)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            # Nobody waits any more: the thread must still end before what it reads or writes is touched again.
            stop.set()
            await asyncio.wait([future])
            raise


def on_this_loop(progress: Callable[[Step], None]) -> Callable[[Step], None]:
    """The same from any thread: called on the loop that runs now."""
    loop = asyncio.get_running_loop()

    def tell(step: Step) -> None:
        loop.call_soon_threadsafe(progress, step)

    return tell
