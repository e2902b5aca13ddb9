"""A second caller: waits, is answered, goes on hold; each call keeps its own, and the end of one leaves the other."""

from __future__ import annotations

import asyncio

import pytest

from desktop.domain.agent import AgentState
from desktop.domain.call import CallState, Direction, Hold, Outcome
from desktop.domain.errors import PhoneError
from desktop.domain.events import (
    CallConfirmed,
    CallEnded,
    CallMissed,
    CallParked,
    CallReceived,
    CallUnparked,
    SegmentCommitted,
    WrapUpStarted,
)
from desktop.domain.phone import CallReport, MediaReport, PhoneReady
from tests.services.two_callers_world import held, last_told, places, say, two, waiting
from tests.services.world import World


def test_a_second_caller_waits_and_is_missed() -> None:
    async def work() -> None:
        world = await waiting()
        missed = world.collect(CallMissed, CallReceived, CallEnded)
        assert places(world) == ["c1", "c2", ""]
        assert last_told(world) == ("availability", 0), (
            "it may ring; a third one is the telephone's to refuse"
        )
        world.phone.report(CallState.DISCONNECTED, "c2", ended_by="remote", cause="cancelled")
        await world.background.settle()
        assert places(world) == ["c1", "", ""]
        assert [type(event) for event in missed] == [CallMissed]
        kept = await world.records.call("c2")
        assert kept is not None
        assert (kept.outcome, kept.agent_state) == (Outcome.MISSED, "on_call")
        assert world.state() is AgentState.ON_CALL

    asyncio.run(work())


def test_end_declines_who_waits_before_it_ends_the_call() -> None:
    async def work() -> None:
        world = await waiting()
        await world.calls.end()
        assert last_told(world) == ("reject", "c2", 486)
        world.phone.report(CallState.DISCONNECTED, "c2", ended_by="local", cause="busy", code=486)
        await world.calls.end()
        assert last_told(world) == ("hang_up", "c1")
        await world.background.settle()
        kept = await world.records.call("c2")
        assert kept is not None
        assert kept.outcome is Outcome.REJECTED

    asyncio.run(work())


@pytest.mark.parametrize("off", ["setting", "crisis", "not answered yet"])
def test_nobody_waits(off: str) -> None:
    async def work() -> None:
        world = await World.make()
        world.calls.call_waiting = off != "setting"
        world.calls.in_crisis = lambda: off == "crisis"
        if off == "not answered yet":
            await world.calls.dial("120")
            world.phone.report(CallState.CALLING, direction=Direction.OUTGOING)
            await world.background.settle()
        else:
            await world.talk()
        assert last_told(world) == ("availability", 486)

    asyncio.run(work())


def test_a_caller_whom_the_telephone_refused_was_missed() -> None:
    async def work() -> None:
        world = await waiting()
        world.phone.report(CallState.DISCONNECTED, "c3", ended_by="local", cause="busy", code=486)
        await world.background.settle()
        kept = await world.records.call("c3")
        assert kept is not None
        assert kept.outcome is Outcome.MISSED
        assert places(world) == ["c1", "c2", ""]

    asyncio.run(work())


def test_answering_puts_the_first_one_on_hold_behind() -> None:
    async def work() -> None:
        world = await waiting()
        events = world.collect(CallParked, CallConfirmed, CallReceived)
        await world.calls.answer()
        assert last_told(world) == ("answer", "c2")
        held(world, "c1", Hold.LOCAL)
        world.phone.report(CallState.CONFIRMED, "c2")
        assert places(world) == ["c2", "", "c1"]
        assert world.calls.parked is not None
        assert world.calls.parked.on_hold
        assert [type(event) for event in events] == [CallParked, CallConfirmed]
        with pytest.raises(PhoneError):
            await world.calls.dial("120")

    asyncio.run(work())


def test_each_call_has_its_own_transcript_also_for_late_words() -> None:
    async def work() -> None:
        world = await two()
        heard = world.collect(SegmentCommitted)
        say(world, "c2", "second", 1)
        say(world, "c1", "late", 5)
        assert [segment.text for segment in world.transcript.segments] == ["second"]
        await world.calls.toggle_hold()
        assert [segment.text for segment in world.transcript.segments] == ["late"]
        say(world, "c1", "again", 9)
        say(world, "c2", "very late", 3)
        assert [segment.text for segment in world.transcript.segments] == ["late", "again"]
        assert len(heard) == 4
        await world.background.settle()
        assert [segment.text for segment in await world.records.segments("c2")] == ["second", "very late"]

    asyncio.run(work())


