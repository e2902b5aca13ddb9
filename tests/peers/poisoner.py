"""The other side of our own requests: each gets the next poisoned answer of its kind, a good one when all are said."""

from __future__ import annotations

from collections import Counter

from desktop.adapters.phone.sip_message import SipMessage, line_name
from tests.adapters.phone.deadly import HEAD, PLAIN, Answer, answers, later

ECHOED = (b"via", b"from", b"to", b"call-id", b"cseq", b"record-route")
KIND = b"application/sdp"


class Poisoner:
    """Calls to `pN` get the answers number N, those to `ok` are taken, those to `ring` are not."""

    def __init__(self, contact: str) -> None:
        self.contact = contact.encode()
        self._calls, self._later = answers(), {method: list(each) for method, each in later().items()}
        self.said = Counter[bytes]()
        """Poisoned answers by what they answered."""

    def left(self, method: bytes) -> int:
        """Poisoned answers of this kind that wait."""
        return len(self._later[method])

    def shorten(self, most: int) -> None:
        """So many of each kind are enough."""
        self._later = {method: each[:most] for method, each in self._later.items()}

    def script(self, request: SipMessage) -> list[bytes]:
        """The answers to a request."""
        found = [] if request.method == b"ACK" else self._answers(request)
        return [self._written(request, answer) for answer in found]

    def _answers(self, request: SipMessage) -> list[Answer]:
        method, inside = request.method, request.to_tag() is not None
        if method == b"INVITE" and not inside:
            user = request.start.split(b"sip:")[1].split(b"@")[0]
            if user.startswith(b"p"):
                self.said[method] += 1
                return self._calls[int(user[1:])]
            return [Answer(180)] if user == b"ring" else [Answer(200, {}, HEAD + PLAIN)]
        kind = b"reINVITE" if method == b"INVITE" else method
        waiting = self._later.get(kind)
        if waiting:
            self.said[kind] += 1
            return [waiting.pop(0)]
        if method == b"REGISTER":
            contact = {b"Contact": request.first(b"contact") + b";expires=60"}
            return [Answer(200, contact)]
        return [Answer(202 if method == b"REFER" else 200, {}, HEAD + PLAIN if kind == b"reINVITE" else b"")]

    def _written(self, request: SipMessage, answer: Answer) -> bytes:
        lines = [line for line in request.lines if line_name(line) in ECHOED]
        if request.to_tag() is None:
            lines = [line + b";tag=peer" if line_name(line) == b"to" else line for line in lines]
        values = {b"Contact": b"<sip:p@%s>" % self.contact, **answer.headers}
        replaced = {name.lower() for name in answer.headers} - {b"record-route"}
        kept = [line for line in lines if line_name(line) not in replaced]
        kept += [name + b": " + value for name, value in values.items()]
        kept += [b"Content-Type: " + KIND] if answer.body else []
        head = [b"SIP/2.0 %d Words" % answer.code, *kept, b"Content-Length: %d" % len(answer.body)]
        return b"\r\n".join(head) + b"\r\n\r\n" + answer.body
