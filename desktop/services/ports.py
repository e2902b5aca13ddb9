"""What the services need from the world, as protocols. Adapters fulfil them, fakes pass the same contract tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from desktop.domain.agent import AgentState
from desktop.domain.asked import Asked
from desktop.domain.call import Call
from desktop.domain.call_search import CallKind, KeptCall
from desktop.domain.delivery import Delivery
from desktop.domain.escalation import Escalation, EscalationVersion, ReportForm
from desktop.domain.evidence import EvidenceFile, EvidenceRecord, Link
from desktop.domain.line_quality import LineFacts
from desktop.domain.own_answers import Use
from desktop.domain.phone import PhoneFact
from desktop.domain.transcript import Hypothesis, Leg, Segment, SpeechLevel, SpeechState
from desktop.domain.wrapup import WrapUp
from desktop.services.protection_ports import ProcedureRecords


class Phone(Protocol):
    """The phone process. Every command raises PhoneError with a reason that a person can read."""

    def listen(self, receiver: Callable[[PhoneFact], None]) -> None:
        """Call `receiver` on the loop with each fact."""

    async def dial(self, uri: str, incident: str = "") -> str:
        """Call somebody, with an incident's number in a header where one is given; returns the call id."""

    async def consult(self, uri: str, incident: str = "") -> str:
        """The same for somebody whom the agent asks: nobody records it. Another call must be on hold."""

    async def add(self, uri: str, incident: str = "") -> str:
        """Call somebody beside the call that runs, and join all three when that is answered; returns the call id."""

    async def swap(self) -> None:
        """Change between the call on hold and the other one."""

    async def conference(self, one_id: str, other_id: str) -> None:
        """Let two answered calls and the agent hear each other."""

    async def transfer(self, call_id: str, target: str) -> None:
        """Give the other side of a call to a number, or to the other side of another call by its id."""

    async def answer(self, call_id: str) -> None:
        """Take a ringing call."""

    async def reject(self, call_id: str, code: int) -> None:
        """Refuse a ringing call."""

    async def hang_up(self, call_id: str) -> None:
        """End a call in any state."""

    async def hold(self, call_id: str, on: bool) -> None:
        """Put on hold or take back."""

    async def mute(self, on: bool) -> None:
        """Close or open the microphone towards the call."""

    async def send_digits(self, call_id: str, digits: str) -> None:
        """Send DTMF digits."""

    async def send_text(self, uri: str, text: str) -> None:
        """Send a plain text; `TextRefused` follows where it is not taken."""

    async def set_availability(self, code: int) -> None:
        """0: new calls ring; otherwise they are refused with this code."""

    async def speak(self, file: str) -> None:
        """Play an audio file into the microphone path (only where no microphone is used); "" stops."""

    async def announce(self, call_id: str, file: str) -> None:
        """Play an audio file into the call in the microphone's place, also while muted; "" stops.

        `Announced` follows when it has ended.
        """

    async def keep_device(self, kind: str, device_id: str, only: bool) -> None:
        """Stay with a microphone or speaker for the rest of the call; `only`: with none at all while it is away."""

    async def close(self, goodbye: bool) -> None:
        """Leave the phone; with `goodbye` it ends calls and itself."""


class SpeechWatcher(Protocol):
    """Who is told how well the speech process keeps up."""

    def lagged(self, call_id: str, seconds: float, waiting_s: float) -> None:
        """The oldest words of a call that wait for their text are so old, and so much sound waits; 0 for nothing."""

    def lost(self, call_id: str, leg: Leg, start: float, end: float) -> None:
        """What was said in this stretch can't be written any more; seconds since the media began."""

    def unread(self, call_id: str, leg: Leg, unread: bool) -> None:
        """Whether somebody speaks on a leg and no text comes of it."""


