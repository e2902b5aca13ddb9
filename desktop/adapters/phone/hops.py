"""Where messages go and from whom they are taken: the registrar in use, the others that are known, the dialogs' own."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Collection

from desktop.adapters.phone.outside import Address
from desktop.adapters.phone.sip_message import SipMessage, Via, answer_target, request_target

MOST_DIALOGS = 64
SOURCE = re.compile(rb"([\d.]+)-(\d+)\Z")


class Hops:
    """`registered`: everything goes to and comes from a registrar; otherwise only loopback may call.

    A dialog stays with the registrar that carries it, also while another one is in use, until that one is `dead`.
    """

    def __init__(self, registered: bool, registrar: Address | None = None) -> None:
        self._registered = registered
        self.registrar = registrar
        self._known: set[Address] = {registrar} if registrar else set()
        self.also: frozenset[Address] = frozenset()
        """From where messages come that are sent elsewhere: behind a proxy."""
        self.dead: set[Address] = set()
        self._last_source: OrderedDict[bytes, Address] = OrderedDict()

    def use(self, registrar: Address, known: Collection[Address]) -> None:
        """Send to `registrar` from now on; messages may come from all that are known."""
        self.registrar = registrar
        self._known = {registrar, *known}

    def allows(self, source: Address) -> bool:
        """Whether messages from there are read at all."""
        if not self._registered:
            return source[0].startswith("127.")
        return any(source[0] == known[0] for known in (*self._known, *self.also))

    def came(self, message: SipMessage, source: Address) -> None:
        """A message of this dialog came from there."""
        if message.method != b"OPTIONS":
            self._last_source[message.first(b"call-id")] = source
            if len(self._last_source) > MOST_DIALOGS:
                self._last_source.popitem(last=False)

    def of_request(self, message: SipMessage) -> Address | None:
        """Next hop of a request of ours."""
        last = self._last_source.get(message.first(b"call-id"))
        if not self._registered:
            return request_target(message) or last
        if message.method == b"REGISTER" or last not in self._known:
            return self.registrar
        # Nobody is there to pass it on: another one may, where it is not told to ask the dead one.
        for each in self.dead - {self.registrar}:
            _drop_routes(message, each)
        return self.registrar if last in self.dead and self.registrar is not None else last

    def of_answer(self, message: SipMessage, door: bytes | None, stream: bool) -> Address | None:
        """Next hop of an answer of ours; `door` is where its request came from, as the door noted it."""
        match = SOURCE.match(door or b"")
        if stream and match is not None:
            return match[1].decode(), int(match[2])
        return answer_target(Via(message.top_via()))


def _drop_routes(message: SipMessage, dead: Address) -> None:
    host = rb"sip:" + re.escape(dead[0].encode())
    own, twice = re.compile(host + rb"(?::%d)?[;>]" % dead[1]), re.compile(host + rb"[:;].*r2=on")
    routes = message.all(b"route")
    gone = [each for each in routes if own.search(each)]
    if any(b"r2=on" in each for each in gone):  # it stands there once more, for the other transport
        gone += [each for each in routes if twice.search(each)]
    for each in gone:
        message.drop((b"route",), each)
