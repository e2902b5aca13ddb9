"""Where messages go where there are several registrars."""

from __future__ import annotations

from desktop.adapters.phone.hops import Hops
from desktop.adapters.phone.sip_message import SipMessage

ONE, TWO = ("192.0.2.1", 5060), ("192.0.2.2", 5070)


def request(method: bytes, call: bytes, *routes: bytes) -> SipMessage:
    lines = [
        method + b" sip:bob@192.0.2.7 SIP/2.0",
        b"Call-ID: " + call,
        *(b"Route: " + each for each in routes),
    ]
    return SipMessage(b"\r\n".join(lines) + b"\r\n\r\n")


def two() -> Hops:
    hops = Hops(True, ONE)
    hops.came(request(b"INVITE", b"old"), ONE)
    hops.use(TWO, {ONE, TWO})
    return hops


def test_a_call_stays_with_the_registrar_that_carries_it() -> None:
    hops = two()
    assert hops.of_request(request(b"BYE", b"old")) == ONE
    assert hops.of_request(request(b"INVITE", b"new")) == TWO
    hops.came(request(b"REGISTER", b"binding"), ONE)
    assert hops.of_request(request(b"REGISTER", b"binding")) == TWO


def test_where_that_one_is_dead_another_one_is_asked_and_not_told_of_it() -> None:
    hops = two()
    hops.dead.add(ONE)
    bye = request(b"BYE", b"old", b"<sip:192.0.2.1;lr>", b"<sip:192.0.2.10;lr>", b"<sip:192.0.2.1:5060;lr>")
    assert hops.of_request(bye) == TWO
    assert bye.all(b"route") == [b"<sip:192.0.2.10;lr>"]


def test_what_the_dead_one_wrote_twice_is_left_out_also_when_the_other_one_has_carried_something() -> None:
    hops = two()
    hops.dead.add(ONE)
    hops.came(request(b"INVITE", b"old"), TWO)
    by_both = (b"<sip:192.0.2.1:5060;transport=tls;r2=on;lr>", b"<sip:192.0.2.1:5066;r2=on;lr>")
    others = (b"<sip:192.0.2.1:50601;lr>", b"<sip:192.0.2.2:5070;r2=on;lr>")
    bye = request(b"BYE", b"old", *by_both, *others)
    assert hops.of_request(bye) == TWO
    assert bye.all(b"route") == list(others)


def test_all_known_registrars_are_heard_and_nobody_else() -> None:
    hops = two()
    hops.also = frozenset({("192.0.2.3", 5060)})
    assert [hops.allows((host, 9)) for host in ("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert not Hops(True).allows(("127.0.0.1", 5060))
    assert Hops(False).allows(("127.0.0.1", 5060))


def test_questions_of_the_registrar_do_not_drive_out_a_call() -> None:
    hops = two()
    for number in range(200):
        hops.came(request(b"OPTIONS", b"%d" % number), TWO)
    assert hops.of_request(request(b"BYE", b"old")) == ONE
