"""Messages that end or freeze the SIP library, sent to the real phone: the engine does not even see them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from desktop.adapters.phone.sip_message import SipMessage
from tests.adapters.phone.deadly import requests
from tests.adapters.phone.messages import BODY, message
from tests.peers.headless import HeadlessPhone
from tests.peers.raw_sip import RawCaller, follow_up

START, KIND = b"INVITE sip:agent@127.0.0.1 SIP/2.0", b"application/sdp"


def engines(phone: HeadlessPhone) -> list[int]:
    return [child.pid for child in psutil.Process(phone.process.pid).children()]


def available(phone: HeadlessPhone, code: int) -> None:
    phone.say("availability", str(code))
    phone.say("status")
    phone.wait(lambda event: event["event"] == "status" and event["availability"] == code)


def patient(caller: RawCaller, data: bytes) -> int:
    """The answer to a request; who is told to wait comes again."""
    while (code := caller.ask(data)) == 503:
        caller.take(0.05)
    return code


def ring(caller: RawCaller, data: bytes) -> None:
    """Call, and go on ringing."""
    call_id, answers_of_it = SipMessage(data).first(b"call-id"), [503]
    while 180 not in answers_of_it:
        if 503 in answers_of_it:
            caller.send(data)
        answers_of_it = [one.code for one in caller.take(1.0) if one.first(b"call-id") == call_id]


@pytest.fixture
def line(tmp_path: Path) -> Iterator[tuple[HeadlessPhone, int]]:
    """A phone that anybody on this machine may call, and its port."""
    with HeadlessPhone(tmp_path / "data", "--audio", "null") as phone:
        yield phone, phone.ready()["port"]


def test_no_known_request_ends_the_engine(line: tuple[HeadlessPhone, int]) -> None:
    phone, port = line
    before = engines(phone)
    with RawCaller(port, host="127.0.0.1") as caller:
        own = b"127.0.0.1:%d;rport" % caller.port
        sent = [data.replace(b"127.0.0.1:5070;rport", own) for data in requests()]
        assert [data[:600] for data in sent if patient(caller, data) == 0] == []
        assert patient(caller, message(START, BODY, port=caller.port, content_type=KIND)) == 180
        assert engines(phone) == before
        # Inside its own callback the library does not survive that a call without an offer is refused.
        available(phone, 480)
        assert patient(caller, message(number=2, port=caller.port)) == 480
        available(phone, 0)
        for number in (3, 4):
            ring(caller, message(START, BODY, number=number, port=caller.port, content_type=KIND))
        assert patient(caller, message(number=5, port=caller.port)) == 486
        assert patient(caller, message(number=6, port=caller.port)) == 486
        assert engines(phone) == before
        for number in (3, 4):
            cancel = follow_up(
                SipMessage(message(START, BODY, number=number, port=caller.port, content_type=KIND)),
                b"CANCEL",
            )
            assert caller.ask(cancel) == 200
