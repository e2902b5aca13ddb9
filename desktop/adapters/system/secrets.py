"""Passwords in the operating system's keyring; where there is none, for this run only and never in a file."""

from __future__ import annotations

import asyncio
import logging

from desktop.adapters.system.aside import aside
from desktop.adapters.system.keyrings import KeyringHere, RefusedError, SystemKeyring

PATIENCE_S = 10.0
_log = logging.getLogger(__name__)
_FAILURES = (RefusedError, TimeoutError, RuntimeError, OSError)


class Secrets:
    """Keeps passwords by account name. The keyring may ask its user for a key, so it is never called on the loop."""

    def __init__(self, patience_s: float = PATIENCE_S, ring: SystemKeyring | None = None) -> None:
        """`patience_s`: how long to wait for the keyring; it may be asking somebody who is not there."""
        self._this_run: dict[str, str] = {}
        self._ring = ring or KeyringHere()
        self._patience_s = patience_s

    async def keep(self, account: str, password: str) -> bool:
        """Remember a password; False where it could be kept for this run only."""
        self._this_run[account] = password
        try:
            async with asyncio.timeout(self._patience_s):
                await aside(self._ring.keep, account, password)
        except _FAILURES as error:
            _log.warning("the keyring did not take a password: %s", _name(error))
            return False
        return True

    async def keep_for_good(self, account: str, password: str) -> bool:
        """Remember a password beyond this run, read back to be sure; False where the keyring does not do that."""

        def keep() -> bool:
            self._ring.keep(account, password)
            return self._ring.find(account) == password

        try:
            async with asyncio.timeout(self._patience_s):
                return await aside(keep)
        except _FAILURES as error:
            _log.warning("the keyring did not take a key: %s", _name(error))
            return False

    async def find(self, account: str) -> str:
        """The password of an account, "" where none is known."""
        if account in self._this_run:
            return self._this_run[account]
        try:
            async with asyncio.timeout(self._patience_s):
                found = await aside(self._ring.find, account)
        except _FAILURES as error:
            _log.warning("the keyring did not answer: %s", _name(error))
            return ""
        return found or ""


def _name(error: Exception) -> str:
    return str(error) if isinstance(error, RefusedError) else type(error).__name__
