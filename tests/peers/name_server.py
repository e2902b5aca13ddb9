"""A name server that knows some SRV records, or one that takes every question and says nothing."""

from __future__ import annotations

import struct

from tests.peers.datagram_server import DatagramServer, Source

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


class NameServer(DatagramServer):
    """`records` by name; `None`: it never answers. `asked` counts the questions."""

    def __init__(self, records: dict[str, list[Record]] | None) -> None:
        self._records = records
        self.asked = 0
        super().__init__()

    def answer(self, data: bytes, source: Source) -> bytes | None:
        """Every record that is known of the name."""
        self.asked += 1
        if self._records is None:
            return None
        found = [
            each for known, rows in self._records.items() if name(known) in data.lower() for each in rows
        ]
        return reply(data, found)
