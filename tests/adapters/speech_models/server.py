"""A web server on loopback that offers one file, and can be told to misbehave."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Offer:
    """What is served. Each `break_after` is used once: the connection ends after so many bytes of an answer."""

    content: bytes
    tag: str = '"one"'
    ranges: bool = True
    break_after: list[int] = field(default_factory=list)
    said_length: int | None = None
    """A lie in Content-Length."""
    without_length: bool = False
    statuses: list[int] = field(default_factory=list)
    """Answers before the file is given."""
    redirect: str = ""
    change: Callable[[Offer], None] | None = None
    """Called after each answer."""
    asked: list[tuple[str | None, str | None]] = field(default_factory=list)
    """Range and If-Range of each request."""


class _Handler(BaseHTTPRequestHandler):
    offer: Offer

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on standard error."""

    def do_GET(self) -> None:
        offer = self.offer
        wanted, condition = self.headers["Range"], self.headers["If-Range"]
        offer.asked.append((wanted, condition))
        self.close_connection = True
        if offer.statuses:
            self.send_error(offer.statuses.pop(0))
        elif offer.redirect and self.path != "/there":
            self.send_response(302)
            self.send_header("Location", offer.redirect)
            self.end_headers()
        else:
            self._give(offer, int(wanted[6:-1]) if wanted and offer.ranges and condition == offer.tag else 0)
        if offer.change is not None:
            offer.change(offer)

    def _give(self, offer: Offer, start: int) -> None:
        content = offer.content
        if start >= len(content) > 0:
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        if offer.tag:
            self.send_header("ETag", offer.tag)
        if not offer.without_length:
            length = offer.said_length if offer.said_length is not None else len(content) - start
            self.send_header("Content-Length", str(length))
        self.end_headers()
        most = offer.break_after.pop(0) if offer.break_after else len(content)
        self.wfile.write(content[start : start + most])


@contextmanager
def serving(offer: Offer) -> Iterator[str]:
    """The address of a server that offers this, without a path's end."""
    handler = type("Handler", (_Handler,), {"offer": offer})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
