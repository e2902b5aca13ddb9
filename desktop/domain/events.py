"""Facts that travel on the bus: frozen, past tense, none or many receivers."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.agent import AgentState
from desktop.domain.call import Call
from desktop.domain.consultation import Consultation
from desktop.domain.delivery import Delivery
from desktop.domain.escalation import Escalation
from desktop.domain.faq import Suggestion
from desktop.domain.line_quality import CallerTrouble, LineTrouble, MicrophoneTrouble
from desktop.domain.phone import (
    AudioReport,
    EngineRestarted,
    FlowReport,
    QualityReport,
    Registration,
    SoundState,
)
from desktop.domain.procedure_state import Procedure
from desktop.domain.recording import RecorderState
from desktop.domain.sound import Replaced
from desktop.domain.strikes import CallerHistory
from desktop.domain.transcript import Hypothesis, Segment, SpeechLevel, SpeechState
from desktop.domain.wrapup import WrapUp


@dataclass(frozen=True, slots=True)
class AgentStateChanged:
    """`queued` is the state that follows a call or wrap-up."""

    state: AgentState
    queued: AgentState


@dataclass(frozen=True, slots=True)
class CallReceived:
    """A call rings."""

    call: Call


@dataclass(frozen=True, slots=True)
class CallDialled:
    """The agent called somebody."""

    call: Call


@dataclass(frozen=True, slots=True)
class CallConfirmed:
    """A call is up. `resumed` where a desk that was started again found it running."""

    call: Call
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class CallChanged:
    """Hold, mute, codec or an early state changed."""

    call: Call


@dataclass(frozen=True, slots=True)
class CallEnded:
    """A call is over. `lost` where the engine died under it. `behind`: it was on hold behind another one."""

    call: Call
    lost: bool = False
    behind: bool = False


@dataclass(frozen=True, slots=True)
class CallParked:
    """The call that was in front is on hold: another caller comes to the front, and this one's state is kept."""

    call: Call


@dataclass(frozen=True, slots=True)
class CallUnparked:
    """A call that was on hold behind another one is in front again; whether it still is on hold, it says."""

    call: Call


@dataclass(frozen=True, slots=True)
class LinesChanged:
    """The second caller: who waits, who is on hold behind the call in front; None for nobody."""

    waiting: Call | None
    parked: Call | None


@dataclass(frozen=True, slots=True)
class ConsultationChanged:
    """Who is on the second line, None when nobody is."""

    consultation: Consultation | None


@dataclass(frozen=True, slots=True)
class ConsultationFailed:
    """Nobody came to the second line, or a transfer was not taken. `cause` is the phone's word, or transfer."""

    name: str
    cause: str


@dataclass(frozen=True, slots=True)
class CallMissed:
    """A call came that nobody took."""

    call: Call


@dataclass(frozen=True, slots=True)
class RegistrationChanged:
    """The registrar's answer, or its silence."""

    registration: Registration


@dataclass(frozen=True, slots=True)
class TextsChanged:
    """A text message came, was read or was sent; `unread` were not read yet."""

    unread: int


@dataclass(frozen=True, slots=True)
class PhoneRestarted:
    """The engine died and is back."""

    restart: EngineRestarted


@dataclass(frozen=True, slots=True)
class PhoneLost:
    """The phone process is gone; it is being started again."""

    reason: str


@dataclass(frozen=True, slots=True)
class SoundChanged:
    """Devices opened, closed or vanished."""

    sound: SoundState


@dataclass(frozen=True, slots=True)
class DevicesReplaced:
    """Other devices are used than before, and nobody asked for that: one came or went."""

    devices: tuple[Replaced, ...]


@dataclass(frozen=True, slots=True)
class SoundHeard:
    """Level of one leg, at most 20 a second."""

    report: AudioReport


@dataclass(frozen=True, slots=True)
class LineJudged:
    """How the line of the caller's call is; `trouble` None: well. `measured` and `flow` are the newest reports."""

    call_id: str
    trouble: LineTrouble | None
    measured: QualityReport | None = None
    flow: FlowReport | None = None


@dataclass(frozen=True, slots=True)
class CallerJudged:
    """Whether any sound comes from the other side; None for nothing wrong."""

    trouble: CallerTrouble | None


@dataclass(frozen=True, slots=True)
class MicrophoneJudged:
    """The agent's microphone gives no sound, or too much; None: it is well."""

    trouble: MicrophoneTrouble | None


