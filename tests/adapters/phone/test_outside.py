"""The door's streams: who may connect, and connections whose address is gone."""

from __future__ import annotations

import pytest

from desktop.adapters.phone import outside as module
from desktop.adapters.phone.outside import Address, OutsideTcp
from tests.adapters.phone.waiting import until

MESSAGE = b"OPTIONS sip:x SIP/2.0\r\nContent-Length: 0\r\n\r\n"


class End:
    """One end that notes what comes and what is lost."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.lost: list[Address] = []
        self.it = OutsideTcp("127.0.0.1", "", lambda data, _source: self.got.append(data), self.lost.append)


async def test_a_strangers_connection_is_closed_before_it_can_say_anything() -> None:
    ours, stranger = End(), End()
    await ours.it.open(0)
    ours.it.allows = lambda source: source[0] != "127.0.0.1"
    stranger.it.send(ours.it.local, lambda _local: MESSAGE)
    await until(lambda: stranger.lost)
    assert (ours.got, ours.it._links) == ([], {})
    ours.it.close()
    stranger.it.close()


async def test_a_connection_from_an_address_that_is_gone_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, other = End(), End()
    await other.it.open(0)
    target = other.it.local
    ours.it.send(target, lambda _local: MESSAGE)
    await until(lambda: other.got)
    first = ours.it.local_to(target)
    assert first == next(iter(other.it._links))
    ours.it.drop_stranded()
    assert ours.it.stands(target)
    monkeypatch.setattr(module, "is_ours", lambda _address: False)
    ours.it.drop_stranded()
    assert not ours.it.stands(target)
    assert ours.it.local_to(target) == ours.it.local
    ours.it.send(target, lambda _local: MESSAGE)
    await until(lambda: len(other.got) == 2)
    assert ours.it.local_to(target) != first
    ours.it.close()
    other.it.close()
