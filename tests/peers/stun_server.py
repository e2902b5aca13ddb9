"""A STUN server that says what the test wants of everybody's address, or nothing any more (RFC 5389)."""

from __future__ import annotations

import socket
import struct

from tests.peers.datagram_server import DatagramServer, Source

COOKIE = 0x2112A442


class StunServer(DatagramServer):
    """Everybody's address is `mapped`; `silent` makes it stop answering."""

    def __init__(self, mapped: tuple[str, int]) -> None:
        self._mapped = mapped
        self.silent = False
        self.asked = 0
        super().__init__()

    def answer(self, data: bytes, source: Source) -> bytes | None:
        """To a binding request alone."""
        if len(data) < 20 or data[:2] != b"\x00\x01":
            return None
        self.asked += 1
        return None if self.silent else self._answer(data)

    def _answer(self, data: bytes) -> bytes:
        host, port = self._mapped
        address = struct.unpack(">I", socket.inet_aton(host))[0]
        plain = struct.pack(">HHBBHI", 0x0001, 8, 0, 1, port, address)
        hidden = struct.pack(">HHBBHI", 0x0020, 8, 0, 1, port ^ COOKIE >> 16, address ^ COOKIE)
        rows = plain + hidden
        return struct.pack(">HH", 0x0101, len(rows)) + data[4:20] + rows