@dataclass(frozen=True, slots=True)
class SpeechStateChanged:
    """The live transcript's state; `detail` is a sentence where something is wrong, `level` what a busy machine leaves
    of a transcript that is `DEGRADED`."""

    state: SpeechState
    detail: str = ""
    level: SpeechLevel = SpeechLevel.FULL


@dataclass(frozen=True, slots=True)
class HypothesisChanged:
    """Running speech."""

    hypothesis: Hypothesis


@dataclass(frozen=True, slots=True)
class SegmentCommitted:
    """Final text."""

    segment: Segment


@dataclass(frozen=True, slots=True)
class SuggestionOffered:
    """An answer was found in the caller's words."""

    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class SuggestionWithdrawn:
    """The card is gone: taken, dropped or too old."""

    article_id: str
    taken: bool


@dataclass(frozen=True, slots=True)
class AnswersReplaced:
    """The desk looks things up in another pack from now on, or in none; `first`: it could look up nothing before."""

    first: bool = False


@dataclass(frozen=True, slots=True)
class NotesSaved:
    """The notes of a call are on disk up to this text length."""

    call_id: str
    length: int


@dataclass(frozen=True, slots=True)
class SavingFailed:
    """Something could not be written; the text is still in the window. `kind` as in `StorageError`."""

    reason: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class SavingMended:
    """What could not be written before is on disk now."""


@dataclass(frozen=True, slots=True)
class WrapUpStarted:
    """A call ended and waits to be written up; `seconds` is the recommended time, 0 for none."""

    wrap_up: WrapUp
    call: Call
    seconds: int


@dataclass(frozen=True, slots=True)
class WrapUpFinished:
    """The agent is done."""

    wrap_up: WrapUp


@dataclass(frozen=True, slots=True)
class EvidenceFrozen:
    """A version of a call's evidence is on disk."""

    escalation: Escalation


@dataclass(frozen=True, slots=True)
class EscalationFiled:
    """The report is saved."""

    escalation: Escalation


@dataclass(frozen=True, slots=True)
class ReportWithdrawn:
    """The agent took the report of a call back, or it stands again (`escalation.form.withdrawn` is empty)."""

    escalation: Escalation
    call: Call


@dataclass(frozen=True, slots=True)
class DeliveryChanged:
    """A report waits, is being sent, arrived or failed; all its deliveries as they are now, oldest first."""

    escalation_id: str
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class LineChanged:
    """The desk switched between real calls (`scenario` empty) and practice."""

    scenario: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ArticleOpened:
    """The agent reads an answer."""

    article_id: str
    suggested: bool


@dataclass(frozen=True, slots=True)
class AnswersCompared:
    """The pack in use says something else than at the end of the last shift, in this many articles."""

    count: int


@dataclass(frozen=True, slots=True)
class ProposalKept:
    """A proposal is on disk; `newest`: as it stands now, not as it stood some keys ago."""

    proposal_id: str
    newest: bool


@dataclass(frozen=True, slots=True)
class TroubleFound:
    """Something that the desk stands on is missing or broken; `sentence` says what to do.

    `subject` is records, answers, own_answers (the agent's own file), settings, practice or phone. `kind` tells the
    cases of a subject apart: of records and own_answers as in `StorageError`; of answers `replaced` (the shipped pack
    is used) or `none`; of the phone `port_taken` (`detail` is the port), `account`, or "" for one that does not start.
    """

    subject: str
    sentence: str
    kind: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureChanged:
    """The procedure of a call went on; `state` is how it stands now."""

    call_id: str
    state: Procedure


@dataclass(frozen=True, slots=True)
class AbuseHeard:
    """The detector heard something in a segment: `number` of the hit, 0 for a sign of a crisis."""

    segment: Segment
    number: int
    labels: tuple[str, ...]
    matched: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class AbuseGlimpsed:
    """A rule fits these words of what the caller is saying just now; it counts for nothing. Empty: none fits now."""

    call_id: str
    matched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallerKnown:
    """The caller of a call that rings or runs has earlier incidents; an empty history where none of them counts."""

    call_id: str
    history: CallerHistory


@dataclass(frozen=True, slots=True)
class RecordingKept:
    """A finished recording of this call is part of its evidence now."""

    call_id: str


@dataclass(frozen=True, slots=True)
class RecordingChanged:
    """The desk's own recording of a call began, ended, fails or goes on."""

    call_id: str
    state: RecorderState
