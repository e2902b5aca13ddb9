"""Passwords in the operating system's keyring; where there is none, for this run only and never in a file."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from typing import TypeVar, cast

import keyring
from keyring.errors import KeyringError

SERVICE = "dasan-desk"
PATIENCE_S = 10.0
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


async def _aside(work: Callable[..., _T], *values: str) -> _T:
    """Run on a thread that nobody waits for at the end of the program: a keyring may ask and never be answered."""
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

    threading.Thread(target=run, name="keyring", daemon=True).start()
    return await done


class Secrets:
    """Keeps passwords by account name. The keyring may ask its user for a key, so it is never called on the loop."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        """`patience_s`: how long to wait for the keyring; it may be asking somebody who is not there."""
        self._this_run: dict[str, str] = {}
        self._patience_s = patience_s

    async def keep(self, account: str, password: str) -> bool:
        """Remember a password; False where it could be kept for this run only."""
        self._this_run[account] = password
        try:
            async with asyncio.timeout(self._patience_s):
                await _aside(keyring.set_password, SERVICE, account, password)
        except (KeyringError, TimeoutError, RuntimeError, OSError) as error:
            _log.warning("the keyring did not take a password: %s", type(error).__name__)
            return False
        return True

    async def keep_for_good(self, account: str, password: str) -> bool:
        """Remember a password beyond this run, read back to be sure; False where the keyring does not do that."""

        def keep() -> bool:
            keyring.set_password(SERVICE, account, password)
            return keyring.get_password(SERVICE, account) == password

        try:
            async with asyncio.timeout(self._patience_s):
                return await _aside(keep)
        except (KeyringError, TimeoutError, RuntimeError, OSError) as error:
            _log.warning("the keyring did not take a key: %s", type(error).__name__)
            return False

    async def find(self, account: str) -> str:
        """The password of an account, "" where none is known."""
        if account in self._this_run:
            return self._this_run[account]
        try:
            async with asyncio.timeout(self._patience_s):
                found = await _aside(keyring.get_password, SERVICE, account)
        except (KeyringError, TimeoutError, RuntimeError, OSError) as error:
            _log.warning("the keyring did not answer: %s", type(error).__name__)
            return ""
        return found or ""
