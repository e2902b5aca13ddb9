"""What ends or freezes the SIP library, on every transport, from the registrar itself and through kamailio, as requests
and as answers to each of ours: the engine never sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509

from desktop.adapters.phone.checks import MAX_HEAD
from desktop.adapters.phone.sip_message import SipMessage
from tests.adapters.phone.deadly import answers, requests
from tests.adapters.phone.messages import BODY, message
from tests.journeys.test_phone_hostile import engines
from tests.peers.certificates import Authority
from tests.peers.headless import HeadlessPhone
from tests.peers.hub import Hub, HubCaller
from tests.peers.kamailio import Kamailio
from tests.peers.poisoner import Poisoner
from tests.peers.raw_sip import RawCaller

Measured = Callable[[str, Mapping[str, object]], None]
TRANSPORTS = ("udp", "tcp", "tls")
THERE = 'if ($rU =~ "^(p[0-9]+|ok|ring)$") {{ $du = "sip:{}"; t_relay(); exit; }}'
"""kamailio's way to the other side of our own calls."""
KIND, LATER = b"application/sdp", b" Service Unavailable"
"""`LATER`: too many at once; kamailio makes a 500 of the door's 503, as a proxy has to."""


@dataclass
class Wire:
    """A registered phone, who sends requests to it, and who answers its own."""

    phone: HeadlessPhone
    caller: RawCaller
    poisoner: Poisoner
    place: str
    direct: bool

    def dial(self, user: str, *until: str) -> str:
        """Call, in the phone's own time, until the call is in one of these states; returns it."""
        told = {"event": "error"}
        while told["event"] == "error":
            self.phone.say("dial", f"sip:{user}@{self.place}")
            told = self.phone.wait(_of_a_call_or_error)
            self.phone.idle(0.1 if told["event"] == "error" else 0.0)
        while told.get("state") not in until:
            told = self.phone.wait(_of_a_call_or_error, 20)
        return str(told["state"])

    def hang_up(self) -> None:
        """End the call."""
        self.phone.say("hangup")
        self.phone.call_state("DISCONNECTED")


def _of_a_call_or_error(event: Mapping[str, object]) -> bool:
    outgoing = event["event"] == "call" and event["direction"] == "outgoing"
    return outgoing or (event["event"] == "error" and event["command"] == "dial")


@contextmanager
def wire(home: Path, transport: str, direct: bool) -> Iterator[Wire]:
    """The phone behind its registrar: the hostile side itself, or kamailio with that behind it."""
    authority = Authority.make(home)
    own = authority.certificate("pbx", [x509.IPAddress(IPv4Address("127.0.0.1"))])
    with ExitStack() as stack:
        poisoner = Poisoner("")
        hub = Hub(
            transport if direct else "udp",
            poisoner.script,
            authority.server() if direct and transport == "tls" else None,
        )
        stack.callback(hub.close)
        poisoner.contact = hub.place.encode()
        place = hub.place
        caller: RawCaller = HubCaller(hub)
        if not direct:
            proxy = stack.enter_context(Kamailio(home / "proxy", own, route=THERE.format(hub.place)))
            place = f"127.0.0.1:{proxy.tls_port if transport == 'tls' else proxy.port}"
            caller = stack.enter_context(RawCaller(proxy.port, host="127.0.0.1"))
        account = home / "account.toml"
        account.write_text(
            f'id = "sip:agent@{place}"\nregistrar = "{place}"\ntransport = "{transport}"\nsrtp = "optional"\n'
            'password_env = "SECRET"\nbind = "127.0.0.1"\n'
            + (f'ca_file = "{authority.ca_file}"\n' if transport == "tls" else "")
        )
        options = ("--account", str(account), "--audio", "null")
        phone = stack.enter_context(
            HeadlessPhone(home / "data", *options, environment={"SECRET": "pw-agent"})
        )
        phone.ready()
        if not direct:
            phone.wait(lambda event: event["event"] == "registration" and event["state"] == "registered")
        yield Wire(phone, caller, poisoner, place, direct)


