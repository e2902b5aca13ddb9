"""One caller for every phone: raw SIP over UDP, timed at the socket and not when this process gets round to it."""

from __future__ import annotations

import select
import socket
import struct
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.adapters.phone.sip_message import SipMessage
from tests.adapters.phone.messages import message
from tests.peers.raw_sip import follow_up

STAMP = getattr(socket, "SO_TIMESTAMPNS", 35)
OFFER = (
    b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio %d RTP/AVP 8\r\n"
    b"a=rtpmap:8 PCMA/8000\r\n"
)
SDP = b"application/sdp"
ANSWER_S = 5.0
ALLOW = b"INVITE, ACK, BYE, CANCEL, OPTIONS"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came, and when by the kernel's clock (ns)."""

    message: SipMessage
    at: int

    @property
    def call(self) -> bytes:
        """The Call-ID."""
        return self.message.first(b"call-id")


@dataclass(slots=True)
class Flood:
    """What became of many requests: milliseconds to the first answer beyond 100, and the codes of these."""

    sent: int = 0
    took: list[float] = field(default_factory=list)
    codes: Counter[int] = field(default_factory=Counter)


class Caller:
    """One UDP socket on a loopback address of its own choice."""

    def __init__(self, uri: str, host: str = "127.0.0.1") -> None:
        place = uri.rpartition("@")[2]
        self.host, (name, _, port) = host, place.partition(":")
        self.target = (name, int(port))
        self._uri = uri.encode()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, STAMP, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self._socket.bind((host, 0))
        self._socket.setblocking(False)
        self.port = int(self._socket.getsockname()[1])
        self._number = time.time_ns() // 1000 % 10**12

    def __enter__(self) -> Caller:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def request(self, method: bytes = b"INVITE", media: int = 4000) -> SipMessage:
        """A new request outside any dialog, INVITE with an offer to get media at this port."""
        self._number += 1
        body = OFFER % media if method == b"INVITE" else b""
        own = b"%s:%d" % (self.host.encode(), self.port)
        via = b"SIP/2.0/UDP %s;rport;branch=z9hG4bKb%d" % (own, self._number)
        fields = {
            "via": via,
            "to": b"<" + self._uri + b">",
            "contact": b"<sip:bench@" + own + b">",
            "allow": ALLOW,
        }
        kind = {"content_type": SDP} if body else {}
        start = method + b" " + self._uri + b" SIP/2.0"
        return SipMessage(message(start, body, method, self._number, self.port, **fields, **kind))

    def send(self, data: bytes) -> int:
        """One datagram; when it left (ns)."""
        now = time.time_ns()
        self._socket.sendto(data, self.target)
        return now

    def take(self, seconds: float) -> list[Answer]:
        """What has come, waiting for the first up to `seconds`. Requests of the other side are answered with 200."""
        found = []
        if select.select([self._socket], [], [], max(0.0, seconds))[0]:
            while (one := self._receive()) is not None:
                if one.message.is_response:
                    found.append(one)
                elif one.message.method != b"ACK":
                    self.send(follow_up_answer(one.message))
        return found

    def _receive(self) -> Answer | None:
        try:
            data, extra, _flags, _source = self._socket.recvmsg(65536, 128)
        except BlockingIOError:
            return None
        stamps = [struct.unpack("qq", value[:16]) for _level, kind, value in extra if kind == STAMP]
        at = stamps[0][0] * 10**9 + stamps[0][1] if stamps else time.time_ns()
        return Answer(SipMessage(data), at)

    def wait(
        self, request: SipMessage, fits: Callable[[int], bool], seconds: float = ANSWER_S
    ) -> Answer | None:
        """The answer to a request whose code fits, None where none comes."""
        call, end = request.first(b"call-id"), time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            for one in self.take(left):
                if one.call == call and one.message.method == request.method and fits(one.message.code):
                    return one
        return None

    def ring(self, meanwhile: Callable[[], object] = lambda: None) -> tuple[float, int] | None:
        """Call, hear it ring, give up after `meanwhile`: milliseconds to the 180, and when it was sent (ns, monotonic).

        None where it did not ring.
        """
        request = self.request()
        monotonic = time.monotonic_ns()
        sent = self.send(request.bytes())
        rang = self.wait(request, lambda code: code >= 180)
        if rang is None:
            return None
        if rang.message.code < 200:
            meanwhile()
            self.give_up(request)
            return (rang.at - sent) / 1e6, monotonic
        self.send(follow_up(request, b"ACK", rang.message))
        return None

    def give_up(self, request: SipMessage) -> None:
        """CANCEL what rings, and wait for its end."""
        self.send(follow_up(request, b"CANCEL"))
        last = self.wait(request, lambda code: code >= 200)
        if last is not None:
            self.send(follow_up(request, b"ACK", last.message))

    def flood(self, rate: float, seconds: float, method: bytes = b"INVITE") -> Flood:
        """Send `rate` requests a second; every final answer to an INVITE is acknowledged, what rings is given up."""
        found, open_, ringing = Flood(), dict[bytes, tuple[SipMessage, int]](), dict[bytes, SipMessage]()
        began = time.monotonic()
        total, end = int(rate * seconds), began + seconds + ANSWER_S
        while found.sent < total or ((open_ or ringing) and time.monotonic() < end):
            due = began + found.sent / rate - time.monotonic()
            if found.sent < total and due <= 0:
                request = self.request(method)
                open_[request.first(b"call-id")] = (request, self.send(request.bytes()))
                found.sent += 1
                due = 0.0
            for one in self.take(due if found.sent < total else 0.05):
                if one.call in open_:
                    self._first(one, open_, ringing, found)
                elif one.message.code >= 200 and one.message.method == b"INVITE" and one.call in ringing:
                    self.send(follow_up(ringing.pop(one.call), b"ACK", one.message))
        return found

    def _first(
        self,
        one: Answer,
        open_: dict[bytes, tuple[SipMessage, int]],
        ringing: dict[bytes, SipMessage],
        found: Flood,
    ) -> None:
        code = one.message.code
        if code == 100:
            return
        request, sent = open_.pop(one.call)
        found.took.append((one.at - sent) / 1e6)
        found.codes[code] += 1
        if request.method != b"INVITE":
            return
        self.send(
            follow_up(request, b"CANCEL" if code < 200 else b"ACK", one.message if code >= 200 else None)
        )
        if code < 200:
            ringing[one.call] = request


def follow_up_answer(request: SipMessage) -> bytes:
    """200 to a request of the other side."""
    kept = [
        line
        for line in request.lines
        if line.partition(b":")[0].strip().lower() in (b"via", b"from", b"to", b"call-id", b"cseq")
    ]
    return b"\r\n".join([b"SIP/2.0 200 OK", *kept, b"Content-Length: 0"]) + b"\r\n\r\n"
