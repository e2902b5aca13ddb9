"""A consultation has a transcript of its own: shown while the agent speaks in it, never mixed with the citizen's."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from desktop.domain.asked import Asked
from desktop.domain.call import CallState, Hold
from desktop.domain.consultation import Purpose
from desktop.domain.events import HypothesisChanged, SegmentCommitted
from desktop.domain.phone import ConferenceReport
from desktop.domain.transcript import Hypothesis, Leg, Segment
from desktop.domain.transcript_events import AskedRunning, AskedSaid, AskedShown
from tests.services.test_consultation import BOSS, asking, held, second
from tests.services.world import World

CITIZEN = Segment("c1", Leg.CALLER, "소화전 앞에 차가 있어요.", 0.9, 1.0, 3.0)
ASKED = Segment("c2", Leg.CALLER, "담당 부서는 주차관리과입니다.", 0.9, 0.5, 2.5)
SAID = Segment("c2", Leg.AGENT, "소화전 앞 주차 문의입니다.", 0.9, 3.0, 5.0)


def test_what_is_said_with_the_supervisor_is_not_the_citizens() -> None:
    async def work() -> None:
        world = await asking()
        await world.background.settle()
        told = world.collect(SegmentCommitted, AskedSaid)
        for segment in (ASKED, CITIZEN, SAID, ASKED):
            world.speech.segment(segment)
        await world.background.settle()
        assert told == [AskedSaid(ASKED), SegmentCommitted(CITIZEN), AskedSaid(SAID)], "each once"
        assert world.transcript.segments == [CITIZEN]
        assert await world.records.segments("c1") == [CITIZEN]
        assert await world.records.segments("c2") == [ASKED, SAID]
        asked = Asked("c2", "c1", Purpose.SUPERVISOR, "Boss", world.clock.now())
        assert await world.records.asked_beside("c1") == [asked]

    asyncio.run(work())


def test_it_is_in_front_while_the_agent_speaks_in_it_alone() -> None:
    async def work() -> None:
        world = await World.make()
        shown = list[AskedShown]()
        world.bus.subscribe(AskedShown, shown.append)

        def front() -> str:
            asked = shown[-1].asked
            return asked.call_id if asked is not None else ""

        await world.talk()
        await world.calls.second.consult(BOSS, Purpose.SUPERVISOR, "Boss", "e1")
        held(world, "c1", Hold.LOCAL)
        second(world, CallState.CALLING)
        assert shown == [], "nobody is there yet"
        second(world, CallState.CONFIRMED)
        assert (front(), shown[-1].said) == ("c2", ())
        world.speech.segment(ASKED)
        held(world, "c2", Hold.LOCAL)
        assert front() == "", "the agent has swapped"
        held(world, "c2", Hold.NONE)
        assert (front(), shown[-1].said) == ("c2", (ASKED,))
        world.phone.say(ConferenceReport(("c1", "c2")))
        assert front() == "", "all that is said now is the citizen's"
        world.phone.say(ConferenceReport(()))
        assert front() == "c2"
        second(world, CallState.DISCONNECTED, ended_by="remote")
        assert front() == ""
        said = world.collect(AskedSaid)
        world.speech.segment(SAID)
        assert said == [AskedSaid(SAID)], "its last words come after its end"
        await world.background.settle()

    asyncio.run(work())


def test_running_words_of_a_consultation_go_to_it() -> None:
    async def work() -> None:
        world = await asking()
        told = world.collect(HypothesisChanged, AskedRunning)
        for call_id in ("c1", "c2", "c9"):
            world.speech.hypothesis(Hypothesis(call_id, Leg.CALLER, "담당", 0, 0.5, 1.0))
        assert [type(event) for event in told] == [HypothesisChanged, AskedRunning]
        await world.background.settle()

    asyncio.run(work())


def test_a_desk_that_comes_back_goes_on_with_what_was_kept() -> None:
    async def work() -> None:
        world = await World.make()
        began = world.clock.now()
        await world.records.save_asked(Asked("c2", "c1", Purpose.SUPERVISOR, "Boss", began))
        await world.records.save_segment(ASKED)
        world.clock.moment += timedelta(seconds=20)
        await world.talk()
        shown = list[AskedShown]()
        world.bus.subscribe(AskedShown, shown.append)
        second(world, CallState.CONFIRMED)
        world.speech.segment(SAID)
        await world.background.settle()
        assert shown[-1].asked == Asked("c2", "c1", Purpose.SUPERVISOR, "Boss", began)
        assert shown[-1].said == (ASKED, SAID)

    asyncio.run(work())
