"""Names of servers: SRV records read from hostile answers, and a resolver that hangs without holding anybody up."""

from __future__ import annotations

import asyncio
import random
import socket
import struct
import threading
import time
from pathlib import Path

import pytest

from desktop.adapters.phone import names as module
from desktop.adapters.phone.account_file import account_of
from desktop.adapters.phone.names import (
    Service,
    addresses_of,
    in_order,
    name_servers,
    question,
    read_answer,
    services_of,
)
from desktop.adapters.phone.registrars import find
from tests.peers.name_server import NameServer, reply

RECORDS = [(20, 0, 5062, "localhost"), (10, 5, 5061, "localhost")]


async def test_the_servers_of_a_name_come_by_priority() -> None:
    with NameServer({"_sip._udp.pbx.test": RECORDS}) as server:
        values = {
            "id": "sip:a@b",
            "registrar": ["pbx.test", "127.0.0.9"],
            "nameserver": f"127.0.0.1:{server.port}",
        }
        found = await find(account_of(values, {}))
    assert [each.address for each in found] == [("127.0.0.1", 5061), ("127.0.0.1", 5062), ("127.0.0.9", 5060)]
    assert [each.label for each in found][1:] == ["pbx.test (127.0.0.1:5062)", "127.0.0.9:5060"]


async def test_a_named_port_and_an_address_need_no_record() -> None:
    with NameServer({}) as server:
        values = {"id": "sip:a@b", "registrar": ["localhost:5070", "127.0.0.9"], "transport": "tls"}
        found = await find(account_of({**values, "nameserver": f"127.0.0.1:{server.port}"}, {}))
        assert server.asked == 0
    assert [each.address for each in found] == [("127.0.0.1", 5070), ("127.0.0.9", 5061)]


async def test_a_dead_name_server_costs_its_patience_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ASK_S", 0.05)
    with NameServer(None) as server:
        assert await services_of("_sip._udp.pbx.test", [("127.0.0.1", server.port)]) == []
        assert server.asked == module.TRIES


def test_a_resolver_that_hangs_holds_up_neither_the_loop_nor_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def hang(*_: object) -> list[object]:
        released.wait(30)
        return []

    async def work() -> list[list[str]]:
        return [await addresses_of(f"host{number}.test", 0.05) for number in range(module.MOST_THREADS + 3)]

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    began = time.monotonic()
    try:
        found = asyncio.run(work())
        assert time.monotonic() - began < 10
    finally:
        released.set()
    assert not any(found)
    while not all(module._threads.acquire(timeout=5) for _ in range(module.MOST_THREADS)):
        raise AssertionError("a thread has not ended")
    for _ in range(module.MOST_THREADS):
        module._threads.release()


def test_weights_decide_by_chance_within_a_priority() -> None:
    random.seed(7)
    records = [Service(1, 90, 1, "a"), Service(1, 10, 2, "b"), Service(0, 0, 3, "c"), Service(0, 0, 0, ".")]
    orders = [[each.target for each in in_order(records)] for _ in range(400)]
    assert {order[0] for order in orders} == {"c"}
    assert 300 < sum(order[1] == "a" for order in orders) < 395


def test_hostile_answers_are_no_answers() -> None:
    query = question("_sip._udp.pbx.test", 4711)
    good = reply(query, [(1, 2, 5060, "one.test")])
    assert read_answer(good, query) == [Service(1, 2, 5060, "one.test")]
    loop = query[:2] + struct.pack(">5H", 0x8180, 1, 1, 0, 0) + query[12:]
    itself = loop + struct.pack(">H", 0xC000 | len(loop))
    others = [b"\x00\x00" + good[2:], query, good[:2] + b"\x00" + good[3:], itself, b""]
    for bad in others + [good[:size] for size in range(len(good) - 1)]:
        try:
            assert read_answer(bad, query) == []
        except (ValueError, IndexError, struct.error):
            continue
    random.seed(1)
    for _ in range(2000):
        spoiled = bytearray(good)
        for _ in range(3):
            spoiled[random.randrange(12, len(good))] = random.randrange(256)
        try:
            assert len(read_answer(bytes(spoiled), query)) <= 1
        except (ValueError, IndexError, struct.error):
            continue


@pytest.mark.parametrize("name", ["", "a..b", "x" * 64 + ".test", "ü.test", ".".join(["abcdefgh"] * 40)])
def test_no_host_name_is_no_question(name: str) -> None:
    with pytest.raises(ValueError):
        question(name, 1)


def test_the_systems_name_servers(tmp_path: Path) -> None:
    file = tmp_path / "resolv.conf"
    assert name_servers(file) == []
    file.write_text("# x\nnameserver 192.0.2.1\nnameserver ::1\nnameserver\nsearch x\nnameserver 192.0.2.2\n")
    assert name_servers(file) == [("192.0.2.1", 53), ("192.0.2.2", 53)]
