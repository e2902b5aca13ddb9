"""Asks STUN and TURN servers whether they answer: the library would wait for a dead one on its only thread."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import replace

from desktop.adapters.phone.asking import ask
from desktop.adapters.phone.names import addresses_of
from desktop.adapters.phone.outside import Address
from desktop.adapters.phone.traversal import DIRECT, Traversal

log = logging.getLogger(__name__)

PATIENCE_S, TRIES, EVERY_S = 0.5, 2, 5.0
BINDING, COOKIE = b"\x00\x01\x00\x00", b"\x21\x12\xa4\x42"
ANSWERS = (b"\x01\x01", b"\x01\x11")
"""An address, or a refusal: somebody is there either way."""


async def answers(server: Address) -> bool:
    """Whether a STUN or TURN server answers a binding request (RFC 5389)."""
    asked = COOKIE + secrets.token_bytes(12)

    def read(data: bytes) -> bool | None:
        return True if data[:2] in ANSWERS and data[4:20] == asked else None

    return bool(await ask(server, BINDING + asked, read, PATIENCE_S, TRIES))


class TraversalWatch:
    """`usable` is what the engine may use now; `tell` hears when that changes."""

    def __init__(self, wanted: Traversal, tell: Callable[[Traversal], None]) -> None:
        self._wanted, self._tell = wanted, tell
        self.usable = replace(wanted, stun="", turn="")
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Look once, then go on looking until `close`; nothing where the account names no server."""
        if self._wanted in (DIRECT, self.usable):
            return
        self.usable = await self._look()
        self._task = asyncio.get_running_loop().create_task(self._watch(), name="traversal")

    def close(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(EVERY_S)
            found = await self._look()
            if found != self.usable:
                self.usable = found
                self._tell(found)

    async def _look(self) -> Traversal:
        stun, turn = await asyncio.gather(self._alive(self._wanted.stun), self._alive(self._wanted.turn))
        return replace(self._wanted, stun=stun, turn=turn)

    async def _alive(self, place: str) -> str:
        """The server's address, "" where it is not found or does not answer: the engine looks no name up."""
        host, _, port = place.partition(":")
        for address in await addresses_of(host) if host else []:
            if await answers((address, int(port))):
                return f"{address}:{port}"
        if place:
            log.warning("%s does not answer: media does without it", place)
        return ""
