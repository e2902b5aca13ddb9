"""The desk without its window: everything that the window shows and drives, put together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from desktop.adapters.articles.file_import import FileImport
from desktop.adapters.delivery import sender_factory
from desktop.adapters.evidence.sealing import KeyVault
from desktop.adapters.phone.desk_phone import AbsentPhone, DeskPhone
from desktop.adapters.phone.sound_words import told
from desktop.adapters.speech_models.desk_models import DeskModels
from desktop.adapters.storage.own_answers import SqliteOwnAnswers
from desktop.adapters.storage.records import SqliteRecords
from desktop.adapters.stt.desk_speech import DeskSpeech
from desktop.adapters.system.clock import SystemClock
from desktop.domain.events import TroubleFound
from desktop.domain.policy import Policy
from desktop.paths import Folders, write_private
from desktop.processes import desk_parts
from desktop.processes.arguments import pass_on
from desktop.processes.pack_watch import PackWatch
from desktop.processes.phone_watch import PhoneWatch
from desktop.processes.practice_line import LinePhone, PracticeDesk
from desktop.processes.protection_parts import protection_parts, targets_of
from desktop.processes.recording_parts import DeskRecording, recording_of
from desktop.processes.sound_settings import wishes_of
from desktop.processes.spawn import command
from desktop.processes.speech_choice import SpeechChoice
from desktop.processes.voice_settings import voice_of
from desktop.processes.words_file import WordsFile
from desktop.services.agent_service import AgentService
from desktop.services.background import Background
from desktop.services.call_flow import CallFlow
from desktop.services.call_service import CallService
from desktop.services.delivery_service import DeliveryService
from desktop.services.desk_services import DeskServices
from desktop.services.escalation_service import EscalationService
from desktop.services.event_bus import EventBus
from desktop.services.evidence_content import Workplace
from desktop.services.evidence_service import EvidenceService
from desktop.services.faq_service import FaqService
from desktop.services.help_service import HelpService
from desktop.services.import_service import ImportService
from desktop.services.kept_service import KeptService
from desktop.services.line import CurrentLine, Line
from desktop.services.line_watch import LineWatch
from desktop.services.lost_calls import SeenCalls, close_lost
from desktop.services.model_service import ModelService
from desktop.services.notes_service import NotesService
from desktop.services.own_answers_service import OwnAnswersService
from desktop.services.practice_service import PracticeService
from desktop.services.protection_ports import Detector, ProtectionParts
from desktop.services.protection_service import ProtectionService
from desktop.services.recording_service import RecordingService
from desktop.services.rest_record import RestRecord
from desktop.services.saving import Saver
from desktop.services.text_service import TextService
from desktop.services.transcript_service import TranscriptService
from desktop.services.untouched_reports import UntouchedReports
from desktop.services.wrap_up_service import WrapUpService
from desktop.settings import Problem, Settings


class SettingsInForce(Protocol):
    """Settings as the desk reads them."""

    @property
    def current(self) -> Settings:
        """All options."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong in the file."""


@dataclass(frozen=True, slots=True)
class PhoneAudio:
    """The phone's `--audio`: the settings' devices, silence, or WAV files at the device port."""

    kind: str = "devices"
    microphone: str = ""
    speaker: str = ""


OWN_PACK = "answers.faq"
"""The pack that is made in the window while the settings name none; in the data folder."""

DEVICES, SILENCE = PhoneAudio(), PhoneAudio("null")


