"""From what the speech process hears to what the transcript shows."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QTimer

from desktop.domain.call import Call
from desktop.domain.events import (
    AbuseGlimpsed,
    AbuseHeard,
    CallConfirmed,
    CallEnded,
    CallUnparked,
    HypothesisChanged,
    ProcedureChanged,
    SegmentCommitted,
    SpeechStateChanged,
    SuggestionOffered,
    WrapUpStarted,
)
from desktop.domain.language import LANGUAGES
from desktop.domain.procedure_state import Hit, Method, Procedure, Said
from desktop.domain.transcript import Hypothesis, Leg, Segment
from desktop.domain.transcript_events import (
    LegsUnread,
    SpeechLost,
    SpokenLanguageChanged,
    TranscriptPaced,
)
from desktop.services.desk_services import DeskServices
from desktop.services.protection_service import ProtectionService
from desktop.ui.language_names import LANGUAGE_NAMES
from desktop.ui.messages import call_lost
from desktop.ui.panes_contract import PaneHooks
from desktop.ui.practice.model_line_card import ModelLinePresenter
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import look
from desktop.ui.transcript.asked_presenter import AskedPresenter
from desktop.ui.transcript.condition import condition, lost_words
from desktop.ui.transcript.details import noted_words, shown_words
from desktop.ui.transcript.line import SIDES, Detail, Line, Running, Side, line_of, spans_of
from desktop.ui.transcript.times import line_time
from desktop.ui.transcript.view import TranscriptView

STALE_MS = 15_000
"""So long after a call's end its last running words wait to become a line."""


