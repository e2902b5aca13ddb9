"""The engine dies: the door ends its calls, answers its callers, and says in the log what it saw last."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import pytest

from desktop.adapters.phone import repeats
from desktop.adapters.phone.message_shape import shape
from desktop.adapters.phone.sip_message import SipMessage
from tests.adapters.phone.messages import BODY, message
from tests.adapters.phone.test_doorman import Peer, answer, door

RINGING, OK, BUSY = b"SIP/2.0 180 Ringing", b"SIP/2.0 200 OK", b"SIP/2.0 487 Request Terminated"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is repeated is repeated sooner than over a real network."""
    monkeypatch.setattr(repeats, "DELAYS_S", (0.1, 0.45, 0.8))


async def silent(peer: Peer) -> bool:
    """Whether nothing more comes once what was on its way has arrived."""
    await peer.quiet(0.05)
    return await peer.quiet(0.5)


def tagged(data: bytes, tag: bytes) -> bytes:
    """An answer with a tag in To."""
    return data.replace(
        b"\r\nto: <sip:agent@127.0.0.1>\r\n", b"\r\nto: <sip:agent@127.0.0.1>;tag=" + tag + b"\r\n"
    )


async def get(peer: Peer, method: bytes) -> SipMessage:
    """The next message of this method; what is repeated in between does not count."""
    while True:
        found = await peer.get()
        if found.method == method:
            return found


def dialled(engine: Peer, caller: Peer, routes: Sequence[bytes] = ()) -> bytes:
    """Our engine's INVITE to the peer."""
    start = b"INVITE sip:agent@127.0.0.1:%d SIP/2.0" % caller.port
    data = message(start, port=engine.port, contact=b"<sip:agent@door.invalid>", cseq=b"7 INVITE")
    return data.replace(b"cseq", b"".join(b"Route: " + one + b"\r\n" for one in routes) + b"cseq")


async def test_an_answered_call_is_ended_with_bye_until_the_caller_says_that_it_heard() -> None:
    async with door() as (doorman, engine, caller):
        target = b"<sip:a@127.0.0.1:%d;x=y>" % caller.port
        caller.send(message(body=BODY, port=caller.port, contact=target), doorman.address[1])
        seen = await engine.get()
        engine.send(tagged(answer(seen, OK), b"engine"), doorman.engine_port)
        await caller.get()
        doorman.engine_down()
        bye = await get(caller, b"BYE")
        assert bye.start == b"BYE sip:a@127.0.0.1:%d;x=y SIP/2.0" % caller.port
        assert (bye.first(b"from"), bye.to_tag()) == (b"<sip:agent@127.0.0.1>;tag=engine", b"f")
        assert (bye.first(b"call-id"), bye.first(b"cseq")) == (b"call-1", b"1 BYE")
        assert b"127.0.0.1:%d" % doorman.address[1] in bye.top_via()
        assert (await get(caller, b"BYE")).bytes() == bye.bytes()
        successor = Peer()
        doorman.engine_up(("127.0.0.1", successor.port))
        caller.send(answer(bye, OK), doorman.address[1])
        assert await successor.quiet(0.05)
        assert await silent(caller)
        successor.socket.close()


async def test_a_caller_that_still_waits_gets_500_until_it_is_acknowledged() -> None:
    async with door() as (doorman, engine, caller):
        caller.send(message(port=caller.port), doorman.address[1])
        engine.send(tagged(answer(await engine.get(), RINGING), b"engine"), doorman.engine_port)
        assert (await caller.get()).code == 180
        doorman.engine_down()
        refused, again = await caller.get(), await caller.get()
        assert (refused.code, again.bytes()) == (500, refused.bytes())
        ack = message(
            b"ACK sip:agent@127.0.0.1 SIP/2.0", method=b"ACK", to=refused.first(b"to"), port=caller.port
        )
        caller.send(ack, doorman.address[1])
        assert await silent(caller)


async def test_a_call_of_ours_that_rings_is_cancelled() -> None:
    async with door() as (doorman, engine, caller):
        engine.send(dialled(engine, caller), doorman.engine_port)
        invite = await caller.get()
        caller.send(tagged(answer(invite, RINGING), b"peer"), doorman.address[1])
        await engine.get()
        doorman.engine_down()
        cancel = await get(caller, b"CANCEL")
        assert (cancel.top_via(), cancel.first(b"cseq")) == (invite.top_via(), b"7 CANCEL")
        caller.send(answer(cancel, OK), doorman.address[1])
        caller.send(tagged(answer(invite, BUSY), b"peer"), doorman.address[1])
        ack = await get(caller, b"ACK")
        assert (ack.to_tag(), ack.top_via()) == (b"peer", invite.top_via())
        assert await silent(caller)


async def test_an_answer_that_comes_too_late_is_acknowledged_and_ended() -> None:
    async with door() as (doorman, engine, caller):
        engine.send(dialled(engine, caller), doorman.engine_port)
        invite = await caller.get()
        doorman.engine_down()
        assert await caller.quiet(0.1)
        late = tagged(answer(invite, OK, b"<sip:b@127.0.0.1:%d>" % caller.port), b"peer")
        caller.send(late, doorman.address[1])
        ack, bye = await get(caller, b"ACK"), await get(caller, b"BYE")
        assert (ack.first(b"cseq"), bye.first(b"cseq"), bye.to_tag()) == (b"7 ACK", b"8 BYE", b"peer")
        caller.send(late, doorman.address[1])
        assert (await get(caller, b"ACK")).start == b"ACK sip:b@127.0.0.1:%d SIP/2.0" % caller.port


