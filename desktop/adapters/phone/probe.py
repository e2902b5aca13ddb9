"""Asks a registrar, every now and then, whether it is still there.

pjsip would notice only at the next registration, and then after half a minute. A registrar that never answers such
questions is not judged by them.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable

from desktop.adapters.phone.outside import Address
from desktop.adapters.phone.sip_message import SipMessage

PROBE_S, SILENT_S, LATE_S = 1.5, 4.0, 2.0
NAME = b"dm-probe-"
Send = Callable[[Callable[[Address], bytes]], None]


class Probe:
    """`send` reaches the registrar; `judge` is told when it is heard first or again (True), and when it falls silent.

    `kind` is the transport in Via; `pace_s` how long from question to question, 0 for the usual.
    """

    def __init__(
        self,
        domain: str,
        send: Send,
        judge: Callable[[bool], None],
        kind: bytes = b"UDP",
        pace_s: float = 0.0,
    ) -> None:
        self._domain, self._send, self._judge = domain.encode(), send, judge
        self._kind, self._pace_s = kind, pace_s or PROBE_S
        self._silent_s = 1.5 * pace_s or SILENT_S
        self._run = secrets.token_hex(6).encode()
        self._count = 0
        self._heard_at = self._asked_at = 0.0
        self._there: bool | None = None
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Ask from now on."""
        self._ask()

    def close(self) -> None:
        """Ask no more."""
        if self._timer is not None:
            self._timer.cancel()

    def is_ours(self, message: SipMessage) -> bool:
        """Whether this is the answer to a question; it is nobody else's then."""
        if not message.is_response or not message.first(b"call-id").startswith(NAME + self._run):
            return False
        self._take()
        return True

    def heard(self) -> None:
        """The registrar said something."""
        if self._there is not None:
            self._take()

    def lost(self) -> None:
        """The connection is gone; whoever is told already is not told again."""
        if self._there:
            self._there = False

    def _take(self) -> None:
        self._heard_at = asyncio.get_running_loop().time()
        if not self._there:
            self._there = True
            self._judge(True)

    def _ask(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._pace_s, self._ask)
        if loop.time() - self._asked_at > self._pace_s + LATE_S:
            self._heard_at = loop.time()  # we stood still ourselves: what was answered is unread
        self._asked_at = loop.time()
        if self._there and loop.time() - self._heard_at > self._silent_s:
            self._there = False
            self._judge(False)
        self._count += 1
        self._send(self._question)

    def _question(self, local: Address) -> bytes:
        name = NAME + self._run + b"-%d" % self._count
        via = (self._kind, local[0].encode(), local[1], name)
        lines = [
            b"OPTIONS sip:%s SIP/2.0" % self._domain,
            b"Via: SIP/2.0/%s %s:%d;rport;branch=z9hG4bK%s" % via,
            b"Max-Forwards: 1",
            b"From: <sip:%s>;tag=%s" % (self._domain, self._run),
            b"To: <sip:%s>" % self._domain,
            b"Call-ID: " + name,
            b"CSeq: %d OPTIONS" % self._count,
            b"Content-Length: 0",
        ]
        return b"\r\n".join(lines) + b"\r\n\r\n"
