"""Protection of the agent in one call: hears, proposes, plays what the agent asks for, keeps what happened.

It owns the procedure of the call in front, or that ended last. The rules are `domain.procedure`'s; here they meet the
world: transcript and detector, the sound in the call, the clock, the records. Nothing is said or ended without a key.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from desktop.domain import procedure, procedure_crisis
from desktop.domain.call import Call
from desktop.domain.errors import DeskError
from desktop.domain.events import (
    AbuseHeard,
    CallConfirmed,
    CallEnded,
    CallParked,
    CallUnparked,
    LineChanged,
    ProcedureChanged,
    ReportWithdrawn,
    SegmentCommitted,
    WrapUpStarted,
)
from desktop.domain.policy import CRISIS_LABEL, Sentence
from desktop.domain.procedure_record import belongs_to
from desktop.domain.procedure_state import Due, Procedure
from desktop.domain.transcript import Leg, Segment
from desktop.services.agent_service import AgentService
from desktop.services.background import Background
from desktop.services.call_service import CallService
from desktop.services.caller_record import CallerRecord
from desktop.services.contact_record import ContactRecord
from desktop.services.escalation_service import EscalationService
from desktop.services.event_bus import EventBus
from desktop.services.heard_language import HeardLanguage
from desktop.services.line import CurrentLine
from desktop.services.murmur_watch import MurmurWatch
from desktop.services.ports import Clock
from desktop.services.procedures_aside import ENDED_BY, ProceduresAside, deserves_rest, heard
from desktop.services.protection_evidence import ProtectionEvidence
from desktop.services.protection_keeping import ProtectionKeeping
from desktop.services.protection_ports import ProtectionParts
from desktop.services.transcript_service import TranscriptService
from desktop.services.warning_player import WarningPlayer

_log = logging.getLogger(__name__)

Change = Callable[[Procedure], Procedure]


class ProtectionService:
    """See the module."""

    def __init__(
        self,
        parts: ProtectionParts,
        line: CurrentLine,
        calls: CallService,
        agent: AgentService,
        transcript: TranscriptService,
        escalation: EscalationService,
        bus: EventBus,
        clock: Clock,
        background: Background,
    ) -> None:
        self.policy = parts.policy
        self._detector = parts.detector
        self._line, self._calls, self._agent = line, calls, agent
        self._transcript, self._escalation = transcript, escalation
        self._bus, self._clock, self._background = bus, clock, background
        self.state = Procedure()
        self.callers = CallerRecord(parts.policy, parts.caller_key, line, bus, clock, background)
        self._keeping = ProtectionKeeping(parts.policy, parts.caller_key, line, bus, background)
        self.saver = self._keeping.saver
        self._call: Call | None = None
        self._player = WarningPlayer(
            parts.voices, line, bus, background, self._sound_began, self._sound_ended, self._tell
        )
        self._due = Due.NOTHING
        self._language, self._others = HeardLanguage(), ProceduresAside(parts.policy, self._keeping, bus)
        self.rests_after = ""
        """The call after which the agent rests last, "" for none."""
        calls.in_crisis = lambda: self.running and self.state.in_crisis
        self._murmurs = MurmurWatch(parts.detector, bus, clock, lambda: self.language, self._may_mark)
        ContactRecord(self.policy, bus, clock, lambda: self._call, self._apply, escalation.note_later)
        escalation.use_extras(ProtectionEvidence(self.policy, line, parts.caller_key, self._procedure_of))
        bus.subscribe(CallConfirmed, self._call_confirmed)
        bus.subscribe(CallParked, lambda _event: self._put_aside())
        bus.subscribe(CallUnparked, lambda event: self._back_to(event.call))
        bus.subscribe(CallEnded, lambda event: self._call_ended(event.call))
        bus.subscribe(WrapUpStarted, lambda event: self._write_up_began(event.call))
        # Not before the line is painted: judging it takes as long as all the rest of a new line.
        bus.subscribe(SegmentCommitted, lambda event: background.start(self._segment(event.segment), "judge"))
        bus.subscribe(ReportWithdrawn, lambda event: self._report_withdrawn(event.call))
        bus.subscribe(LineChanged, lambda _event: self._forget())

    # what the window shows
    @property
    def running(self) -> bool:
        """Whether the call is on, so that something can still be said."""
        current = self._calls.current
        return self._call is not None and current is not None and current.id == self._call.id

    def _may_mark(self, call_id: str) -> bool:
        """In a crisis nothing of what the caller says is held against them, not even quietly."""
        return self.running and call_id == self.call_id and not self.state.in_crisis

    def _procedure_of(self, call_id: str) -> Procedure | None:
        return self.state if call_id == self.call_id else self._others.of(call_id)

    async def procedure_of(self, call_id: str) -> Procedure:
        """The procedure of a call, running or kept; an empty one where there is none. Raises StorageError."""
        return self._procedure_of(call_id) or await self._line.records.procedure(call_id) or Procedure()

    @property
    def call_id(self) -> str:
        """The call whose procedure this is; "" before the first."""
        return self._call.id if self._call is not None else ""

    @property
    def now(self) -> float:
        """Seconds of the call's own clock."""
        if self._call is None or self._call.confirmed is None:
            return 0.0
        return max(0.0, ((self._call.ended or self._clock.now()) - self._call.confirmed).total_seconds())

    @property
    def language(self) -> str:
        """What the citizen speaks, by what was transcribed; the centre's language while that is not clear."""
        spoken = self._language.of(self._transcript.segments) if self.running else ""
        return spoken or self.policy.language

    @property
    def sentence(self) -> Sentence | None:
        """What the next key says, or what is being said."""
        return procedure.sentence_now(self.state, self.policy, self.now, self.language)

    @property
    def can_play(self) -> bool:
        """Whether the sentence can be played into the call."""
        sentence = self.sentence
        return sentence is not None and self._player.can_play(sentence)

    @property
    def counters(self) -> dict[str, int]:
        """Strikes by axis."""
        return procedure.counters(self.state, self.policy)

    # what the agent does
    async def tap(self) -> None:
        """F12: evidence first, then the next step. Raises StorageError only where nothing else could be done either."""
        await self._step(lambda state: procedure.tap(state, self.policy, self.now, self.language))

    async def said_it(self) -> None:
        """Shift+F12: the agent has said the step."""
        await self._step(lambda state: procedure.said_it(state, self.policy, self.now, self.language))

    async def hold(self) -> None:
        """F12 held: end notice, then the end."""
        await self._step(lambda state: procedure.hold(state, self.policy, self.now, self.language))

    def cancel(self) -> bool:
        """Esc: what is about to be said, or sounds, is not; else what waits is rejected. Whether anything changed."""
        before = self.state
        if before.pending is not None:
            self._apply(lambda state: procedure.cancel(state, self.policy))
        else:
            self._apply(procedure.dismiss)
        return self.state != before

    def calm(self) -> None:
        """Ctrl+B: back to listening."""
        self._apply(lambda state: procedure.calm(state, self.policy, self.now))

    def change_class(self, class_id: str) -> None:
        """Ctrl+T: another class."""
        self._apply(lambda state: procedure.change_class(state, self.policy, self.now, class_id))

    def reject(self, number: int, rejected: bool = True) -> None:
        """The agent says that a hit is none, or takes that back."""
        self._apply(lambda state: procedure.set_rejected(state, number, rejected))

    def extend(self, reason: str) -> None:
        """More time. Raises ValueError without a reason."""
        self._apply(lambda state: procedure.extend(state, self.policy, self.now, reason))

    async def enter_crisis(self) -> None:
        """F11: the crisis path; what sounds is stopped, and the evidence is kept like any other."""
        if self.running:
            self._apply(lambda state: procedure_crisis.enter_crisis(state, self.policy, self.now))
            await self._freeze()

    def leave_crisis(self, reason: str) -> None:
        """Back to listening. Raises ValueError without a reason."""
        self._apply(lambda state: procedure_crisis.leave_crisis(state, self.now, reason))

    def check(self, check_id: str, done: bool) -> None:
        """One of the things to find out in a crisis."""
        self._apply(lambda state: procedure_crisis.set_check(state, self.policy, check_id, self.now, done))

    def place(self, text: str) -> None:
        """Where the caller is."""
        self._apply(lambda state: procedure_crisis.set_place(state, text))

    def line_called(self, line_id: str) -> None:
        """The agent brings in one of the policy's lines."""
        self._apply(lambda state: procedure_crisis.line_called(state, self.policy, line_id, self.now))

    def supervisor_called(self) -> None:
        """The agent called the supervisor; on the crisis path that is kept."""
        self._apply(lambda state: procedure_crisis.supervisor_called(state, self.now))

    def tick(self) -> None:
        """Once a second: the recommended time of the call."""
        if not self.running:
            return
        due = procedure.time_aid(self.state, self.policy, self.now).due
        if due is not self._due:
            self._due = due
            self._tell()

    # what happens
    def _call_confirmed(self, event: CallConfirmed) -> None:
        self._forget()
        self.callers.look_up(event.call)
        if event.resumed:
            # Until what was kept is read nothing is taken: it would be written over.
            self._background.start(self._resume(event.call), "resume the procedure")
        else:
            self._call = event.call
            self._tell()

    def _put_aside(self) -> None:
        """Another call comes to the front, or is written up."""
        if self._call is not None:
            self._others.put(self._call, self.state)
        self._forget()

    def _back_to(self, call: Call) -> None:
        """A call is in front again, or written up after another one."""
        self._put_aside()
        self.callers.look_up(call)
        kept = self._others.take(call.id)
        if kept is None:
            self._background.start(self._resume(call), "resume the procedure")
        else:
            self._call, self.state = kept.call, kept.state
            self._tell()

    async def _resume(self, call: Call) -> None:
        """Go on where the desk died: with the sound if it still sounds, with the end if that was asked for."""
        found = await self._line.records.procedure(call.id)
        current = self._calls.current
        if self._call is not None or current is None or current.id != call.id:
            return
        self._call = call
        if found is None or not belongs_to(found, self.policy):
            self._tell()
            return
        self.state = found
        self._keeping.keep_strike(call, found)
        await self._take_up_sound()
        self._tell()
        if self.state.led or self.state.crises or self.state.hits:
            await self._freeze()
        if found.end is not None and self.running:
            await self._end_call()

    async def _take_up_sound(self) -> None:
        """A sentence that was to be said when the desk died was said, still sounds, or comes again."""
        pending, calls = self.state.pending, self._calls
        if pending is None:
            return
        whole = await self._player.take_up(self.call_id, pending.sentence, calls.announcing, calls.announced)
        if whole is not None:
            self._sound_ended(whole)
        elif self.running and not self._player.sounds:
            # The phone has the call and knows nothing of it: nobody heard it.
            self._apply(lambda state: procedure.never_began(state, self.policy))

    def _write_up_began(self, call: Call) -> None:
        if self._calls.current is None and self._others.of(call.id) is not None:
            self._back_to(call)
        elif self._call is None:
            self._background.start(self._take_up_ended(call), "what a crash left of an incident")

    async def _take_up_ended(self, call: Call) -> None:
        """The desk died after the call, or in it: what belongs to its end still follows."""
        found = await self._line.records.procedure(call.id)
        if found is None or self._call is not None or not belongs_to(found, self.policy):
            return
        self._call, self.state = call, found
        self._keeping.keep_strike(call, found)
        await self._take_up_sound()
        self._call_ended(call)
        await self._escalation.complete(call)

    def _call_ended(self, call: Call) -> None:
        if ours := call.id == self.call_id:
            self._call = call
            self._player.stop()
            by = ENDED_BY.get(call.ended_by, "system")
            self._apply(lambda state: procedure.call_ended(state, self.policy, self.now, by))
        ended = self.state if ours else self._others.ended(call)
        if (
            ended is not None
            and deserves_rest(ended, self.policy)
            and self.policy.rest_minutes
            and not call.scenario
        ):
            self.rests_after = call.id
            self._background.start(self._agent.rest_next(), "rest after an incident")

    async def _segment(self, segment: Segment) -> None:
        if segment.leg is not Leg.CALLER or self._procedure_of(segment.call_id) is None:
            return
        verdict = await self._detector.judge(segment.call_id, segment.end, self.language, segment.text)
        if not verdict.labels or self._procedure_of(segment.call_id) is None:
            return
        if segment.call_id != self.call_id:
            number = self._others.heard(segment, verdict)
        else:
            before = len(self.state.hits)
            self._apply(lambda state: heard(state, self.policy, segment, verdict))
            number = self.state.hits[-1].number if len(self.state.hits) > before else 0
        if number or CRISIS_LABEL in verdict.labels:
            self._bus.publish(AbuseHeard(segment, number, verdict.labels, verdict.matched, verdict.why))

    def _forget(self) -> None:
        self._player.stop()
        self.state, self._call, self._due = Procedure(), None, Due.NOTHING
        self.callers.forget()

    def _report_withdrawn(self, call: Call) -> None:
        self._background.start(self._weigh_again(call), "what a withdrawn report says of its caller")

    async def _weigh_again(self, call: Call) -> None:
        state = await self.procedure_of(call.id)
        if belongs_to(state, self.policy):
            self._keeping.keep_strike(call, state)

    # steps
    async def _step(self, change: Change) -> None:
        if not self.running:
            return
        self._apply(change)
        await self._freeze()

    async def _freeze(self, call: Call | None = None) -> None:
        if (call := call or self._call) is not None:
            await self._escalation.freeze_evidence(self._calls.live(call.id) or call)

    def _apply(self, change: Change) -> None:
        before, self.state = self.state, change(self.state)
        if self.state == before:
            return
        if self._call is not None:
            counted = (before.hits, before.led) != (self.state.hits, self.state.led)
            self._keeping.keep(self._call, self.state, counted)
        self._tell()
        if self.state.pending != before.pending:
            self._pending_changed(before)
        if self.state.in_crisis != before.in_crisis:
            self._background.start(self._calls.keep_line_free(), "the line in a crisis")
        if self.state.end is not None and before.end is None and self.running:
            self._background.start(self._end_call(), "end the call that the agent ended")

    def _tell(self) -> None:
        sentence = self.sentence
        if sentence is not None:
            self._player.get_ready(sentence)
        self._bus.publish(ProcedureChanged(self.call_id, self.state))

    # sound
    def _pending_changed(self, before: Procedure) -> None:
        """What is to be said is another sentence, or none any more; the end after it is no change of sound."""
        pending, was = self.state.pending, before.pending
        if pending is not None and was is not None and (pending.t, pending.step) == (was.t, was.step):
            return
        self._player.stop()
        if pending is not None:
            self._player.play(self.call_id, pending.sentence)

    def _sound_began(self) -> None:
        self._apply(lambda state: procedure.play_began(state, self.now))

    def _sound_ended(self, whole: bool) -> None:
        change = procedure.play_ended if whole else procedure.play_failed
        self._apply(lambda state: change(state, self.policy, self.now))
        self._background.start(self._freeze(self._call), "keep that a warning was said")

    async def _end_call(self) -> None:
        try:
            await self._calls.end_caller()
        except DeskError as error:
            _log.warning("the call could not be ended: %s", error)