async def test_what_the_dead_engine_had_not_acknowledged_is() -> None:
    async with door() as (doorman, engine, caller):
        for number in (7, 8):
            again = dialled(engine, caller).replace(b"cseq: 7", b"cseq: %d" % number)
            again = again.replace(b"z9hG4bK1", b"z9hG4bK%d" % number)
            engine.send(tagged(again, b"peer") if number == 8 else again, doorman.engine_port)
            invite = await get(caller, b"INVITE")
            reply = answer(invite, OK, b"<sip:b@127.0.0.1:%d>" % caller.port)
            caller.send(tagged(reply, b"peer"), doorman.address[1])
            await engine.get()
        doorman.engine_down()
        ack, bye = await get(caller, b"ACK"), await get(caller, b"BYE")
        assert (ack.first(b"cseq"), bye.first(b"cseq")) == (b"8 ACK", b"9 BYE")


async def test_a_call_of_ours_that_runs_ends_by_its_own_route() -> None:
    async with door() as (doorman, engine, caller):
        engine.send(dialled(engine, caller), doorman.engine_port)
        invite = await caller.get()
        hop = b"<sip:127.0.0.1:%d;lr>" % caller.port
        routed = tagged(answer(invite, OK, b"<sip:b@far.example>"), b"peer").replace(
            b"Contact", b"Record-Route: <sip:far.example;lr>, " + hop + b"\r\nContact"
        )
        caller.send(routed, doorman.address[1])
        await engine.get()
        for number, method in ((7, b"ACK"), (9, b"INFO")):
            start = method + b" sip:b@far.example SIP/2.0"
            data = message(start, method=method, number=number, port=engine.port, to=b"<sip:b@x>;tag=peer")
            data = data.replace(b"call-%d" % number, b"call-1").replace(b"cseq: 1", b"cseq: %d" % number)
            data = data.replace(b"cseq", b"Route: " + hop + b", <sip:far.example;lr>\r\ncseq")
            engine.send(data, doorman.engine_port)
            await get(caller, method)
        doorman.engine_down()
        bye = await get(caller, b"BYE")
        assert bye.all(b"route") == [hop, b"<sip:far.example;lr>"]
        assert (bye.start, bye.first(b"cseq")) == (b"BYE sip:b@far.example SIP/2.0", b"10 BYE")


async def test_what_was_over_is_not_ended_again() -> None:
    async with door() as (doorman, engine, caller):
        caller.send(message(port=caller.port), doorman.address[1])
        engine.send(tagged(answer(await engine.get(), OK), b"engine"), doorman.engine_port)
        await caller.get()
        start = b"BYE sip:agent@127.0.0.1 SIP/2.0"
        over = message(start, method=b"BYE", cseq=b"2 BYE", port=caller.port, to=b"<sip:a@b>;tag=engine")
        caller.send(over, doorman.address[1])
        engine.send(answer(await engine.get(), OK), doorman.engine_port)
        assert (await caller.get()).method == b"BYE"
        doorman.engine_down()
        assert await caller.quiet(0.2)


async def test_the_blamed_message_is_in_the_log_without_the_callers_number(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with door() as (doorman, engine, caller):
        name = b'"\xed\x99\x8d Gildong" <sip:01012345678@127.0.0.1>;tag=f'
        secret = BODY + b"a=crypto:1 AES inline:c2VjcmV0\r\ns=Gildong 01012345678\r\n"
        data = message(body=secret, port=caller.port, x_caller=b"010-1234-5678")
        data = data.replace(b'"A, B" <sip:a@127.0.0.1>;tag=f', name)
        caller.send(data.replace(b"call-1", b"01012345678@x"), doorman.address[1])
        await engine.get()
        with caplog.at_level(logging.ERROR):
            doorman.engine_down()
    (line,) = [
        record.getMessage() for record in caplog.records if "just before it died" in record.getMessage()
    ]
    assert "INVITE sip:" in line
    assert "m=audio 4000 RTP/AVP 8" in line
    assert "<sip:00000000000@" in line
    for personal in ("0101234", "1234", "Gildong", "c2VjcmV0", "\ud64d"):
        assert personal not in line


def test_the_shape_keeps_what_kills() -> None:
    deadly = message(
        to=b"<sip:x@[]>", record_route=b"<tel:+82101234567>", contact=b"<sip:x@[]>" + b"<" * 3000
    )
    line = shape(SipMessage(deadly + b"text of somebody 0101234567\r\n\xff\x00"))
    for sign in (
        "to: <sip:x@[]>",
        "record-route: <tel:+00000000000>",
        "(3011 bytes)",
        "xxxx xx xxxxxxxx 0000000000",
    ):
        assert sign in line
    assert line.isascii()
    assert line.isprintable()
