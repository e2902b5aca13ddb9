"""How well the text of a call keeps up with its sound, while it runs and when the rest is written afterwards."""

from __future__ import annotations

from desktop.domain.events import CallEnded, SpeechStateChanged
from desktop.domain.transcript import Leg, Pace, SpeechState
from desktop.domain.transcript_events import LegsUnread, SpeechLost, TranscriptPaced
from desktop.services.event_bus import EventBus

NOTHING_WAITS = Pace()
MOST_ENDED = 16
"""Calls of which it is kept how much was left at their end."""


class TranscriptPace:
    """Hears the speech process (`ports.SpeechWatcher`) and publishes what changes."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self._paces: dict[str, Pace] = {}
        self._waiting: dict[str, float] = {}
        self._left: dict[str, float] = {}
        self._unread: dict[str, frozenset[Leg]] = {}
        bus.subscribe(CallEnded, lambda event: self._ended(event.call.id))
        bus.subscribe(SpeechStateChanged, self._state_changed)

    def of(self, call_id: str) -> Pace:
        """Of one call."""
        return self._paces.get(call_id, NOTHING_WAITS)

    def lagged(self, call_id: str, seconds: float, waiting_s: float) -> None:
        """As the port says."""
        self._waiting[call_id] = waiting_s
        done = None
        if call_id in self._left:
            left = self._left[call_id] = max(self._left[call_id], waiting_s)
            done = 1.0 - waiting_s / left if left else 1.0
        self._tell(call_id, Pace(seconds, done) if seconds else NOTHING_WAITS)

    def lost(self, call_id: str, leg: Leg, start: float, end: float) -> None:
        """As the port says."""
        self._bus.publish(SpeechLost(call_id, leg, start, end))

    def unread_legs(self, call_id: str) -> frozenset[Leg]:
        """Where somebody speaks and no text comes of it."""
        return self._unread.get(call_id, frozenset())

    def unread(self, call_id: str, leg: Leg, unread: bool) -> None:
        """As the port says."""
        before = self.unread_legs(call_id)
        self._say_unread(call_id, before | {leg} if unread else before - {leg})

    def _say_unread(self, call_id: str, legs: frozenset[Leg]) -> None:
        if legs == self.unread_legs(call_id):
            return
        if legs:
            self._unread[call_id] = legs
        else:
            del self._unread[call_id]
        self._bus.publish(LegsUnread(call_id, legs))

    def _ended(self, call_id: str) -> None:
        self._say_unread(call_id, frozenset())
        self._left[call_id] = self._waiting.get(call_id, 0.0)
        while len(self._left) > MOST_ENDED:
            del self._left[next(iter(self._left))]
        pace = self.of(call_id)
        if pace.lag_s:
            self._tell(call_id, Pace(pace.lag_s, 0.0))

    def _state_changed(self, event: SpeechStateChanged) -> None:
        # Its successor says anew what it finds waiting.
        if event.state in (SpeechState.RESTARTING, SpeechState.OFF):
            for call_id in list(self._paces):
                self._tell(call_id, NOTHING_WAITS)
            for call_id in list(self._unread):
                self._say_unread(call_id, frozenset())

    def _tell(self, call_id: str, pace: Pace) -> None:
        if pace == self.of(call_id):
            return
        self._paces[call_id] = pace
        if pace == NOTHING_WAITS:
            del self._paces[call_id]
            self._waiting.pop(call_id, None)
        self._bus.publish(TranscriptPaced(call_id, pace))
