"""The guards: what kills or freezes the library is answered at the door, all else passes."""

from __future__ import annotations

import pytest

from desktop.adapters.phone.checks import RefusedError, check, check_called
from desktop.adapters.phone.limits import Delivered, Memory, key_of
from desktop.adapters.phone.sip_message import SipMessage
from desktop.domain.bucket import Bucket
from tests.adapters.phone.messages import BODY, message

PARTS = b"--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b--\r\n"


def code_for(data: bytes, datagram: bool = True) -> int:
    try:
        check(SipMessage(data), datagram)
    except RefusedError as refused:
        return refused.code
    return 0


@pytest.mark.parametrize("header", ["from", "to", "contact", "record_route", "route"])
def test_an_empty_ipv6_address_is_refused(header: str) -> None:
    name = header.replace("_", "-").encode()
    data = (
        message()
        .replace(b"Max-Forwards", b"X-Was")
        .replace(b"max-forwards: 70", name + b": <sip:x@[]>;tag=1")
    )
    assert code_for(data) == 400


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (message(record_route=b"<tel:+1>"), 400),
        (message(body=BODY.replace(b"RTP/AVP", b"UDP/TLS/RTP/SAVPF")), 488),
        (message(body=BODY.replace(b"IP4 127.0.0.1\r\nt", b"IP4 media.example\r\nt")), 488),
        (message(cseq=b"1 BYE"), 400),
        (message(cseq=b"99999999999 INVITE"), 400),
        (message(call_id=None), 400),
        (message(via=None), 400),
        (message(via=b"nonsense"), 400),
        (message(content_length=b"9999"), 400),
        (message(b"INVITE sip:a@b SIP/3.0"), 505),
        (message(b"INVITE http://a SIP/2.0"), 416),
        (message(b"FLY sip:a@b SIP/2.0", method=b"FLY"), 501),
        (message(body=BODY, content_type=b"application/sdp", content_encoding=b"gzip"), 415),
        (message(b"MESSAGE sip:a@b SIP/2.0", b"<b>", b"MESSAGE", content_type=b"text/html"), 415),
        (message(b"MESSAGE sip:a@b SIP/2.0", b"hi", b"MESSAGE"), 415),
        (
            message(
                b"MESSAGE sip:a@b SIP/2.0", PARTS, b"MESSAGE", content_type=b"Multipart/Mixed;boundary=b"
            ),
            415,
        ),
        (message(b"MESSAGE sip:a@b SIP/2.0", b"hi", b"MESSAGE", content_type=b"text/plainer"), 415),
        (message(b"SUBSCRIBE sip:a@b SIP/2.0", method=b"SUBSCRIBE", event=b"presence"), 489),
        (message(b"REGISTER sip:a@b SIP/2.0", method=b"REGISTER"), 405),
        (message().replace(b"\r\n\r\n", b""), 400),
    ],
)
def test_what_the_library_does_not_survive_gets_the_rfcs_answer(data: bytes, code: int) -> None:
    assert code_for(data) == code


def test_ordinary_messages_pass() -> None:
    assert code_for(message(body=BODY)) == 0
    assert code_for(message(b"SIP/2.0 200 OK", body=BODY)) == 0
    assert code_for(message(to=b'"\xed\x99\x8d" <sip:a@[2001:db8::1]:5060>')) == 0
    assert code_for(message(content_length=None)) == 0
    told = message(b"MESSAGE sip:a@b SIP/2.0", b"hi", b"MESSAGE", content_type=b"Text/Plain;charset=UTF-8")
    assert code_for(told) == 0
    assert code_for(message(content_length=None), datagram=False) == 400
    cut = SipMessage(message(body=BODY) + b"behind the end")
    check(cut, datagram=True)
    assert cut.body == BODY


def test_refused_media_without_an_address_gets_one() -> None:
    head, kind = BODY.replace(b"c=IN IP4 127.0.0.1\r\n", b"").partition(b"m=")[0], b"application/sdp"
    sound = b"m=audio 4000 RTP/AVP 8\r\nc=IN IP4 127.0.0.1\r\n"
    nowhere = b"c=IN IP4 0.0.0.0\r\n"

    def mended(body: bytes, kind: bytes = kind, start: bytes = b"SIP/2.0 200 OK") -> bytes:
        told = SipMessage(message(start, body, content_type=kind))
        check(told, datagram=True)
        assert int(told.first(b"content-length")) == len(told.body)
        return told.body

    picture = b"m=video 0 RTP/AVP 31\r\n"
    assert mended(head + sound + picture) == head + sound + picture + nowhere
    assert mended(head + b"m=audio 65536 RTP/AVP 8\n") == head + b"m=audio 65536 RTP/AVP 8\r\n" + nowhere
    for whole in (BODY + picture, head + sound, head + b"m=audio 4000 RTP/AVP 8\r\n", b"hello"):
        assert mended(whole) == whole
    part = b"--b\r\nContent-Type: application/sdp\r\n\r\n" + head + picture + b"--b\r\n\r\nc=\r\n--b--\r\n"
    assert picture + nowhere in mended(part, b"multipart/mixed;boundary=b")


