"""The report of one call: what was saved, what the agent adds, kept at every change, filed at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.domain.call import Call
from desktop.domain.escalation import Escalation, ReportForm
from desktop.domain.events import CallEnded, EvidenceFrozen, LineChanged, ProcedureChanged
from desktop.domain.originals import CallItem, line_item
from desktop.domain.procedure_contacts import police_called
from desktop.domain.report_proposal import proposed_form
from desktop.domain.transcript import Leg, Segment
from desktop.services.desk_services import DeskServices
from desktop.ui.escalation.evidence import Evidence, Quote
from desktop.ui.escalation.evidence_view import EvidenceView
from desktop.ui.escalation.form_steps import FormSteps, Group
from desktop.ui.escalation.form_view import ReportFormView
from desktop.ui.escalation.quote_player import QuotePlayer
from desktop.ui.history.originals import Originals, original_words
from desktop.ui.history.rows import shown_number, shown_words
from desktop.ui.panes_contract import PaneHooks
from desktop.ui.transcript.times import clock_text, length_text, line_time


@dataclass(slots=True)
class _Open:
    """The report that is open."""

    escalation: Escalation
    call: Call
    segments: list[Segment]
    notes: str


class ReportPresenter:
    """Opens what `EscalationService` holds. Evidence itself was saved when the red button was pressed."""

    def __init__(
        self, form: ReportFormView, evidence: EvidenceView, services: DeskServices, hooks: PaneHooks
    ) -> None:
        self._form, self._evidence, self._services, self._hooks = form, evidence, services, hooks
        self._open: _Open | None = None
        self._steps = FormSteps()
        self._one_at_a_time = asyncio.Lock()
        bus = services.bus
        self._ends = [
            bus.subscribe(EvidenceFrozen, lambda event: self._frozen(event.escalation)),
            bus.subscribe(CallEnded, lambda event: self._call_ended(event.call)),
            bus.subscribe(LineChanged, lambda _event: self._leave()),
            bus.subscribe(ProcedureChanged, self._procedure_changed),
        ]
        form.choice_made.connect(lambda group, digit: self._choose(group, digit))
        form.digit_pressed.connect(self.digit)
        form.group_focused.connect(lambda group: self._listen(group))
        form.checks_changed.connect(self._check)
        form.demand_changed.connect(lambda text: self._change(demand=text))
        more = form.more
        more.charges_changed.connect(lambda charges: self._change(charges=charges))
        more.police_changed.connect(lambda called: self._change(police_called=called))
        more.reference_changed.connect(lambda text: self._change(police_reference=" ".join(text.split())))
        form.send_requested.connect(self.send)
        form.later_requested.connect(self.later)
        form.withdraw_requested.connect(self._withdraw)
        evidence.heard_changed.connect(self._hear)
        self._ear = QuotePlayer(services, hooks)
        evidence.play_requested.connect(self._play)
        self._originals = Originals(evidence.original, self, services, hooks)
        evidence.left.connect(self._originals.forget)

    def close(self) -> None:
        """Hear no more events."""
        for end in self._ends:
            end()

    @property
    def open(self) -> bool:
        """Whether a report is being written."""
        return self._open is not None

    @property
    def call_id(self) -> str:
        """The call whose report is being written, "" for none."""
        return self._open.call.id if self._open is not None else ""

    def masked_items(self) -> Sequence[tuple[CallItem, str]]:
        """The chosen quote, then the others."""
        shown = self._open
        if shown is None or not self._hooks.settings.current.mask_numbers:
            return []
        said = [s for s in caller_lines(shown.segments) if shown_words(s.text, True) != s.text]
        chosen = self._evidence.chosen_item()
        said.sort(key=lambda s: line_item(s) != chosen)
        return [
            (line_item(s), original_words(line_item(s), time_of(s, shown.call)))
            for s in said
            if line_item(s) not in self._originals
        ]

    def show_again(self) -> None:
        """The same evidence; the chosen quote and the place stay."""
        self._show_evidence()

    def enter(self) -> None:
        """The window shows the report: fill it in with what is known."""
        escalation = self._services.escalation.current
        if escalation is not None:
            self._hooks.start(self._load(escalation), "open the report")

    def digit(self, number: int) -> bool:
        """A digit answers the group that listens."""
        if self._open is None or not self._steps.digit(number):
            return False
        self._show_form(walk=True)
        self._keep()
        return True

    def escape(self) -> None:
        """Esc: what was asked is closed, else the report is left for later."""
        if not self._form.close_reason():
            self.later()

    def later(self) -> None:
        """Leave the report as it stands; it is kept."""
        if self._open is not None:
            self._keep()
        self._leave()

    def _leave(self) -> None:
        """Nothing more is kept: what stood in the form was, at every change."""
        self._end()
        self._hooks.close_report()

    def _end(self) -> None:
        self._originals.forget()
        self._open = None
        self._ear.stop()

    def send(self) -> None:
        """Save the report, where the kind is named; else say what is missing."""
        if self._open is None:
            return
        if self._steps.form.kind is None:
            self._steps.listening = Group.KIND
            self._show_form(walk=True)
            self._form.show_missing(True)
            return
        self._hooks.start(self._file(), "save the report")

    async def _file(self) -> None:
        async with self._one_at_a_time:
            if self._open is None:
                return
            await self._services.escalation.file(self._steps.form)
            self._end()
        if self._services.delivery.targets and not self._services.line.practice:
            words = QCoreApplication.translate("Report", "The report is saved and on its way.")
        else:
            words = QCoreApplication.translate("Report", "The report is saved.")
        self._hooks.close_report()
        self._hooks.show_toast(words)

    def _withdraw(self, reason: str) -> None:
        if self._open is not None and not self._open.call.live:
            self._hooks.start(self._take_back(self._open.call, reason), "withdraw the report")

    async def _take_back(self, call: Call, reason: str) -> None:
        async with self._one_at_a_time:
            taken = await self._services.escalation.withdraw(call, reason)
            self._leave()
        deliveries = await self._services.delivery.of_report(taken.id)
        words = (
            QCoreApplication.translate("Report", "Withdrawn. Whoever has the report is told.")
            if any(each.number == taken.versions[-1].number for each in deliveries)
            else QCoreApplication.translate("Report", "Withdrawn. Nothing is sent, what was saved stays.")
        )
        again = self._services.escalation.withdraw
        self._hooks.show_toast(words, lambda: self._hooks.start(again(call, ""), "let the report stand"))

    async def _load(self, escalation: Escalation) -> None:
        call = await self._call_of(escalation)
        if call is None:
            return
        segments = await self._segments(call)
        notes = await self._services.notes.load(call.id)
        self._originals.forget()
        self._open = _Open(self._services.escalation.current or escalation, call, segments, notes)
        self._steps = FormSteps(await self._prefilled(escalation))
        self._form.show_police(self._services.protection.policy.crisis.police)
        self._form.show_missing(False)
        self._form.show_id(escalation.number or escalation.id)
        self._form.show_call_runs(call.live)
        self._show_sending()
        self._show_form(walk=True)
        self._show_evidence()

    async def _prefilled(self, escalation: Escalation) -> ReportForm:
        """What the procedure knows stands there already; the agent may say otherwise."""
        state = await self._services.protection.procedure_of(escalation.call_id)
        return proposed_form(escalation.form, state, self._services.protection.policy)

    async def _call_of(self, escalation: Escalation) -> Call | None:
        for known in (self._services.calls.current, self._services.calls.last):
            if known is not None and known.id == escalation.call_id:
                return known
        return await self._services.line.records.call(escalation.call_id)

    async def _segments(self, call: Call) -> list[Segment]:
        live = self._services.transcript.segments
        if live and live[0].call_id == call.id:
            return list(live)
        return await self._services.line.records.segments(call.id)

    def _frozen(self, escalation: Escalation) -> None:
        if self._open is None or escalation.id != self._open.escalation.id:
            return
        self._open.escalation = escalation
        self._show_sending()
        live = self._services.transcript.segments
        if live and live[0].call_id == escalation.call_id:
            self._open.segments = list(live)
        self._show_evidence()

    def _procedure_changed(self, event: ProcedureChanged) -> None:
        """A call to the police while the report is open ticks it, where the agent has said nothing of it."""
        shown, policy = self._open, self._services.protection.policy
        unsaid = self._steps.form.police_called is None
        if (
            shown is not None
            and unsaid
            and event.call_id == shown.call.id
            and police_called(event.state, policy)
        ):
            self._steps.change(police_called=True)
            self._show_form(walk=False)
            self._keep()

    def _call_ended(self, call: Call) -> None:
        if self._open is not None and call.id == self._open.call.id:
            self._open.call = call
            self._form.show_call_runs(False)
            self._show_sending()
            self._show_evidence()

    def _choose(self, group: Group, index: int) -> None:
        if self._open is not None and self._steps.choose(group, index):
            self._show_form(walk=True)
            self._keep()

    def _listen(self, group: Group) -> None:
        if self._open is not None and group is not self._steps.listening:
            self._steps.listening = group
            self._show_form(walk=False)

    def _check(self, separation: bool, counselling: bool) -> None:
        self._change(wants_separation=separation, wants_counselling=counselling)

    def _change(self, **fields: object) -> None:
        if self._open is not None:
            self._steps.change(**fields)
            self._keep()

    def _hear(self, start: float, heard: bool) -> None:
        if self._open is not None:
            self._steps.set_heard(start, heard)
            self._show_evidence()
            self._keep()

    def _play(self, start: float, end: float) -> None:
        if self._open is not None:
            self._ear.toggle(self._open.call.id, start, end)

    def _keep(self) -> None:
        self._hooks.start(self._keep_now(), "keep the report")

    async def _keep_now(self) -> None:
        async with self._one_at_a_time:
            current = self._services.escalation.current
            if current is not None and (current.filed is None or self._open is not None):
                await self._services.escalation.keep_form(self._steps.form)
                self._show_sending()

    def _show_form(self, walk: bool) -> None:
        self._form.show_form(self._steps, walk)
        if self._steps.form.kind is not None:
            self._form.show_missing(False)

    def _show_sending(self) -> None:
        shown = self._open
        if shown is not None:
            current = self._services.escalation.current
            same = current is not None and current.id == shown.escalation.id
            escalation = current if same and current is not None else shown.escalation
            due = self._services.untouched.due(escalation)
            self._form.show_sending(sending_words(escalation, due))
            self._form.show_withdrawing(not shown.call.live and not escalation.form.withdrawn)

    def _show_evidence(self) -> None:
        if self._open is None:
            return
        shown = self._open
        masked = self._hooks.settings.current.mask_numbers
        segments = [
            replace(s, text=shown_words(s.text, masked and line_item(s) not in self._originals))
            for s in shown.segments
        ]
        heard, now = self._steps.form.heard, self._services.clock.now()
        evidence = evidence_of(shown.escalation, shown.call, segments, shown.notes, heard, masked, now)
        self._evidence.show_evidence(evidence)
        self._originals.offer()


def sending_words(escalation: Escalation, due: datetime | None) -> str:
    """What the form says about a report that goes out by itself, or did; "" for any other."""
    translate = QCoreApplication.translate
    if escalation.form.withdrawn:
        words = translate("Report", "Withdrawn: {reason}. Saving sends it after all.")
        return words.replace("{reason}", escalation.form.withdrawn)
    if escalation.unconfirmed and escalation.filed is not None:
        words = translate(
            "Report",
            "Sent by itself {time}, not confirmed. Saving sends a later version.",
        )
        return words.format(time=clock_text(escalation.filed, seconds=False))
    if due is None:
        return ""
    words = translate("Report", "Left alone, it is sent by itself {time}, not confirmed.")
    return words.format(time=clock_text(due, seconds=False))


def caller_lines(segments: Sequence[Segment]) -> list[Segment]:
    """What the caller said."""
    return [s for s in segments if s.leg is Leg.CALLER]


def time_of(segment: Segment, call: Call) -> str:
    """When a line was said."""
    return line_time(segment.start, call.confirmed, bool(call.scenario))


def evidence_of(
    escalation: Escalation,
    call: Call,
    segments: list[Segment],
    notes: str,
    heard: tuple[float, ...],
    masked: bool,
    now: datetime,
) -> Evidence:
    """What the middle shows of a saved call; what is to be masked in `segments` is so already."""
    begun = clock_text(call.confirmed or call.created)
    ended = clock_text(call.ended) if call.ended else ""
    quotes = [
        Quote(
            s.start,
            time_of(s, call),
            s.text,
            s.unsure,
            s.start in heard,
            s.end,
        )
        for s in caller_lines(segments)
    ]
    return Evidence(
        sealed=clock_text(escalation.versions[0].created) if escalation.versions else "",
        versions=len(escalation.versions),
        newest=clock_text(escalation.versions[-1].created) if escalation.versions else "",
        digest=escalation.versions[-1].sha256 if escalation.versions else "",
        number=shown_number(call.remote, masked),
        begun=begun,
        ended=ended,
        ended_by=call.ended_by,
        length=length_text(call.seconds(now)),
        agent=" · ".join(part for part in (call.agent_name, call.agent_number) if part),
        quotes=tuple(quotes),
        lines=len(segments),
        unsure=sum(s.unsure for s in segments),
        note_lines=sum(1 for line in notes.splitlines() if line.strip()),
        escalation_id=escalation.id,
    )
