"""What the registrar has of an earlier address is taken back, where it lets us."""

from __future__ import annotations

from desktop.adapters.phone.contacts import Contacts
from desktop.adapters.phone.sip_message import SipMessage, answer_to

REGISTRAR = ("192.0.2.1", 5060)
OLD, NEW = ("198.51.100.4", 5060), ("198.51.100.5", 5060)


def register() -> SipMessage:
    return SipMessage(
        b"REGISTER sip:city.test SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKa\r\nFrom: <sip:a@b>;tag=1\r\n"
        b"To: <sip:a@b>\r\nCall-ID: a\r\nCSeq: 1 REGISTER\r\nContact: <sip:a@door.invalid;ob>\r\nExpires: 60\r\n\r\n"
    )


def said(contacts: Contacts, local: tuple[str, int], code: int) -> tuple[list[bytes], SipMessage]:
    """The contacts that a REGISTER from `local` has, and what the engine sees of the answer."""
    request = register()
    contacts.write(request, local, REGISTRAR)
    contact = b"Contact: <sip:a@%s:%d;ob>\r\n" % (local[0].encode(), local[1])
    answer = SipMessage(answer_to(request, code, "So", "x", contact))
    contacts.read(answer)
    return request.all(b"contact"), answer


def test_the_old_address_is_taken_back_once() -> None:
    contacts = Contacts("udp")
    assert said(contacts, OLD, 200)[0] == [b"<sip:a@198.51.100.4:5060;ob>"]
    both = [b"<sip:a@198.51.100.5:5060;ob>", b"<sip:a@198.51.100.4:5060;ob>;expires=0"]
    challenged, answer = said(contacts, NEW, 401)
    assert (challenged, answer.code) == (both, 401)
    moved, answer = said(contacts, NEW, 200)
    assert (moved, answer.code) == (both, 200)
    assert answer.all(b"contact") == [b"<sip:a@door.invalid;ob>"]
    assert said(contacts, NEW, 200)[0] == both[:1]


def test_a_registrar_that_refuses_two_is_asked_with_one() -> None:
    contacts = Contacts("tls")
    said(contacts, OLD, 200)
    both, answer = said(contacts, NEW, 403)
    assert (len(both), answer.code) == (2, 503)
    assert said(contacts, NEW, 403)[0] == [b"<sip:a@198.51.100.5:5060;transport=tls;ob>"]
    _, answer = said(contacts, NEW, 403)
    assert answer.code == 403
