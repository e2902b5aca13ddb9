"""One end of the tap that listens: connects, again and again, says who it is, hands on what comes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping

from desktop.adapters.tap.address import connect
from desktop.adapters.tap.protocol import Message, TapError, Unpacker, pack_control

FIRST_RETRY = 0.1
LONGEST_RETRY = 1.0
READ = 1 << 16

log = logging.getLogger(__name__)


class TapLink:
    """Follows one address at a time, for one of `protocol.USES`. Lives on one event loop.

    `begun` is called when a connection is there, `take` with each message (it may raise TapError or ValueError, which
    ends the connection), `lost` when it has ended.
    """

    def __init__(
        self, use: str, begun: Callable[[], None], take: Callable[[Message], None], lost: Callable[[], None]
    ) -> None:
        self._use, self._begun, self._take, self._lost = use, begun, take, lost
        self._task: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None

    @property
    def connected(self) -> bool:
        """Whether an engine is at the other end."""
        return self._writer is not None

    def follow(self, address: str, token: str) -> None:
        """Leave what was followed before and follow this; "" follows nothing."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if address:
            self._task = asyncio.get_running_loop().create_task(self._follow(address, token), name="tap")

    def send(self, message: Mapping[str, object]) -> None:
        """Say something to the engine, if there is one."""
        if self._writer is not None:
            self._writer.write(pack_control(message))

    async def _follow(self, address: str, token: str) -> None:
        wait = FIRST_RETRY
        while True:
            try:
                reader, writer = await connect(address)
            except (OSError, ValueError):
                await asyncio.sleep(wait)
                wait = min(LONGEST_RETRY, wait * 2)
                continue
            wait = FIRST_RETRY
            try:
                await self._listen(reader, writer, token)
            except (OSError, TapError, ValueError) as error:
                log.warning("the tap broke: %s", error)
            finally:
                self._lose(writer)
            await asyncio.sleep(FIRST_RETRY)

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str) -> None:
        writer.write(pack_control({"tap": "hello", "token": token, "use": self._use}))
        await writer.drain()
        self._writer = writer
        self._begun()
        unpacker = Unpacker()
        while data := await reader.read(READ):
            for message in unpacker.feed(data):
                self._take(message)
                # A backlog of a minute comes at once; the loop has other things to do in between.
                await asyncio.sleep(0)

    def _lose(self, writer: asyncio.StreamWriter) -> None:
        self._writer = None
        with contextlib.suppress(OSError):
            writer.close()
        self._lost()
