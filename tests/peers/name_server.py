"""A name server that knows some SRV records, or one that takes every question and says nothing."""

from __future__ import annotations

import socket
import struct
from threading import Thread

Record = tuple[int, int, int, str]
"""Priority, weight, port, target."""


def name(text: str) -> bytes:
    """A name as labels."""
    return b"".join(bytes([len(part)]) + part.encode() for part in text.split(".")) + b"\0"


def reply(query: bytes, records: list[Record]) -> bytes:
    """The answer to a query; the owner of each record is a pointer to the question."""
    head = query[:2] + struct.pack(">5H", 0x8180, 1, len(records), 0, 0)
    data = [struct.pack(">3H", *record[:3]) + name(record[3]) for record in records]
    rows = [b"\xc0\x0c" + struct.pack(">HHIH", 33, 1, 60, len(each)) + each for each in data]
    return head + query[12:] + b"".join(rows)


class NameServer:
    """On a free port of 127.0.0.1. `records` by name; `None`: it never answers. `asked` counts the questions."""

    def __init__(self, records: dict[str, list[Record]] | None) -> None:
        self._records = records
        self.asked = 0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def __enter__(self) -> NameServer:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join(2)
        self._socket.close()

    def _work(self) -> None:
        while (got := self._socket.recvfrom(512))[0]:
            query, source = got
            self.asked += 1
            if self._records is None:
                continue
            found = [
                each for known, rows in self._records.items() if name(known) in query.lower() for each in rows
            ]
            self._socket.sendto(reply(query, found), source)
