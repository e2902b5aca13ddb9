"""Passwords in the operating system's keyring; where there is none, for this run only and never in a file."""

from __future__ import annotations

import asyncio
import logging

import keyring
from keyring.errors import KeyringError

SERVICE = "dasan-desk"
PATIENCE_S = 10.0
_log = logging.getLogger(__name__)


class Secrets:
    """Keeps passwords by account name. The keyring may ask its user for a key, so it is never called on the loop."""

    def __init__(self) -> None:
        self._this_run: dict[str, str] = {}

    async def keep(self, account: str, password: str) -> bool:
        """Remember a password; False where it could be kept for this run only."""
        self._this_run[account] = password
        try:
            async with asyncio.timeout(PATIENCE_S):
                await asyncio.to_thread(keyring.set_password, SERVICE, account, password)
        except (KeyringError, TimeoutError, RuntimeError, OSError) as error:
            _log.warning("the keyring did not take a password: %s", type(error).__name__)
            return False
        return True

    async def find(self, account: str) -> str:
        """The password of an account, "" where none is known."""
        if account in self._this_run:
            return self._this_run[account]
        try:
            async with asyncio.timeout(PATIENCE_S):
                found = await asyncio.to_thread(keyring.get_password, SERVICE, account)
        except (KeyringError, TimeoutError, RuntimeError, OSError) as error:
            _log.warning("the keyring did not answer: %s", type(error).__name__)
            return ""
        return found or ""
