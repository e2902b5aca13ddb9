"""Work on a thread that nobody waits for at the end of the program: what it calls may never come back."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar, cast

_T = TypeVar("_T")


async def aside(work: Callable[..., _T], *values: object) -> _T:
    """What `work(*values)` returns, or its exception. Whoever waits no longer leaves the thread to itself."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[_T] = loop.create_future()

    def settle(result: _T | None, error: Exception | None) -> None:
        if done.done():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(cast(_T, result))

    def run() -> None:
        result, problem = None, None
        try:
            result = work(*values)
        except Exception as error:
            problem = error
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(settle, result, problem)

    threading.Thread(target=run, name="aside", daemon=True).start()
    return await done
