"""Listens whether any sound comes from the other side: packets may flow and carry nothing but silence."""

from __future__ import annotations

from desktop.domain.call import Call
from desktop.domain.events import (
    CallChanged,
    CallConfirmed,
    CallEnded,
    CallerJudged,
    CallParked,
    CallUnparked,
    SoundHeard,
)
from desktop.domain.line_quality import CallerTrouble
from desktop.services.event_bus import EventBus
from desktop.services.ports import Clock

SILENT_DB = -70.0
"""Quieter than any line with a person on it; silence in PCMA is -72."""
QUIET_S, SILENT_S, LATER_S = 3.0, 8.0, 30.0
"""Never heard for so long is shown, then said: somebody may be waiting for the greeting. Once heard, only the last."""


class CallerWatch:
    """Of the call in front. On hold nothing is expected."""

    def __init__(self, bus: EventBus, clock: Clock) -> None:
        self._bus, self._clock = bus, clock
        self._call: Call | None = None
        self._heard = False
        self._since = 0.0
        self.trouble: CallerTrouble | None = None
        bus.subscribe(CallConfirmed, lambda event: self._begin(event.call))
        bus.subscribe(CallUnparked, lambda event: self._begin(event.call))
        bus.subscribe(CallChanged, lambda event: self._changed(event.call))
        bus.subscribe(CallParked, lambda event: self._end(event.call))
        bus.subscribe(CallEnded, lambda event: self._end(event.call))
        bus.subscribe(SoundHeard, self._sound)

    def _begin(self, call: Call) -> None:
        self._call, self._heard, self._since = call, False, self._clock.mono()
        self._judge(None)

    def _changed(self, call: Call) -> None:
        if self._call is None or self._call.id != call.id:
            return
        if call.sounds is not self._call.sounds:
            self._since = self._clock.mono()
            self._judge(None)
        self._call = call

    def _end(self, call: Call) -> None:
        if self._call is not None and self._call.id == call.id:
            self._call = None
            self._judge(None)

    def _sound(self, event: SoundHeard) -> None:
        report, call, now = event.report, self._call, self._clock.mono()
        if call is None or report.id != call.id or report.leg != "caller" or not call.sounds:
            return
        if report.level_db > SILENT_DB:
            self._heard, self._since = True, now
        passed = now - self._since
        if passed >= (LATER_S if self._heard else SILENT_S):
            self._judge(CallerTrouble.SILENT)
        else:
            self._judge(CallerTrouble.QUIET if not self._heard and passed >= QUIET_S else None)

    def _judge(self, trouble: CallerTrouble | None) -> None:
        if trouble is not self.trouble:
            self.trouble = trouble
            self._bus.publish(CallerJudged(trouble))