def send_requests(wire: Wire, sent: Sequence[bytes]) -> Counter[str]:
    """Send each; who answered: the door, the engine, kamailio, or nobody."""
    who, patience = Counter[str](), 5.0 if wire.direct else 0.5
    old = b"SIP/2.0/UDP 127.0.0.1:5070;rport"
    own = b"SIP/2.0/%s 127.0.0.1:%d;rport" % (wire.caller.kind, wire.caller.port)
    for data in sent:
        told = list[SipMessage]()
        while not told or told[0].start.endswith(LATER):
            before = len(wire.caller.answers)
            code = wire.caller.ask(data.replace(old, own), patience)
            told = [one for one in wire.caller.answers[before:] if one.code == code]
            if not told:
                break
            wire.caller.take(0.05 if told[0].start.endswith(LATER) else 0.0)
        who[_whose(told[0]) if told else "nobody"] += 1
    return who


def _whose(answer: SipMessage) -> str:
    if answer.first(b"server").startswith(b"kamailio"):
        return "kamailio"
    return "door" if (answer.to_tag() or b"").startswith(b"dm-") else "engine"


def make_calls(wire: Wire, numbers: Sequence[int]) -> None:
    """Call whoever answers with what kills."""
    for number in numbers:
        if wire.dial(f"p{number}", "CONFIRMED", "DISCONNECTED") == "CONFIRMED":
            wire.hang_up()


def ask_later(wire: Wire, short: bool) -> None:
    """Every other request of ours gets its poisoned answers."""
    phone, poisoner = wire.phone, wire.poisoner
    if short:
        poisoner.shorten(1)
    while poisoner.left(b"MESSAGE"):
        phone.say("message", f"sip:ok@{wire.place}", "hello")
        phone.idle(0.05)
    while wire.direct and poisoner.left(b"REGISTER"):
        phone.say("register")
        phone.idle(0.05)
    while poisoner.left(b"CANCEL"):
        wire.dial("ring", "EARLY")
        wire.hang_up()
    while poisoner.left(b"BYE") or poisoner.left(b"REFER") or poisoner.left(b"INFO"):
        wire.dial("ok", "CONFIRMED")
        phone.say("dtmf", "1")
        phone.say("transfer", f"sip:x@{wire.place}")
        phone.idle(0.1)
        wire.hang_up()
    while poisoner.left(b"reINVITE"):
        wire.dial("ok", "CONFIRMED")
        phone.say("hold")
        phone.wait(_held_or_refused, 30)
        wire.hang_up()


def _held_or_refused(event: Mapping[str, object]) -> bool:
    held = event["event"] == "media" and event["hold"] == "local"
    return held or (event["event"] == "error" and event["command"] == "hold")


def alive(wire: Wire) -> bool:
    """Whether the phone still rings; a connection that was lost may have to be opened again first."""
    start = b"INVITE sip:agent@127.0.0.1 SIP/2.0"
    honest = (message(start, BODY, number=9990 + n, content_type=KIND) for n in range(5))
    return any(send_requests(wire, [each])["engine"] for each in honest)


def torment(wire: Wire, sample: int, short: bool) -> dict[str, object]:
    """Requests and answers, every `sample`-th; the engine is the same one afterwards and rings."""
    before = engines(wire.phone)
    # Last those that are too long for a stream: they cost the connection.
    every = sorted(requests(), key=lambda data: len(data) > MAX_HEAD)
    who = send_requests(wire, every[::sample])
    make_calls(wire, range(0, len(answers()), sample))
    ask_later(wire, short)
    assert engines(wire.phone) == before
    assert not [event for event in wire.phone.events if event["event"] == "engine"]
    assert alive(wire)
    return {"requests": dict(who), "poisoned answers": {k.decode(): v for k, v in wire.poisoner.said.items()}}


def test_a_sample_of_what_kills_ends_no_engine(tmp_path: Path) -> None:
    with wire(tmp_path, "tls", direct=True) as found:
        figures = torment(found, 29, short=True)
    assert figures["requests"]


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("direct", [True, False], ids=["direct", "kamailio"])
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_all_of_what_kills_ends_no_engine(
    tmp_path: Path, transport: str, direct: bool, measured: Measured
) -> None:
    with wire(tmp_path, transport, direct) as found:
        figures = torment(found, 1, short=False)
    measured(f"phone-wire-{transport}-{'direct' if direct else 'kamailio'}", figures)
