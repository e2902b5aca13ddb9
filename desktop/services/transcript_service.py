"""The live transcript: hypotheses pass through, segments are kept, each stretch of a leg once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from desktop.domain.events import CallUnparked, HypothesisChanged, SegmentCommitted, SpeechStateChanged
from desktop.domain.language import LANGUAGES
from desktop.domain.stretches import Stretches
from desktop.domain.transcript import Hypothesis, Leg, Segment, SpeechLevel, SpeechState
from desktop.domain.transcript_events import SpokenLanguageChanged
from desktop.services.asked_transcripts import AskedTranscripts
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.ports import Speech
from desktop.services.saving import Saver
from desktop.services.transcript_pace import TranscriptPace

MOST_ENDED = 16
"""Calls of which it is kept whether all was heard."""


class TranscriptService:
    """Owns the segments of the call in front, or that ended last. Those of the one before it are kept beside them:
    it may be on hold, and its last words come seconds later."""

    def __init__(self, line: CurrentLine, bus: EventBus, background: Background) -> None:
        self._line, self._bus, self._background = line, bus, background
        self.state, self.detail, self.level = SpeechState.OFF, "", SpeechLevel.FULL
        self.pace = TranscriptPace(bus)
        self.segments: list[Segment] = []
        self._stretches = Stretches()
        self.saver = Saver(bus)
        self._asked = AskedTranscripts(line, bus, background, self.saver, lambda: self._call_id)
        self.usual_language: Callable[[], str] = lambda: LANGUAGES[0]
        self._languages: dict[str, str] = {}
        self._speech: Speech | None = None
        self._call_id = ""
        self._before: tuple[str, list[Segment]] = ("", [])
        bus.subscribe(CallUnparked, lambda event: self._back_to(event.call.id))
        self._drained: dict[str, asyncio.Event] = {}

    def attach(self, speech: Speech) -> None:
        """Hear this speech process."""
        self._speech = speech
        speech.listen(
            self._state_changed, self._hypothesis_changed, self._segment_committed, self._call_drained
        )
        speech.watch(self.pace)

    def begin(self, call_id: str) -> None:
        """A call begins: an empty transcript."""
        self._show(call_id, [])

    async def resume(self, call_id: str) -> None:
        """Continue the transcript of a call that ran before the desk was started."""
        self.begin(call_id)
        self.segments = await self._line.records.segments(call_id)

    def _back_to(self, call_id: str) -> None:
        """A call that was on hold behind another one is in front again."""
        before, segments = self._before
        if before == call_id:
            self._show(call_id, segments)
        else:
            self._background.start(self.resume(call_id), "resume transcript")

    def known(self, call_id: str) -> list[Segment] | None:
        """The segments of the call in front or of the one before it, None for any other."""
        before, aside = self._before
        return self.segments if call_id == self._call_id else aside if call_id == before else None

    def _show(self, call_id: str, segments: list[Segment]) -> None:
        if call_id != self._call_id:
            self._before = (self._call_id, self.segments)
        self._call_id, self.segments = call_id, segments

    @property
    def language(self) -> str:
        """In which language the call in front is written, a code; without a call what calls begin in."""
        return self.language_of(self._call_id)

    def language_of(self, call_id: str) -> str:
        """In which language a call is written."""
        return self._languages.get(call_id) or self.usual_language()

    def speak(self, language: str) -> None:
        """What is said in the call in front from now on is of this language; what was written stays."""
        if not self._call_id or language == self.language:
            return
        self._languages[self._call_id] = language
        while len(self._languages) > MOST_ENDED:
            del self._languages[next(iter(self._languages))]
        if self._speech is not None:
            self._speech.speak(self._call_id, language)
        self._bus.publish(SpokenLanguageChanged(self._call_id, language))

    async def drained(self, call_id: str, seconds: float) -> bool:
        """Wait until all audio of an ended call has become segments; False when it takes longer than `seconds`."""
        if self.state not in (SpeechState.READY, SpeechState.DEGRADED):
            return False
        try:
            async with asyncio.timeout(seconds):
                await self._end_of(call_id).wait()
        except TimeoutError:
            return False
        return True

    def heard(self, leg: Leg) -> list[Segment]:
        """Segments of one side so far."""
        return [segment for segment in self.segments if segment.leg is leg]

    def _state_changed(self, state: SpeechState, detail: str, level: SpeechLevel = SpeechLevel.FULL) -> None:
        self.state, self.detail, self.level = state, detail, level
        self._bus.publish(SpeechStateChanged(state, detail, level))

    def _hypothesis_changed(self, hypothesis: Hypothesis) -> None:
        if hypothesis.call_id == self._call_id:
            self._bus.publish(HypothesisChanged(hypothesis))
        else:
            self._asked.runs(hypothesis)

    def _segment_committed(self, segment: Segment) -> None:
        known = self.known(segment.call_id)
        if known is not None:
            if self._stretches.among(known, segment):
                return
            known.append(segment)
            self._bus.publish(SegmentCommitted(segment))
        else:
            self._asked.says(segment)
        key = f"segment {segment.call_id} {segment.leg} {segment.start}"
        write = partial(self._line.records.save_segment, segment)
        self._background.start(self.saver.save(key, write), "save segment")

    def _call_drained(self, call_id: str) -> None:
        self._end_of(call_id).set()

    def _end_of(self, call_id: str) -> asyncio.Event:
        """Set when all of this call is text; of the last few calls, for nobody waits for older ones."""
        ended = self._drained.setdefault(call_id, asyncio.Event())
        while len(self._drained) > MOST_ENDED:
            del self._drained[next(iter(self._drained))]
        return ended
