"""The doorman's sockets towards the engine, on loopback: datagrams for datagrams outside, streams for streams.

So the engine's own timers stay right: pjsip repeats what it sends over UDP and trusts TCP.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections import deque
from collections.abc import Callable
from typing import Protocol

from desktop.adapters.phone.checks import MAX_HEAD
from desktop.adapters.phone.outside import Address, Datagrams, read_messages

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
MOST_WAITING = 64
QUICK_ACK = getattr(socket, "TCP_QUICKACK", None)

FromEngine = Callable[[bytes], None]


class Inside(Protocol):
    """Whole messages to and from the engine that is up."""

    port: int

    def engine_up(self, address: Address) -> None:
        """A new engine listens there; what waited for it is delivered."""

    def engine_down(self) -> None:
        """The engine is gone; what comes waits for its successor."""

    def deliver(self, data: bytes) -> None:
        """Give the engine a message."""

    def cut(self) -> None:
        """The outside connection is lost: let the engine notice."""

    def close(self) -> None:
        """Close the sockets."""


class InsideUdp:
    """One UDP socket; only the engine's own address is listened to."""

    def __init__(self, receive: FromEngine) -> None:
        self._receive = receive
        self._engine: Address | None = None
        self._waiting: deque[bytes] = deque(maxlen=MOST_WAITING)
        self._early: deque[tuple[bytes, Address]] = deque(maxlen=16)
        self._transport: asyncio.DatagramTransport | None = None
        self.port = 0

    async def open(self) -> None:
        """Bind on loopback. Raises OSError."""
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: Datagrams(self._got), (LOOPBACK, 0))
        self.port = self._transport.get_extra_info("sockname")[1]

    def _got(self, data: bytes, source: Address) -> None:
        if self._engine is None:
            self._early.append((data, source))  # its REGISTER may overtake its "up"
        elif source == self._engine:
            self._receive(data)

    def engine_up(self, address: Address) -> None:
        """A new engine listens there."""
        self._engine = address
        while self._early:
            self._got(*self._early.popleft())
        while self._waiting:
            self.deliver(self._waiting.popleft())

    def engine_down(self) -> None:
        """The engine is gone."""
        self._engine = None
        self._early.clear()

    def deliver(self, data: bytes) -> None:
        """Give the engine a message."""
        if self._engine is None or self._transport is None:
            self._waiting.append(data)
        else:
            self._transport.sendto(data, self._engine)

    def cut(self) -> None:
        """Nothing to notice on datagrams."""

    def close(self) -> None:
        """Close the socket."""
        if self._transport is not None:
            self._transport.close()


class InsideTcp:
    """A listener that the engine connects to, and a connection of our own to the engine's listener."""

    def __init__(self, receive: FromEngine) -> None:
        self._receive = receive
        self._waiting: deque[bytes] = deque(maxlen=MOST_WAITING)
        self._server: asyncio.AbstractServer | None = None
        self._theirs: set[asyncio.StreamWriter] = set()
        self._ours: asyncio.StreamWriter | None = None
        self._address: Address | None = None
        self._connecting: asyncio.Task[None] | None = None
        self.port = 0

    async def open(self) -> None:
        """Listen on loopback. Raises OSError."""
        self._server = await asyncio.start_server(self._accept, LOOPBACK, 0, limit=MAX_HEAD)
        self.port = self._server.sockets[0].getsockname()[1]

    def engine_up(self, address: Address) -> None:
        """A new engine listens there."""
        self._address = address
        self._connect()

    def engine_down(self) -> None:
        """The engine is gone."""
        self._address = None
        self._shut()
        self.cut()

    def deliver(self, data: bytes) -> None:
        """Give the engine a message."""
        if self._ours is not None:
            self._ours.write(data)
            return
        self._waiting.append(data)
        if self._address is not None:
            self._connect()  # pjsip closes what has long been idle

    def cut(self) -> None:
        """Close what the engine has opened: it registers again."""
        for writer in list(self._theirs):
            writer.close()

    def close(self) -> None:
        """Close the listener and the connections."""
        if self._server is not None:
            self._server.close()
        self._shut()
        self.cut()

    def _shut(self) -> None:
        if self._connecting is not None:
            self._connecting.cancel()
            self._connecting = None
        if self._ours is not None:
            self._ours.close()
            self._ours = None

    def _connect(self) -> None:
        if self._connecting is None or self._connecting.done():
            self._connecting = asyncio.get_running_loop().create_task(self._hold_connection())

    async def _hold_connection(self) -> None:
        if self._address is None:
            return
        try:
            reader, writer = await asyncio.open_connection(*self._address, limit=MAX_HEAD)
        except OSError as error:
            log.warning("the engine cannot be reached: %s", error)
            return
        self._ours = writer
        while self._waiting:
            writer.write(self._waiting.popleft())
        await self._read(reader, writer)
        if self._ours is writer:
            self._ours = None

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._theirs.add(writer)
        await self._read(reader, writer)
        self._theirs.discard(writer)

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")

        def receive(data: bytes) -> None:
            # pjsip leaves Nagle on: without quick acknowledgements its 180 waits 40 ms behind its 100.
            if QUICK_ACK is not None:
                with contextlib.suppress(OSError):
                    connection.setsockopt(socket.IPPROTO_TCP, QUICK_ACK, 1)
            self._receive(data)

        with contextlib.suppress(OSError, EOFError, ValueError):
            await read_messages(reader, receive)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
