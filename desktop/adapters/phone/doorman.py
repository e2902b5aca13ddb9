"""The doorman: holds the one outside SIP socket and relays between it and the engine.

Seen from pjsip it is a stateless record-routing outbound proxy, so every message passes here, also inside dialogs,
and pjsip never resolves a name. Seen from outside it does not exist: its Via, Route and Record-Route are taken off,
the topmost Via and Contact get the outside address.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop.adapters.phone.checks import MAX_HEAD, RefusedError, check, check_called, check_size
from desktop.adapters.phone.contacts import PLACE, Contacts
from desktop.adapters.phone.dialogs import FAREWELL, Dialogs, branch_of
from desktop.adapters.phone.hops import Hops
from desktop.adapters.phone.inside import Inside, InsideTcp, InsideUdp
from desktop.adapters.phone.limits import (
    CALLS_A_SECOND,
    CALLS_AT_ONCE,
    OTHERS_A_SECOND,
    OTHERS_AT_ONCE,
    Delivered,
    Memory,
    key_of,
)
from desktop.adapters.phone.message_shape import shape
from desktop.adapters.phone.outside import Address, Make, Outside, OutsideTcp, OutsideUdp
from desktop.adapters.phone.outside_tls import OutsideTls, TlsSettings, Trouble
from desktop.adapters.phone.overdue import Overdue
from desktop.adapters.phone.registrars import Registrar
from desktop.adapters.phone.repeats import Repeats
from desktop.adapters.phone.sip_message import (
    SipMessage,
    Via,
    answer_to,
    is_modern,
    line_name,
    stamp_source,
    transaction_of,
    uri_of,
)
from desktop.adapters.phone.unhandled import settle
from desktop.adapters.phone.unread import Unread, question
from desktop.domain.bucket import Bucket

log = logging.getLogger(__name__)

OUR_TAG = "dm-"
DIALOG_METHODS = (b"INVITE", b"SUBSCRIBE", b"REFER", b"NOTIFY")
OURS = (b"via", b"route", b"record-route")
MOST_NAMED = 8
"""Messages in the log for one death of the engine."""
Watch = Callable[[SipMessage, Address], bool]


@dataclass(frozen=True, slots=True)
class DoorSettings:
    """`bind` "" is every address, `host` then where others reach us. Without `registered` only loopback may call.
    `user` is who may be called, "" for anybody."""

    transport: str
    bind: str
    port: int
    host: str = ""
    registered: bool = False
    tls: TlsSettings | None = None
    user: str = ""
    dscp: int = 0


class Doorman:
    """One outside socket, one engine at a time."""

    def __init__(self, settings: DoorSettings, registrar: Address | None = None) -> None:
        self._settings = settings
        self.hops = Hops(settings.registered, registrar)
        self.stream = settings.transport != "udp"
        self._kind = settings.transport.upper().encode()
        self.watch: Watch = lambda _message, _source: False
        """Sees all that comes; True takes it away."""
        self.lost: Callable[[Address], None] = lambda _source: None
        self.troubled: Callable[[Address, Trouble], None] = lambda _target, _trouble: None
        """Why a TLS connection did not come to stand."""
        now = time.monotonic()
        self._calls = Bucket(CALLS_AT_ONCE, CALLS_A_SECOND, now)
        self._others = Bucket(OTHERS_AT_ONCE, OTHERS_A_SECOND, now)
        self._memory = Memory()
        self._dialogs = Dialogs()
        self._repeats = Repeats()
        self._overdue = Overdue(self._dialogs, self._answer_itself)
        self._unread = Unread(self._ask_engine, self._drop_unread)
        self._registering: bytes | None = None
        self._secret = secrets.token_bytes(8)
        self._engine_via: Via | None = None
        self._outside: Outside
        self._inside: Inside
        self._door = b""
        self._contacts = Contacts(settings.transport)

    async def open(self) -> None:
        """Bind both sides. Raises OSError where the outside port is taken, PhoneError for unusable certificates."""
        chosen = self._settings
        if self.stream:
            tcp = self._outside_stream()
            await tcp.open(chosen.port)
            self._outside, inside_tcp = tcp, InsideTcp(self._from_engine)
            await inside_tcp.open()
            self._inside = inside_tcp
        else:
            self._outside = await OutsideUdp.open(chosen.bind, chosen.port, chosen.host, self._from_outside)
            inside_udp = InsideUdp(self._from_engine)
            await inside_udp.open()
            self._inside = inside_udp
        self._outside.mark(chosen.dscp)
        self._door = b"127.0.0.1:%d" % self._inside.port

    def _outside_stream(self) -> OutsideTcp:
        chosen = self._settings
        if chosen.tls is None:
            tcp = OutsideTcp(chosen.bind, chosen.host, self._from_outside, self._outside_lost)
            tcp.allows = self.hops.allows
            return tcp
        return OutsideTls(
            chosen.tls, chosen.bind, chosen.host, self._from_outside, self._outside_lost, self.troubled
        )

    @property
    def address(self) -> Address:
        """Where others reach us."""
        return self._outside.local

    @property
    def engine_port(self) -> int:
        """The loopback port that the engine sends to."""
        return self._inside.port

    def use_registrar(self, chosen: Registrar, known: Iterable[Registrar]) -> None:
        """Send to this one from now on; dialogs of the others go on where they are."""
        self.hops.use(chosen.address, {each.address for each in known})
        if isinstance(self._outside, OutsideTls):
            self._outside.names = {each.address: each.name for each in known}

    def move(self, host: str) -> None:
        """Where others reach us from now on; connections that left from an address that is gone are given up."""
        self._outside.local = (host, self._outside.local[1])
        self._outside.drop_stranded()

    def contact(self) -> Address:
        """What the registrar in use knows us by."""
        registrar = self.hops.registrar
        return self._outside.local if registrar is None else self._outside.local_to(registrar)

    def ask(self, target: Address, make: Make, connect: bool) -> None:
        """Send a question of our own; on a stream that does not stand only with `connect`."""
        if connect or not self.stream or self._outside.stands(target):
            self._outside.send(target, make)

    def drop(self, target: Address) -> None:
        """Close a connection that says nothing any more."""
        if self._outside.drop(target) and target == self.hops.registrar:
            self._inside.cut()

    def judge(self, target: Address, dead: bool) -> None:
        """Whether a registrar is dead: then what belongs to its dialogs goes to the one in use."""
        (self.hops.dead.add if dead else self.hops.dead.discard)(target)

    def abandon(self) -> None:
        """The engine need not wait for the answer to its REGISTER any longer."""
        if self._registering is not None:
            request, self._registering = SipMessage(self._registering), None
            self._inside.deliver(answer_to(request, 503, "Service Unavailable", OUR_TAG + "late"))

    def engine_up(self, address: Address) -> None:
        """A new engine listens at `address`."""
        self._inside.engine_up(address)

    def engine_down(self) -> None:
        """The engine died: its calls are ended and its callers answered for it, and its successor is not shown what
        it saw last."""
        self._inside.engine_down()
        self._registering = None
        self._unread.forget()
        self._overdue.forget()
        for one in self._memory.engine_died(time.monotonic())[-MOST_NAMED:]:
            log.error("what the engine was given just before it died: %s", shape(one.message))
        ends = self._dialogs.engine_died()
        for message, source in ends.unanswered:
            self._refuse(message, RefusedError(500, "Server Internal Error"), source)
        for message in ends.requests:
            self._say(message)

    def given_up(self, call_id: str) -> None:
        """The engine has hung up a call that was not answered."""
        self._overdue.given_up(call_id.encode())

    def close(self) -> None:
        """Close every socket."""
        self._repeats.close()
        self._unread.forget()
        self._overdue.forget()
        self._outside.close()
        self._inside.close()

    # ---- from the network

    def _from_outside(self, data: bytes, source: Address) -> None:
        if not self.hops.allows(source) or not data.strip():
            return
        data = data.lstrip(b"\r\n")
        message = SipMessage(data if b"\r\n\r\n" in data[:MAX_HEAD] else data[:MAX_HEAD])
        if self.watch(message, source):
            return
        tag = message.to_tag() if message.method == b"ACK" else None
        if tag and tag.startswith(OUR_TAG.encode()):
            self._repeats.heard(tag)  # the acknowledgement of our own refusal
            return
        try:
            self._admit(message, source)
        except RefusedError as error:
            self._refuse(message, error, source)

    def _admit(self, message: SipMessage, source: Address) -> None:
        check(message, not self.stream)  # before the bucket: what is refused costs honest callers nothing
        check_called(message, self._settings.user)
        if message.is_response and self._end_for_the_dead(message):
            return
        now, key = time.monotonic(), key_of(message)
        opens = not message.is_response and message.method != b"ACK" and message.to_tag() is None
        if opens and not (self._memory.is_repetition(message) or self._dialogs.awaits(message)):
            bucket = self._calls if message.method == b"INVITE" else self._others
            if not bucket.take(now):
                raise RefusedError(503, "Service Unavailable", b"Retry-After: 2\r\n")
        if self._memory.is_blamed(key, now):
            raise RefusedError(500, "Server Internal Error")
        self._dialogs.trim(message)
        inward = self._answer_inward if message.is_response else self._request_inward
        inward(SipMessage(message.bytes()), source)
        self._memory.note(Delivered(now, key, message, source))
        self._overdue.came(message)
        name = self._dialogs.came(message, source)
        self.hops.came(message, source)
        if name is not None:
            self._unread.delivered(name, message, source)

    def _refuse(self, message: SipMessage, error: RefusedError, source: Address) -> None:
        log.info("refused %s: %s", message.method[:16].decode("ascii", "replace"), error)
        if message.is_response:
            self._replace_answer(message)
        elif message.method != b"ACK" and message.index.get(b"via"):
            seed = self._secret + message.top_via() + message.first(b"call-id")
            tag = OUR_TAG + hashlib.sha256(seed).hexdigest()[:12]
            answer = answer_to(message, error.code, error.reason, tag, error.extra)
            self._outside.send(source, lambda local: answer)
            if error.code == 500 and message.method == b"INVITE" and not self.stream:
                self._repeats.start(tag.encode(), lambda: self._outside.send(source, lambda local: answer))

    def _say(self, message: SipMessage) -> None:
        """A request of our own, for an engine that is dead."""
        target = self._request_hop(message)
        if target is None:
            return

        def say() -> None:
            self._outside.send(target, lambda local: self._own(message, local))

        say()
        if message.method != b"ACK" and not self.stream:
            self._repeats.start(branch_of(message) + message.method, say)

    def _ask_engine(self, name: bytes) -> None:
        self._inside.deliver(question(name, b"TCP" if self.stream else b"UDP", self._door, PLACE))

    def _drop_unread(self, message: SipMessage, source: Address) -> None:
        self._dialogs.refused(message)
        self._refuse(message, RefusedError(400, "Bad Request"), source)

    def _own(self, message: SipMessage, local: Address) -> bytes:
        if branch_of(message).startswith(FAREWELL):
            self._stamp(message, local)
        return message.bytes()

    def _end_for_the_dead(self, message: SipMessage) -> bool:
        said = self._dialogs.for_the_dead(message)
        if said is None:
            return False
        self._repeats.heard(branch_of(message) + message.method)
        for one in said:
            self._say(one)
        return True

    def _replace_answer(self, message: SipMessage) -> None:
        # The engine must not wait for an answer that it may not see: it gets a plain one.
        if message.code < 200 or self._engine_via is None:
            return
        invite, said = self._dialogs.unusable(message)
        for one in said:
            self._say(one)
        self._answer_itself(invite or message, 500, "Bad Answer")

    def _answer_itself(self, message: SipMessage, code: int, reason: str) -> None:
        plain = SipMessage(answer_to(message, code, reason, OUR_TAG + "answer"))
        with contextlib.suppress(RefusedError):
            check(plain, datagram=True)
            self._answer_inward(plain, ("", 0))

    def _request_inward(self, message: SipMessage, source: Address) -> None:
        stamp_source(message, source)
        number = hashlib.sha256(self._secret + transaction_of(message)).hexdigest()[:20].encode()
        modern = is_modern(branch_of(message))
        kind = b"TCP" if self.stream else b"UDP"
        where = b"%s-%d" % (source[0].encode(), source[1])
        lines = [b"Via: SIP/2.0/%s %s;rport;branch=z9hG4bKdm%s;dm=%s" % (kind, self._door, number, where)]
        if message.method in DIALOG_METHODS:
            lines.append(b"Record-Route: " + self._route())
        if not modern and message.method == b"INVITE" and not message.index.get(b"contact"):
            lines.append(b"Contact: " + uri_of(message.first(b"from")))
        message.insert(0, *lines)
        check_size(message)
        self._inside.deliver(message.bytes())

    def _answer_inward(self, message: SipMessage, source: Address) -> None:
        if self._engine_via is not None:
            via = Via(message.top_via())
            via.transport, via.host, via.port = (
                self._engine_via.transport, self._engine_via.host, self._engine_via.port,
            )  # fmt: skip
            message.replace_top_via(via.text())
        if message.method == b"REGISTER":
            self._registering = None if message.code >= 200 else self._registering
            self._contacts.read(message)
        elif message.method in DIALOG_METHODS:
            routes = [n for n, line in enumerate(message.lines) if line_name(line) == b"record-route"]
            at = routes[-1] + 1 if routes else len(message.lines)
            message.insert(at, b"Record-Route: " + self._route())  # last in the list: the engine's first hop
        check_size(message)
        self._inside.deliver(message.bytes())

    # ---- from the engine

    def _from_engine(self, data: bytes) -> None:
        if not data.strip():
            if self.hops.registrar is not None:
                self._outside.send(self.hops.registrar, lambda local: data)
            return
        message = SipMessage(data.lstrip(b"\r\n"))
        if message.method == b"REGISTER":
            self._registering = data
        if message.is_response and self._unread.is_ours(message):
            return
        if message.method == b"ACK" and (message.to_tag() or b"").startswith(OUR_TAG.encode()):
            return  # to an answer that the other side knows nothing of
        target = self._answer_hop(message) if message.is_response else self._request_hop(message)
        if target is None:
            log.warning("no address to send %s to", message.method[:16].decode("ascii", "replace"))
            if not message.is_response and message.method != b"ACK":
                self._inside.deliver(answer_to(message, 503, "Service Unavailable", OUR_TAG + "hop"))
            return
        self._outside.send(target, lambda local: self._outward(message, local))

    def _answer_hop(self, message: SipMessage) -> Address | None:
        door = Via(message.top_via()).params.get(b"dm") if self._door in message.top_via() else None
        message.drop(OURS, self._door)
        return self.hops.of_answer(message, door, self.stream)

    def _request_hop(self, message: SipMessage) -> Address | None:
        message.drop(OURS, self._door)
        return self.hops.of_request(message)

    def _outward(self, message: SipMessage, local: Address) -> bytes:
        if not message.is_response:
            self._engine_via = Via(message.top_via())
            self._stamp(message, local)
        self._contacts.write(message, local, self.hops.registrar)
        self._dialogs.went(message)
        if message.is_response:
            settle(message, self._dialogs.stands(message.first(b"call-id")))
            self._unread.answered(message)
        else:
            self._overdue.went(message)
        return message.bytes()

    def _stamp(self, message: SipMessage, local: Address) -> None:
        via = Via(message.top_via())
        via.transport = self._kind
        via.host, via.port = local[0].encode(), local[1]
        message.replace_top_via(via.text())

    def _route(self) -> bytes:
        return b"<sip:" + self._door + (b";transport=tcp" if self.stream else b"") + b";lr>"

    def _outside_lost(self, source: Address) -> None:
        if source == self.hops.registrar:
            self._inside.cut()
        self.lost(source)
