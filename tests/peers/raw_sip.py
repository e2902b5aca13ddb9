"""A caller that sends what it is told, byte for byte, and takes what comes back."""

from __future__ import annotations

import os
import select
import socket
import time

from desktop.adapters.phone.sip_message import SipMessage, line_name

Key = tuple[bytes, bytes]
ECHOED = (b"via", b"from", b"to", b"call-id")


def key_of(message: SipMessage) -> Key:
    """Call-ID and method: what an answer has from its request."""
    return message.first(b"call-id"), message.first(b"cseq").split()[-1:][0]


def cut(data: bytes) -> tuple[list[SipMessage], bytes]:
    """The whole messages at the beginning of a stream, and what is left."""
    found = []
    while b"\r\n\r\n" in data:
        head = SipMessage(data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
        size = head.head_size + 4 + int(head.first(b"content-length") or 0)
        if len(data) < size:
            break
        found.append(SipMessage(data[:size]))
        data = data[size:].lstrip(b"\r\n")
    return found, data


class RawCaller:
    """UDP sockets on one loopback address of its own, one a port: answers go to the port that Via names."""

    kind = b"UDP"

    def __init__(self, target: int, ports: tuple[int, ...] = (0,), host: str = "") -> None:
        self.target = ("127.0.0.1", target)
        self.host = host or f"127.77.{os.getpid() // 250 % 250}.{os.getpid() % 250 + 1}"
        self.sockets = []
        for port in ports:
            one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            one.bind((self.host, port))
            self.sockets.append(one)
        self.port = int(self.sockets[0].getsockname()[1])
        self.answers: list[SipMessage] = []

    def __enter__(self) -> RawCaller:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self.sockets:
            one.close()

    def send(self, data: bytes) -> None:
        """One datagram."""
        self.sockets[0].sendto(data, self.target)

    def take(self, seconds: float) -> list[SipMessage]:
        """What has come, waiting for the first up to `seconds`; all of it is kept in `answers`."""
        found = []
        wait = seconds
        while ready := select.select(self.sockets, [], [], wait)[0]:
            found += [SipMessage(one.recv(65536)) for one in ready]
            wait = 0.0
        self.answers += found
        return found

    def ask(self, data: bytes, seconds: float = 5.0) -> int:
        """Send a request; the code of its first answer but 100, 0 where none comes. What rings is ended."""
        request = SipMessage(data)
        self.send(data)
        answer = self._answer_to(request, seconds)
        if answer is None:
            return 0
        code = answer.code
        if request.method == b"INVITE":
            if 100 < code < 200:
                self.send(follow_up(request, b"CANCEL"))
                answer = self._answer_to(request, seconds, last=True)
            if answer is not None:
                self.send(follow_up(request, b"ACK", answer))
        return code

    def _answer_to(self, request: SipMessage, seconds: float, last: bool = False) -> SipMessage | None:
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            for one in self.take(left):
                fits = one.is_response and key_of(one) == key_of(request)
                if fits and one.code > (199 if last else 100):
                    return one
        return None


def follow_up(request: SipMessage, method: bytes, answer: SipMessage | None = None) -> bytes:
    """The CANCEL of a request, or the ACK to an answer that refuses it (RFC 3261 9.1, 17.1.1.3)."""
    uri = request.start.split()[1]
    lines = [b"Via: " + request.top_via()]
    for line in request.lines:
        if line_name(line) in ECHOED[1:]:
            lines.append(line)
    if answer is not None:
        lines = [line for line in lines if line_name(line) != b"to"] + [b"To: " + answer.first(b"to")]
    number = request.first(b"cseq").split()[0]
    lines += [b"CSeq: " + number + b" " + method, b"Max-Forwards: 70", b"Content-Length: 0"]
    return b"\r\n".join([method + b" " + uri + b" SIP/2.0", *lines]) + b"\r\n\r\n"


class RawStream:
    """The same over TCP: one connection, opened anew whenever the other side has closed it."""

    kind = b"TCP"

    def __init__(self, target: int) -> None:
        self.target = ("127.0.0.1", target)
        self.host, self.opened = "127.0.0.1", 0
        self._data = b""
        self._connect()

    def __enter__(self) -> RawStream:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _connect(self) -> None:
        self._socket = socket.create_connection(self.target, 10)
        self.port = int(self._socket.getsockname()[1])
        self.opened += 1

    def send(self, data: bytes) -> None:
        """The bytes of one message; where the connection is gone, on a new one."""
        try:
            self._socket.sendall(data)
        except OSError:
            self._socket.close()
            self._connect()
            self._socket.sendall(data)

    def take(self, seconds: float) -> list[SipMessage]:
        """What has come, waiting for the first up to `seconds`."""
        wait = seconds
        while select.select([self._socket], [], [], wait)[0]:
            try:
                part = self._socket.recv(65536)
            except OSError:
                part = b""
            if not part:
                self._socket.close()
                self._data = b""
                self._connect()
            self._data += part
            wait = 0.0
        found, self._data = cut(self._data)
        return found
