"""The red button: evidence is frozen at once, what comes later is added as later versions, the report follows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from desktop.domain.call import Call
from desktop.domain.delivery import Delivery
from desktop.domain.escalation import (
    RESTED,
    Escalation,
    EscalationVersion,
    ReportForm,
    canonical_json,
    freeze,
)
from desktop.domain.events import (
    CallConfirmed,
    CallEnded,
    CallParked,
    CallUnparked,
    EscalationFiled,
    EvidenceFrozen,
    LineChanged,
    RecordingKept,
    ReportWithdrawn,
    SegmentCommitted,
)
from desktop.domain.evidence import PRACTICE, REST, rest_of, version_ref
from desktop.domain.ids import new_id
from desktop.domain.line_quality import LineQualities
from desktop.domain.phone import QualityReport
from desktop.domain.reasons import reason_line
from desktop.domain.recording import recordings_named
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.evidence_content import CaseFacts, Workplace, carried_on, content_of, said_of
from desktop.services.line import CurrentLine
from desktop.services.notes_service import NotesService
from desktop.services.ports import Clock, EvidenceExtras, Records, Vault
from desktop.services.saving import Saver
from desktop.services.transcript_service import TranscriptService

Address = Callable[[EscalationVersion, bool], tuple[Delivery, ...]]
"""The deliveries of a version; the second argument: it adds to a report that was filed before."""


Propose = Callable[[str, ReportForm], Awaitable[ReportForm]]
"""What is known for the report of a call by its id, beyond what its form says."""


def to_nobody(version: EscalationVersion, supplement: bool) -> tuple[Delivery, ...]:
    """An organisation that reports to nobody: what is filed stays here."""
    return ()


_log = logging.getLogger(__name__)


CALLS_ASIDE = 2
"""Of so many calls with evidence that are not in front any more, late words and the end are added."""


class NoExtras:
    """An `EvidenceExtras` that knows nothing."""

    async def extras(self, call: Call) -> Mapping[str, object]:
        """Nothing."""
        return {}


class EscalationService:
    """Owns the escalation of the call in front, or that ended last; what comes late of one before it is added there."""

    def __init__(
        self,
        line: CurrentLine,
        transcript: TranscriptService,
        notes: NotesService,
        bus: EventBus,
        clock: Clock,
        background: Background,
        vault: Vault,
        address: Address = to_nobody,
    ) -> None:
        self._line, self._transcript, self._notes = line, transcript, notes
        self._address = address
        self._bus, self._clock, self._background = bus, clock, background
        self._vault = vault
        self._extras: EvidenceExtras = NoExtras()
        self.speech_model: Callable[[], str] = lambda: ""
        """Name of the model that writes the transcript, as it stands in evidence."""
        self.workplace: Callable[[], Workplace] = Workplace
        """Where the agent works."""
        self.agency = ""
        """The first part of the numbers of incidents."""
        self._quality = LineQualities()
        self.current: Escalation | None = None
        self.saver = Saver(bus)
        self._call: Call | None = None
        self._front = ""
        self._aside: dict[str, Call] = {}
        self._one_at_a_time = asyncio.Lock()
        bus.subscribe(CallConfirmed, self._call_confirmed)
        bus.subscribe(CallParked, lambda _event: self._leave())
        bus.subscribe(CallUnparked, lambda event: self._back_to(event.call))
        bus.subscribe(CallEnded, self._call_ended)
        bus.subscribe(SegmentCommitted, self._segment_committed)
        bus.subscribe(RecordingKept, lambda event: self._recording_kept(event.call_id))
        bus.subscribe(QualityReport, self._quality.take)
        bus.subscribe(LineChanged, lambda _event: self._forget())

    def use_extras(self, extras: EvidenceExtras) -> None:
        """Ask this one from now on what else is known of a call; it may itself stand on this service."""
        self._extras = extras

    async def freeze_evidence(self, call: Call) -> Escalation:
        """Save a copy of all that is known of `call`. Returns when it is on disk. Raises StorageError."""
        async with self._one_at_a_time:
            escalation, call = await self._of(call), self._newest(call)
            self._turn_to(call)
            return await self._add(escalation, call, "first" if not escalation.versions else "again")

    async def keep_form(self, form: ReportForm) -> None:
        """Remember the form as it stands, for a crash or for later. Raises StorageError."""
        if self.current is not None:
            form = replace(form, withdrawn=self.current.form.withdrawn)
            await self._line.records.save_form(self.current.id, form)
            self.current = replace(self.current, form=form, changed=self._clock.now())

    async def file(self, form: ReportForm) -> Escalation:
        """Save the report, a last version of the evidence and the deliveries in one step.

        Raises StorageError with nothing saved, ValueError without evidence.
        """
        if self.current is None or self._call is None:
            raise ValueError("no evidence was saved for a call")
        async with self._one_at_a_time:
            before, call = self.current, self._call
            form = replace(form, confirmed=True, withdrawn="")
            filed = await self._save_report(before, call, "report", form, filed=self._clock.now())
        self._bus.publish(EscalationFiled(filed))
        if before.form.withdrawn:
            self._bus.publish(ReportWithdrawn(filed, call))
        return filed

    async def withdraw(self, call: Call, reason: str) -> Escalation:
        """Take the report of an ended call back, or with an empty reason let it stand again.

        What was saved stays, marked; nothing is sent unless it was before, and then the receivers are told.
        Raises StorageError with nothing changed, ValueError where nothing was saved.
        """
        async with self._one_at_a_time:
            before = await self._of(call)
            if not before.versions:
                raise ValueError("no evidence was saved for this call")
            form = replace(before.form, withdrawn=reason_line(reason))
            why = "withdrawn" if form.withdrawn else "restored"
            after = await self._save_report(before, call, why, form, filed=None)
        self._bus.publish(ReportWithdrawn(after, call))
        return after

    async def file_untouched(self, call: Call, propose: Propose) -> Escalation | None:
        """Send the report of an ended call as far as the machine knows, marked as confirmed by nobody.

        None where a person was faster. Raises StorageError with nothing saved.
        """
        async with self._one_at_a_time:
            before = await self._of(call)
            if before.filed is not None or before.form.withdrawn or not before.versions:
                return None
            form = replace(await propose(call.id, before.form), confirmed=False)
            # Of a call whose end nobody saw only so much is sure as was frozen.
            until = None if call.ended else before.versions[-1].created
            filed = await self._save_report(
                before, call, "untouched", form, filed=self._clock.now(), until=until
            )
        self._bus.publish(EscalationFiled(filed))
        return filed

    async def reopen(self, call: Call) -> Escalation | None:
        """The escalation of an earlier call, to be written on; None where there is none."""
        found = await self._line.records.escalation(call.id)
        if found is not None:
            call = self._newest(call)
            self._turn_to(call)
            self.current = found
        return found

    async def complete(self, call: Call) -> None:
        """After a crash: evidence that does not say yet how its call ended gets a version that does."""
        async with self._one_at_a_time:
            found = await self._line.records.escalation(call.id)
            if found is None or not found.versions or self._concerns(call.id):
                return
            if call.ended is not None and not said_of(found.versions[-1], "call").get("ended"):
                self._turn_to(call)
                await self._add(found, call, "ended")

    def note_later(self, call_id: str) -> None:
        """More is known around a call: a later version says so, where evidence of it is kept here."""
        if self._concerns(call_id) and self.current is not None and self.current.versions:
            self._add_later(call_id, "known")

    async def note_rest(self, escalation_id: str, body: Mapping[str, object], records: Records) -> None:
        """The rest after an incident has begun or ended: once it has, a later version says so. Raises StorageError."""
        async with self._one_at_a_time:
            await records.add_evidence_record(escalation_id, REST, body)
            if not body.get("to") or self._line.records is not records:
                return  # the next version says it
            found = await records.escalation_named(escalation_id)
            call = await records.call(found.call_id) if found is not None and found.versions else None
            if found is not None and call is not None:
                await self._add(await self._of(call), self._newest(call), RESTED)

    async def complete_rest(self) -> None:
        """After a crash: the end of a rest that was noted and that no version says yet. Raises StorageError."""
        async with self._one_at_a_time:
            records = self._line.records
            name = await records.last_rested()
            found = await records.escalation_named(name) if name else None
            call = await records.call(found.call_id) if found is not None and found.versions else None
            if found is None or call is None:
                return
            rest, agent = rest_of(await records.evidence_records(name)), said_of(found.versions[-1], "agent")
            if rest["to"] and rest != agent.get("rest"):
                await self._add(await self._of(call), self._newest(call), RESTED)

    async def open_reports(self) -> tuple[int, int]:
        """How many reports wait to be sent, and how many were sent without a person's word. Raises StorageError."""
        return await self._line.records.open_reports()

    def _newest(self, call: Call) -> Call:
        """The call as it ended, if it did while `call` waited for its turn or was read from the records."""
        known = self._aside.get(call.id) if self._call is None or self._call.id != call.id else self._call
        return known if known is not None and known.ended is not None else call

    async def _of(self, call: Call) -> Escalation:
        if self.current is not None and self.current.call_id == call.id:
            return self.current
        kept = await self._line.records.escalation(call.id)
        return kept or Escalation(new_id("e"), call.id, changed=self._clock.now())

    async def _add(self, escalation: Escalation, call: Call, reason: str) -> Escalation:
        version = await self._version(escalation, call, reason, escalation.form)
        deliveries = self._deliveries(version, call, supplement=True) if escalation.filed else ()
        # A practised incident must not be taken for the real one of the same day and count.
        agency = PRACTICE if self._line.practice or call.scenario else self.agency
        number = await self._line.records.add_version(version, deliveries, agency)
        versions = (*escalation.versions, version)
        return self._keep(replace(escalation, versions=versions, number=number))

    async def _save_report(
        self,
        before: Escalation,
        call: Call,
        reason: str,
        form: ReportForm,
        *,
        filed: datetime | None,
        until: datetime | None = None,
    ) -> Escalation:
        """The form, a version that says it, and what leaves, in one step. `filed` None: it is not sent by this."""
        version = await self._version(before, call, reason, form, until)
        leaves = filed is not None or before.filed is not None
        deliveries = self._deliveries(version, call, before.filed is not None) if leaves else ()
        await self._line.records.file_report(version, form, filed, deliveries)
        versions, changed = (*before.versions, version), self._clock.now()
        filed = filed or before.filed
        return self._keep(replace(before, versions=versions, form=form, filed=filed, changed=changed))

    async def _version(
        self,
        escalation: Escalation,
        call: Call,
        reason: str,
        form: ReportForm,
        until: datetime | None = None,
    ) -> EscalationVersion:
        content = await self._content(escalation, call, form, until or self._clock.now())
        number = len(escalation.versions) + 1
        sealed = await self._vault.seal(version_ref(escalation.id, number), canonical_json(content))
        return freeze(escalation.id, call.id, number, reason, self._clock.now(), content, sealed)

    def _deliveries(self, version: EscalationVersion, call: Call, supplement: bool) -> tuple[Delivery, ...]:
        # A practice report goes to nobody, also when it is filed after the real line is back.
        return () if self._line.practice or call.scenario else self._address(version, supplement)

    def _keep(self, escalation: Escalation) -> Escalation:
        if self._call is not None and self._call.id == escalation.call_id:
            self.current = escalation
        self._bus.publish(EvidenceFrozen(escalation))
        return escalation

    async def _content(
        self, escalation: Escalation, call: Call, form: ReportForm, until: datetime
    ) -> dict[str, object]:
        lines = self._transcript.known(call.id)
        segments = lines or await self._line.records.segments(call.id)
        speech = {"model": self.speech_model(), "state": self._transcript.state.value}
        notes, quality = await self._notes.load(call.id), self._quality.of(call.id)
        known = await self._line.records.evidence_records(escalation.id)
        case = CaseFacts(escalation.id, escalation.number, self.workplace(), rest_of(known))
        more = {**await self._more(call), "recordings": recordings_named(known)}
        content = content_of(call, segments, notes, form, quality, speech, more, case, until)
        before = escalation.versions[-1:]
        return carried_on(content, before[0], speech=not lines) if before else content

    async def _more(self, call: Call) -> Mapping[str, object]:
        try:
            return await self._extras.extras(call)
        except Exception as error:
            # Whatever is wrong there, what the desk itself knows is saved; the words of an error may be a citizen's.
            _log.error("evidence is saved without what others know: %s", type(error).__name__)
            return {"incomplete": True}

    def _forget(self) -> None:
        """Practice began or ended: what was saved lies in other records than those in use now."""
        self.current = self._call = None
        self._aside.clear()

    def _turn_to(self, call: Call | None) -> None:
        """Another call is what this is about; of one with evidence more may come late."""
        before = self._call
        if before is not None and self._concerns(before.id) and (call is None or call.id != before.id):
            self._aside = dict([*self._aside.items(), (before.id, before)][-CALLS_ASIDE:])
        self._call = call

    def _leave(self) -> None:
        """Another call comes to the front."""
        self._turn_to(None)
        self.current = None

    def _call_confirmed(self, event: CallConfirmed) -> None:
        self._front = event.call.id
        if event.resumed:
            self._background.start(self._take_up(event.call), "take up the evidence of a call")

    async def _take_up(self, call: Call) -> None:
        """A call that outlived the last desk: what is said from now on belongs to the evidence that is there."""
        async with self._one_at_a_time:
            found = await self._line.records.escalation(call.id)
            if found is not None and self.current is None and self._front == call.id:
                self.current, self._call = found, call

    def _back_to(self, call: Call) -> None:
        """A call that was on hold is in front again: what is said from now on belongs to its evidence."""
        self._leave()
        self._front = call.id
        self._background.start(self._take_up(call), "take up the evidence of a call")

    def _call_ended(self, event: CallEnded) -> None:
        call = event.call
        if self._concerns(call.id):
            self._call = call
            self._add_later(call.id, "ended")
        elif call.id in self._aside:
            self._aside[call.id] = call
            self._add_later(call.id, "ended")

    def _segment_committed(self, event: SegmentCommitted) -> None:
        call_id = event.segment.call_id
        if self._concerns(call_id) or call_id in self._aside:
            self._add_later(call_id, "transcript")

    def _recording_kept(self, call_id: str) -> None:
        write = partial(self._name_recording, self._line.records, call_id)
        self._background.start(self.saver.save(f"recording {call_id}", write), "name a recording")

    async def _name_recording(self, records: Records, call_id: str) -> None:
        """The evidence names a recording that became part of it, of this call or of one before a crash."""
        if self._line.records is not records:
            return  # practice has begun: the next version names it
        async with self._one_at_a_time:
            call = self._call if self._call and self._call.id == call_id else await records.call(call_id)
            if call is not None:
                await self._add(await self._of(call), call, "recording")

    def _concerns(self, call_id: str) -> bool:
        return self.current is not None and self.current.call_id == call_id

    def _add_later(self, call_id: str, reason: str) -> None:
        # A version holds all that is known, so of several that can't be written only the last needs another try.
        write = partial(self._add_serially, call_id, reason)
        self._background.start(self.saver.save(f"evidence {call_id}", write), f"freeze {reason}")

    async def _add_serially(self, call_id: str, reason: str) -> None:
        async with self._one_at_a_time:
            found, call = self.current, self._call
            if found is not None and call is not None and call.id == call_id == found.call_id:
                await self._add(found, call, reason)
            elif call_id in self._aside:
                await self._add(await self._of(self._aside[call_id]), self._aside[call_id], reason)