class Speech(Protocol):
    """The speech process."""

    def listen(
        self,
        state: Callable[[SpeechState, str, SpeechLevel], None],
        hypothesis: Callable[[Hypothesis], None],
        segment: Callable[[Segment], None],
        drained: Callable[[str], None],
    ) -> None:
        """Call these on the loop. `drained` names a call whose audio has all been turned into segments."""

    def watch(self, watcher: SpeechWatcher) -> None:
        """Tell this one, on the loop."""

    def set_tap(self, address: str, token: str) -> None:
        """Where the engine gives audio."""

    def speak(self, call_id: str, language: str) -> None:
        """What is said in a call from now on is of this language (a code)."""

    async def close(self) -> None:
        """End the process."""


class Records(ProcedureRecords, Protocol):
    """The desk's own database. Writers return when the rows are on disk. Every method raises StorageError."""

    async def save_call(self, call: Call) -> None:
        """Insert or replace a call by its id."""

    async def calls(self, limit: int, since: datetime | None = None) -> list[Call]:
        """Newest first."""

    async def find_calls(self, words: Sequence[str], kind: CallKind, limit: int) -> list[KeptCall]:
        """Newest first: of this kind (rejected ones may be among the missed), with every word in address, name,
        notes or category; each with its write-up and notes."""

    async def call(self, call_id: str) -> Call | None:
        """One call."""

    async def calls_without_end(self) -> list[Call]:
        """Calls of which no end was written, oldest first."""

    async def calls_with(self, remote: str, limit: int) -> list[Call]:
        """Earlier calls with this remote URI, newest first."""

    async def save_notes(self, call_id: str, text: str) -> None:
        """Replace the notes of a call. The call itself may be saved later."""

    async def notes(self, call_id: str) -> str:
        """Notes of a call, "" where there are none."""

    async def save_segment(self, segment: Segment) -> bool:
        """Append; False where the same stretch of the same leg is already there."""

    async def segments(self, call_id: str) -> list[Segment]:
        """Segments of a call by start time."""

    async def save_asked(self, asked: Asked) -> None:
        """Keep that the agent asked somebody; the segments of that call belong to the one that it was beside."""

    async def asked(self, call_id: str) -> Asked | None:
        """Whom the agent spoke with in this call, None where it was no consultation."""

    async def asked_beside(self, call_id: str) -> list[Asked]:
        """Who was asked beside a citizen's call, first one first."""

    async def save_wrap_up(self, wrap_up: WrapUp) -> None:
        """Insert or replace; its notes go to the call's notes."""

    async def wrap_up(self, call_id: str) -> WrapUp | None:
        """The write-up of a call."""

    async def wrap_ups(self, call_ids: Sequence[str]) -> dict[str, WrapUp]:
        """The write-ups of those of these calls that have one, by call."""

    async def save_line_facts(self, facts: LineFacts) -> None:
        """Replace what is known of the line of a call."""

    async def line_facts(self, call_id: str) -> LineFacts | None:
        """What is known of the line of a call, None where nothing was kept."""

    async def open_wrap_up(self) -> Call | None:
        """The newest answered call whose write-up was never finished, after a crash."""

    async def add_version(
        self, version: EscalationVersion, deliveries: Sequence[Delivery] = (), agency: str = ""
    ) -> str:
        """Append a version of evidence, with its deliveries or not at all; an existing number raises StorageError.

        Returns the incident's number: with the first version it gets the next one of `agency` and the day.
        A supplement takes the place of an earlier one of the same report and target that nobody tried to send yet.
        """

    async def save_form(self, escalation_id: str, form: ReportForm) -> None:
        """Keep the form of an escalation as it stands."""

    async def file_report(
        self,
        version: EscalationVersion,
        form: ReportForm,
        filed: datetime | None,
        deliveries: Sequence[Delivery],
    ) -> None:
        """The last version of the evidence, the form and the deliveries of a report: all of it or nothing.

        `filed` None: whether it was sent stays as it was. Where the form is withdrawn, deliveries that wait are
        settled as withdrawn, and of the new ones only those are kept whose receiver may have the report.
        """

    async def escalation(self, call_id: str) -> Escalation | None:
        """The escalation of a call."""

    async def escalation_named(self, name: str) -> Escalation | None:
        """The escalation with this id, or with this number."""

    async def escalations(self) -> list[Escalation]:
        """All escalations, oldest first."""

    async def untouched(self, before: datetime) -> list[str]:
        """Ids of calls whose report was not sent, stands, and had nothing added since `before`, oldest first.

        One stands that is neither withdrawn nor closed.
        """

    async def open_reports(self) -> tuple[int, int]:
        """How many reports were not sent yet, and how many were sent without a person's word; of those that stand."""

    async def add_evidence_file(self, file: EvidenceFile) -> None:
        """Take a finished file of an incident into the chain; a name that is there raises StorageError."""

    async def evidence_files(self, escalation_id: str) -> list[EvidenceFile]:
        """The files of an incident."""

    async def add_evidence_record(self, escalation_id: str, kind: str, body: Mapping[str, object]) -> None:
        """Note in the chain what was done with an incident, or with a call that has none, by its id.

        `body` becomes canonical JSON.
        """

    async def evidence_records(self, escalation_id: str) -> list[EvidenceRecord]:
        """What was done with an incident, oldest first."""

    async def resting(self) -> str:
        """Id of the incident whose rest has begun and not ended, "" for none."""

    async def last_rested(self) -> str:
        """Id of the incident of which a rest was noted last, "" for none."""

    async def evidence_links(self) -> list[Link]:
        """The whole chain of evidence, oldest first."""

    async def save_agent_state(self, state: AgentState | None) -> None:
        """Remember the state for the next start; None when the desk closes on purpose."""

    async def agent_state(self) -> AgentState | None:
        """The remembered state: None on a new database or after an orderly end."""

    async def old_uses(self) -> list[Use]:
        """Uses of answers from the time when they were kept here, oldest first; each has a `number`."""

    async def forget_uses(self, last: int) -> None:
        """Delete the uses up to this number: they are kept elsewhere now."""

    async def delete_before(self, moment: datetime) -> int:
        """Delete calls older than `moment` with all that hangs on them, escalated ones excepted; returns how many."""

    async def delete_words_before(self, moment: datetime) -> int:
        """Delete transcripts of calls older than `moment`, escalated ones excepted; returns of how many calls."""

    async def delete_strikes_before(self, moment: datetime) -> int:
        """Delete strikes of calls older than `moment`; returns how many."""

    async def cases_ended_before(self, moment: datetime) -> list[str]:
        """Escalations that were closed or withdrawn before `moment` and not erased yet."""

    async def erase_case(self, escalation_id: str) -> None:
        """Delete all words of an escalation and of its call; the chain keeps that they were there."""

    async def erased_files(self) -> list[str]:
        """Names of evidence files that were erased from the records; they may still lie on the disk."""

    async def close(self) -> None:
        """Write what is pending and close the file."""


class Vault(Protocol):
    """Keeps originals so that only this desk can read them. `ref` binds a text to its place."""

    async def seal(self, ref: str, text: str) -> bytes:
        """`text`, sealed. Never fails for want of a keyring."""

    async def unseal(self, ref: str, sealed: bytes) -> str:
        """The text. Raises DeskError where it was changed, belongs elsewhere, or its key can't be reached."""


class EvidenceExtras(Protocol):
    """What else is known of a call that evidence is saved of."""

    async def extras(self, call: Call) -> Mapping[str, object]:
        """JSON values by key: `hits`, `warnings`, `incidents`, each a list of mappings (docs/evidence.md), and more."""


class Clock(Protocol):
    """Time."""

    def now(self) -> datetime:
        """UTC."""

    def mono(self) -> float:
        """Seconds of a clock that never jumps."""
