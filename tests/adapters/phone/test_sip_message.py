"""The message grammar: what is read is written again, whatever it is."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.adapters.phone.checks import RefusedError, check
from desktop.adapters.phone.sip_message import (
    SipMessage,
    Via,
    answer_target,
    answer_to,
    items,
    request_target,
    stamp_source,
)
from tests.adapters.phone.messages import message

NAMES = st.sampled_from([b"Subject", b"X-Ticket", b"v", b"Record-Route", b"Supported", b"t"])
VALUES = st.binary(max_size=60).filter(lambda value: b"\r" not in value and b"\n" not in value)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=12), st.binary(max_size=200))
def test_a_message_is_written_as_it_was_read(headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    lines = [name + b": " + value for name, value in headers]
    data = b"\r\n".join([b"OPTIONS sip:a@b SIP/2.0", *lines]) + b"\r\n\r\n" + body
    read = SipMessage(data)
    assert read.bytes() == data
    assert read.body == body
    assert len(read.lines) == len(lines)


@settings(max_examples=300)
@given(st.binary(max_size=400), st.integers(0, 380))
def test_no_bytes_break_the_reader_or_the_checks(noise: bytes, at: int) -> None:
    base, codes = message(), list[int]()
    for data in (noise, base[:at] + noise + base[at:]):
        read = SipMessage(data)
        assert isinstance(read.bytes(), bytes)
        try:
            check(read, datagram=True)
        except RefusedError as refused:
            codes.append(refused.code)
            answer_to(read, refused.code, refused.reason, "t")
    assert all(400 <= code < 700 for code in codes)


def test_values_of_many_forms_are_found() -> None:
    read = SipMessage(message(to=None, t=b"<sip:agent@127.0.0.1>;tag=x", subject=b"one\r\n two"))
    assert read.to_tag() == b"x"
    assert read.first(b"subject") == b"one two"
    assert read.method == b"INVITE"
    assert items(b'"a, b" <sip:x@y;z=1,2>, <sip:q@r>') == [b'"a, b" <sip:x@y;z=1,2>', b"<sip:q@r>"]


def test_answers_go_back_where_the_request_came_from() -> None:
    read = SipMessage(message())
    stamp_source(read, ("127.0.0.9", 6000))
    via = Via(read.top_via())
    assert answer_target(via) == ("127.0.0.9", 6000)
    assert b"received=127.0.0.9" in read.bytes()
    plain = SipMessage(message(via=b"SIP/2.0/UDP phone.example:5080;branch=z9hG4bKx"))
    stamp_source(plain, ("127.0.0.9", 6000))
    assert answer_target(Via(plain.top_via())) == ("127.0.0.9", 5080)


def test_the_next_hop_is_an_address_or_unknown() -> None:
    assert request_target(SipMessage(message())) == ("127.0.0.1", 5060)
    assert request_target(SipMessage(message(route=b"<sip:127.0.0.2:5099;lr>, <sip:x@y>"))) == (
        "127.0.0.2",
        5099,
    )
    assert request_target(SipMessage(message(b"INVITE sip:a@pbx.example SIP/2.0"))) is None


def test_several_vias_in_one_line_keep_their_order() -> None:
    read = SipMessage(message(via=b"SIP/2.0/UDP 127.0.0.1:1;branch=a, SIP/2.0/UDP 127.0.0.1:2;branch=b"))
    read.drop((b"via",), b"127.0.0.1:1")
    assert read.all(b"via") == [b"SIP/2.0/UDP 127.0.0.1:2;branch=b"]


def test_hostile_values_cost_linear_time() -> None:
    began = time.process_time()
    for value in (b'"' * 15_000, b"<" * 15_000, b"a;" * 7_500, b"a, " * 5_000, b"\\" * 15_000):
        read = SipMessage(message(contact=value, via=value))
        try:
            check(read, datagram=True)
        except RefusedError:
            continue
    assert time.process_time() - began < 0.5
