"""The doorman's sockets towards the network: one UDP socket, or a TCP listener with its connections."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import socket
from collections.abc import Callable
from typing import Protocol

from desktop.adapters.phone.checks import MAX_BODY, MAX_HEAD
from desktop.adapters.phone.network import is_ours

log = logging.getLogger(__name__)

Address = tuple[str, int]
Make = Callable[[Address], bytes]
"""Finishes a message once it is known from which local address it leaves."""
Receive = Callable[[bytes, Address], None]
LENGTH = re.compile(rb"(?im)^(?:content-length|l)[ \t]*:[ \t]*(\d{1,6})[ \t]*\r$")
MOST_WAITING = 64
MOST_LINKS = 64
CONNECT_S = 5.0


def mark(transport: asyncio.BaseTransport, dscp: int) -> None:
    """Set the mark of a socket (RFC 2474); Windows leaves that to its own policies."""
    with contextlib.suppress(OSError):
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_IP, socket.IP_TOS, dscp << 2)


class Outside(Protocol):
    """Sends and receives whole SIP messages."""

    local: Address
    stream: bool

    def send(self, target: Address, make: Make) -> None:
        """Send to `target`; never blocks, never raises."""

    def mark(self, dscp: int) -> None:
        """Mark what is sent from now on for the network."""

    def stands(self, target: Address) -> bool:
        """Whether there is a connection to `target`, where one is needed."""

    def drop(self, target: Address) -> bool:
        """Forget the connection to `target`; whether there was one."""

    def drop_stranded(self) -> None:
        """Forget the connections from addresses that this machine has no more."""

    def local_to(self, target: Address) -> Address:
        """From which address is sent to `target`."""

    def close(self) -> None:
        """Close every socket."""


class Datagrams(asyncio.DatagramProtocol):
    """Hands datagrams on; errors of a socket without connection mean nothing."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive

    def datagram_received(self, data: bytes, addr: Address) -> None:
        """A datagram came."""
        self._receive(data, addr[:2])

    def error_received(self, exc: Exception) -> None:
        """The other side's port is closed."""
        log.debug("datagram not delivered: %s", exc)


class OutsideUdp:
    """One UDP socket."""

    stream = False

    def __init__(self, transport: asyncio.DatagramTransport, host: str) -> None:
        self._transport = transport
        name = transport.get_extra_info("sockname")
        self.local: Address = (host or name[0], name[1])

    @classmethod
    async def open(cls, bind: str, port: int, host: str, receive: Receive) -> OutsideUdp:
        """Bind; `host` is the address that others reach us by where `bind` is empty. Raises OSError."""
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(
            lambda: Datagrams(receive), (bind or "0.0.0.0", port)
        )
        return cls(transport, host)

    def send(self, target: Address, make: Make) -> None:
        """Send one datagram."""
        try:
            self._transport.sendto(make(self.local), target)
        except OSError as error:
            log.warning("could not send: %s", error)

    def mark(self, dscp: int) -> None:
        """Mark each datagram."""
        mark(self._transport, dscp)

    def stands(self, target: Address) -> bool:
        """None is needed."""
        return True

    def drop(self, target: Address) -> bool:
        """There is none."""
        return False

    def drop_stranded(self) -> None:
        """There are none."""

    def local_to(self, target: Address) -> Address:
        """The same for all."""
        return self.local

    def close(self) -> None:
        """Close the socket."""
        self._transport.close()


async def read_messages(reader: asyncio.StreamReader, receive: Callable[[bytes], None]) -> None:
    """Cut a stream into messages (RFC 3261 18.3). Raises OSError, EOFError, or ValueError where it cannot be cut."""
    while True:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.LimitOverrunError as error:
            raise ValueError("header too long") from error
        if not head.strip():
            receive(head)
            continue
        length = LENGTH.search(head)
        if length is None or int(length[1]) > MAX_BODY:
            raise ValueError("no usable Content-Length")
        receive(head + await reader.readexactly(int(length[1])))


