"""Watches the line of the caller's call: says what is wrong with it, and keeps how it was."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from desktop.domain.call import Call, Hold
from desktop.domain.events import CallChanged, CallConfirmed, CallEnded, LineJudged
from desktop.domain.line_quality import LineFacts, LineJudge, LineQuality, LineTrouble
from desktop.domain.phone import FlowReport, QualityReport
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.microphone_watch import MicrophoneWatch
from desktop.services.ports import Clock, Records
from desktop.services.saving import Saver


class LineWatch:
    """Of one call at a time; what it knows is saved with each report, so that a crash loses seconds of it."""

    def __init__(self, line: CurrentLine, bus: EventBus, clock: Clock, background: Background) -> None:
        self._line, self._bus, self._clock, self._background = line, bus, clock, background
        self.saver = Saver(bus)
        self.microphone = MicrophoneWatch(bus, clock)
        self._call: Call | None = None
        self._records: Records = line.records
        self._judge, self._quality = LineJudge(), LineQuality()
        self._facts = LineFacts("")
        self._since = 0.0
        self.judged: LineJudged | None = None
        """The last that was said of the call that runs, None where none runs."""
        bus.subscribe(CallConfirmed, self._confirmed)
        bus.subscribe(CallChanged, self._changed)
        bus.subscribe(CallEnded, self._ended)
        bus.subscribe(QualityReport, self._measured)
        bus.subscribe(FlowReport, self._flows)

    @property
    def trouble(self) -> LineTrouble | None:
        """What is wrong with the line now; on hold nothing is."""
        on_hold = self._call is None or self._call.hold is not Hold.NONE
        return None if on_hold else self._judge.trouble

    def _confirmed(self, event: CallConfirmed) -> None:
        self._call, self._records = event.call, self._line.records
        self._judge, self._quality = LineJudge(), LineQuality()
        self._facts, self._since = LineFacts(event.call.id), self._clock.mono()
        self.judged = LineJudged(event.call.id, None)
        if event.resumed:
            self._background.start(self._take_up(event.call.id), "take up what is known of a line")

    async def _take_up(self, call_id: str) -> None:
        """A call that outlived the last desk: its times go on."""
        known = await self._records.line_facts(call_id)
        if known is not None and self._is_ours(call_id):
            now = self._facts
            self._facts = replace(
                now,
                held_s=now.held_s + known.held_s,
                waited_s=now.waited_s + known.waited_s,
                silent_s=now.silent_s + known.silent_s,
            )

    def _changed(self, event: CallChanged) -> None:
        if self._is_ours(event.call.id):
            self._count_time()
            self._call = event.call
            self._say()

    def _measured(self, report: QualityReport) -> None:
        if self._is_ours(report.id):
            self._count_time()
            self._judge.quality(report)
            self._quality.take(report)
            self._say(report)
            self._save()

    def _flows(self, report: FlowReport) -> None:
        if self._is_ours(report.id):
            self._count_time()
            self._judge.flow(report)
            self._say(flow=report)

    def _ended(self, event: CallEnded) -> None:
        if self._is_ours(event.call.id):
            self._count_time()
            self._save()
            self._call = self.judged = None

    def _is_ours(self, call_id: str) -> bool:
        return self._call is not None and self._call.id == call_id

    def _count_time(self) -> None:
        """Add the time since the last event to what the call was in."""
        now = self._clock.mono()
        passed, self._since = now - self._since, now
        facts, hold = self._facts, self._call.hold if self._call is not None else Hold.NONE
        if hold in (Hold.LOCAL, Hold.BOTH):
            facts = replace(facts, held_s=facts.held_s + passed)
        if hold in (Hold.REMOTE, Hold.BOTH):
            facts = replace(facts, waited_s=facts.waited_s + passed)
        if self.trouble is LineTrouble.NOTHING_IN:
            facts = replace(facts, silent_s=facts.silent_s + passed)
        self._facts = facts

    def _say(self, report: QualityReport | None = None, flow: FlowReport | None = None) -> None:
        before = self.judged
        assert self._call is not None
        measured = report or (before.measured if before else None)
        self.judged = LineJudged(
            self._call.id, self.trouble, measured, flow or (before.flow if before else None)
        )
        if self.judged != before:
            self._bus.publish(self.judged)

    def _save(self) -> None:
        quality = self._quality
        self._facts = replace(
            self._facts, measured=quality.measured, last=dict(quality.last), worst=dict(quality.worst)
        )
        write = partial(self._records.save_line_facts, self._facts)
        self._background.start(self.saver.save(f"line {self._facts.call_id}", write), "save a line's quality")