def test_swap_changes_who_is_in_front() -> None:
    async def work() -> None:
        world = await two()
        events = world.collect(CallParked, CallUnparked)
        await world.calls.toggle_hold()
        assert world.phone.told == [("swap",)]
        assert places(world) == ["c1", "", "c2"]
        assert [type(event) for event in events] == [CallParked, CallUnparked]
        world.phone.broken = True
        with pytest.raises(PhoneError):
            await world.calls.toggle_hold()
        assert places(world) == ["c1", "", "c2"]

    asyncio.run(work())


def test_where_both_are_on_hold_the_one_in_front_is_taken_back() -> None:
    async def work() -> None:
        world = await two()
        held(world, "c2", Hold.LOCAL)

        async def refuse() -> None:
            raise PhoneError("swap needs one call on hold and one that is not")

        world.phone.swap = refuse  # type: ignore[method-assign]
        await world.calls.toggle_hold()
        assert world.phone.told == [("hold", "c2", False)]
        assert places(world) == ["c2", "", "c1"]

    asyncio.run(work())


def test_the_end_of_the_call_in_front_brings_the_other_one_still_on_hold() -> None:
    async def work() -> None:
        world = await two()
        events = world.collect(CallEnded, CallUnparked, WrapUpStarted)
        await world.calls.end()
        assert last_told(world) == ("hang_up", "c2")
        world.phone.report(CallState.DISCONNECTED, "c2", ended_by="local")
        await world.background.settle()
        assert places(world) == ["c1", "", ""]
        assert world.calls.current is not None
        assert world.calls.current.on_hold
        assert not [told for told in world.phone.told if told[0] == "hold"], "nobody is heard without a key"
        assert [type(event) for event in events] == [CallEnded, CallUnparked]
        assert world.state() is AgentState.ON_CALL
        assert last_told(world) == ("availability", 0)
        await world.calls.toggle_hold()
        assert last_told(world) == ("hold", "c1", False)

    asyncio.run(work())


def test_a_caller_on_hold_hangs_up_and_the_talk_goes_on() -> None:
    async def work() -> None:
        world = await two()
        ended = world.collect(CallEnded, CallUnparked)
        world.phone.report(CallState.DISCONNECTED, "c1", ended_by="remote")
        await world.background.settle()
        assert places(world) == ["c2", "", ""]
        (event,) = ended
        assert isinstance(event, CallEnded)
        assert event.behind
        assert world.state() is AgentState.ON_CALL
        assert world.wrap_up.open is None

    asyncio.run(work())


def test_a_caller_who_still_waits_when_the_call_ends_rings() -> None:
    async def work() -> None:
        world = await waiting()
        rung = world.collect(CallReceived)
        world.phone.report(CallState.DISCONNECTED, "c1", ended_by="remote")
        await world.background.settle()
        assert places(world) == ["c2", "", ""]
        assert len(rung) == 1
        assert world.wrap_up.open is not None
        await world.calls.answer()
        world.phone.report(CallState.CONFIRMED, "c2")
        assert world.wrap_up.open is None, "it comes again after this call"
        await world.background.settle()
        assert world.state() is AgentState.ON_CALL
        world.phone.report(CallState.DISCONNECTED, "c2", ended_by="remote")
        await world.background.settle()
        await world.wrap_up.finish()
        assert world.wrap_up.open is not None
        assert world.wrap_up.open.call_id == "c1"

    asyncio.run(work())


def test_a_new_desk_finds_who_is_in_front() -> None:
    async def work() -> None:
        world = await World.make()
        remote = "sip:01012344720@city"
        calls = tuple(
            CallReport(call_id, Direction.INCOMING, state, remote)
            for call_id, state in (("c1", CallState.CONFIRMED), ("c2", CallState.CONFIRMED))
        )
        media = (
            MediaReport("c1", "PCMA", 8000, Hold.LOCAL, False, False),
            MediaReport("c2", "PCMA", 8000, Hold.NONE, False, False),
        )
        confirmed = world.collect(CallConfirmed)
        world.phone.say(PhoneReady("sip:desk", "127.0.0.1", 5060, calls, media))
        await world.background.settle()
        assert places(world) == ["c2", "", "c1"]
        assert [event.resumed for event in confirmed if isinstance(event, CallConfirmed)] == [True]
        await world.calls.toggle_hold()
        assert places(world) == ["c1", "", "c2"]

    asyncio.run(work())


