"""Looks through what the caller is saying just now: at most a quiet mark, never a hit, a hint or a word to anybody."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.events import AbuseGlimpsed, HypothesisChanged, SegmentCommitted
from desktop.domain.transcript import Leg
from desktop.services.event_bus import EventBus
from desktop.services.ports import Clock
from desktop.services.protection_ports import Detector

EVERY_S = 0.4
"""Running speech changes several times a second; the window comes first."""


class MurmurWatch:
    """`listens(call_id)`: whether this call is on and marks are wanted in it. The segment that follows judges anew."""

    def __init__(
        self,
        detector: Detector,
        bus: EventBus,
        clock: Clock,
        language: Callable[[], str],
        listens: Callable[[str], bool],
    ) -> None:
        self._detector, self._bus, self._clock = detector, bus, clock
        self._language, self._listens = language, listens
        self._next = float("-inf")
        self._shown: tuple[str, ...] = ()
        bus.subscribe(HypothesisChanged, self._changed)
        bus.subscribe(SegmentCommitted, self._committed)

    def _changed(self, event: HypothesisChanged) -> None:
        said, now = event.hypothesis, self._clock.mono()
        if said.leg is not Leg.CALLER or now < self._next or not self._listens(said.call_id):
            return
        self._next = now + EVERY_S
        matched = self._detector.glance(self._language(), said.text) if said.text.strip() else ()
        if matched != self._shown:
            self._shown = matched
            self._bus.publish(AbuseGlimpsed(said.call_id, matched))

    def _committed(self, event: SegmentCommitted) -> None:
        """What was running is a line now, and its mark went with it."""
        if event.segment.leg is Leg.CALLER:
            self._shown, self._next = (), float("-inf")
