"""Bringing a desk back: when, how often, and when not."""

from __future__ import annotations

import asyncio

import pytest

from desktop.adapters.phone import desk_keeper
from desktop.adapters.phone.desk_keeper import MOST, WITHIN_S, DeskKeeper


class Child:
    """A desk that runs until the test ends it."""

    def __init__(self) -> None:
        self.returncode: int | None = None

    def poll(self) -> int | None:
        return self.returncode


class World:
    """A keeper, the desks that it started, what it told, and its clock."""

    def __init__(self, ends_with: int | None = None) -> None:
        self.children: list[Child] = []
        self.told: list[str] = []
        self.now = 0.0
        self._ends_with = ends_with
        self.keeper = DeskKeeper(self._start, self.told.append, lambda: self.now)

    def _start(self) -> Child:
        child = Child()
        child.returncode = self._ends_with
        self.children.append(child)
        return child

    async def settle(self) -> None:
        """Until nothing more is to be done."""
        async with asyncio.timeout(10):
            while self.keeper._work is not None and not self.keeper._work.done():
                await asyncio.sleep(0.005)

    async def until(self, what: str, times: int = 1) -> None:
        async with asyncio.timeout(10):
            while self.told.count(what) < times:
                await asyncio.sleep(0.005)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GRACE_S", "PAUSE_S", "POLL_S"):
        monkeypatch.setattr(desk_keeper, name, 0.01)


async def test_a_desk_that_vanishes_is_started_three_times_in_five_minutes() -> None:
    world = World()
    world.keeper.came()
    for time in range(1, MOST + 1):
        world.keeper.left()
        await world.until("started", time)
        world.keeper.came()
        await world.settle()
        world.children[-1].returncode = -9
    assert world.told == ["gone", "started", "back"] * MOST
    world.keeper.left()
    await world.until("given_up")
    assert len(world.children) == MOST
    world.now = WITHIN_S
    world.keeper.came()
    world.keeper.left()
    await world.until("started", MOST + 1)
    await world.keeper.close()


async def test_one_that_ends_at_once_is_tried_again_and_no_more_than_that() -> None:
    world = World(ends_with=1)
    world.keeper.came()
    world.keeper.left()
    await world.until("given_up")
    assert len(world.children) == MOST
    await world.keeper.close()


async def test_where_another_desk_is_open_already_nothing_more_is_started() -> None:
    world = World(ends_with=0)
    world.keeper.came()
    world.keeper.left()
    await world.until("started")
    await world.settle()
    assert len(world.children) == 1


async def test_a_second_desk_that_is_there_makes_one_needless() -> None:
    world = World()
    world.keeper.came()
    world.keeper.came()
    world.keeper.left()
    assert world.told == []
    world.keeper.left()
    world.keeper.came()
    await world.settle()
    assert world.children == []
    await world.keeper.close()


async def test_one_that_dies_right_after_it_came_is_missed_too() -> None:
    world = World()
    world.keeper.came()
    world.keeper.left()
    await world.until("started")
    world.keeper.came()
    world.children[0].returncode = -9
    world.keeper.left()
    await world.until("started", 2)
    await world.keeper.close()
