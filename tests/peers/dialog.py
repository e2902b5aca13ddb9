"""One call of a party that does what it is told, by the book or against it; either side may have begun it."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from typing import Protocol

from desktop.adapters.phone.sip_message import SipMessage, line_name, uri_of

OFFER = (
    b"v=0\r\no=- 1 %d IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP %s\r\n"
    b"a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=%s\r\n"
)
ECHOED = (b"via", b"from", b"to", b"call-id", b"cseq", b"record-route")
_NUMBERS = itertools.count(1)


def sdp(version: int = 1, formats: bytes = b"8 101", direction: bytes = b"sendrecv") -> bytes:
    """A session description with one codec."""
    return OFFER % (version, formats, direction)


class Wire(Protocol):
    """A socket with an address, as the other side sees it."""

    kind: bytes
    host: str
    port: int

    def send(self, data: bytes) -> None:
        """One message."""

    def take(self, seconds: float) -> list[SipMessage]:
        """What has come, waiting for the first up to `seconds`."""


class Dialog:
    """Blocking; every wait has an end. `peer` is our address as the other side sees it."""

    def __init__(self, peer: Wire) -> None:
        self.peer = peer
        self._number = next(_NUMBERS)
        self.call_id = b"dialog-%d-%d" % (peer.port, self._number)
        self.ours, self.theirs = b"<sip:party@127.0.0.1>;tag=p%d" % self._number, b"<sip:agent@127.0.0.1>"
        self.target, self.routes = b"sip:agent@127.0.0.1", list[bytes]()
        self.cseq = 0
        self._inbox: list[SipMessage] = []

    # ---- what comes

    def wait(self, fits: Callable[[SipMessage], bool], seconds: float = 10.0) -> SipMessage:
        """The next message of this call that fits; others stay for later."""
        deadline = time.monotonic() + seconds
        while True:
            for one in self._inbox:
                if fits(one):
                    self._inbox.remove(one)
                    return one
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"did not come; there are {[one.start for one in self._inbox]}")
            self._inbox += [m for m in self.peer.take(left) if m.first(b"call-id") == self.call_id]

    def came(self, method: bytes, seconds: float = 10.0) -> SipMessage:
        """A request of the other side."""
        return self.wait(lambda one: not one.is_response and one.method == method, seconds)

    def final(self, method: bytes, seconds: float = 10.0) -> SipMessage:
        """The last answer to a request of ours."""
        cseq = b"%d %s" % (self.cseq, method)
        return self.wait(
            lambda one: one.is_response and one.code >= 200 and one.first(b"cseq") == cseq, seconds
        )

    # ---- what goes

    def _via(self, tail: bytes) -> bytes:
        where = b"%s:%d" % (self.peer.host.encode(), self.peer.port)
        return b"Via: SIP/2.0/%s %s;rport;branch=z9hG4bK%s%s" % (self.peer.kind, where, self.call_id, tail)

    def say(
        self, method: bytes, body: bytes = b"", cseq: int = 0, kind: bytes = b"application/sdp", **more: bytes
    ) -> None:
        """Send a request; `cseq` 0 is the next one, ACK and CANCEL have that of the INVITE."""
        if method not in (b"ACK", b"CANCEL"):
            self.cseq = cseq or self.cseq + 1
        number = cseq or self.cseq
        where = b"%s:%d" % (self.peer.host.encode(), self.peer.port)
        lines = [
            method + b" " + self.target + b" SIP/2.0",
            self._via(b"-%d%s" % (number, method if method == b"ACK" else b"")),
            *(b"Route: " + route for route in self.routes),
            b"Max-Forwards: 70",
            b"From: " + self.ours,
            b"To: " + self.theirs,
            b"Call-ID: " + self.call_id,
            b"CSeq: %d %s" % (number, method),
            b"Contact: <sip:party@%s>" % where,
            *(name.replace("_", "-").encode() + b": " + value for name, value in more.items()),
            *([b"Content-Type: " + kind] if body else []),
            b"Content-Length: %d" % len(body),
        ]
        self.peer.send(b"\r\n".join(lines) + b"\r\n\r\n" + body)

    def ask(self, method: bytes, body: bytes = b"", cseq: int = 0, **more: bytes) -> SipMessage:
        """Send a request and wait for its last answer; that to an INVITE is acknowledged."""
        self.say(method, body, cseq, **more)
        answer = self.final(method)
        if method == b"INVITE":
            self.took(answer)
            self.say(b"ACK")
        return answer

    def took(self, answer: SipMessage) -> None:
        """An answer tells the other side's tag, target and routes."""
        self.theirs = answer.first(b"to")
        self.routes = answer.all(b"record-route")[::-1] or self.routes
        if answer.all(b"contact"):
            self.target = uri_of(answer.all(b"contact")[0])[1:-1]

    def called(self, seconds: float = 10.0) -> SipMessage:
        """Somebody calls: this dialog is that call from now on."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for one in self.peer.take(deadline - time.monotonic()):
                if not one.is_response and one.method == b"INVITE" and one.to_tag() is None:
                    self.call_id, self.theirs = one.first(b"call-id"), one.first(b"from")
                    self.ours = one.first(b"to") + b";tag=p%d" % self._number
                    self.routes, self.cseq = one.all(b"record-route"), 100
                    self.target = uri_of(one.first(b"contact"))[1:-1]
                    return one
        raise AssertionError("nobody calls")

    def reply(self, request: SipMessage, start: bytes, body: bytes = b"", **more: bytes) -> None:
        """Answer a request of the other side; `start` is code and reason."""
        lines = [line for line in request.lines if line_name(line) in ECHOED]
        if request.to_tag() is None:
            lines = [b"To: " + self.ours if line_name(line) == b"to" else line for line in lines]
        where = b"%s:%d" % (self.peer.host.encode(), self.peer.port)
        values = {b"Contact": b"<sip:party@%s>" % where}
        values.update({name.replace("_", "-").encode(): value for name, value in more.items()})
        lines += [name + b": " + value for name, value in values.items()]
        lines += [b"Content-Type: application/sdp"] if body else []
        head = [b"SIP/2.0 " + start, *lines, b"Content-Length: %d" % len(body)]
        self.peer.send(b"\r\n".join(head) + b"\r\n\r\n" + body)
