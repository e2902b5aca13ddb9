"""Registrar, calling and called side in one, over UDP, TCP or TLS: all that it says comes from the registrar."""

from __future__ import annotations

import queue
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread

from desktop.adapters.phone.sip_message import SipMessage
from tests.peers.raw_sip import RawCaller, cut

Script = Callable[[SipMessage], list[bytes]]
"""The answers to a request of the phone's."""
PATIENCE_S = 20.0


class Hub:
    """Listens on a port of 127.0.0.1. Streams: what is sent goes down the connection that came last; when that is gone,
    it waits for the next one."""

    def __init__(self, transport: str, script: Script, tls: ssl.SSLContext | None = None) -> None:
        self.kind, self._script, self._tls = transport.upper().encode(), script, tls
        datagrams = transport == "udp"
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM if datagrams else socket.SOCK_STREAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.place = f"127.0.0.1:{self.port}"
        self.callers: list[HubCaller] = []
        self.said = self.connections = 0
        self._there = Condition()
        self._write: Callable[[bytes], object] | None = None
        run = self._datagrams if datagrams else self._accept
        if not datagrams:
            self._socket.listen()
        Thread(target=run, daemon=True).start()

    def close(self) -> None:
        """Hear nothing more."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def send(self, data: bytes) -> None:
        """To the phone, once it has shown where it is."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            with self._there:
                self._there.wait_for(lambda: self._write is not None, PATIENCE_S)
                write = self._write
            assert write is not None, "the phone does not come"
            try:
                write(data)
            except OSError:
                with self._there:
                    self._write = None if self._write is write else self._write
            else:
                return

    # ---- in threads of its own

    def _datagrams(self) -> None:
        with suppress(OSError):
            while True:
                data, source = self._socket.recvfrom(65536)
                to = (lambda where: lambda answer: self._socket.sendto(answer, where))(source)
                self._seen(to)
                self._take(SipMessage(data), to)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection = self._socket.accept()[0]
                self.connections += 1
                Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        write = None
        with suppress(OSError):
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection:
                write = connection.sendall
                self._seen(write)
                data = b""
                while part := connection.recv(65536):
                    messages, data = cut(data + part)
                    for one in messages:
                        self._take(one, write)
        with self._there:
            self._write = None if self._write is write else self._write

    def _seen(self, write: Callable[[bytes], object]) -> None:
        with self._there:
            self._write = write
            self._there.notify_all()

    def _take(self, message: SipMessage, write: Callable[[bytes], object]) -> None:
        if not message.start:
            return
        if not message.is_response:
            for answer in self._script(message):
                write(answer)
                self.said += 1
            return
        for caller in self.callers:
            if caller.wants(message.first(b"call-id")):
                caller.inbox.put(message)
                return


class HubCaller(RawCaller):
    """A caller behind the hub. Of several the first one that wants a Call-ID gets what is said to it."""

    def __init__(self, hub: Hub, wants: Callable[[bytes], bool] = lambda call_id: True) -> None:
        self.hub, self.wants, self.kind = hub, wants, hub.kind
        self.host, self.port = "127.0.0.1", hub.port
        self.inbox = queue.SimpleQueue[SipMessage]()
        self.sockets, self.answers = [], []
        hub.callers.append(self)

    def send(self, data: bytes) -> None:
        """To the phone."""
        self.hub.send(data)

    def take(self, seconds: float) -> list[SipMessage]:
        """What has come, waiting for the first up to `seconds`."""
        found = list[SipMessage]()
        with suppress(queue.Empty):
            found.append(self.inbox.get(timeout=max(0.001, seconds)))
            while True:
                found.append(self.inbox.get_nowait())
        self.answers += found
        return found
