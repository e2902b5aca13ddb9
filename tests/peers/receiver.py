"""The other end of deliveries: an HTTPS server that honours the key, and fails in the ways that servers do."""

from __future__ import annotations

import contextlib
import json
import ssl
import threading
from collections import Counter, deque
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

PATIENCE_S = 30.0


@dataclass(frozen=True)
class Request:
    """One POST as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


class Receiver:
    """Listens on loopback from `with` on. `script` holds what to do with the next requests; then all goes well.

    An entry is a status, or one of: `drop` (takes the report, then hangs up without an answer), `refuse` (hangs up
    before), `hang` (takes it and answers only when released), `giant` (answers without end), `drip` (a byte now
    and then), `html` (a page instead), or `-> ADDRESS` (a redirect, 307).
    """

    def __init__(self, tls: ssl.SSLContext, port: int = 0) -> None:
        self.script: deque[int | str] = deque()
        self.requests: list[Request] = []
        self.reports: dict[str, bytes] = {}
        self.taken: Counter[str] = Counter()
        self.answered: list[int] = []
        self.release = threading.Event()
        self.token = ""
        self.retry_after = ""
        self._lock = threading.Lock()
        self._server = _Server(self, tls, port)
        self.port: int = self._server.server_address[1]

    @property
    def url(self) -> str:
        """Where reports are taken."""
        return f"https://localhost:{self.port}/reports"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release.set()
        self._server.shutdown()
        self._server.server_close()

    def next_step(self) -> int | str:
        """What to do with the request that came now."""
        with self._lock:
            return self.script.popleft() if self.script else 200

    def take(self, key: str, body: bytes) -> bool:
        """Keep a report once. False: the key was used for another one."""
        with self._lock:
            if key in self.reports:
                return self.reports[key] == body
            self.reports[key] = body
            self.taken[key] += 1
            return True


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, receiver: Receiver, tls: ssl.SSLContext, port: int) -> None:
        self.receiver, self._tls = receiver, tls
        super().__init__(("127.0.0.1", port), _Handler)

    def get_request(self) -> tuple[Any, Any]:
        connection, address = super().get_request()
        connection.settimeout(PATIENCE_S)
        # The handshake is the handler's, so that one client cannot hold up the others.
        return self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that do not trust this server, or are killed, are what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""

    def do_POST(self) -> None:
        receiver = self.server.receiver
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            return  # the desk died while it spoke: half a report is none
        receiver.requests.append(Request(self.path, dict(self.headers), body))
        step = receiver.next_step()
        self.close_connection = True
        if step == "refuse":
            return
        if receiver.token and self.headers.get("Authorization") != f"Bearer {receiver.token}":
            self._answer(401)
        elif isinstance(step, int) and step != 200:
            self._answer(step, {"Retry-After": receiver.retry_after} if receiver.retry_after else {})
        elif isinstance(step, str) and step.startswith("-> "):
            self._answer(307, {"Location": step.removeprefix("-> ")})
        elif step == "html":
            self._answer(200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><p>Log in</p>")
        else:
            self._take(str(step), body)

    def _take(self, step: str, body: bytes) -> None:
        receiver, key = self.server.receiver, self.headers["Idempotency-Key"]
        fits = receiver.take(key, body)
        if step == "drop":
            return
        if step == "hang":
            receiver.release.wait(PATIENCE_S)
        answer = json.dumps({"receipt": f"R-{list(receiver.reports).index(key) + 1}"}).encode()
        if step in ("giant", "drip"):
            self._endless(step, receiver)
        else:
            self._answer(200 if fits else 422, {"Content-Type": "application/json"}, answer)

    def _endless(self, step: str, receiver: Receiver) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(10**12))
        self.end_headers()
        with contextlib.suppress(OSError):
            while not receiver.release.is_set():
                self.wfile.write(b"x" * (1_000_000 if step == "giant" else 1))
                if step == "drip":
                    receiver.release.wait(0.02)

    def _answer(self, status: int, headers: dict[str, str] | None = None, body: bytes = b"") -> None:
        self.server.receiver.answered.append(status)
        self.send_response(status)
        # Said, for the connection ends here: a client that follows a redirect may otherwise speak into its end.
        told = {**(headers or {}), "Content-Length": str(len(body)), "Connection": "close"}
        for name, value in told.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
