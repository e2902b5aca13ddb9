"""One end of an RTP stream: sends a tone as PCMA, counts what it gets, and knows what it heard."""

from __future__ import annotations

import socket
import struct
import time
from threading import Event, Thread

import numpy as np

from tests.peers.tones import Samples

RATE, FRAME = 8000, 160
FRAME_S = 0.02


def _alaw() -> Samples:
    codes = np.arange(256) ^ 0x55
    segments = (codes & 0x70) >> 4
    values = ((codes & 0x0F) << 4) + np.where(segments == 0, 8, 0x108)
    values <<= np.maximum(segments - 1, 0)
    return np.where(codes & 0x80, values, -values) / 32768


ALAW = _alaw()


class Talker:
    """Sends to `target` once that is known. RTP is numbered, so a lost packet is a missing number."""

    def __init__(self, hertz: float) -> None:
        times = np.arange(RATE) / RATE
        tone = 0.25 * np.sin(2 * np.pi * hertz * times)
        order = np.argsort(ALAW)
        nearest = np.clip(np.searchsorted(ALAW[order], tone), 0, 255)
        self._sound = order[nearest].astype(np.uint8).tobytes()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.port = int(self._socket.getsockname()[1])
        self._end = Event()
        self._thread: Thread | None = None
        self.numbers: list[int] = []
        self._heard: list[bytes] = []

    def start(self, port: int) -> None:
        """Talk with this port of 127.0.0.1."""
        self._thread = Thread(target=self._run, args=(("127.0.0.1", port),), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Fall silent."""
        self._end.set()
        if self._thread is not None:
            self._thread.join()
        self._socket.close()

    def _run(self, target: tuple[str, int]) -> None:
        began, number = time.monotonic(), 0
        while not self._end.wait(max(0.0, began + number * FRAME_S - time.monotonic())):
            at = number * FRAME % RATE
            header = struct.pack("!BBHII", 0x80, 8, number & 0xFFFF, number * FRAME & 0xFFFFFFFF, 0x7A7A)
            self._socket.sendto(header + self._sound[at : at + FRAME], target)
            number += 1
            self._listen()

    def _listen(self) -> None:
        while True:
            try:
                data = self._socket.recv(2048)
            except OSError:
                return
            if len(data) > 12 and data[1] & 0x7F == 8:
                self.numbers.append(int.from_bytes(data[2:4]))
                self._heard.append(data[12:])

    def lost(self) -> int:
        """Packets that never came."""
        first, known = self.numbers[0], {(number - self.numbers[0]) & 0xFFFF for number in self.numbers}
        last = (self.numbers[-1] - first) & 0xFFFF
        return last + 1 - len(known)

    def heard(self) -> Samples:
        """What came, as samples."""
        return ALAW[np.frombuffer(b"".join(self._heard), np.uint8)]
