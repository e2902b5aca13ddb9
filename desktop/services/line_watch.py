"""Watches the line of the caller's call: says what is wrong with it, and keeps how it was."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

from desktop.domain.call import Call, Hold
from desktop.domain.events import (
    CallChanged,
    CallConfirmed,
    CallEnded,
    CallParked,
    CallUnparked,
    LineJudged,
)
from desktop.domain.line_quality import LineFacts, LineJudge, LineQuality, LineTrouble
from desktop.domain.phone import FlowReport, QualityReport
from desktop.services.background import Background
from desktop.services.caller_watch import CallerWatch
from desktop.services.device_watch import DeviceWatch
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.microphone_watch import MicrophoneWatch
from desktop.services.ports import Clock, Records
from desktop.services.saving import Saver


@dataclass(slots=True)
class _Watched:
    """A call and what is known of its line; `since`: until when its time is counted."""

    call: Call
    records: Records
    since: float
    judged: LineJudged
    facts: LineFacts
    judge: LineJudge = field(default_factory=LineJudge)
    quality: LineQuality = field(default_factory=LineQuality)
    parked: bool = False

    @property
    def hold(self) -> Hold:
        """Who has put whom on hold; behind another call it is the agent in any case."""
        return Hold.LOCAL if self.parked else self.call.hold

    @property
    def trouble(self) -> LineTrouble | None:
        """What is wrong with the line now; on hold nothing is."""
        return self.judge.trouble if self.call.sounds and not self.parked else None


class LineWatch:
    """Says something of the call in front alone, but counts for one that is on hold behind it too.

    What it knows is saved with each report, so that a crash loses seconds of it.
    """

    def __init__(self, line: CurrentLine, bus: EventBus, clock: Clock, background: Background) -> None:
        self._line, self._bus, self._clock, self._background = line, bus, clock, background
        self.saver = Saver(bus)
        self.microphone = MicrophoneWatch(bus, clock)
        self.caller = CallerWatch(bus, clock)
        self.devices = DeviceWatch(line, bus, clock)
        self._front: _Watched | None = None
        self._watched: dict[str, _Watched] = {}
        bus.subscribe(CallConfirmed, lambda event: self._begin(event.call, event.resumed))
        bus.subscribe(CallChanged, self._changed)
        bus.subscribe(CallParked, lambda event: self._park(event.call.id))
        bus.subscribe(CallUnparked, lambda event: self._unpark(event.call))
        bus.subscribe(CallEnded, self._ended)
        bus.subscribe(QualityReport, self._measured)
        bus.subscribe(FlowReport, self._flows)

    @property
    def judged(self) -> LineJudged | None:
        """The last that was said of the call in front, None where none runs."""
        return self._front.judged if self._front is not None else None

    @property
    def trouble(self) -> LineTrouble | None:
        """What is wrong with the line now; on hold nothing is."""
        return self._front.trouble if self._front is not None else None

    def _begin(self, call: Call, resumed: bool) -> None:
        now, records = self._clock.mono(), self._line.records
        self._front = _Watched(call, records, now, LineJudged(call.id, None), LineFacts(call.id))
        self._watched[call.id] = self._front
        if resumed:
            self._background.start(self._take_up(call.id), "take up what is known of a line")

    async def _take_up(self, call_id: str) -> None:
        """A call that outlived the last desk: its times go on."""
        watched = self._watched.get(call_id)
        known = await watched.records.line_facts(call_id) if watched is not None else None
        if known is not None and watched is not None:
            now = watched.facts
            watched.facts = replace(
                now,
                held_s=now.held_s + known.held_s,
                waited_s=now.waited_s + known.waited_s,
                silent_s=now.silent_s + known.silent_s,
            )

    def _park(self, call_id: str) -> None:
        watched = self._watched.get(call_id)
        if watched is not None:
            self._count_time(watched)
            watched.parked = True
            self._say(watched)
        self._front = None

    def _unpark(self, call: Call) -> None:
        watched = self._watched.get(call.id)
        if watched is None:
            self._begin(call, resumed=True)
            return
        self._count_time(watched)
        watched.call, watched.parked, self._front = call, False, watched
        self._bus.publish(watched.judged)

    def _changed(self, event: CallChanged) -> None:
        if (watched := self._watched.get(event.call.id)) is not None:
            self._count_time(watched)
            watched.call = event.call
            self._say(watched)

    def _measured(self, report: QualityReport) -> None:
        if (watched := self._watched.get(report.id)) is not None:
            self._count_time(watched)
            watched.judge.quality(report)
            watched.quality.take(report)
            self._say(watched, report)
            self._save(watched)

    def _flows(self, report: FlowReport) -> None:
        if (watched := self._watched.get(report.id)) is not None:
            self._count_time(watched)
            watched.judge.flow(report)
            self._say(watched, flow=report)

    def _ended(self, event: CallEnded) -> None:
        if (watched := self._watched.pop(event.call.id, None)) is not None:
            self._count_time(watched)
            self._save(watched)
            if watched is self._front:
                self._front = None

    def _count_time(self, watched: _Watched) -> None:
        """Add the time since the last event to what the call was in."""
        now = self._clock.mono()
        passed, watched.since = now - watched.since, now
        facts, hold = watched.facts, watched.hold
        if hold.by_agent:
            facts = replace(facts, held_s=facts.held_s + passed)
        if hold in (Hold.REMOTE, Hold.BOTH):
            facts = replace(facts, waited_s=facts.waited_s + passed)
        if watched.trouble is LineTrouble.NOTHING_IN:
            facts = replace(facts, silent_s=facts.silent_s + passed)
        watched.facts = facts

    def _say(
        self, watched: _Watched, report: QualityReport | None = None, flow: FlowReport | None = None
    ) -> None:
        before = watched.judged
        watched.judged = LineJudged(
            watched.call.id, watched.trouble, report or before.measured, flow or before.flow
        )
        if watched.judged != before and watched is self._front:
            self._bus.publish(watched.judged)

    def _save(self, watched: _Watched) -> None:
        quality = watched.quality
        watched.facts = replace(
            watched.facts, measured=quality.measured, last=dict(quality.last), worst=dict(quality.worst)
        )
        write = partial(watched.records.save_line_facts, watched.facts)
        self._background.start(self.saver.save(f"line {watched.call.id}", write), "save a line's quality")
