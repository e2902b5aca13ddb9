"""What is kept of two calls: each its own write-up and evidence."""

from __future__ import annotations

import asyncio

from desktop.domain.agent import AgentState
from desktop.domain.call import CallState
from desktop.domain.events import (
    WrapUpFinished,
    WrapUpStarted,
)
from desktop.domain.phone import QualityReport
from tests.services.two_callers_world import ids, say, two


def test_two_calls_are_written_up_one_after_the_other() -> None:
    async def work() -> None:
        world = await two()
        world.notes.keep("c1", "first")
        world.notes.keep("c2", "second")
        world.phone.report(CallState.DISCONNECTED, "c1", ended_by="remote")
        world.clock.forward(60)
        world.phone.report(CallState.DISCONNECTED, "c2", ended_by="remote")
        await world.background.settle()
        events = world.collect(WrapUpFinished, WrapUpStarted)
        assert world.wrap_up.open is not None
        assert world.wrap_up.open.call_id == "c2"
        await world.wrap_up.finish()
        assert world.state() is AgentState.WRAP_UP
        assert world.wrap_up.open.call_id == "c1"
        assert ids(world.calls.last) == ["c1"]
        await world.wrap_up.undo()
        assert world.wrap_up.open.call_id == "c2"
        await world.wrap_up.finish()
        await world.wrap_up.finish()
        assert world.state() is AgentState.READY
        kinds = [WrapUpFinished, WrapUpStarted, WrapUpStarted, WrapUpFinished, WrapUpStarted, WrapUpFinished]
        assert [type(event) for event in events] == kinds
        for call_id, notes in (("c1", "first"), ("c2", "second")):
            done = await world.records.wrap_up(call_id)
            assert done is not None
            assert (done.saved, done.notes) == (True, notes)

    asyncio.run(work())


def test_without_time_for_writing_up_the_other_call_goes_on() -> None:
    async def work() -> None:
        world = await two(wrap_up_seconds=0)
        world.phone.report(CallState.DISCONNECTED, "c1", ended_by="remote")
        await world.background.settle()
        assert world.state() is AgentState.ON_CALL
        done = await world.records.wrap_up("c1")
        assert done is not None
        assert done.saved
        world.phone.report(CallState.DISCONNECTED, "c2", ended_by="remote")
        await world.background.settle()
        assert world.state() is AgentState.READY

    asyncio.run(work())


def test_evidence_follows_its_own_call() -> None:
    async def work() -> None:
        world = await two()
        world.phone.say(QualityReport("c1", loss_rx=9.0))
        world.phone.say(QualityReport("c2", loss_rx=1.0))
        await world.calls.toggle_hold()
        assert world.calls.current is not None
        first = await world.escalation.freeze_evidence(world.calls.current)
        assert first.call_id == "c1"
        await world.calls.toggle_hold()
        await world.background.settle()
        assert world.escalation.current is None, "nothing was saved of the call in front"
        say(world, "c1", "late", 5)
        await world.background.settle()
        say(world, "c2", "of another", 5)
        world.phone.report(CallState.DISCONNECTED, "c1", ended_by="remote")
        await world.background.settle()
        kept = await world.records.escalation("c1")
        assert kept is not None
        assert [version.reason for version in kept.versions] == ["first", "transcript", "ended"]
        assert "late" in kept.versions[-1].canonical
        assert "of another" not in kept.versions[-1].canonical
        assert '"loss_rx":9.0' in kept.versions[-1].canonical
        assert await world.records.escalation("c2") is None

    asyncio.run(work())


def test_evidence_is_taken_up_when_its_call_is_back() -> None:
    async def work() -> None:
        world = await two()
        assert world.calls.current is not None
        await world.escalation.freeze_evidence(world.calls.current)
        await world.calls.toggle_hold()
        await world.background.settle()
        assert world.escalation.current is None
        await world.calls.toggle_hold()
        await world.background.settle()
        assert world.escalation.current is not None
        assert world.escalation.current.call_id == "c2"
        world.phone.report(CallState.DISCONNECTED, "c2", ended_by="remote")
        await world.background.settle()
        kept = await world.records.escalation("c2")
        assert kept is not None
        assert [version.reason for version in kept.versions] == ["first", "ended"]
        assert world.escalation.current is None, "the caller on hold is in front"

    asyncio.run(work())
