"""What cannot be written is kept, newest first, and written once it can be."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from desktop.domain.errors import StorageError
from desktop.domain.events import SavingFailed, SavingMended
from desktop.services.event_bus import EventBus
from desktop.services.saving import Saver


class Disk:
    """Takes texts while there is room."""

    def __init__(self) -> None:
        self.full = False
        self.kind = "full"
        self.written: list[str] = []

    async def write(self, text: str) -> None:
        if self.full:
            raise StorageError("no room", self.kind)
        self.written.append(text)


class World:
    """A saver, its disk, and what it told."""

    def __init__(self) -> None:
        self.disk, self.told = Disk(), list[str]()
        bus = EventBus()
        bus.attach(asyncio.get_running_loop())
        bus.subscribe(SavingFailed, lambda event: self.told.append(event.kind))
        bus.subscribe(SavingMended, lambda _event: self.told.append("mended"))
        self.saver = Saver(bus)

    async def save(self, key: str, text: str) -> bool:
        return await self.saver.save(key, partial(self.disk.write, text))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.services.saving.RETRY_S", 0.01)


async def until_written(world: World) -> None:
    async with asyncio.timeout(5):
        while world.saver.waiting:
            await asyncio.sleep(0.005)


def test_the_newest_of_each_key_is_written_once_there_is_room() -> None:
    async def work() -> None:
        world = World()
        world.disk.full = True
        assert not await world.save("notes 1", "old")
        assert not await world.save("call 1", "call")
        assert not await world.save("notes 1", "new")
        assert world.saver.waiting == 2
        world.disk.full = False
        await until_written(world)
        assert sorted(world.disk.written) == ["call", "new"]
        assert world.told[0] == "full"
        assert world.told[-1] == "mended"
        await world.saver.close()

    asyncio.run(work())


def test_a_write_that_succeeds_takes_the_place_of_one_that_waits() -> None:
    async def work() -> None:
        world = World()
        world.disk.full = True
        await world.save("notes 1", "old")
        world.disk.full = False
        assert await world.save("notes 1", "new")
        assert world.saver.waiting == 0
        assert world.disk.written == ["new"]
        assert world.told == ["full", "mended"]
        await world.saver.close()

    asyncio.run(work())


def test_the_end_tries_a_last_time_and_a_closed_database_is_not_waited_for() -> None:
    async def work() -> None:
        world = World()
        world.disk.full = True
        await world.save("call 1", "call")
        world.disk.full = False
        await world.saver.close()
        assert world.disk.written == ["call"]
        world.disk.full, world.disk.kind = True, "closed"
        assert not await world.save("call 2", "late")
        assert world.saver.waiting == 0

    asyncio.run(work())
