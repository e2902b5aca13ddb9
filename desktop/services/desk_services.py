"""All services of the desk in one hand, as the window receives them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.services.agent_service import AgentService
from desktop.services.background import Background
from desktop.services.call_service import CallService
from desktop.services.delivery_service import DeliveryService
from desktop.services.escalation_service import EscalationService
from desktop.services.event_bus import EventBus
from desktop.services.evidence_service import EvidenceService
from desktop.services.faq_service import FaqService
from desktop.services.help_service import HelpService
from desktop.services.import_service import ImportService
from desktop.services.kept_service import KeptService
from desktop.services.line import CurrentLine
from desktop.services.line_watch import LineWatch
from desktop.services.model_service import ModelService
from desktop.services.notes_service import NotesService
from desktop.services.ports import Clock
from desktop.services.practice_service import PracticeService
from desktop.services.protection_service import ProtectionService
from desktop.services.recording_service import RecordingService
from desktop.services.text_service import TextService
from desktop.services.transcript_service import TranscriptService
from desktop.services.untouched_reports import UntouchedReports
from desktop.services.wrap_up_service import WrapUpService


@dataclass(frozen=True, slots=True)
class DeskServices:
    """What presenters call and listen to."""

    bus: EventBus
    clock: Clock
    background: Background
    line: CurrentLine
    agent: AgentService
    calls: CallService
    notes: NotesService
    transcript: TranscriptService
    faq: FaqService
    escalation: EscalationService
    delivery: DeliveryService
    wrap_up: WrapUpService
    practice: PracticeService
    imports: ImportService
    models: ModelService
    protection: ProtectionService
    evidence: EvidenceService
    kept: KeptService
    recording: RecordingService
    untouched: UntouchedReports
    help: HelpService
    line_watch: LineWatch
    texts: TextService
