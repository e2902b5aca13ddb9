"""Another address, no network, sleep: what is told to whom. Clock, network, door and engine are the test's."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.adapters.phone import whereabouts as module
from desktop.adapters.phone.network import is_ours, way_to
from desktop.adapters.phone.outside import Address
from desktop.adapters.phone.outside_tls import Trouble
from desktop.adapters.phone.registrars import Registrar
from desktop.adapters.phone.whereabouts import Whereabouts
from tests.adapters.phone.waiting import until

ONE, TWO = Registrar(("192.0.2.1", 5060), "one.test"), Registrar(("192.0.2.2", 5060), "two.test")
HOME, AWAY = "198.51.100.4", "198.51.100.5"


class Desk:
    """A network, a clock, a door and a registration that note what they are told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "LOOK_S", 0.01)
        self.way, self.now = {ONE.address: HOME, TWO.address: AWAY}, 100.0
        self.engine: list[list[str]] = []
        self.troubles: list[str] = []
        self.moves: list[str] = []
        self.looks = 0
        self.current: Registrar | None = ONE
        self.possible = True
        self.port = 5060
        self.it = Whereabouts("", self.tell, self.look_up, lambda: self.now)
        assert self.it.begin(ONE) == HOME
        self.it.start(self, self)
        self.it.registered()

    def tell(self, message: dict[str, Any]) -> None:
        assert message["command"] == "network"
        self.engine.append(message["arguments"])

    def look_up(self, target: Address) -> str:
        self.looks += 1
        return self.way[target]

    def move(self, host: str) -> None:
        self.moves.append(host)

    def contact(self) -> Address:
        return self.it.address, self.port

    def renew(self, why: Trouble) -> bool:
        self.troubles.append(why.kind)
        return self.possible

    def unplugged(self, why: Trouble) -> None:
        self.troubles.append(why.kind)

    async def looked(self, times: int = 3) -> None:
        """Wait until it was looked so often again."""
        end = self.looks + times
        await until(lambda: self.looks >= end)


async def test_nothing_changes_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch)
    await desk.looked(5)
    desk.it.registered()
    desk.it.close()
    assert (desk.engine, desk.troubles, desk.moves) == ([], [], [])


async def test_another_address_is_told_to_the_engine_once_the_registrar_knows_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(monkeypatch)
    desk.way[ONE.address] = AWAY
    await until(lambda: desk.troubles == ["moved"])
    assert (desk.moves, desk.engine) == ([AWAY], [])
    desk.it.registered()
    assert desk.engine == [[AWAY, "ask"]]
    await desk.looked()
    desk.it.registered()
    desk.it.close()
    assert (len(desk.engine), desk.troubles) == (1, ["moved"])


async def test_calls_move_also_where_the_registrar_refuses_us(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch)
    desk.possible = False
    desk.way[ONE.address] = AWAY
    await until(lambda: desk.engine == [[AWAY, "ask"]])
    desk.it.close()


async def test_a_network_that_is_gone_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch)
    desk.way[ONE.address] = ""
    await until(lambda: desk.troubles == ["offline"])
    await desk.looked()
    assert (desk.engine, desk.troubles) == ([["", ""]], ["offline"])
    desk.way[ONE.address] = HOME
    await until(lambda: desk.troubles == ["offline", "moved"])
    desk.it.registered()
    desk.it.close()
    assert desk.engine == [["", ""], [HOME, ""]]


async def test_who_is_registered_again_before_the_next_look_is_not_told_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(monkeypatch)
    desk.way[ONE.address] = ""
    await until(lambda: desk.troubles == ["offline"])
    desk.way[ONE.address] = HOME
    desk.it.registered()
    await desk.looked()
    desk.it.close()
    assert desk.troubles == ["offline"]


async def test_after_sleep_calls_are_asked_whether_they_still_are(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch)
    await desk.looked()
    desk.now += 3600
    await until(lambda: desk.troubles == ["woken"])
    await desk.looked()
    assert desk.troubles == ["woken"]
    desk.it.registered()
    desk.it.close()
    assert desk.engine == [[HOME, "ask"]]


async def test_a_new_connection_is_told_to_those_who_call_back_on_the_old_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(monkeypatch)
    desk.port = 5070
    desk.it.registered()
    desk.it.close()
    assert desk.engine == [[HOME, "ask"]]


async def test_another_registrar_may_be_reached_from_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch)
    desk.current = TWO
    desk.it.used(TWO)
    assert (desk.moves, desk.it.address) == ([AWAY], AWAY)
    await desk.looked()
    desk.it.close()
    assert desk.troubles == []


async def test_an_address_of_the_account_is_used_as_long_as_it_is_there() -> None:
    assert Whereabouts("127.0.0.1", lambda _message: None).begin(ONE) == "127.0.0.1"
    assert Whereabouts("192.0.2.77", lambda _message: None).begin(ONE) == "192.0.2.77"
    assert (is_ours("127.0.0.1"), is_ours("192.0.2.77"), is_ours("nonsense")) == (True, False, False)
    assert way_to(("127.0.0.1", 9)) == "127.0.0.1"
