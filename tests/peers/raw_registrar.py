"""A registrar or proxy that takes every registration and keeps what it was sent, byte for byte."""

from __future__ import annotations

import queue
import time

from desktop.adapters.phone.sip_message import SipMessage, answer_to
from tests.peers.datagram_server import DatagramServer, Source


class RawRegistrar(DatagramServer):
    """`challenge`: header lines of a 401 to what proves nothing."""

    def __init__(self, challenge: str = "", expires: int = 60) -> None:
        self.sdp = ""
        """What a call is answered with; without it everybody is busy."""
        self._challenge, self._expires = challenge.encode(), expires
        self.got: queue.SimpleQueue[SipMessage] = queue.SimpleQueue()
        super().__init__()

    def wait(self, method: bytes, seconds: float = 10.0) -> SipMessage:
        """The next request of this method."""
        deadline = time.monotonic() + seconds
        while True:
            message = self.got.get(timeout=max(0.001, deadline - time.monotonic()))
            if message.method == method:
                return message

    def answer(self, data: bytes, source: Source) -> bytes | None:
        """To every request but ACK."""
        message = SipMessage(data)
        if message.is_response or message.method == b"ACK" or not data.strip():
            return None
        if message.method != b"OPTIONS":
            self.got.put(message)
        return self._answer(message)

    def _answer(self, message: SipMessage) -> bytes:
        if message.method == b"INVITE" and self.sdp:
            head = b"Contact: <sip:raw@127.0.0.1:%d>\r\nContent-Type: application/sdp\r\n" % self.port
            plain = answer_to(message, 200, "OK", "raw", head)
            length = b"Content-Length: %d\r\n\r\n" % len(self.sdp)
            return plain.replace(b"Content-Length: 0\r\n\r\n", length) + self.sdp.encode()
        if message.method == b"BYE":
            return answer_to(message, 200, "OK", "raw")
        if message.method != b"REGISTER":
            return answer_to(message, 200 if message.method == b"OPTIONS" else 486, "Busy Here", "raw")
        if self._challenge and not message.first(b"authorization"):
            return answer_to(message, 401, "Unauthorized", "raw", self._challenge)
        seconds = 0 if message.first(b"expires") == b"0" else self._expires
        contact = b"Contact: %s;expires=%d\r\n" % (message.first(b"contact"), seconds)
        return answer_to(message, 200, "OK", "raw", contact)
