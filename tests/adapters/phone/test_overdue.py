"""Somebody who has gone answers neither BYE nor CANCEL: the engine is not left waiting for it."""

from __future__ import annotations

import re

import pytest

from desktop.adapters.phone import overdue, repeats
from desktop.adapters.phone.sip_message import SipMessage
from tests.adapters.phone.messages import message
from tests.adapters.phone.test_doorman import Peer, answer, door
from tests.adapters.phone.test_orderly_end import BUSY, OK, RINGING, dialled, get, silent, tagged

CALL = "call-1"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sooner than over a real network."""
    monkeypatch.setattr(repeats, "DELAYS_S", (0.1, 0.2))
    monkeypatch.setattr(overdue, "PATIENCE_S", 0.15)


def bye(port: int, target: int) -> bytes:
    return message(b"BYE sip:b@127.0.0.1:%d SIP/2.0" % target, b"", b"BYE", 4, port, to=b"<sip:b@x>;tag=peer")


def acknowledged(engine: Peer, answer: SipMessage) -> bytes:
    """What the engine says to the last answer, if it can read it."""
    to = answer.first(b"to")
    return message(b"ACK sip:b@127.0.0.1 SIP/2.0", b"", b"ACK", 1, engine.port, to=to, cseq=b"7 ACK")


async def test_a_bye_without_an_answer_ends_with_408_and_one_with_an_answer_with_that() -> None:
    async with door() as (doorman, engine, caller):
        engine.send(bye(engine.port, caller.port), doorman.engine_port)
        asked = await get(caller, b"BYE")
        assert (await engine.get()).code == 408
        assert await engine.quiet(0.3)
        engine.send(bye(engine.port, caller.port).replace(b"z9hG4bK", b"z9hG4bKx"), doorman.engine_port)
        asked = await get(caller, b"BYE")
        caller.send(answer(asked, OK), doorman.address[1])
        assert (await engine.get()).code == 200
        assert await engine.quiet(0.3)


async def test_a_call_that_nobody_heard_ends_at_once_and_a_late_answer_is_ended() -> None:
    async with door() as (doorman, engine, caller):
        engine.send(dialled(engine, caller), doorman.engine_port)
        invite = await caller.get()
        doorman.given_up("another")
        assert await engine.quiet(0.05)
        doorman.given_up(CALL)
        refused = await engine.get()
        assert (refused.code, refused.method) == (487, b"INVITE")
        engine.send(acknowledged(engine, refused), doorman.engine_port)
        assert await silent(caller)
        caller.send(tagged(answer(invite, RINGING), b"peer"), doorman.address[1])
        cancel = await get(caller, b"CANCEL")
        assert cancel.top_via() == invite.top_via()
        late = tagged(answer(invite, OK, b"<sip:b@127.0.0.1:%d>" % caller.port), b"peer")
        caller.send(late, doorman.address[1])
        assert (await get(caller, b"ACK")).to_tag() == b"peer"
        assert (await get(caller, b"BYE")).to_tag() == b"peer"
        assert await engine.quiet(0.05)


@pytest.mark.parametrize("heard", [True, False])
async def test_a_cancelled_call_ends_soon_whether_its_end_is_heard_or_not(heard: bool) -> None:
    async with door() as (doorman, engine, caller):
        engine.send(dialled(engine, caller), doorman.engine_port)
        invite = await caller.get()
        caller.send(tagged(answer(invite, RINGING), b"peer"), doorman.address[1])
        assert (await engine.get()).code == 180
        doorman.given_up(CALL)
        if heard:
            caller.send(tagged(answer(invite, BUSY), b"peer"), doorman.address[1])
        refused = await engine.get()
        assert (refused.code, refused.to_tag() == b"peer") == (487, heard)
        engine.send(acknowledged(engine, refused), doorman.engine_port)
        assert await engine.quiet(0.3)


@pytest.mark.parametrize(("start", "said"), [(OK, [b"ACK", b"BYE"]), (BUSY, [b"ACK"])])
async def test_who_answers_what_the_engine_may_not_see_is_not_left_in_a_call(
    start: bytes, said: list[bytes]
) -> None:
    async with door() as (doorman, engine, caller):
        engine.send(dialled(engine, caller), doorman.engine_port)
        invite = await caller.get()
        there = b"<sip:b@127.0.0.1:%d>" % caller.port
        poisoned = tagged(answer(invite, start, there), b"peer")
        named = b"c=IN IP4 nohost.invalid\r\n"
        poisoned = poisoned.replace(b"Content-Length: 0\r\n\r\n", b"Content-Length: 25\r\n\r\n" + named)
        caller.send(poisoned, doorman.address[1])
        refused = await engine.get()
        assert refused.code == 500
        for method in said:
            assert (await caller.get()).method == method
        engine.send(acknowledged(engine, refused), doorman.engine_port)
        caller.send(poisoned, doorman.address[1])
        assert (await get(caller, b"ACK")).to_tag() == b"peer", "repeated, it is acknowledged again"


@pytest.mark.parametrize("harm", [b"CSeq: ", b"From: ", b"Call-ID: "])
@pytest.mark.parametrize(("start", "said"), [(OK, [b"ACK", b"BYE"]), (BUSY, [b"ACK"])])
async def test_an_answer_that_fits_no_request_ends_the_call_that_its_branch_names(
    start: bytes, said: list[bytes], harm: bytes
) -> None:
    async with door() as (doorman, engine, caller):
        engine.send(dialled(engine, caller), doorman.engine_port)
        invite = await caller.get()
        there = b"<sip:b@127.0.0.1:%d>" % caller.port
        broken = tagged(answer(invite, start, there), b"peer")
        broken = re.sub(harm + b"[^\r]*\r\n", b"", broken, flags=re.I)
        caller.send(broken, doorman.address[1])
        refused = await engine.get()
        assert (refused.code, refused.first(b"cseq"), refused.first(b"call-id")) == (
            500,
            b"7 INVITE",
            CALL.encode(),
        )
        for method in said:
            told = await caller.get()
            assert (told.method, told.first(b"call-id"), told.to_tag()) == (method, CALL.encode(), b"peer")


@pytest.mark.parametrize("read", [True, False])
@pytest.mark.parametrize(("start", "said"), [(OK, [b"ACK", b"BYE"]), (BUSY, [b"ACK"])])
async def test_an_answer_that_the_engine_cannot_read_ends_the_call(
    start: bytes, said: list[bytes], read: bool
) -> None:
    async with door() as (doorman, engine, caller):
        engine.send(dialled(engine, caller), doorman.engine_port)
        invite = await caller.get()
        there = b"<sip:b@127.0.0.1:%d>" % caller.port
        last = tagged(answer(invite, start, there), b"peer")
        caller.send(last, doorman.address[1])
        given = await engine.get()
        if read:
            engine.send(acknowledged(engine, given).replace(b"z9hG4bK", b"z9hG4bKown"), doorman.engine_port)
            if start == BUSY:
                engine.send(acknowledged(engine, given), doorman.engine_port)
            assert await engine.quiet(0.3)
            return
        refused = await engine.get()
        assert (refused.code, refused.method) == (500, b"INVITE")
        assert await silent(caller)
        caller.send(last, doorman.address[1])
        for method in said:
            assert (await get(caller, method)).to_tag() == b"peer"
        assert await engine.quiet(0.3)
