"""Blocking work on a thread that the loop never waits for longer than it wants, and the program's end not at all."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable

from desktop.domain.delivery import Outcome, Retry, Trouble


class OneAtATime:
    """Runs blocking tries of one target. One that hangs, on a dead share say, is left behind and keeps others out."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._running: threading.Thread | None = None

    async def run(self, work: Callable[[], Outcome], longest_s: float, abort: Callable[[], None]) -> Outcome:
        """The result of `work`, or a retry after `longest_s`; `abort` is called where nobody waits for it any more."""
        if self._running is not None and self._running.is_alive():
            return Retry(Trouble.STILL_RUNNING)
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Outcome] = loop.create_future()

        def tell(outcome: Outcome | None, error: BaseException | None) -> None:
            if done.done():
                return
            if error is not None:
                done.set_exception(error)
            elif outcome is not None:
                done.set_result(outcome)

        def body() -> None:
            outcome, failure = None, None
            try:
                outcome = work()
            except Exception as error:
                # The thread's boundary: whoever waits gets it.
                failure = error
            with contextlib.suppress(RuntimeError):  # the loop may be closed by now
                loop.call_soon_threadsafe(tell, outcome, failure)

        self._running = threading.Thread(target=body, name=f"deliver {self._name}", daemon=True)
        self._running.start()
        try:
            async with asyncio.timeout(longest_s):
                return await done
        except TimeoutError:
            if done.done() and not done.cancelled():
                raise
            abort()
            return Retry(Trouble.TIMEOUT)
        except asyncio.CancelledError:
            abort()
            raise
