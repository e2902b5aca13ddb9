"""A phone that does not start: why, in a word that the window can translate, and another try every few seconds."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
from collections.abc import Callable
from pathlib import Path

from desktop.adapters.phone.account_file import PASSWORD_VARIABLE, read_account
from desktop.domain.errors import DeskError, PhoneError
from desktop.domain.events import TroubleFound
from desktop.processes.practice_line import LinePhone

RETRY_S = 10.0
_PORT = re.compile(r"cannot listen on \S+ port (\d+)")
_log = logging.getLogger(__name__)


def phone_trouble(reason: str, account: Path | None) -> TroubleFound:
    """What keeps the phone from starting; `reason` is the phone's own sentence."""
    port = _PORT.search(reason)
    if port is not None:
        return TroubleFound("phone", reason, "port_taken", port[1])
    if account is not None:
        try:
            read_account(account, {**os.environ, PASSWORD_VARIABLE: ""})
        except DeskError as error:
            return TroubleFound("phone", str(error), "account", str(account))
    return TroubleFound("phone", reason)


class PhoneWatch:
    """Starts the phone of a desk, now or as soon as it can be started. `tell` hears each new reason once."""

    def __init__(
        self, phone: LinePhone, account: Callable[[], Path | None], tell: Callable[[TroubleFound], None]
    ) -> None:
        self._phone, self._account, self._tell = phone, account, tell
        self._again: asyncio.Task[None] | None = None
        self._told = ""

    async def start(self) -> None:
        """Start the phone; where it does not, say why and go on trying."""
        if not await self._start():
            self._again = asyncio.get_running_loop().create_task(self._try_again(), name="start the phone")

    async def close(self) -> None:
        """No more tries."""
        if self._again is not None:
            self._again.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._again

    async def _start(self) -> bool:
        try:
            await self._phone.start()
        except PhoneError as error:
            if str(error) != self._told:
                self._told = str(error)
                _log.error("the phone did not start: %s", error)
                self._tell(phone_trouble(self._told, self._account()))
            return False
        return True

    async def _try_again(self) -> None:
        while True:
            await asyncio.sleep(RETRY_S)
            if await self._start():
                return
