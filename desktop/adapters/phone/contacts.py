"""What others reach us by, written into the engine's messages; what the registrar has of before is taken back.

Else a caller would wait half a minute for an address that is gone before they hear that we are busy.
"""

from __future__ import annotations

from desktop.adapters.phone.outside import Address
from desktop.adapters.phone.sip_message import SipMessage, line_name

PLACE = b"door.invalid"
"""What the engine writes where the outside address belongs."""
CHALLENGES = (401, 407)


class Contacts:
    """`transport` is `udp`, `tcp` or `tls`."""

    def __init__(self, transport: str) -> None:
        self._kind = b"" if transport == "udp" else b";transport=" + transport.encode()
        self._written: tuple[bytes, ...] = ()
        self._held: dict[Address, bytes] = {}
        """By registrar, what it has last confirmed."""
        self._asked: tuple[Address, bytes] | None = None
        self._withdrawing = False

    def write(self, message: SipMessage, local: Address, registrar: Address | None) -> None:
        """Let a message that leaves from `local` say so."""
        plain = b"%s:%d" % (local[0].encode(), local[1])
        written = plain + self._kind
        self._written = (written, plain)
        if message.method == b"REGISTER" and not message.is_response and registrar is not None:
            self._withdraw(message, written, registrar)
        message.replace_in(b"contact", PLACE, written)

    def _withdraw(self, message: SipMessage, written: bytes, registrar: Address) -> None:
        self._asked = registrar, written
        held = self._held.get(registrar)
        self._withdrawing = held not in (None, written)
        if held is None or not self._withdrawing:
            return
        for number, line in enumerate(message.lines):
            if line_name(line) == b"contact" and PLACE in line:
                message.insert(number + 1, line.replace(PLACE, held) + b";expires=0")
                return

    def read(self, answer: SipMessage) -> None:
        """The answer to a REGISTER as the engine may see it."""
        for each in self._written:
            answer.replace_in(b"contact", each, PLACE)
        if self._asked is None or answer.code < 200 or answer.code in CHALLENGES:
            return
        (registrar, written), self._asked = self._asked, None
        if answer.code < 300:
            self._held[registrar] = written
        elif self._withdrawing:
            # It may be for the old address, which not every registrar takes: without it, it is asked once more.
            self._held.pop(registrar, None)
            answer.start = b"SIP/2.0 503 Service Unavailable"