@pytest.mark.parametrize("reverse", [False, True])
def test_a_new_desk_in_the_middle_of_a_swap_finds_who_is_wanted_in_front(reverse: bool) -> None:
    """c1 was put on hold and c2 is taken back; neither telephone has agreed yet."""

    async def work() -> None:
        world = await World.make()
        remote = "sip:01012344720@city"
        calls = [CallReport(each, Direction.INCOMING, CallState.CONFIRMED, remote) for each in ("c1", "c2")]
        media = [
            MediaReport("c1", "PCMA", 8000, Hold.NONE, False, False, hold_pending=True),
            MediaReport("c2", "PCMA", 8000, Hold.LOCAL, False, False, hold_pending=True),
        ]
        if reverse:
            calls, media = calls[::-1], media[::-1]
        told = world.collect(CallConfirmed, CallParked)
        world.phone.say(PhoneReady("sip:desk", "127.0.0.1", 5060, tuple(calls), tuple(media)))
        await world.background.settle()
        assert places(world) == ["c2", "", "c1"]
        assert [each.call.id for each in told if isinstance(each, (CallConfirmed, CallParked))] == ["c2"]
        held(world, "c1", Hold.LOCAL)
        held(world, "c2", Hold.NONE)
        assert places(world) == ["c2", "", "c1"]

    asyncio.run(work())


def test_both_calls_end_when_the_engine_dies() -> None:
    async def work() -> None:
        world = await two()
        ended = world.collect(CallEnded)
        world.phone.say(PhoneReady("sip:desk", "127.0.0.1", 5060))
        await world.background.settle()
        assert places(world) == ["", "", ""]
        assert sorted(event.call.id for event in ended if isinstance(event, CallEnded)) == ["c1", "c2"]
        assert world.wrap_up.open is not None

    asyncio.run(work())


def test_a_second_caller_while_the_first_one_still_rings() -> None:
    async def work() -> None:
        world = await World.make()
        world.phone.report(CallState.INCOMING)
        world.phone.report(CallState.INCOMING, "c2")
        assert places(world) == ["c1", "c2", ""]
        rung = world.collect(CallReceived)
        await world.calls.end()
        assert last_told(world) == ("reject", "c1", 486)
        world.phone.report(CallState.DISCONNECTED, "c1", ended_by="local", cause="busy")
        assert places(world) == ["c2", "", ""]
        assert len(rung) == 1
        await world.background.settle()

    asyncio.run(work())


@pytest.mark.parametrize("first", ["c1", "c2"])
def test_a_swap_by_another_client_is_followed(first: str) -> None:
    async def work() -> None:
        world = await two()
        events = world.collect(CallParked, CallUnparked)
        holds = {"c2": Hold.LOCAL, "c1": Hold.NONE}
        for call_id in sorted(holds, reverse=first == "c2"):
            held(world, call_id, holds[call_id])
        assert places(world) == ["c1", "", "c2"]
        assert [type(event) for event in events] == [CallParked, CallUnparked]
        assert world.phone.told == [], "nothing is asked of the phone for it"

    asyncio.run(work())


def test_the_desks_own_swap_is_not_swapped_back_by_what_the_phone_says_of_it() -> None:
    async def work() -> None:
        world = await two()
        await world.calls.toggle_hold()
        events = world.collect(CallParked, CallUnparked)
        assert places(world) == ["c1", "", "c2"]
        held(world, "c2", Hold.LOCAL)
        held(world, "c1", Hold.NONE)
        held(world, "c1", Hold.REMOTE)
        held(world, "c2", Hold.BOTH)
        assert (places(world), events) == (["c1", "", "c2"], [])

    asyncio.run(work())


def test_whoever_is_wanted_is_in_front_while_slow_telephones_have_not_agreed() -> None:
    async def work() -> None:
        world = await two()
        await world.calls.toggle_hold()
        held(world, "c2", Hold.NONE, pending=True)
        held(world, "c1", Hold.LOCAL, pending=True)
        assert places(world) == ["c1", "", "c2"]
        await world.calls.toggle_hold()
        held(world, "c1", Hold.LOCAL)
        held(world, "c2", Hold.NONE)
        assert places(world) == ["c2", "", "c1"], "the agent thought better of it"
        held(world, "c2", Hold.LOCAL, pending=True)  # the first wish is agreed to, the second is on its way
        held(world, "c1", Hold.NONE, pending=True)
        assert places(world) == ["c2", "", "c1"]
        held(world, "c1", Hold.LOCAL)
        held(world, "c2", Hold.NONE)
        assert places(world) == ["c2", "", "c1"]

    asyncio.run(work())
