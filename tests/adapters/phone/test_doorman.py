"""The relay between the network and the engine, with sockets of the test in the place of both."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from desktop.adapters.phone.doorman import Doorman, DoorSettings
from desktop.adapters.phone.sip_message import SipMessage
from tests.adapters.phone.messages import BODY, message


class Peer:
    """A UDP socket that can be awaited."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((host, 0))
        self.socket.setblocking(False)
        self.port = int(self.socket.getsockname()[1])

    async def get(self) -> SipMessage:
        async with asyncio.timeout(3):
            data, self.source = await asyncio.get_running_loop().sock_recvfrom(self.socket, 65536)
        return SipMessage(data)

    async def quiet(self, seconds: float = 0.15) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await asyncio.get_running_loop().sock_recvfrom(self.socket, 65536)
        except TimeoutError:
            return True
        return False

    def send(self, data: bytes, port: int) -> None:
        self.socket.sendto(data, ("127.0.0.1", port))


@asynccontextmanager
async def door(registrar: Peer | None = None, user: str = "") -> AsyncIterator[tuple[Doorman, Peer, Peer]]:
    """A doorman, the engine behind it, a caller in front."""
    target = ("127.0.0.2", registrar.port) if registrar else None
    settings = DoorSettings("udp", "127.0.0.1", 0, registered=registrar is not None, user=user)
    doorman, engine, caller = Doorman(settings, target), Peer(), Peer()
    await doorman.open()
    doorman.engine_up(("127.0.0.1", engine.port))
    try:
        yield doorman, engine, caller
    finally:
        doorman.close()
        for peer in (engine, caller, *([registrar] if registrar else [])):
            peer.socket.close()
        await asyncio.sleep(0)


def answer(request: SipMessage, start: bytes, contact: bytes = b"<sip:agent@door.invalid>") -> bytes:
    """What an engine would answer."""
    kept = [line for line in request.lines if line.split(b":")[0].lower() in
            (b"via", b"from", b"to", b"call-id", b"cseq", b"record-route")]  # fmt: skip
    return b"\r\n".join([start, *kept, b"Contact: " + contact, b"Content-Length: 0"]) + b"\r\n\r\n"


async def test_a_call_passes_in_and_its_answer_out_without_a_trace_of_the_door() -> None:
    async with door() as (doorman, engine, caller):
        inside = b"127.0.0.1:%d" % doorman.engine_port
        caller.send(message(body=BODY, port=caller.port), doorman.address[1])
        seen = await engine.get()
        assert inside in seen.top_via()
        assert seen.all(b"record-route") == [b"<sip:" + inside + b";lr>"]
        assert seen.body == BODY
        engine.send(answer(seen, b"SIP/2.0 180 Ringing"), doorman.engine_port)
        back = await caller.get()
        assert inside not in back.bytes()
        assert back.first(b"contact") == b"<sip:agent@127.0.0.1:%d>" % doorman.address[1]
        assert b"rport=%d" % caller.port in back.top_via()


async def test_repetitions_and_cancel_keep_the_branch_that_the_engine_knows() -> None:
    async with door() as (doorman, engine, caller):
        for data in (
            message(port=caller.port),
            message(port=caller.port),
            message(b"CANCEL sip:agent@127.0.0.1 SIP/2.0", method=b"CANCEL", port=caller.port),
        ):
            caller.send(data, doorman.address[1])
        branches = {(await engine.get()).top_via().split(b"branch=")[1].split(b";")[0] for _ in range(3)}
        assert len(branches) == 1


async def test_requests_of_the_engine_leave_with_the_outside_address() -> None:
    async with door() as (doorman, engine, caller):
        start = b"INVITE sip:b@127.0.0.1:%d SIP/2.0" % caller.port
        engine.send(
            message(start, contact=b"<sip:agent@door.invalid>", port=engine.port), doorman.engine_port
        )
        seen = await caller.get()
        outside = b"127.0.0.1:%d" % doorman.address[1]
        assert outside in seen.top_via()
        assert outside in seen.first(b"contact")
        caller.send(answer(seen, b"SIP/2.0 200 OK", b"<sip:b@127.0.0.1>"), doorman.address[1])
        back = await engine.get()
        assert b"127.0.0.1:%d" % engine.port in back.top_via()
        assert back.all(b"record-route")[-1] == b"<sip:127.0.0.1:%d;lr>" % doorman.engine_port


@pytest.mark.parametrize(
    ("uri", "code"),
    [
        (b"sip:agent@127.0.0.1", 0), (b"sip:%61gent;x=y@127.0.0.1:5060;z", 0), (b"sips:agent:pw@127.0.0.1", 0),
        (b"sip:100@127.0.0.1", 404), (b"sip:agent2@127.0.0.1", 404), (b"sip:Agent@127.0.0.1", 404),
        (b"sip:127.0.0.1", 404), (b"tel:+900", 404), (b"sip:127.0.0.1;x=agent@y", 404), (b"sip:@agent", 404),
    ],
)  # fmt: skip
async def test_who_calls_another_name_than_ours_is_told_that_there_is_nobody(uri: bytes, code: int) -> None:
    registrar = Peer("127.0.0.2")
    async with door(registrar, "agent") as (doorman, engine, _stranger):
        registrar.send(message(b"INVITE " + uri + b" SIP/2.0", port=registrar.port), doorman.address[1])
        if code:
            assert (await registrar.get()).code == code
            assert await engine.quiet(0.05)
        else:
            assert (await engine.get()).start == b"INVITE " + uri + b" SIP/2.0"


