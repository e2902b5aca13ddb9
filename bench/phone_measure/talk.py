"""An answered call with a tone in it: the bench's own side of it, packet by packet."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from bench.phone_measure.caller import Caller
from desktop.adapters.phone.sip_message import SipMessage, line_name
from tests.peers.raw_sip import ECHOED
from tests.peers.talker import FRAME_S, Talker

MEDIA = re.compile(rb"(?m)^m=audio (\d+)")


class Talk:
    """A call that the phone takes. `media` is the phone's RTP port. Raises TimeoutError where it does not take it."""

    def __init__(self, caller: Caller, hertz: float, answer: Callable[[], None] = lambda: None) -> None:
        self._caller, self.talker = caller, Talker(hertz)
        self._invite = caller.request(media=self.talker.port)
        caller.send(self._invite.bytes())
        rang = caller.wait(self._invite, lambda code: code > 100)
        if rang is not None and rang.message.code < 200:
            answer()
            rang = caller.wait(self._invite, lambda code: code >= 200, 15.0)
        if rang is None or rang.message.code != 200:
            self.talker.stop()
            raise TimeoutError(f"the call was not taken: {rang.message.start if rang else b'no answer'!r}")
        self._taken = rang.message
        port = MEDIA.search(rang.message.body)
        self.media = int(port[1]) if port else 0
        self._say(b"ACK", 1)
        self.talker.start(self.media)

    def __enter__(self) -> Talk:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Fall silent and hang up."""
        self.talker.stop()
        bye = self._say(b"BYE", 2)
        self._caller.wait(bye, lambda code: code >= 200)

    def lost(self, before: int, seconds: float) -> int:
        """Packets from the phone that did not come, of those after the first `before`, in so many seconds."""
        numbers = self.talker.numbers[before:]
        known = {(number - numbers[0]) & 0xFFFF for number in numbers}
        span = ((numbers[-1] - numbers[0]) & 0xFFFF) + 1 if numbers else 0
        # Where none comes any more there is no gap to see.
        return max(span, int(seconds / FRAME_S * 0.9)) - len(known)

    def _say(self, method: bytes, number: int) -> SipMessage:
        target = re.search(rb"<([^>]+)>", self._taken.first(b"contact"))
        uri = target[1] if target else b"sip:agent@127.0.0.1"
        lines = [
            line
            for line in self._invite.lines
            if line_name(line) in ECHOED and line_name(line) not in (b"via", b"to")
        ]
        own = b"%s:%d" % (self._caller.host.encode(), self._caller.port)
        head = [
            method + b" " + uri + b" SIP/2.0",
            b"Via: SIP/2.0/UDP %s;rport;branch=z9hG4bK%s%d" % (own, method, time.time_ns()),
            b"To: " + self._taken.first(b"to"),
            b"CSeq: %d %s" % (number, method),
            b"Max-Forwards: 70",
            b"Content-Length: 0",
        ]
        message = SipMessage(b"\r\n".join([*head[:2], *lines, *head[2:]]) + b"\r\n\r\n")
        self._caller.send(message.bytes())
        return message