class TranscriptPresenter:
    """Shows the call that runs or ended last."""

    def __init__(self, view: TranscriptView, services: DeskServices, hooks: PaneHooks) -> None:
        self._view, self._services, self._hooks = view, services, hooks
        self._call: Call | None = None
        self._glimpsed: tuple[str, ...] = ()
        self._noted: set[str] = set()
        self._told = 0
        transcript = services.transcript
        self._speech = SpeechStateChanged(transcript.state, transcript.detail, transcript.level)
        bus = services.bus
        self._ends = [
            bus.subscribe(CallConfirmed, self._call_confirmed),
            bus.subscribe(CallUnparked, lambda event: self.show(event.call)),
            bus.subscribe(WrapUpStarted, lambda event: self._written_up(event.call)),
            bus.subscribe(CallEnded, self._call_ended),
            bus.subscribe(SegmentCommitted, self._segment_committed),
            bus.subscribe(HypothesisChanged, self._hypothesis_changed),
            bus.subscribe(SpeechStateChanged, self._speech_changed),
            bus.subscribe(TranscriptPaced, lambda event: self._show_condition()),
            bus.subscribe(SpeechLost, self._speech_lost),
            bus.subscribe(SpokenLanguageChanged, lambda event: self._show_language()),
            bus.subscribe(LegsUnread, lambda event: self._show_condition()),
            bus.subscribe(AbuseHeard, self._abuse_heard),
            bus.subscribe(AbuseGlimpsed, self._abuse_glimpsed),
            bus.subscribe(ProcedureChanged, lambda event: self._procedure_changed(event.state)),
            bus.subscribe(SuggestionOffered, lambda event: view.mark_cause(event.suggestion.cause)),
        ]
        self._asked = AskedPresenter(view, services, hooks)
        self._model_line = ModelLinePresenter(view.model_line, hooks.action("say_for_me"), services, hooks)
        self._stale = QTimer(view)
        self._stale.setSingleShot(True)
        self._stale.setInterval(STALE_MS)
        self._stale.timeout.connect(self._forget_running)
        view.find_requested.connect(self._find)
        view.detail_chosen.connect(self.copy)
        self._show_condition()
        self._show_language()

    def close(self) -> None:
        """Hear no more events."""
        for end in self._ends:
            end()
        self._asked.close()
        self._model_line.close()

    def show(self, call: Call) -> None:
        """Show the transcript of this call from the start, as far as it is known."""
        self._begin(call)
        self._hooks.start(self._load(call), "load transcript")

    def remark(self, text: str) -> None:
        """A centred line of the desk itself, now."""
        start = self._call.seconds(self._services.clock.now()) if self._call else 0
        self._view.add_line(Line(Side.DESK, "", text, float(start)))

    def next_language(self) -> None:
        """What is said from now on is another language; the languages come one after the other."""
        transcript = self._services.transcript
        following = (LANGUAGES.index(transcript.language) + 1) % len(LANGUAGES)
        transcript.speak(LANGUAGES[following])

    def copy_newest(self) -> None:
        """Put the newest thing that the caller named and that is not in the notes yet there."""
        detail = self._view.model.newest_detail()
        if detail is None:
            words = QCoreApplication.translate("Transcript", "Nothing that the caller named is left to copy.")
            self._hooks.show_toast(words)
        else:
            self.copy(detail)

    def copy(self, detail: Detail) -> None:
        """Put the real value of a chip into the notes; the screen goes on showing the masked one."""
        text = noted_words(detail)
        if not self._hooks.insert_into_notes(text):
            return
        self._noted.add(detail.entity.value)
        self._view.model.show_copied(detail, True)
        words = QCoreApplication.translate("Transcript", "In the notes: {what}")
        self._hooks.show_toast(
            words.replace("{what}", shown_words(detail)), lambda: self._take_back(detail, text)
        )

    def _take_back(self, detail: Detail, text: str) -> None:
        self._hooks.take_out_of_notes(text)
        self._noted.discard(detail.entity.value)
        self._view.model.show_copied(detail, False)

    def _line(self, segment: Segment) -> Line:
        return line_of(segment, self._time(segment.start), self._details(segment))

    def _details(self, segment: Segment) -> tuple[Detail, ...]:
        """What the caller named. Words that the recogniser is unsure of are looked at too: the agent checks them."""
        if segment.leg is not Leg.CALLER or self._call is None:
            return ()
        from desktop.domain.entities import find_entities  # loaded after the start

        mask = self._hooks.settings.current.mask_numbers
        found = find_entities(segment.text, self._call.created.astimezone().date())
        return tuple(
            Detail(each, each.masked if mask else each.value, each.value in self._noted) for each in found
        )

    def _call_confirmed(self, event: CallConfirmed) -> None:
        if event.resumed:
            self.show(event.call)
        else:
            self._begin(event.call)

    def _written_up(self, call: Call) -> None:
        """Of two calls the other one is written up now."""
        if self._call is None or self._call.id != call.id:
            self.show(call)

    def _begin(self, call: Call) -> None:
        self._call = call
        self._noted.clear()
        self._told = 0
        self._stale.stop()
        self._forget_running()
        self._view.show_lines([])
        self._view.show_live(call.live)
        self._show_condition()
        self._show_language()

    async def _load(self, call: Call) -> None:
        kept = await self._services.line.records.segments(call.id)
        if self._call is None or self._call.id != call.id:
            return
        # The newest words may not be on disk yet.
        segments = self._services.transcript.known(call.id) or kept
        self._view.show_lines([self._line(segment) for segment in segments])
        protection = self._services.protection
        if protection.call_id == call.id:
            self._told = 0
            for hit in protection.state.hits:
                for segment in segments:
                    if segment.end == hit.t and segment.leg is Leg.CALLER:
                        words = heard_words(hit, protection)
                        self._view.model.mark_heard(segment.start, hit.matched, words, False)
            self._procedure_changed(protection.state)

    def _call_ended(self, event: CallEnded) -> None:
        if self._call is None or event.call.id != self._call.id:
            return
        self._call = event.call
        self._view.show_live(False)
        self._stale.start()
        if event.lost:
            self.remark(call_lost())

    def _forget_running(self) -> None:
        self._glimpsed = ()
        self._view.citizen.forget_running()

    def _segment_committed(self, event: SegmentCommitted) -> None:
        segment = event.segment
        if self._call is None or segment.call_id != self._call.id:
            return
        if segment.leg is Leg.CALLER:
            self._glimpsed = ()
        line = self._line(segment)
        self._view.add_line(line)
        # What the agent says needs no second voice in the agent's ear.
        if self._hooks.settings.current.read_transcript and segment.leg is not Leg.AGENT:
            self._hooks.announce(f"{self._view.model.names.get(line.side, '')}: {line.text}")

    def _hypothesis_changed(self, event: HypothesisChanged) -> None:
        said: Hypothesis = event.hypothesis
        if self._call is None or said.call_id != self._call.id:
            return
        glimpsed = spans_of(said.text, self._glimpsed) if said.leg is Leg.CALLER else ()
        time = self._time(said.start)
        self._view.citizen.run(Running(SIDES[said.leg], time, said.text, said.stable, glimpsed))

    def _abuse_heard(self, event: AbuseHeard) -> None:
        protection, segment = self._services.protection, event.segment
        if self._call is None or segment.call_id != self._call.id:
            return
        hit = next((each for each in protection.state.hits if each.number == event.number), None)
        self._view.model.mark_heard(segment.start, event.matched, heard_words(hit, protection), hit is None)

    def _abuse_glimpsed(self, event: AbuseGlimpsed) -> None:
        if self._call is None or event.call_id != self._call.id:
            return
        self._glimpsed = event.matched
        running = self._view.citizen.running(Side.CALLER)
        if running is not None:
            glimpsed = spans_of(running.text, event.matched)
            self._view.citizen.run(replace(running, glimpsed=glimpsed))

    def _procedure_changed(self, state: Procedure) -> None:
        """What was said by the procedure stands between the lines, each once."""
        protection = self._services.protection
        if self._call is None or protection.call_id != self._call.id:
            return
        for said in state.said[self._told :]:
            if said.method is not Method.EXCHANGE and said.complete:
                self._view.add_line(Line(Side.DESK, "", said_words(said, protection), said.t))
        self._told = len(state.said)

    def _time(self, start: float) -> str:
        confirmed = self._call.confirmed if self._call else None
        return line_time(start, confirmed, bool(self._call and self._call.scenario))

    def _find(self, query: str) -> None:
        self._view.show_found(self._view.front.model.find(query))

    def _speech_changed(self, event: SpeechStateChanged) -> None:
        self._speech = event
        self._show_condition()

    def _speech_lost(self, event: SpeechLost) -> None:
        if self._call is not None and event.call_id == self._call.id:
            words = lost_words(event.leg, event.end - event.start)
            self._view.add_line(Line(Side.DESK, "", words, event.start))

    def _show_language(self) -> None:
        call_id = self._call.id if self._call else ""
        self._view.show_language(LANGUAGE_NAMES[self._services.transcript.language_of(call_id)])

    def _show_condition(self) -> None:
        call_id, pace = self._call.id if self._call else "", self._services.transcript.pace
        words = condition(self._speech, pace.of(call_id), pace.unread_legs(call_id))
        self._view.show_speech_state(*words)


def heard_words(hit: Hit | None, protection: ProtectionService) -> str:
    """The remark below a line that the detector heard something in."""
    translate = QCoreApplication.translate
    if hit is None:
        return translate("Transcript", "May be a sign of a crisis · {key}").format(key=shown("crisis"))
    what = protection.policy.word(protection.policy.class_of(hit.class_id).label, look().language)
    if not hit.counts:
        return translate("Transcript", "{what} · unsure, not counted").format(what=what)
    count = protection.counters[hit.axis.value]
    return translate("Transcript", "{what} · counted as number {count}").format(what=what, count=count)


def said_words(said: Said, protection: ProtectionService) -> str:
    """The desk's remark about a step that was taken."""
    step = protection.policy.ladders[said.ladder][said.step]
    label = protection.policy.word(step.label, look().language)
    if said.method is Method.AGENT_VOICE:
        return QCoreApplication.translate("Transcript", "{step}: said by the agent").format(step=label)
    return QCoreApplication.translate("Transcript", "{step}: played into the call").format(step=label)