async def test_only_the_registrar_is_heard_where_there_is_one() -> None:
    registrar = Peer("127.0.0.2")
    async with door(registrar) as (doorman, engine, stranger):
        stranger.send(message(port=stranger.port), doorman.address[1])
        assert await engine.quiet()
        assert await stranger.quiet(0.05)
        registrar.send(message(port=registrar.port), doorman.address[1])
        assert (await engine.get()).method == b"INVITE"
        start = b"INVITE sip:b@elsewhere.example SIP/2.0"
        engine.send(message(start, port=engine.port, number=7), doorman.engine_port)
        assert (await registrar.get()).start == start


async def test_a_deadly_message_is_answered_at_the_door() -> None:
    async with door() as (doorman, engine, caller):
        caller.send(message(to=b"<sip:x@[]>", port=caller.port), doorman.address[1])
        refused = await caller.get()
        assert refused.code == 400
        ack = message(
            b"ACK sip:agent@127.0.0.1 SIP/2.0", method=b"ACK", to=refused.first(b"to"), port=caller.port
        )
        caller.send(ack, doorman.address[1])
        assert await engine.quiet()


async def test_a_poisoned_answer_becomes_a_plain_one() -> None:
    async with door() as (doorman, engine, caller):
        start = b"INVITE sip:b@127.0.0.1:%d SIP/2.0" % caller.port
        engine.send(message(start, port=engine.port), doorman.engine_port)
        seen = await caller.get()
        caller.send(answer(seen, b"SIP/2.0 200 OK", b"<sip:x@[]>"), doorman.address[1])
        assert (await engine.get()).start == b"SIP/2.0 500 Bad Answer"


async def test_a_flood_is_told_to_wait() -> None:
    async with door() as (doorman, engine, caller):
        for number in range(30):
            caller.send(message(number=number, port=caller.port), doorman.address[1])
        codes = [(await caller.get()).code for _ in range(15)]
        assert set(codes) == {503}
        assert (await engine.get()).method == b"INVITE"


async def test_what_came_just_before_a_death_is_not_shown_to_the_next_engine() -> None:
    async with door() as (doorman, engine, caller):
        poison = message(number=1, port=caller.port)
        caller.send(poison, doorman.address[1])
        await engine.get()
        doorman.engine_down()
        assert (await caller.get()).code == 500
        caller.send(poison, doorman.address[1])
        assert (await caller.get()).code == 500
        caller.send(message(number=2, port=caller.port), doorman.address[1])
        assert await engine.quiet(0.05)
        successor = Peer()
        doorman.engine_up(("127.0.0.1", successor.port))
        assert (await successor.get()).first(b"call-id") == b"call-2"
        assert await successor.quiet(0.05)
        successor.socket.close()


async def test_what_the_library_cannot_hold_is_too_large() -> None:
    async with door() as (doorman, engine, caller):
        for number, size in ((1, 3_600), (2, 20_000), (3, 60_000)):
            large = message(number=number, port=caller.port, subject=b"A" * size)
            caller.send(large, doorman.address[1])
            assert (await caller.get()).code == 513
        fits = message(number=4, port=caller.port, subject=b"A" * 3_300)
        caller.send(fits, doorman.address[1])
        assert len((await engine.get()).bytes()) < 4_000
        doorman.engine_down()
        assert (await caller.get()).first(b"call-id") == b"call-4"
        assert await caller.quiet(0.1)


async def test_a_flood_of_one_call_id_is_a_flood() -> None:
    async with door() as (doorman, engine, caller):
        for number in range(30):
            via = b"SIP/2.0/UDP 127.0.0.1:%d;branch=z9hG4bKother%d" % (caller.port, number)
            caller.send(message(number=1, port=caller.port, via=via), doorman.address[1])
        assert {(await caller.get()).code for _ in range(15)} == {503}
        assert (await engine.get()).method == b"INVITE"


async def test_a_call_can_be_cancelled_in_a_flood() -> None:
    async with door() as (doorman, engine, caller):
        invite = message(number=1, port=caller.port)
        caller.send(invite, doorman.address[1])
        assert (await engine.get()).method == b"INVITE"
        for number in range(2, 60):
            start = b"OPTIONS sip:agent@127.0.0.1 SIP/2.0"
            caller.send(message(start, b"", b"OPTIONS", number, caller.port), doorman.address[1])
        assert (await caller.get()).code == 503
        caller.send(
            invite.replace(b"INVITE sip", b"CANCEL sip").replace(b"1 INVITE", b"1 CANCEL"),
            doorman.address[1],
        )
        async with asyncio.timeout(3):
            while (await engine.get()).method != b"CANCEL":
                pass


async def test_strangers_take_no_place_at_the_listener() -> None:
    doorman = Doorman(DoorSettings("tcp", "127.0.0.1", 0, registered=True), ("127.0.0.2", 5060))
    await doorman.open()
    refused, stranger = await asyncio.open_connection(*doorman.address, local_addr=("127.0.0.3", 0))
    reader, registrar = await asyncio.open_connection(*doorman.address, local_addr=("127.0.0.2", 0))
    try:
        async with asyncio.timeout(3):
            with suppress(ConnectionResetError):
                assert await refused.read() == b""
            registrar.write(message(b"FLY sip:a@b SIP/2.0", method=b"FLY"))
            assert (await reader.readline()).startswith(b"SIP/2.0 501")
            registrar.close()
            await registrar.wait_closed()
    finally:
        stranger.close()
        doorman.close()
        await asyncio.sleep(0.01)
