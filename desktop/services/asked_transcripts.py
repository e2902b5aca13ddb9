"""What is said with somebody whom the agent asks: a transcript of its own, never mixed with the citizen's."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.domain.asked import Asked
from desktop.domain.consultation import Consultation
from desktop.domain.errors import StorageError
from desktop.domain.events import ConsultationChanged
from desktop.domain.stretches import Stretches
from desktop.domain.transcript import Hypothesis, Segment
from desktop.domain.transcript_events import AskedRunning, AskedSaid, AskedShown
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.saving import Saver

MOST_KEPT = 8
"""Consultations whose last words may still come, seconds after their end."""


class AskedTranscripts:
    """Knows which calls are consultations, keeps their segments, and tells whose are in front.

    `beside` names the citizen's call that a consultation belongs to: the one in front, or the last one.
    """

    def __init__(
        self,
        line: CurrentLine,
        bus: EventBus,
        background: Background,
        saver: Saver,
        beside: Callable[[], str],
    ) -> None:
        self._line, self._bus, self._background = line, bus, background
        self._saver, self._beside = saver, beside
        self._known: dict[str, tuple[Asked, list[Segment]]] = {}
        self._stretches = Stretches()
        self._front = ""
        bus.subscribe(ConsultationChanged, lambda event: self._changed(event.consultation))

    def says(self, segment: Segment) -> None:
        """Final words of any call but the citizen's; they are saved elsewhere."""
        _asked, said = self._known.get(segment.call_id, (None, None))
        if said is not None and not self._stretches.among(said, segment):
            said.append(segment)
            self._bus.publish(AskedSaid(segment))

    def runs(self, hypothesis: Hypothesis) -> None:
        """Running words of any call but the citizen's."""
        if hypothesis.call_id in self._known:
            self._bus.publish(AskedRunning(hypothesis))

    def _changed(self, other: Consultation | None) -> None:
        if other is not None and other.confirmed is not None and other.call_id not in self._known:
            asked = Asked(other.call_id, self._beside(), other.purpose, other.name, other.confirmed)
            self._known[asked.call_id] = (asked, [])
            while len(self._known) > MOST_KEPT:
                del self._known[next(iter(self._known))]
            self._background.start(self._open(asked), "open a consultation's transcript")
        front = other.call_id if other is not None and other.alone else ""
        if front != self._front:
            self._front = front
            self._show()

    async def _open(self, asked: Asked) -> None:
        """Keep that there is one; a desk that comes back in the middle of it goes on with what the one before kept."""
        records = self._line.records
        try:
            kept = await records.asked(asked.call_id)
        except StorageError:
            kept = None  # then it can't be written either: the saver keeps it and tries again
        if kept is None:
            await self._saver.save(f"asked {asked.call_id}", partial(records.save_asked, asked))
            return
        _asked, fresh = self._known[asked.call_id]
        said = await records.segments(asked.call_id)
        said += [one for one in fresh if not self._stretches.among(said, one)]
        self._known[asked.call_id] = (kept, said)
        if asked.call_id == self._front:
            self._show()

    def _show(self) -> None:
        asked, said = self._known.get(self._front, (None, []))
        self._bus.publish(AskedShown(asked, tuple(said)))
