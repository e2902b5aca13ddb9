"""A world with two callers."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop.domain.call import Call, CallState, Hold
from desktop.domain.phone import MediaReport
from desktop.domain.transcript import Leg, Segment
from tests.services.world import World


def held(world: World, call_id: str, hold: Hold, pending: bool = False) -> None:
    world.phone.say(MediaReport(call_id, "PCMA", 8000, hold, False, False, pending))


async def waiting(wrap_up_seconds: int = 60) -> World:
    """The agent speaks with c1, c2 waits."""
    world = await World.make(wrap_up_seconds)
    world.clock.moment = datetime.now(UTC)
    world.calls.call_waiting = True
    world.wrap_up.talks = lambda: (
        world.calls.current is not None and world.calls.current.confirmed is not None
    )
    await world.talk()
    world.phone.report(CallState.INCOMING, "c2")
    await world.background.settle()
    return world


async def two(wrap_up_seconds: int = 60) -> World:
    """The agent speaks with c2, c1 is on hold."""
    world = await waiting(wrap_up_seconds)
    await world.calls.answer()
    held(world, "c1", Hold.LOCAL)
    world.phone.report(CallState.CONFIRMED, "c2")
    held(world, "c2", Hold.NONE)
    world.transcript.begin("c2")
    await world.background.settle()
    world.phone.told.clear()
    return world


def ids(*calls: Call | None) -> list[str]:
    return [call.id if call is not None else "" for call in calls]


def places(world: World) -> list[str]:
    return ids(world.calls.current, world.calls.waiting, world.calls.parked)


def say(world: World, call_id: str, text: str, start: float) -> None:
    world.speech.segment(Segment(call_id, Leg.CALLER, text, 0.9, start, start + 2))


def last_told(world: World) -> tuple[object, ...]:
    """What the phone was told last."""
    return world.phone.told[-1]