@dataclass(slots=True)
class Desk:
    """All parts of a desk that runs. `troubles` are what was found at the start."""

    services: DeskServices
    flow: CallFlow
    phone: LinePhone
    speech: DeskSpeech
    speech_choice: SpeechChoice
    practice_line: PracticeDesk
    records: SqliteRecords
    own: SqliteOwnAnswers
    packs: PackWatch
    recording: DeskRecording
    detector: Detector
    later: Sequence[Callable[[], object]]
    """What begins when calls can come: nobody waits for it."""
    account: Callable[[], Path | None] = lambda: None
    troubles: list[TroubleFound] = field(default_factory=list)
    phone_watch: PhoneWatch | None = None
    rest: RestRecord = field(init=False)

    def __post_init__(self) -> None:
        on = self.services
        self.rest = RestRecord(
            on.line, on.escalation, lambda: on.protection.rests_after, on.bus, on.clock, on.background
        )

    async def start(self) -> None:
        """Open what the desk stands on and start the children; a call that still runs is taken over."""
        services = self.services
        self.detector.start()
        # Before calls can come: what the first one writes must not be read as left by the run before.
        await desk_parts.begin_records(self.records, self.tell)
        seen = SeenCalls(services.bus, services.calls.live)
        self.phone_watch = PhoneWatch(self.phone, self.account, self.tell)
        # The phone loads in processes of its own meanwhile.
        await asyncio.gather(self.phone_watch.start(), self._open_answers())
        for lost in await close_lost(services.line.records, seen):
            await services.escalation.complete(lost)
        services.background.start(services.escalation.complete_rest(), "say that a rest has ended")
        await services.agent.start(call_runs=services.calls.current is not None)
        services.recording.start()
        if services.calls.current is None:
            await services.wrap_up.resume()
        for begin in self.later:
            begin()

    async def _open_answers(self) -> None:
        """The pack and the agent's own file. The window is there before; who asks for them waits."""
        services, wrong = self.services, await self.packs.open()
        services.faq.use(self.packs.answers, "".join(trouble.sentence for trouble in wrong[:1]))
        self.packs.start(services.faq, self.tell)
        for trouble in wrong:
            self.tell(trouble)
        await desk_parts.begin_own_answers(self.own, self.records, self.tell)
        services.delivery.start()
        self.speech.start()
        self.speech_choice.watch(lambda: services.calls.current is None)
        services.background.start(services.models.empty(), "delete removed speech models")

    def tell(self, trouble: TroubleFound) -> None:
        """Keep a trouble for who asks later and tell who listens now."""
        self.troubles.append(trouble)
        self.services.bus.publish(trouble)

    @property
    def savers(self) -> tuple[Saver, ...]:
        """What has still to be written, by service."""
        owners = self.services
        return (
            owners.calls.saver,
            owners.notes.saver,
            owners.transcript.saver,
            owners.wrap_up.saver,
            owners.escalation.saver,
            owners.agent.saver,
            owners.protection.saver,
            owners.line_watch.saver,
            owners.faq.own.saver,
        )

    async def close(self) -> None:
        """End on purpose: children end, records are written."""
        services = self.services
        if self.phone_watch is not None:
            await self.phone_watch.close()
        await services.practice.end()
        await services.agent.leave()
        await self.rest.close()
        await self.phone.close(goodbye=True)
        await self.speech.close()
        services.imports.stop()
        services.models.stop()
        await self.speech_choice.close()
        services.faq.own.stop_comparing()
        await services.delivery.close()
        await services.background.settle()
        await self.recording.recorder.close()
        for saver in self.savers:
            await saver.close()
        await self.records.close()
        await services.faq.own.close()
        await self.packs.close()


