"""Calls, states and write-ups as the agent meets them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.agent import AgentState
from desktop.domain.call import CallState, Direction, Hold, Outcome
from desktop.domain.errors import PhoneError
from desktop.domain.events import (
    CallConfirmed,
    CallEnded,
    CallMissed,
    CallReceived,
    PhoneRestarted,
    WrapUpFinished,
    WrapUpStarted,
)
from desktop.domain.phone import CallReport, EngineRestarted, MediaReport, PhoneReady
from desktop.domain.transcript import Leg, Segment, SpeechLevel, SpeechState
from desktop.domain.wrapup import Result, WrapUp
from desktop.services.lost_calls import SeenCalls, close_lost
from tests.services.world import World


def test_a_call_from_ring_to_the_next_state() -> None:
    async def work() -> None:
        world = await World.make()
        events = world.collect(CallReceived, CallConfirmed, CallEnded, WrapUpStarted, WrapUpFinished)
        await world.talk()
        assert world.state() is AgentState.ON_CALL
        assert ("availability", 486) in world.phone.told
        world.clock.forward(125)
        world.phone.report(CallState.DISCONNECTED, ended_by="remote", code=200)
        await world.background.settle()
        assert world.state() is AgentState.WRAP_UP
        assert world.phone.told[-1] == ("availability", 480)
        world.notes.keep("c1", "수도요금 정산")
        world.wrap_up.set_category("상하수도")
        world.wrap_up.set_result(Result.ANSWERED)
        await world.wrap_up.finish()
        await world.background.settle()
        assert world.state() is AgentState.READY
        assert world.phone.told[-1] == ("availability", 0)
        assert [type(e) for e in events] == [
            CallReceived,
            CallConfirmed,
            CallEnded,
            WrapUpStarted,
            WrapUpFinished,
        ]
        saved = await world.records.call("c1")
        assert saved is not None
        assert (saved.outcome, saved.seconds(world.clock.now()), saved.agent_name) == (
            Outcome.ANSWERED,
            125,
            "김다산",
        )
        wrap_up = await world.records.wrap_up("c1")
        assert wrap_up is not None
        assert (wrap_up.category, wrap_up.notes, wrap_up.saved) == ("상하수도", "수도요금 정산", True)

    asyncio.run(work())


def test_no_wrap_up_time_means_straight_to_ready() -> None:
    async def work() -> None:
        world = await World.make(wrap_up_seconds=0)
        states = world.collect(WrapUpFinished)
        await world.talk()
        world.phone.report(CallState.DISCONNECTED, ended_by="local")
        await world.background.settle()
        assert world.state() is AgentState.READY
        assert len(states) == 1

    asyncio.run(work())


def test_without_wrap_up_time_calls_that_end_at_once_leave_nobody_in_a_write_up() -> None:
    async def work() -> None:
        world = await World.make(wrap_up_seconds=0)
        world.clock.moment = datetime.now(UTC)
        for number in range(5):
            for state in (CallState.INCOMING, CallState.CONFIRMED, CallState.DISCONNECTED):
                world.phone.report(state, f"c{number}")  # the next one comes before what it set off is done
                await asyncio.sleep(0.002 * (number % 2))
        await world.background.settle()
        assert world.state() is AgentState.READY
        assert world.wrap_up.open is None
        assert await world.records.open_wrap_up() is None

    asyncio.run(work())


def test_a_state_chosen_in_a_call_waits_for_its_end() -> None:
    async def work() -> None:
        world = await World.make()
        await world.talk()
        await world.agent.choose(AgentState.BREAK)
        assert (world.agent.state, world.agent.queued) == (AgentState.ON_CALL, AgentState.BREAK)
        world.phone.report(CallState.DISCONNECTED)
        await world.background.settle()
        await world.wrap_up.finish()
        assert world.state() is AgentState.BREAK
        with pytest.raises(ValueError, match="can't be chosen"):
            await world.agent.choose(AgentState.ON_CALL)

    asyncio.run(work())


@pytest.mark.parametrize(
    ("state", "code"), [(AgentState.READY, 0), (AgentState.BREAK, 480), (AgentState.OFF, 480)]
)
def test_what_each_state_refuses(state: AgentState, code: int) -> None:
    async def work() -> None:
        world = await World.make()
        await world.agent.choose(state)
        assert world.phone.told[-1] == ("availability", code)

    asyncio.run(work())


def test_a_refused_call_is_in_the_history_with_the_state() -> None:
    async def work() -> None:
        world = await World.make()
        missed = world.collect(CallMissed)
        await world.agent.choose(AgentState.BREAK)
        world.phone.report(CallState.DISCONNECTED, code=480, ended_by="local", cause="unavailable")
        await world.background.settle()
        (call,) = await world.records.calls(5)
        assert (call.outcome, call.agent_state, len(missed)) == (Outcome.MISSED, "break", 1)
        assert world.state() is AgentState.BREAK

    asyncio.run(work())


def test_a_rejected_call_is_not_missed() -> None:
    async def work() -> None:
        world = await World.make()
        world.phone.report(CallState.INCOMING)
        await world.calls.end()
        assert world.phone.told[-1] == ("reject", "c1", 486)
        world.phone.report(CallState.DISCONNECTED, code=486, ended_by="local")
        await world.background.settle()
        (call,) = await world.records.calls(5)
        assert call.outcome is Outcome.REJECTED
        assert world.state() is AgentState.READY

    asyncio.run(work())


def test_the_engine_dies_and_nothing_but_the_call_is_lost() -> None:
    async def work() -> None:
        world = await World.make()
        events = world.collect(CallEnded, PhoneRestarted)
        await world.talk()
        world.notes.keep("c1", "적던 글")
        world.phone.report(CallState.DISCONNECTED, ended_by="network", cause="engine")
        world.phone.say(EngineRestarted("killed", 80))
        await world.background.settle()
        assert [type(e) for e in events] == [CallEnded, PhoneRestarted]
        ended = events[0]
        assert isinstance(ended, CallEnded)
        assert ended.lost
        assert await world.records.notes("c1") == "적던 글"
        assert world.state() is AgentState.WRAP_UP

    asyncio.run(work())


def test_a_desk_that_comes_back_finds_its_call() -> None:
    async def work() -> None:
        world = await World.make()
        events = world.collect(CallConfirmed)
        began = world.clock.now()
        world.clock.forward(40)
        report = CallReport(
            "c9", Direction.INCOMING, CallState.CONFIRMED, "sip:x@y", confirmed=began, created=began
        )
        media = MediaReport("c9", "G722", 16000, Hold.LOCAL, True, False)
        world.phone.say(PhoneReady("sip:desk@127.0.0.1", "127.0.0.1", 5060, (report,), (media,)))
        await world.background.settle()
        confirmed = events[0]
        assert isinstance(confirmed, CallConfirmed)
        assert confirmed.resumed
        assert world.calls.current is not None
        assert world.calls.current.seconds(world.clock.now()) == 40
        assert (world.calls.current.hold, world.calls.current.muted) == (Hold.LOCAL, True)
        assert world.state() is AgentState.ON_CALL

    asyncio.run(work())


def test_a_phone_that_comes_back_without_the_call_has_lost_it() -> None:
    async def work() -> None:
        world = await World.make()
        ended = world.collect(CallEnded)
        await world.talk()
        world.phone.say(PhoneReady("sip:desk@127.0.0.1", "127.0.0.1", 5060))
        await world.background.settle()
        assert len(ended) == 1
        assert world.calls.current is None

    asyncio.run(work())


def test_a_call_that_ended_while_no_desk_was_there_is_written_up() -> None:
    async def work() -> None:
        world = await World.make()
        await world.talk()
        call = world.calls.current
        assert call is not None
        assert call.confirmed is not None
        await world.records.save_segment(Segment("c1", Leg.CALLER, "여보세요", 0.9, 1.0, 42.0))
        await world.escalation.freeze_evidence(call)
        assert await close_lost(world.records, SeenCalls(world.bus, world.calls.live)) == [], "it still runs"
        after = World(world.records, world.own_file, 60)
        await after.agent.start(call_runs=False)
        (ended,) = await close_lost(after.records, SeenCalls(after.bus, after.calls.live))
        assert ended.outcome is Outcome.ANSWERED
        assert ended.ended == call.confirmed + timedelta(seconds=42)
        await after.escalation.complete(ended)
        await after.escalation.complete(ended)
        escalation = await world.records.escalation("c1")
        assert escalation is not None
        assert [version.reason for version in escalation.versions] == ["first", "ended"]
        after.bus.publish(WrapUpStarted(WrapUp("c1"), ended, 60))
        assert after.calls.last == ended, "so that it can be reported"
        assert await close_lost(after.records, SeenCalls(after.bus, after.calls.live)) == []

    asyncio.run(work())


def test_an_end_that_is_not_on_disk_yet_is_not_taken_for_one_that_nobody_saw() -> None:
    async def work() -> None:
        world = await World.make()
        seen = SeenCalls(world.bus, world.calls.live)
        await world.talk()
        world.phone.report(CallState.DISCONNECTED, ended_by="remote", code=200)
        assert await close_lost(world.records, seen) == []
        await world.background.settle()
        (call,) = await world.records.calls(5)
        assert call.ended_by == "remote"

    asyncio.run(work())


def test_hold_and_mute_follow_the_wire() -> None:
    async def work() -> None:
        world = await World.make()
        await world.talk()
        await world.calls.toggle_hold()
        world.phone.say(MediaReport("c1", "G722", 16000, Hold.LOCAL, False, False))
        await world.calls.toggle_hold()
        await world.calls.toggle_mute()
        assert world.phone.told[-3:] == [("hold", "c1", True), ("hold", "c1", False), ("mute", True)]
        assert world.calls.current is not None
        assert not world.calls.current.muted

    asyncio.run(work())


def test_an_outgoing_call_that_nobody_takes() -> None:
    async def work() -> None:
        world = await World.make()
        await world.calls.dial("119")
        world.phone.report(CallState.CALLING, direction=Direction.OUTGOING)
        await world.background.settle()
        assert world.state() is AgentState.ON_CALL
        with pytest.raises(ValueError, match="a call is on"):
            await world.calls.dial("112")
        world.phone.report(CallState.DISCONNECTED, direction=Direction.OUTGOING, code=404, ended_by="remote")
        await world.background.settle()
        assert world.state() is AgentState.READY
        (call,) = await world.records.calls(5)
        assert call.outcome is Outcome.FAILED

    asyncio.run(work())


def test_a_phone_that_refuses_says_why() -> None:
    async def work() -> None:
        world = await World.make()
        world.phone.broken = True
        with pytest.raises(PhoneError, match="started again"):
            await world.calls.dial("119")

    asyncio.run(work())


def test_a_write_up_can_be_opened_again() -> None:
    async def work() -> None:
        world = await World.make()
        await world.talk()
        world.phone.report(CallState.DISCONNECTED)
        await world.background.settle()
        world.wrap_up.set_category("세금")
        await world.wrap_up.finish()
        await world.wrap_up.undo()
        await world.background.settle()
        assert world.wrap_up.open is not None
        assert world.wrap_up.open.category == "세금"
        assert world.state() is AgentState.WRAP_UP

    asyncio.run(work())


def test_of_ended_calls_only_the_last_few_are_remembered() -> None:
    async def work() -> None:
        world = await World.make()
        world.speech.state(SpeechState.READY, "", SpeechLevel.FULL)
        for number in range(40):
            world.speech.drained(f"c{number}")
        assert await world.transcript.drained("c39", 5)
        assert not await world.transcript.drained("c3", 0.01)

    asyncio.run(work())
