"""What the engine drops without a word is answered at the door, what it is slow with is not."""

from __future__ import annotations

import pytest

from desktop.adapters.phone import unread
from tests.adapters.phone.messages import message
from tests.adapters.phone.test_doorman import Peer, answer, door

OK, RINGING = b"SIP/2.0 200 OK", b"SIP/2.0 180 Ringing"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The door asks sooner."""
    monkeypatch.setattr(unread, "WAIT_S", 0.05)


def options(port: int, number: int = 1) -> bytes:
    return message(b"OPTIONS sip:a@b SIP/2.0", method=b"OPTIONS", port=port, number=number)


async def test_a_request_that_the_engine_drops_gets_400_once_it_answers_a_later_one() -> None:
    async with door() as (doorman, engine, caller):
        caller.send(options(caller.port), doorman.address[1])
        await engine.get()
        asked = await engine.get()
        assert asked.first(b"call-id").startswith(b"dm-")
        assert await caller.quiet(0.1)
        engine.send(answer(asked, OK), doorman.engine_port)
        refused = await caller.get()
        assert (refused.code, refused.first(b"call-id")) == (400, b"call-1")
        assert await engine.quiet(0.15)


async def test_an_engine_that_hangs_is_not_taken_for_one_that_cannot_read() -> None:
    async with door() as (doorman, engine, caller):
        caller.send(message(port=caller.port), doorman.address[1])
        slow = await engine.get()
        await engine.get()
        assert await caller.quiet(0.1)
        engine.send(answer(slow, RINGING), doorman.engine_port)
        assert (await caller.get()).code == 180


async def test_what_came_after_the_question_is_asked_about_again() -> None:
    async with door() as (doorman, engine, caller):
        caller.send(options(caller.port, 1), doorman.address[1])
        await engine.get()
        first = await engine.get()
        caller.send(options(caller.port, 2), doorman.address[1])
        await engine.get()
        engine.send(answer(first, OK), doorman.engine_port)
        assert (await caller.get()).first(b"call-id") == b"call-1"
        engine.send(answer(await engine.get(), OK), doorman.engine_port)
        assert (await caller.get()).first(b"call-id") == b"call-2"


async def test_nothing_is_asked_about_what_was_answered_or_wants_no_answer() -> None:
    async with door() as (doorman, engine, caller):
        caller.send(options(caller.port), doorman.address[1])
        engine.send(answer(await engine.get(), OK), doorman.engine_port)
        assert (await caller.get()).code == 200
        caller.send(
            message(b"ACK sip:a@b SIP/2.0", method=b"ACK", port=caller.port, number=2), doorman.address[1]
        )
        assert (await engine.get()).method == b"ACK"
        assert await engine.quiet(0.15)


async def test_a_dead_engine_owes_nothing_to_its_successor() -> None:
    async with door() as (doorman, engine, caller):
        caller.send(options(caller.port), doorman.address[1])
        await engine.get()
        doorman.engine_down()
        assert (await caller.get()).code == 500
        successor = Peer()
        doorman.engine_up(("127.0.0.1", successor.port))
        assert await successor.quiet(0.15)
        successor.socket.close()
