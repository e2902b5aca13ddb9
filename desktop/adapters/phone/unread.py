"""Requests that the library drops without a word, because it cannot read them: they get their 400 all the same.

The library works in one thread and in order. So it is asked something after a request that it left unanswered; once
that is answered, the request will have no answer any more. A library that hangs answers neither, and is not judged.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import OrderedDict
from collections.abc import Callable

from desktop.adapters.phone.dialogs import Name, Source, keep, name_of
from desktop.adapters.phone.sip_message import SipMessage

WAIT_S = 0.2
"""Honest answers take a few milliseconds."""
OURS = b"dm-still-there-"

Refuse = Callable[[SipMessage, Source], None]


def question(name: bytes, transport: bytes, door: bytes, place: bytes) -> bytes:
    """A request of the door's own at the `door`'s address to the engine, which calls itself `place`."""
    lines = [
        b"OPTIONS sip:" + place + b" SIP/2.0",
        b"Via: SIP/2.0/%s %s;rport;branch=z9hG4bK%s" % (transport, door, name),
        b"Max-Forwards: 1",
        b"From: <sip:%s>;tag=%s" % (place, name),
        b"To: <sip:%s>" % place,
        b"Call-ID: " + name,
        b"CSeq: 1 OPTIONS",
        b"Content-Length: 0",
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n"


class Unread:
    """`ask` gives the engine a request of the door's own; `refuse` answers a request that the engine dropped."""

    def __init__(self, ask: Callable[[bytes], None], refuse: Refuse) -> None:
        self._ask, self._refuse = ask, refuse
        self._open: OrderedDict[Name, tuple[int, SipMessage, Source]] = OrderedDict()
        self._numbers = itertools.count(1)
        self._timer: asyncio.TimerHandle | None = None
        self._asked = 0

    def delivered(self, name: Name, message: SipMessage, source: Source) -> None:
        """The engine was given this request, which wants an answer."""
        keep(self._open, name, (next(self._numbers), message, source))
        if self._timer is None and not self._asked:
            self._timer = asyncio.get_running_loop().call_later(WAIT_S, self._look)

    def answered(self, answer: SipMessage) -> None:
        """The engine said something to it."""
        self._open.pop(name_of(answer), None)

    def is_ours(self, answer: SipMessage) -> bool:
        """Whether this answers what the door asked; then what is still open from before was dropped."""
        if not answer.first(b"call-id").startswith(OURS):
            return False
        for name, (number, message, source) in list(self._open.items()):
            if number <= self._asked:
                del self._open[name]
                self._refuse(message, source)
        self._asked = 0
        if self._open and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(WAIT_S, self._look)
        return True

    def forget(self) -> None:
        """The engine is gone, and with it what it owed."""
        self._open.clear()
        self._asked = 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        self._timer = None
        if self._open:
            self._asked = number = next(self._numbers)
            self._ask(b"%s%d" % (OURS, number))
