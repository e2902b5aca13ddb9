"""A server on a free UDP port of 127.0.0.1, in a thread of its own."""

from __future__ import annotations

import socket
from threading import Thread
from typing import Self

Source = tuple[str, int]
LARGEST = 65_536


class DatagramServer:
    """Runs from its making until the end of its `with`."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = int(self.socket.getsockname()[1])
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join(2)
        self.socket.close()

    def _work(self) -> None:
        while (got := self.socket.recvfrom(LARGEST))[0]:
            answer = self.answer(*got)
            if answer is not None:
                self.socket.sendto(answer, got[1])

    def answer(self, data: bytes, source: Source) -> bytes | None:
        """What to send back, None for nothing."""
        raise NotImplementedError
