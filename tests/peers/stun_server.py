"""A STUN server that says what the test wants of everybody's address, or nothing any more (RFC 5389)."""

from __future__ import annotations

import socket
import struct
from threading import Thread

COOKIE = 0x2112A442


class StunServer:
    """On a free UDP port of 127.0.0.1. Everybody's address is `mapped`; `silent` makes it stop answering."""

    def __init__(self, mapped: tuple[str, int]) -> None:
        self._mapped = mapped
        self.silent = False
        self.asked = 0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def __enter__(self) -> StunServer:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join(2)
        self._socket.close()

    def _work(self) -> None:
        while (got := self._socket.recvfrom(2048))[0]:
            data, source = got
            if len(data) < 20 or data[:2] != b"\x00\x01":
                continue
            self.asked += 1
            if not self.silent:
                self._socket.sendto(self._answer(data), source)

    def _answer(self, data: bytes) -> bytes:
        host, port = self._mapped
        address = struct.unpack(">I", socket.inet_aton(host))[0]
        plain = struct.pack(">HHBBHI", 0x0001, 8, 0, 1, port, address)
        hidden = struct.pack(">HHBBHI", 0x0020, 8, 0, 1, port ^ COOKIE >> 16, address ^ COOKIE)
        rows = plain + hidden
        return struct.pack(">HH", 0x0101, len(rows)) + data[4:20] + rows
