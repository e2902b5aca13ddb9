"""One end of a call in PCMA that knows when each packet left and when each came: the other end of every measurement."""

from __future__ import annotations

import heapq
import os
import random
import re
import select
import socket
import struct
import threading
import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop.adapters.phone.sip_message import SipMessage
from tests.adapters.phone.messages import message
from tests.peers.raw_sip import RawCaller
from tests.peers.talker import ALAW, FRAME, FRAME_S, RATE

HOST = "127.0.0.1"
PCMA, HEADER = 8, 12
ANSWER_S = 15.0
SDP = b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio %d RTP/AVP 8\r\na=ptime:20\r\n"

Narrow = npt.NDArray[np.float64]
"""Sound of 8 kHz, -1..1."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One that came: when (seconds of `time.perf_counter`), its number, what was in it."""

    at: float
    number: int
    payload: bytes


def encoded(sound: Narrow) -> bytes:
    """As A-law."""
    order = np.argsort(ALAW)
    place = np.clip(np.searchsorted(ALAW[order], sound), 1, 255)
    nearer = np.abs(ALAW[order][place - 1] - sound) < np.abs(ALAW[order][place] - sound)
    return order[place - nearer].astype(np.uint8).tobytes()


def decoded(payload: bytes) -> Narrow:
    """From A-law."""
    return np.asarray(ALAW[np.frombuffer(payload, np.uint8)])


def bound() -> socket.socket:
    """A UDP socket on loopback."""
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind((HOST, 0))
    return made


class Relay:
    """An impaired link: of what goes to the phone a share is lost, the rest late by 0 to twice `jitter_s`, all alike.

    The order may change, as on a real link. What comes from the phone passes untouched. Seeded: every phone meets the
    same losses and delays.
    """

    def __init__(self, loss: float, jitter_s: float, seed: int = 7) -> None:
        self._loss, self._jitter = loss, jitter_s
        self._random = random.Random(seed)
        self.near, self.far = bound(), bound()
        """Sockets towards the sender and towards the phone."""
        self.sender: tuple[str, int] | None = None
        self.phone: tuple[str, int] | None = None
        self._held: list[tuple[float, int, bytes]] = []
        self._count = 0
        self.lost = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the link."""
        self._end.set()
        self._thread.join()
        self.near.close()
        self.far.close()

    def _run(self) -> None:
        while not self._end.is_set():
            now = time.perf_counter()
            wait = min(0.05, self._held[0][0] - now) if self._held else 0.05
            for ready in select.select([self.near, self.far], [], [], max(0.0, wait))[0]:
                data, sender = ready.recvfrom(2048)
                if ready is self.near:
                    self.sender = sender
                    self._hold(data)
                elif self.sender is not None:
                    self.near.sendto(data, self.sender)
            while self._held and self._held[0][0] <= time.perf_counter():
                data = heapq.heappop(self._held)[2]
                if self.phone is not None:
                    self.far.sendto(data, self.phone)

    def _hold(self, data: bytes) -> None:
        dropped, late = self._random.random() < self._loss, self._random.random() * 2 * self._jitter
        self._count += 1
        self.lost += dropped
        if not dropped:
            heapq.heappush(self._held, (time.perf_counter() + late, self._count, data))


class Line:
    """A call to the phone at `port`, answered by it. `link` stands between, where there is one."""

    def __init__(self, port: int, user: str, link: Relay | None = None) -> None:
        self._caller = RawCaller(port, host=HOST)
        self._socket, self._link = bound(), link
        own = (link.far if link else self._socket).getsockname()[1]
        self._tag = b"%d-%d" % (os.getpid(), own)
        self._to = b"<sip:%s@127.0.0.1:%d>" % (user.encode(), port)
        self._start = b" sip:%s@127.0.0.1:%d SIP/2.0" % (user.encode(), port)
        answer = self._ask(b"INVITE", 1, SDP % own)
        if answer.code != 200:
            raise SystemExit(f"the call was not answered: {answer.start!r}")
        self._to = answer.first(b"to")
        self._say(b"ACK", 1)
        target = (HOST, int(re.findall(rb"(?m)^m=audio (\d+)", answer.body)[0]))
        if link is not None:
            link.phone, target = target, link.near.getsockname()
        self._target = target
        self.sent_at: list[float] = []
        self.came: list[Packet] = []
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _say(self, method: bytes, number: int, body: bytes = b"") -> None:
        values = {
            "via": b"SIP/2.0/UDP 127.0.0.1:%d;rport;branch=z9hG4bK%s%s"
            % (self._caller.port, self._tag, method),
            "from": b"<sip:line@127.0.0.1>;tag=" + self._tag,
            "to": self._to,
            "call_id": b"line-" + self._tag,
            "cseq": b"%d %s" % (number, method),
            "content_type": b"application/sdp" if body else None,
        }
        self._caller.send(message(method + self._start, body, method, 1, self._caller.port, **values))

    def _ask(self, method: bytes, number: int, body: bytes = b"") -> SipMessage:
        self._say(method, number, body)
        deadline = time.monotonic() + ANSWER_S
        while time.monotonic() < deadline:
            for one in self._caller.take(0.5):
                if one.is_response and one.code >= 200 and one.method == method:
                    return one
        raise SystemExit(f"no answer to {method!r}")

    def _listen(self) -> None:
        self._socket.settimeout(0.2)
        while not self._end.is_set():
            try:
                data = self._socket.recv(2048)
            except OSError:
                continue
            if len(data) > HEADER and data[1] & 0x7F == PCMA:
                self.came.append(Packet(time.perf_counter(), int.from_bytes(data[2:4]), data[HEADER:]))

    def speak(self, sound: Narrow) -> None:
        """Send all of `sound`, a packet each 20 ms; returns when the last has left."""
        data = encoded(sound)
        began = time.perf_counter() + 0.1
        for number in range(len(data) // FRAME):
            time.sleep(max(0.0, began + number * FRAME_S - time.perf_counter()))
            header = struct.pack("!BBHII", 0x80, PCMA, number & 0xFFFF, number * FRAME, 0x5A5A)
            self.sent_at.append(time.perf_counter())
            self._socket.sendto(header + data[number * FRAME : (number + 1) * FRAME], self._target)

    def hang_up(self) -> None:
        """End the call and stop listening."""
        self._ask(b"BYE", 2)
        self._end.set()
        self._thread.join()
        self._socket.close()
        for one in self._caller.sockets:
            one.close()


def place_of(sent_at: list[float], sample: int) -> float:
    """When this sample of what was spoken was on the wire."""
    return sent_at[sample // FRAME] + sample % FRAME / RATE
