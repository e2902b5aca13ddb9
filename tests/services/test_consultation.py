"""The second line: the supervisor is asked, the caller waits and is back by itself; a third one joins."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from desktop.domain.call import CallState, Direction, Hold
from desktop.domain.consultation import Consultation, Purpose
from desktop.domain.errors import PhoneError
from desktop.domain.events import CallEnded, CallMissed, ConsultationChanged, ConsultationFailed, SoundHeard
from desktop.domain.phone import (
    AudioReport,
    CallReport,
    ConferenceReport,
    MediaReport,
    PhoneReady,
    TransferReport,
)
from tests.services.world import World

BOSS = "sip:boss@city"


def second(world: World, state: CallState, **more: object) -> None:
    world.phone.report(state, "c2", Direction.OUTGOING, **more)


def held(world: World, call_id: str, hold: Hold) -> None:
    world.phone.say(MediaReport(call_id, "PCMA", 8000, hold, False, False))


async def asking() -> World:
    """A caller on hold and the supervisor on the line."""
    world = await World.make()
    await world.talk()
    await world.calls.second.consult(BOSS, Purpose.SUPERVISOR, "Boss", "e1")
    held(world, "c1", Hold.LOCAL)
    second(world, CallState.CALLING)
    second(world, CallState.CONFIRMED)
    world.phone.told.clear()
    return world


def test_the_caller_waits_while_the_supervisor_is_asked() -> None:
    async def work() -> None:
        world = await World.make()
        await world.talk()
        world.phone.told.clear()
        await world.calls.second.consult(BOSS, Purpose.SUPERVISOR, "Boss", "e1")
        assert world.phone.told == [("hold", "c1", True), ("consult", BOSS, "e1")]
        second(world, CallState.CALLING)
        second(world, CallState.EARLY)
        assert world.calls.second.state == Consultation(
            Purpose.SUPERVISOR, "Boss", "c2", state=CallState.EARLY, number="boss"
        )
        assert world.calls.current is not None
        assert world.calls.current.id == "c1"
        with pytest.raises(PhoneError):
            await world.calls.second.consult(BOSS, Purpose.SUPERVISOR)

    asyncio.run(work())


@pytest.mark.parametrize("told", [True, False], ids=["hold is told", "hold is not told yet"])
def test_the_caller_is_back_when_the_supervisor_is_busy(told: bool) -> None:
    async def work() -> None:
        world = await World.make()
        failed = world.collect(ConsultationFailed)
        await world.talk()
        await world.calls.second.consult(BOSS, Purpose.SUPERVISOR, "Boss")
        if told:
            held(world, "c1", Hold.LOCAL)
        second(world, CallState.CALLING)
        world.phone.told.clear()
        second(world, CallState.DISCONNECTED, ended_by="remote", cause="busy", code=486)
        await world.background.settle()
        assert world.phone.told == [("hold", "c1", False)]
        assert failed == [ConsultationFailed("Boss", "busy")]
        assert world.calls.second.state is None

    asyncio.run(work())


def test_a_call_that_cannot_be_made_leaves_nobody_on_hold() -> None:
    async def work() -> None:
        world = await World.make()
        await world.talk()

        async def refuse(uri: str, incident: str = "") -> str:
            raise PhoneError("no such address")

        world.phone.consult = refuse  # type: ignore[method-assign]
        world.phone.told.clear()
        with pytest.raises(PhoneError):
            await world.calls.second.consult("x", Purpose.OTHER)
        assert world.phone.told == [("hold", "c1", True), ("hold", "c1", False)]
        assert world.calls.second.state is None

    asyncio.run(work())


def test_nobody_rings_for_ever() -> None:
    async def work() -> None:
        world = await World.make()
        await world.talk()
        await world.calls.second.consult(BOSS, Purpose.SUPERVISOR)
        second(world, CallState.EARLY)
        world.phone.told.clear()
        world.clock.forward(29)
        world.calls.second.tick()
        await world.background.settle()
        assert world.phone.told == []
        world.clock.forward(2)
        world.calls.second.tick()
        world.calls.second.tick()
        await world.background.settle()
        assert world.phone.told == [("hang_up", "c2")]

    asyncio.run(work())


def test_the_keys_of_a_call_with_a_second_line() -> None:
    async def work() -> None:
        world = await asking()
        await world.calls.toggle_hold()
        await world.calls.second.hand_over()
        await world.calls.second.join()
        world.phone.say(ConferenceReport(("c1", "c2")))
        await world.calls.second.join()
        await world.calls.end()
        await world.calls.end_caller()
        assert world.phone.told == [
            ("swap",), ("transfer", "c1", "c2"), ("conference", "c1", "c2"), ("hang_up", "c2"), ("hang_up", "c1"),
        ]  # fmt: skip

    asyncio.run(work())


def test_levels_of_a_third_one_are_not_taken_for_the_callers() -> None:
    async def work() -> None:
        world = await asking()
        heard = world.collect(SoundHeard)
        level = AudioReport("c2", "caller", True, -20.0, 0)
        world.phone.say(level)
        world.phone.say(ConferenceReport(("c1", "c2")))
        world.phone.say(level)
        world.phone.say(replace(level, id="c1"))
        assert heard == [SoundHeard(level), SoundHeard(replace(level, id="c1"))]

    asyncio.run(work())


def test_the_caller_may_go_first_and_has_a_write_up_as_ever() -> None:
    async def work() -> None:
        world = await asking()
        ended = world.collect(CallEnded, CallMissed)
        world.phone.report(CallState.DISCONNECTED, ended_by="remote", code=200)
        await world.background.settle()
        assert [event.call.id for event in ended] == ["c1"]  # type: ignore[attr-defined]
        assert world.calls.second.state is not None
        assert world.phone.told == [("availability", 480)]
        await world.calls.end()
        second(world, CallState.DISCONNECTED, ended_by="local", code=200)
        await world.background.settle()
        assert world.phone.told[1:] == [("hang_up", "c2")]
        assert len(ended) == 1
        assert [call.id for call in await world.records.calls(5)] == ["c1"]

    asyncio.run(work())


def test_a_third_one_joins_without_a_hold_and_is_not_called_for_nobody() -> None:
    async def work() -> None:
        world = await World.make()
        await world.talk()
        world.phone.told.clear()
        await world.calls.second.bring_in("119", Purpose.LINE, "119")
        second(world, CallState.CALLING)
        assert world.phone.told == [("add", "119", "")]
        world.phone.report(CallState.DISCONNECTED, ended_by="remote", code=200)
        await world.background.settle()
        assert ("hang_up", "c2") in world.phone.told

    asyncio.run(work())


def test_a_desk_that_comes_back_finds_both_lines() -> None:
    async def work() -> None:
        world = await World.make()
        changes = world.collect(ConsultationChanged)
        calls = (
            CallReport("c1", Direction.INCOMING, CallState.CONFIRMED, "sip:010@city"),
            CallReport("c2", Direction.OUTGOING, CallState.CONFIRMED, BOSS),
        )
        media = (MediaReport("c2", "PCMA", 8000, Hold.NONE, False, False),)
        world.phone.say(PhoneReady("sip:a@b", "b", 5060, calls, media, conference=("c1", "c2")))
        await world.background.settle()
        assert world.calls.current is not None
        assert world.calls.current.id == "c1"
        state = world.calls.second.state
        assert state == Consultation(
            Purpose.OTHER,
            "boss",
            "c2",
            state=CallState.CONFIRMED,
            together=True,
            number="boss",
            confirmed=world.clock.now(),
        )
        world.phone.say(PhoneReady("sip:a@b", "b", 5060, calls[:1]))
        await world.background.settle()
        assert changes[-1] == ConsultationChanged(None)

    asyncio.run(work())


def test_a_caller_who_is_handed_to_a_number_is_back_when_nobody_takes_the_call() -> None:
    async def work() -> None:
        world = await World.make()
        failed = world.collect(ConsultationFailed)
        await world.talk()
        world.phone.told.clear()
        await world.calls.second.hand_over_to("4100")
        assert world.phone.told == [("hold", "c1", True), ("transfer", "c1", "4100")]
        world.phone.say(TransferReport("c1", 180, False))
        world.phone.say(TransferReport("c1", 408, True))
        await world.background.settle()
        assert world.phone.told[2:] == [("hold", "c1", False)]
        assert failed == [ConsultationFailed("", "transfer")]

    asyncio.run(work())


def test_a_transfer_that_is_not_taken_is_told() -> None:
    async def work() -> None:
        world = await asking()
        failed = world.collect(ConsultationFailed)
        world.phone.say(TransferReport("c1", 180, False))
        world.phone.say(TransferReport("c1", 486, True))
        assert failed == [ConsultationFailed("Boss", "transfer")]

    asyncio.run(work())


def test_digits_go_to_whoever_is_spoken_with() -> None:
    async def work() -> None:
        world = await asking()
        await world.calls.send_digits("1")
        held(world, "c2", Hold.LOCAL)
        held(world, "c1", Hold.NONE)
        await world.calls.send_digits("2")
        sent = [each for each in world.phone.told if each[0] == "digits"]
        assert sent == [("digits", "c2", "1"), ("digits", "c1", "2")]

    asyncio.run(work())


def test_nobody_is_called_beside_a_caller_who_is_being_handed_over() -> None:
    async def work() -> None:
        world = await World.make()
        await world.talk()
        await world.calls.second.hand_over_to("4100")
        world.phone.say(TransferReport("c1", 0, False, "sip:4100@city"))
        assert world.calls.current is not None
        assert world.calls.current.handed_to == "sip:4100@city"
        for work in (world.calls.dial("4200"), world.calls.second.hand_over_to("4300")):
            with pytest.raises(PhoneError, match="second line"):
                await work
        world.phone.say(TransferReport("c1", 486, True, "sip:4100@city"))
        assert world.calls.current.handed_to == ""
        assert world.calls.second.free

    asyncio.run(work())
