"""What is said of a call's line while it lasts, and what is kept of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.call import Call, CallState, Direction, Hold
from desktop.domain.events import CallChanged, CallConfirmed, CallEnded, CallParked, CallUnparked, LineJudged
from desktop.domain.line_quality import LineFacts, LineTrouble
from desktop.domain.phone import FlowReport, QualityReport
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine, Line
from desktop.services.line_watch import LineWatch
from tests.ui.phone_fakes import FakeClock, FakePhone


class World:
    def __init__(self, records: SqliteRecords) -> None:
        self.records, self.bus, self.clock = records, EventBus(), FakeClock()
        self.background = Background()
        self.call = Call(
            "c1", Direction.INCOMING, "sip:1@h", "", CallState.CONFIRMED, self.clock.now(), self.clock.now()
        )
        self.watch = self.desk()
        self.told: list[LineTrouble | None] = []
        self.bus.subscribe(LineJudged, lambda event: self.told.append(event.trouble))

    def desk(self) -> LineWatch:
        return LineWatch(
            CurrentLine(Line(FakePhone(self.clock), self.records)), self.bus, self.clock, self.background
        )

    def hold(self, hold: Hold) -> None:
        self.call = self.call.changed(hold=hold)
        self.bus.publish(CallChanged(self.call))

    def report(self, mos_in: float, mos_out: float | None = None) -> None:
        self.bus.publish(QualityReport("c1", mos_rx=4.4, recent_mos_rx=mos_in, recent_mos_tx=mos_out))

    async def kept(self) -> object:
        await self.background.settle()
        return await self.records.line_facts("c1")


def run(work: object) -> None:
    async def main() -> None:
        records = await SqliteRecords.open(None)
        try:
            await work(World(records))  # type: ignore[operator]
        finally:
            await records.close()

    asyncio.run(main())


def test_a_line_is_poor_until_it_is_fair_again() -> None:
    async def work(world: World) -> None:
        world.bus.publish(CallConfirmed(world.call))
        for mos in (4.4, 3.0, 3.3, 3.7):
            world.report(mos)
        world.report(4.4, 2.0)
        world.report(4.4)  # the other side has told nothing new
        world.report(4.4, 4.0)
        poor = LineTrouble.POOR_IN, LineTrouble.POOR_OUT
        assert world.told == [None, poor[0], poor[0], None, poor[1], poor[1], None]

    run(work)


def test_sound_that_stays_away_comes_first_and_is_no_trouble_on_hold() -> None:
    async def work(world: World) -> None:
        world.bus.publish(CallConfirmed(world.call))
        world.report(2.0)
        world.bus.publish(FlowReport("c1", rtp_in=False, rtp_out=True))
        assert world.watch.trouble is LineTrouble.NOTHING_IN
        world.hold(Hold.LOCAL)
        assert world.watch.trouble is None
        assert world.told[-1] is None
        world.hold(Hold.NONE)
        world.bus.publish(FlowReport("c1", rtp_in=True, rtp_out=False))
        assert world.watch.trouble is LineTrouble.NOTHING_OUT
        world.bus.publish(FlowReport("other", rtp_in=False, rtp_out=False))
        assert world.watch.trouble is LineTrouble.NOTHING_OUT, "another call's line"
        world.bus.publish(CallEnded(world.call))
        assert world.watch.judged is None
        assert world.watch.trouble is None

    run(work)


def test_times_and_figures_are_kept_also_by_the_next_desk() -> None:
    async def work(world: World) -> None:
        world.bus.publish(CallConfirmed(world.call))
        world.clock.go(10)
        world.hold(Hold.LOCAL)
        world.clock.go(7)
        world.hold(Hold.REMOTE)
        world.clock.go(3)
        world.hold(Hold.NONE)
        world.report(4.0)
        facts = await world.kept()
        assert (facts.held_s, facts.waited_s, facts.measured) == (7, 3, 1)  # type: ignore[attr-defined]
        world.bus = EventBus()
        world.desk()
        world.bus.publish(CallConfirmed(world.call, resumed=True))
        await world.background.settle()
        world.bus.publish(FlowReport("c1", rtp_in=False, rtp_out=True))
        world.clock.go(5)
        world.bus.publish(CallEnded(world.call))
        facts = await world.kept()
        assert (facts.held_s, facts.waited_s, facts.silent_s) == (7, 3, 5)  # type: ignore[attr-defined]

    run(work)


def test_what_is_kept_of_a_line_goes_with_its_call() -> None:
    async def work(world: World) -> None:
        await world.records.save_call(world.call)
        world.bus.publish(CallConfirmed(world.call))
        world.report(4.0)
        assert await world.kept() is not None
        world.clock.go(1)
        assert await world.records.delete_before(world.clock.now()) == 1
        assert await world.records.line_facts("c1") is None

    run(work)


def test_of_two_callers_the_line_of_the_one_in_front_is_spoken_of() -> None:
    async def work(world: World) -> None:
        other = replace(world.call, id="c2")
        world.bus.publish(CallConfirmed(world.call))
        world.report(2.0)
        assert world.watch.trouble is LineTrouble.POOR_IN
        world.bus.publish(CallParked(world.call))
        world.bus.publish(CallConfirmed(other))
        assert world.told[-1] is None, "what was wrong with the other line is no news of this one"
        assert world.watch.trouble is None
        world.clock.go(30)
        world.report(1.5)
        assert world.watch.trouble is None
        world.bus.publish(CallEnded(other))
        world.bus.publish(CallUnparked(world.call))
        assert world.watch.trouble is LineTrouble.POOR_IN
        assert world.watch.judged is not None
        assert world.watch.judged.call_id == "c1"
        world.clock.go(5)
        world.bus.publish(CallEnded(world.call))
        facts = await world.kept()
        assert isinstance(facts, LineFacts)
        assert (facts.held_s, facts.measured) == (30.0, 2)

    run(work)
