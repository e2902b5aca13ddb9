"""STUN, ICE and TURN: what an account may ask for, and servers that do not answer."""

from __future__ import annotations

import asyncio
import socket

import pytest

from desktop.adapters.phone import traversal_watch as module
from desktop.adapters.phone.account_file import account_of
from desktop.adapters.phone.account_values import AccountError
from desktop.adapters.phone.outside import OutsideUdp
from desktop.adapters.phone.traversal import Traversal
from desktop.adapters.phone.traversal_watch import TraversalWatch, answers
from tests.peers.stun_server import StunServer

REGISTERED = {"id": "sip:a@b", "registrar": "pbx"}
TURN = {"turn": "turn.test:3479", "turn_user": "u", "turn_password": "secret"}


def test_the_options_of_an_account() -> None:
    way = account_of({**REGISTERED, "stun": "stun.test", "ice": True, **TURN}, {}).traversal
    assert way == Traversal("stun.test:3478", True, "turn.test:3479", "u", "secret")
    assert "secret" not in repr(way)
    by_name = {**REGISTERED, "ice": True, "turn": "t", "turn_user": "u", "turn_password_env": "P"}
    assert account_of(by_name, {"P": "other"}).traversal.turn_password == "other"


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"id": "sip:a@b", "stun": "stun.test"}, "stun"),
        ({"id": "sip:a@b", "ice": True}, "ice"),
        ({**REGISTERED, "stun": "a b"}, "stun"),
        ({**REGISTERED, "stun": 3478}, "stun"),
        ({**REGISTERED, "ice": "yes"}, "ice"),
        ({**REGISTERED, "ice": True, "bind": "127.0.0.1"}, "ice"),
        ({**REGISTERED, **TURN}, "turn"),
        ({**REGISTERED, "ice": True, "turn": "turn.test"}, "turn"),
        ({**REGISTERED, "ice": True, "turn": "turn.test", "turn_user": "u"}, "turn"),
        ({**REGISTERED, "turn_password_env": "NOT_THERE"}, "turn_password_env"),
        ({**REGISTERED, "dscp_media": 64}, "dscp_media"),
        ({**REGISTERED, "dscp_signalling": True}, "dscp_signalling"),
    ],
)
def test_what_makes_no_sense_is_named(values: dict[str, object], key: str) -> None:
    with pytest.raises(AccountError, match=f'"{key}"'):
        account_of(values, {})


async def test_only_a_server_that_answers_is_used_and_its_loss_and_return_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "EVERY_S", 0.02)
    monkeypatch.setattr(module, "PATIENCE_S", 0.1)
    told: list[Traversal] = []
    with StunServer(("198.51.100.7", 4000)) as server:
        place = f"127.0.0.1:{server.port}"
        watch = TraversalWatch(Traversal(stun=place), told.append)
        await watch.start()
        assert watch.usable.stun == place
        async with asyncio.timeout(10):
            server.silent = True
            while not told:
                await asyncio.sleep(0.01)
            server.silent = False
            while len(told) < 2:
                await asyncio.sleep(0.01)
        watch.close()
    assert [each.stun for each in told] == ["", place]


async def test_somebody_elses_answer_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.setblocking(False)
        asking = loop.create_task(answers(server.getsockname()))
        question, source = await loop.sock_recvfrom(server, 100)
        for answer in (b"", question, b"\x01\x01\x00\x00" + b"\x21\x12\xa4\x42" + b"x" * 12):
            server.sendto(answer, source)
        assert not await asking


async def test_datagrams_carry_the_mark() -> None:
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taker:
        taker.bind(("127.0.0.1", 0))
        taker.setsockopt(socket.IPPROTO_IP, socket.IP_RECVTOS, 1)
        taker.settimeout(5)
        outside = await OutsideUdp.open("127.0.0.1", 0, "", lambda _data, _source: None)
        outside.mark(24)
        outside.send(taker.getsockname(), lambda _local: b"x")
        _, extra, _, _ = await loop.run_in_executor(None, taker.recvmsg, 10, 100)
        outside.close()
    assert [value[0] for _, kind, value in extra if kind == socket.IP_TOS] == [24 << 2]
