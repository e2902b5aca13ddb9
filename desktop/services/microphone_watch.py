"""Listens whether the agent's microphone gives any sound in a call, and whether it is too loud."""

from __future__ import annotations

from collections import deque

from desktop.domain.call import Call
from desktop.domain.events import (
    CallChanged,
    CallConfirmed,
    CallEnded,
    CallUnparked,
    MicrophoneJudged,
    SoundHeard,
)
from desktop.domain.line_quality import MicrophoneTrouble
from desktop.services.event_bus import EventBus
from desktop.services.ports import Clock

SILENT_DB = -75.0
"""Quieter than any microphone that is switched on."""
NEVER_HEARD_S, NOT_HEARD_S = 3.0, 30.0
"""Silence for so long is told: at the beginning of a call, and after sound was heard (some headsets gate noise)."""
LOUD_S, LOUD_WITHIN_S = 1.0, 10.0
"""Clipped moments that together last so long within that time are told, until there were none for as long."""


PAUSE_S, LAG_S = 1.0, 0.3
"""Between two words of an announcement; and how long the level of what was said before the mute may be on its way."""


class MicrophoneWatch:
    """Of the caller's call. While the agent is muted or the call is on hold nothing is expected.

    `announces`: the agent is muted, and yet sound leaves for the other side.
    """

    def __init__(self, bus: EventBus, clock: Clock) -> None:
        self._bus, self._clock = bus, clock
        self._call: Call | None = None
        self._heard = False
        self._since = 0.0
        self._before = 0.0
        self._clipped: deque[tuple[float, float]] = deque()
        self._announced_at = self._muted_at = float("-inf")
        self.announces = False
        self.trouble: MicrophoneTrouble | None = None
        bus.subscribe(CallConfirmed, lambda event: self._begin(event.call))
        bus.subscribe(CallUnparked, lambda event: self._begin(event.call))
        bus.subscribe(CallChanged, lambda event: self._changed(event.call))
        bus.subscribe(CallEnded, lambda event: self._end(event.call))
        bus.subscribe(SoundHeard, self._sound)

    def _begin(self, call: Call) -> None:
        self._call, self._heard = call, False
        self._since = self._before = self._clock.mono()
        self._clipped.clear()
        self._announce(False)
        self._judge(None)

    def _changed(self, call: Call) -> None:
        if self._call is not None and self._call.id == call.id:
            if call.muted and not self._call.muted:
                self._muted_at = self._clock.mono()
            self._call = call
            if not self._expected:
                self._judge(None)
            if not call.muted or not call.sounds:
                self._announce(False)

    def _end(self, call: Call) -> None:
        if self._call is not None and self._call.id == call.id:
            self._call = None
            self._announce(False)
            self._judge(None)

    @property
    def _expected(self) -> bool:
        return self._call is not None and not self._call.muted and self._call.sounds

    def _sound(self, event: SoundHeard) -> None:
        report, now = event.report, self._clock.mono()
        if self._call is None or report.id != self._call.id or report.leg != "agent":
            return
        passed, self._before = now - self._before, now
        if not self._expected:
            self._since = now
            self._listen_muted(report.level_db, now)
            return
        if report.level_db > SILENT_DB:
            self._heard, self._since = True, now
        if report.clipping:
            self._clipped.append((now, passed))
        while self._clipped and self._clipped[0][0] < now - LOUD_WITHIN_S:
            self._clipped.popleft()
        self._judge(self._found(now))

    def _listen_muted(self, level_db: float, now: float) -> None:
        if level_db > SILENT_DB and now - self._muted_at > LAG_S:
            self._announced_at = now
        self._announce(now - self._announced_at < PAUSE_S)

    def _announce(self, announces: bool) -> None:
        if announces != self.announces:
            self.announces = announces
            self._bus.publish(MicrophoneJudged(self.trouble))

    def _found(self, now: float) -> MicrophoneTrouble | None:
        if now - self._since >= (NOT_HEARD_S if self._heard else NEVER_HEARD_S):
            return MicrophoneTrouble.SILENT
        loud = sum(seconds for _, seconds in self._clipped) >= LOUD_S
        still = self.trouble is MicrophoneTrouble.CLIPPING and bool(self._clipped)
        return MicrophoneTrouble.CLIPPING if loud or still else None

    def _judge(self, trouble: MicrophoneTrouble | None) -> None:
        if trouble is not self.trouble:
            self.trouble = trouble
            self._bus.publish(MicrophoneJudged(trouble))