async def open_desk(
    where: Folders, settings: SettingsInForce, audio: PhoneAudio = DEVICES, real_line: bool = True
) -> Desk:
    """Put a desk together. Without `real_line` only practice calls are possible."""
    troubles, clock, bus, background = _troubles_of(settings), SystemClock(), EventBus(), Background()
    current, reading = settings.current, _read_policy(where, settings.current, troubles)
    records, kept = SqliteRecords(where.desk_database), SqliteOwnAnswers(where.answers_database)
    packs, running = _packs(settings), desk_parts.running_folder(where.data)
    phone = _real_phone(running, where, settings, audio) if real_line else AbsentPhone()
    speech, choice = _listening(where, settings)
    line, vault = CurrentLine(Line(phone, records)), desk_parts.vault(where)
    agent, calls, transcript, notes, wrap_up = _of_calls(line, bus, clock, background, current)
    parts = await reading
    delivery = _delivery(records, parts, bus, clock, troubles)
    escalation = EscalationService(line, transcript, notes, bus, clock, background, vault, delivery.address)
    _say_of_the_desk(escalation, parts.policy, settings, choice)
    protection = ProtectionService(parts, line, calls, agent, transcript, escalation, bus, clock, background)
    recording = recording_of(parts.policy, where, vault.keys, lambda: wishes_of(settings.current).speaker)
    practice_phone = partial(_practice_phone, running, where, settings, audio, speech)
    practice = PracticeDesk(where, line, calls, agent, bus, background, practice_phone, choice.practise)
    scenarios = partial(desk_parts.scenarios, bus.publish_threadsafe)
    services = DeskServices(
        bus=bus,
        clock=clock,
        background=background,
        line=line,
        agent=agent,
        calls=calls,
        notes=notes,
        transcript=transcript,
        faq=FaqService(OwnAnswersService(kept, line, bus, clock, background), None, bus, clock, background),
        escalation=escalation,
        delivery=delivery,
        wrap_up=wrap_up,
        practice=PracticeService(scenarios, practice, calls, agent, wrap_up, bus),
        imports=ImportService(FileImport(), where.data / OWN_PACK),
        models=_models(where),
        protection=protection,
        evidence=EvidenceService(lambda: line.records, vault, clock, lambda: _who(settings.current)),
        kept=_kept(records, kept, where, settings, clock),
        recording=RecordingService(parts.policy, recording.parts, line, calls, bus, clock, background),
        untouched=UntouchedReports(protection, line, calls, escalation, delivery, clock, background),
        help=HelpService(line, calls, escalation, protection, wrap_up),
        line_watch=LineWatch(line, bus, clock, background),
        texts=TextService(line, bus, clock),
    )
    flow, account = _connect(services, phone, speech, recording), partial(_account, settings)
    forget = partial(desk_parts.forget_old, records, where, current, parts.policy, clock)
    made = (services, flow, phone, speech, choice, practice, records, kept, packs, recording)
    return Desk(*made, parts.detector, _later(vault, background, forget), account, troubles)


def _later(
    vault: KeyVault,
    background: Background,
    forget: Callable[[], Coroutine[Any, Any, None]],
) -> tuple[Callable[[], object], ...]:
    """What begins when calls can come."""
    return (
        lambda: background.start(asyncio.to_thread(desk_parts.load_for_calls), "load what calls need"),
        lambda: background.start(vault.keys.current(), "key of evidence"),
        lambda: background.start(forget(), "retention"),
    )


def _say_of_the_desk(
    escalation: EscalationService, policy: Policy, settings: SettingsInForce, choice: SpeechChoice
) -> None:
    """What evidence says of the place where it is saved."""

    def workplace() -> Workplace:
        now = settings.current
        return Workplace(now.call_queue, now.team, now.station)

    escalation.agency, escalation.workplace = policy.agency, workplace
    escalation.speech_model = lambda: choice.name


def _listening(where: Folders, settings: SettingsInForce) -> tuple[DeskSpeech, SpeechChoice]:
    speech = DeskSpeech(command("speech", *pass_on(where)), None)
    return speech, SpeechChoice(speech, lambda: settings.current)


def _models(where: Folders) -> ModelService:
    return ModelService(DeskModels(where, command("model_check", *pass_on(where))))


def _kept(
    records: SqliteRecords,
    own: SqliteOwnAnswers,
    where: Folders,
    settings: SettingsInForce,
    clock: SystemClock,
) -> KeptService:
    practice = partial(desk_parts.practice_records, where)
    return KeptService(records, own, practice, lambda: asdict(settings.current), write_private, clock)


