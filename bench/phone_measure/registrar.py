"""A registrar that says yes to everybody and notes when."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from threading import Event, Thread

from desktop.adapters.phone.sip_message import SipMessage, line_name, stamp_source

ECHOED = (b"via", b"from", b"call-id", b"cseq", b"contact")


class Registrar:
    """On one port of 127.0.0.1; `registered` is set with the first 200, said at `at` (ns, monotonic)."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.place = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._socket.settimeout(0.2)
        self.registered, self.at, self._end = Event(), 0, Event()
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def __enter__(self) -> Registrar:
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()
        self._socket.close()

    def since(self, started: int, seconds: float = 30.0) -> float:
        """Seconds from `started` (ns, monotonic) to the 200. Raises TimeoutError."""
        if not self.registered.wait(seconds):
            raise TimeoutError(f"nobody registered within {seconds:.0f} s")
        return (self.at - started) / 1e9

    def _run(self) -> None:
        while not self._end.is_set():
            with suppress(TimeoutError):
                self._take(*self._socket.recvfrom(65536))

    def _take(self, data: bytes, source: tuple[str, int]) -> None:
        request = SipMessage(data)
        if not data.strip() or request.is_response or request.method == b"ACK":
            return
        self._socket.sendto(self._answer(request, source), source)
        if request.method == b"REGISTER" and not self.registered.is_set():
            self.at = time.monotonic_ns()
            self.registered.set()

    def _answer(self, request: SipMessage, source: tuple[str, int]) -> bytes:
        stamp_source(request, source)
        lines = [line for line in request.lines if line_name(line) in ECHOED]
        to = request.first(b"to")
        lines += [
            b"To: " + (to if b"tag=" in to else to + b";tag=yes"),
            b"Expires: 300",
            b"Content-Length: 0",
        ]
        return b"\r\n".join([b"SIP/2.0 200 OK", *lines]) + b"\r\n\r\n"