def test_brackets_in_a_display_name_are_text() -> None:
    def code_of(sender: bytes) -> int:
        return code_for(message().replace(b'"A, B" <sip:a@127.0.0.1>', sender))

    assert code_of(b'"[VIP] Kim" <sip:a@127.0.0.1>') == 0
    assert code_for(message(contact=b'"a]b[" <sip:a@127.0.0.1>, "[]"<sip:b@127.0.0.1>')) == 0
    assert code_of(b'"[VIP] Kim" <sip:a@[]>') == 400
    assert code_of(b'"x,"@[]"<sip:a@[]>"') == 400
    assert code_of(b'<sip:a@127.0.0.1;x="@[]">') == 400


@pytest.mark.parametrize(
    ("kind", "body", "digit"),
    [
        (b"application/dtmf-relay", b"Signal=5", b"5"),
        (b"Application/DTMF-Relay; x=1", b"Duration=160\r\nsignal = d \r\n", b"D"),
        (b"application/dtmf-relay", b"Signal=11\nDuration=160\n", b"#"),
        (b"application/dtmf", b"*\r\n", b"*"),
        (b"application/dtmf", b"10", b"*"),
    ],
)
def test_a_digit_reaches_the_library_in_the_form_that_it_survives(
    kind: bytes, body: bytes, digit: bytes
) -> None:
    told = SipMessage(
        message(
            b"INFO sip:agent@127.0.0.1 SIP/2.0", body, b"INFO", to=b"<sip:agent@a>;tag=t", content_type=kind
        )
    )
    check(told, datagram=True)
    assert told.body == b"Signal=" + digit + b"\r\nDuration=160\r\n"
    assert told.first(b"content-type") == b"application/dtmf-relay"
    assert told.index[b"content-length"] == [b"%d" % len(told.body)]


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        (b"application/dtmf-relay", b"Signal=", 400),
        (b"application/dtmf-relay", b"Signal=\0", 400),
        (b"application/dtmf-relay", b"", 400),
        (b"application/dtmf", b"12x", 400),
        (b"application/media_control+xml", b"<x/>", 415),
        (None, b"5", 415),
        (None, b"", 0),
    ],
)
def test_no_other_info_reaches_the_library(kind: bytes | None, body: bytes, code: int) -> None:
    start, to = b"INFO sip:agent@127.0.0.1 SIP/2.0", b"<sip:agent@a>;tag=t"
    assert code_for(message(start, body, b"INFO", to=to, content_type=kind)) == code
    assert code_for(message(start, body, b"INFO", to=to, content_type=kind, info_package=b"x")) == 469


def test_a_name_with_an_escape_is_called_by_it() -> None:
    called = SipMessage(message(b"INVITE sip:agent%201@127.0.0.1 SIP/2.0"))
    check_called(called, "agent%201")
    with pytest.raises(RefusedError):
        check_called(called, "agent%202")


def test_the_bucket_lets_a_burst_pass_and_then_a_steady_rate() -> None:
    bucket = Bucket(10, 25, now=0.0)
    assert sum(bucket.take(0.0) for _ in range(33)) == 10
    assert sum(bucket.take(0.2) for _ in range(33)) == 5
    assert not bucket.take(0.2)


def test_what_was_delivered_just_before_a_death_is_blamed_for_a_while() -> None:
    memory = Memory()
    old, fresh = SipMessage(message(number=1)), SipMessage(message(number=2))
    memory.note(Delivered(1.0, key_of(old), old, ("127.0.0.1", 1)))
    memory.note(Delivered(9.9, key_of(fresh), fresh, ("127.0.0.1", 1)))
    assert [one.message for one in memory.engine_died(10.0)] == [fresh]
    assert memory.is_blamed(key_of(fresh), 11.0)
    assert not memory.is_blamed(key_of(old), 11.0)
    assert not memory.is_blamed(key_of(fresh), 1000.0)
    assert memory.is_repetition(old)