class Link:
    """One TCP connection; what is sent before it stands waits."""

    def __init__(self) -> None:
        self.writer: asyncio.StreamWriter | None = None
        self.local: Address = ("", 0)
        self._waiting: list[Make] = []

    def attach(self, writer: asyncio.StreamWriter) -> None:
        """The connection stands."""
        self.writer = writer
        self.local = writer.get_extra_info("sockname")[:2]
        for make in self._waiting:
            writer.write(make(self.local))
        self._waiting.clear()

    def send(self, make: Make) -> None:
        """Write now or when the connection stands."""
        if self.writer is not None:
            self.writer.write(make(self.local))
        elif len(self._waiting) < MOST_WAITING:
            self._waiting.append(make)

    def close(self) -> None:
        """Close the connection."""
        if self.writer is not None:
            self.writer.close()

    def abort(self) -> None:
        """Close the connection without waiting for what nobody takes."""
        if self.writer is not None:
            self.writer.transport.abort()


class OutsideTcp:
    """A listener and connections, by the other side's address."""

    stream = True

    def __init__(self, bind: str, host: str, receive: Receive, lost: Callable[[Address], None]) -> None:
        self._bind, self._receive, self._lost = bind, receive, lost
        self._links: dict[Address, Link] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.AbstractServer | None = None
        self.local: Address = (host or bind, 0)
        self.allows: Callable[[Address], bool] = lambda _source: True
        """Who may connect: strangers could take every place that the registrar needs."""
        self._dscp = 0

    async def open(self, port: int) -> None:
        """Listen. Raises OSError."""
        server = await asyncio.start_server(self._accept, self._bind or "0.0.0.0", port, limit=MAX_HEAD)
        self._server = server
        self.local = (self.local[0], server.sockets[0].getsockname()[1])

    def send(self, target: Address, make: Make) -> None:
        """Send on the connection to `target`, opening one where there is none."""
        link = self._links.get(target)
        if link is None:
            link = self._links[target] = Link()
            task = asyncio.get_running_loop().create_task(self._connect(target, link))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        link.send(make)

    def mark(self, dscp: int) -> None:
        """Mark each connection that is opened or taken later."""
        self._dscp = dscp

    def stands(self, target: Address) -> bool:
        """Whether there is a connection."""
        link = self._links.get(target)
        return link is not None and link.writer is not None

    def drop(self, target: Address) -> bool:
        """Forget the connection; its end is not told."""
        link = self._links.pop(target, None)
        if link is not None:
            link.abort()
        return link is not None

    def drop_stranded(self) -> None:
        """Forget what can carry nothing any more."""
        for target, link in list(self._links.items()):
            if link.writer is not None and not is_ours(link.local[0]):
                self.drop(target)

    def local_to(self, target: Address) -> Address:
        """Of the connection, while it stands."""
        link = self._links.get(target)
        return self.local if link is None or link.writer is None else link.local

    def close(self) -> None:
        """Close the listener and every connection."""
        if self._server is not None:
            self._server.close()
        for link in list(self._links.values()):
            link.close()
        for task in self._tasks:
            task.cancel()

    async def _connect(self, target: Address, link: Link) -> None:
        try:
            reader, writer = await self._open_connection(target)
        except (OSError, TimeoutError) as error:
            log.warning("no connection to %s: %s", target[0], error)
            self._gone(target, link)
            return
        if self._links.get(target) is not link:
            writer.close()  # given up while it came to stand
            return
        mark(writer.transport, self._dscp)
        link.attach(writer)
        await self._read(reader, target, link)

    async def _open_connection(self, target: Address) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        local = (self._bind, 0) if self._bind else None
        async with asyncio.timeout(CONNECT_S):
            return await asyncio.open_connection(*target, local_addr=local, limit=MAX_HEAD)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        source: Address = writer.get_extra_info("peername")[:2]
        if not self.allows(source) or len(self._links) >= MOST_LINKS:
            writer.transport.abort()
            return
        link = self._links[source] = Link()
        mark(writer.transport, self._dscp)
        link.attach(writer)
        await self._read(reader, source, link)

    async def _read(self, reader: asyncio.StreamReader, source: Address, link: Link) -> None:
        try:
            await read_messages(reader, lambda data: self._receive(data, source))
        except (OSError, EOFError, ValueError) as error:
            log.debug("connection with %s ended: %s", source[0], error)
        link.close()
        self._gone(source, link)
        with contextlib.suppress(OSError):
            if link.writer is not None:
                await link.writer.wait_closed()

    def _gone(self, target: Address, link: Link) -> None:
        if self._links.get(target) is link:
            del self._links[target]
            self._lost(target)