def _delivery(
    records: SqliteRecords,
    parts: ProtectionParts,
    bus: EventBus,
    clock: SystemClock,
    troubles: list[TroubleFound],
) -> DeliveryService:
    targets = targets_of(parts.policy, troubles.append)
    return DeliveryService(records.outbox, sender_factory(desk_parts.secrets().find), bus, clock, targets)


def _read_policy(
    where: Folders, settings: Settings, troubles: list[TroubleFound]
) -> asyncio.Task[ProtectionParts]:
    """It takes a third of a second: beside the rest."""
    work = asyncio.to_thread(protection_parts, where, settings.protection_policy, troubles.append)
    return asyncio.create_task(work)


def _packs(settings: SettingsInForce) -> PackWatch:
    words = WordsFile(lambda: settings.current.faq_thesaurus)
    return PackWatch(lambda: settings.current.faq_pack, words, lambda: settings.current.faq_stale_days)


def _of_calls(
    line: CurrentLine, bus: EventBus, clock: SystemClock, background: Background, settings: Settings
) -> tuple[AgentService, CallService, TranscriptService, NotesService, WrapUpService]:
    agent = AgentService(line, bus, clock, background)
    calls = CallService(line, agent, bus, clock, background, (settings.agent_name, settings.agent_number))
    transcript, notes = TranscriptService(line, bus, background), NotesService(line, bus, background)
    calls.call_waiting = settings.call_waiting
    wrap_up = WrapUpService(line, agent, notes, bus, background, settings.wrapup_seconds)
    wrap_up.talks = lambda: calls.current is not None and calls.current.confirmed is not None
    return agent, calls, transcript, notes, wrap_up


def _troubles_of(settings: SettingsInForce) -> list[TroubleFound]:
    return [
        TroubleFound("settings", problem.sentence(), problem.kind.value, problem.key)
        for problem in settings.problems
    ]


def _connect(
    services: DeskServices, phone: DeskPhone | AbsentPhone, speech: DeskSpeech, recording: DeskRecording
) -> CallFlow:
    """Let the services hear the phone and the speech process, and both of these and the recorder the calls."""

    def tap(address: str, token: str) -> None:
        speech.set_tap(address, token)
        recording.set_tap(address, token)

    services.calls.attach(phone)
    services.transcript.attach(speech)
    phone.on_tap = tap
    return CallFlow(services)


def _practice_phone(
    running: Path, where: Folders, settings: SettingsInForce, audio: PhoneAudio, speech: DeskSpeech
) -> DeskPhone:
    folders = Folders(running / "practice", where.config)
    argv = [*_phone_command(folders, settings.current, audio), "--ring", "practice"]
    made = DeskPhone(folders.data, lambda _account: argv)
    made.on_tap = speech.set_tap
    return made


def _who(settings: Settings) -> str:
    return " ".join(part for part in (settings.agent_name, settings.agent_number) if part)


def _account(settings: SettingsInForce) -> Path | None:
    chosen = settings.current.account
    return Path(chosen) if chosen else None


def _real_phone(running: Path, where: Folders, settings: SettingsInForce, audio: PhoneAudio) -> DeskPhone:
    folders = Folders(running, where.config)

    def argv(path: Path | None) -> list[str]:
        wishes = ["--account", str(path)] if path else []
        return [*_phone_command(folders, settings.current, audio), *wishes]

    return DeskPhone(running, argv, _account(settings))


def _phone_command(where: Folders, settings: Settings, audio: PhoneAudio) -> list[str]:
    files = ["--microphone", audio.microphone, "--speaker", audio.speaker]
    wishes = ["--sound", told(wishes_of(settings))] if audio.kind == "devices" else files
    arguments = ["--audio", audio.kind, *wishes]
    arguments += ["--voice", *voice_of(settings).words]
    return command("phone", *pass_on(where), *arguments)
