"""A desk for tests of the window: real services over a fake phone, records in memory, no sound, no speech."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from desktop.adapters.delivery import sender_factory
from desktop.adapters.storage.own_answers import SqliteOwnAnswers
from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.errors import DeskError
from desktop.domain.faq_import import Change, ImportStopped, ImportSummary, Preview, Progress
from desktop.domain.practice import Turn
from desktop.domain.transcript import SpeechState
from desktop.paths import write_private
from desktop.services.agent_service import AgentService
from desktop.services.background import Background
from desktop.services.call_service import CallService
from desktop.services.delivery_service import DeliveryService
from desktop.services.desk_services import DeskServices
from desktop.services.escalation_service import EscalationService
from desktop.services.event_bus import EventBus
from desktop.services.evidence_service import EvidenceService
from desktop.services.faq_ports import Answers
from desktop.services.faq_service import FaqService
from desktop.services.help_service import HelpService
from desktop.services.import_service import ImportService
from desktop.services.kept_service import KeptService
from desktop.services.line import CurrentLine, Line
from desktop.services.line_watch import LineWatch
from desktop.services.model_service import ModelService
from desktop.services.notes_service import NotesService
from desktop.services.own_answers_service import OwnAnswersService
from desktop.services.practice_service import PracticeService
from desktop.services.protection_service import ProtectionService
from desktop.services.recording_service import RecordingService
from desktop.services.text_service import TextService
from desktop.services.transcript_service import TranscriptService
from desktop.services.untouched_reports import UntouchedReports
from desktop.services.wrap_up_service import WrapUpService
from desktop.settings import Problem, Settings, Value
from desktop.ui.preferences.sound_check_port import SoundDevice
from tests.services.world import OpenVault
from tests.ui.model_fakes import FakeModels
from tests.ui.phone_fakes import FakeClock, FakePhone
from tests.ui.protection_fakes import protection_parts
from tests.ui.recording_fakes import Recordings

Result = TypeVar("Result")
OWN_PACK = Path("own") / "answers.faq"


class FakeSettings:
    """Settings in memory."""

    def __init__(self, **values: Value) -> None:
        self.problems: tuple[Problem, ...] = ()
        self.current = replace(Settings(language="ko", theme="light"), **values)  # type: ignore[arg-type]

    def change(self, **changes: Value) -> Settings:
        self.current = replace(self.current, **changes)  # type: ignore[arg-type]
        return self.current


class FakeSoundCheck:
    """One headset."""

    def __init__(self) -> None:
        self.level: float | None = -20.0
        self.plugged = [SoundDevice("s1", "Headset")]
        self.told: list[str] = []

    async def microphones(self) -> list[SoundDevice]:
        return [SoundDevice("m1", "Headset microphone")]

    async def speakers(self) -> list[SoundDevice]:
        return list(self.plugged)

    async def listen(self, microphone_id: str, volume: int = 100) -> None:
        self.told.append(f"listen {microphone_id}".strip())

    def level_db(self) -> float | None:
        return self.level

    async def play_tone(self, speaker_id: str, volume: int = 100) -> None:
        self.told.append(f"tone {speaker_id}".strip())

    async def stop(self) -> None:
        self.told.append("stop")


class FakeAccounts:
    """Keeps one account."""

    def __init__(self, key_store: bool = True) -> None:
        self.key_store = key_store
        self.saved: tuple[str, str, str, str] | None = None
        self.given = ""

    def address(self) -> str:
        return self.saved[0] if self.saved else ""

    async def give_password(self, password: str) -> bool:
        self.given = password
        return self.key_store

    async def save(self, address: str, registrar: str, user: str, password: str) -> bool:
        self.saved = (address, registrar, user, password)
        return self.key_store


class FakeImport:
    """Previews and builds what the test says; `gate` holds a build up until it is let go or stopped."""

    def __init__(self) -> None:
        self.seen = Preview(3, 0, 0, (), (), (Change("A1", "added"),), 2)
        self.error: DeskError | None = None
        self.gate: asyncio.Event | None = None
        self.stopped = False
        self.told: list[tuple[object, ...]] = []

    async def preview(self, files: Sequence[Path], present: Path | None) -> Preview:
        self.told.append(("preview", *files, present))
        if self.error is not None:
            raise self.error
        return self.seen

    async def build(
        self, files: Sequence[Path], output: Path, progress: Callable[[Progress], None]
    ) -> ImportSummary:
        self.told.append(("build", *files, output))
        progress(Progress("index", 500, 2000))
        if self.gate is not None:
            await self.gate.wait()
        if self.stopped:
            raise ImportStopped
        if self.error is not None:
            raise self.error
        return ImportSummary(self.seen.articles, self.seen.refused_count, 0.1, 100, 0.1, self.seen.articles)

    def stop(self) -> None:
        self.stopped = True
        if self.gate is not None:
            self.gate.set()


@dataclass(frozen=True, slots=True)
class FakeScenario:
    """As much of a scenario as the window shows."""

    id: str
    title: str
    offered: bool = True
    turns: tuple[Turn, ...] = ()


class FakePracticeLine:
    """Remembers what was begun."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.spoken: list[int] = []
        self.turn_over: Callable[[int], None] = lambda number: None

    async def begin(self, scenario: Any) -> None:
        self.begun.append(scenario.id)

    async def end(self) -> None:
        self.begun.append("")

    def follow_turns(self, over: Callable[[int], None]) -> None:
        self.turn_over = over

    async def speak_turn(self, number: int) -> None:
        self.spoken.append(number)


@dataclass
class Desk:
    """Everything behind a window, and the loop it runs on."""

    loop: asyncio.AbstractEventLoop
    services: DeskServices
    phone: FakePhone
    clock: FakeClock
    records: SqliteRecords
    practice_line: FakePracticeLine
    own: SqliteOwnAnswers
    articles: FakeImport = field(default_factory=FakeImport)
    models: FakeModels = field(default_factory=FakeModels)
    recordings: Recordings = field(default_factory=Recordings)
    settings: FakeSettings = field(default_factory=FakeSettings)
    sound: FakeSoundCheck = field(default_factory=FakeSoundCheck)
    accounts: FakeAccounts = field(default_factory=FakeAccounts)

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run to the end, with everything that it set off."""

        async def whole() -> Result:
            result = await work
            await self.services.background.settle()
            return result

        return self.loop.run_until_complete(whole())

    def do(self, work: Callable[[], Result]) -> Result:
        """Call `work` while the loop runs, as Qt does, then let what it set off end."""

        async def inside() -> Result:
            return work()

        return self.run(inside())

    def settle(self) -> None:
        """Let all background work end."""
        self.loop.run_until_complete(self.services.background.settle())

    def close(self) -> None:
        self.settle()
        self.loop.run_until_complete(self.records.close())
        self.loop.run_until_complete(self.own.close())


class FakeKeyring:
    """Knows nothing."""

    async def find(self, account: str) -> str:
        return ""


MODEL_LINE = "무엇을 도와드릴까요?"
SCENARIOS: Any = [
    FakeScenario("S01", "이사하는 날 수도요금 정산", turns=(Turn("agent", MODEL_LINE, MODEL_LINE),)),
    FakeScenario("S09", "욕설하는 민원인", offered=False),
]


def make_desk(
    loop: asyncio.AbstractEventLoop, answers: Answers | None = None, wrap_up_seconds: int = 60
) -> Desk:
    """Services as the desk builds them, in state ready."""
    clock, bus, background, vault = FakeClock(), EventBus(), Background(), OpenVault()
    phone, records = FakePhone(clock), loop.run_until_complete(SqliteRecords.open(None))
    line = CurrentLine(Line(phone, records))
    agent = AgentService(line, bus, clock, background)
    calls = CallService(line, agent, bus, clock, background, ("김다산", "1207"))
    calls.attach(phone)
    notes, transcript = NotesService(line, bus, background), TranscriptService(line, bus, background)
    transcript.state = SpeechState.READY
    own = loop.run_until_complete(SqliteOwnAnswers.open(None))
    faq = FaqService(OwnAnswersService(own, line, bus, clock, background), answers, bus, clock, background)
    delivery = DeliveryService(records.outbox, sender_factory(FakeKeyring().find), bus, clock)
    escalation = EscalationService(line, transcript, notes, bus, clock, background, vault, delivery.address)
    wrap_up = WrapUpService(line, agent, notes, bus, background, wrap_up_seconds)
    wrap_up.talks = lambda: bool(calls.current and calls.current.confirmed)
    practice_line, articles, models, recordings = FakePracticeLine(), FakeImport(), FakeModels(), Recordings()
    protection = ProtectionService(
        protection_parts(), line, calls, agent, transcript, escalation, bus, clock, background
    )
    services = DeskServices(
        bus,
        clock,
        background,
        line,
        agent,
        calls,
        notes,
        transcript,
        faq,
        escalation,
        delivery,
        wrap_up,
        PracticeService(lambda: SCENARIOS, practice_line, calls, agent, wrap_up, bus),
        ImportService(articles, OWN_PACK),
        ModelService(models),
        protection,
        EvidenceService(lambda: records, vault, clock, lambda: "김다산 1207"),
        KeptService(records, own, nullcontext, dict, write_private, clock),
        RecordingService(protection.policy, recordings.parts, line, calls, bus, clock, background),
        UntouchedReports(protection, line, calls, escalation, delivery, clock, background),
        HelpService(line, calls, escalation, protection, wrap_up),
        LineWatch(line, bus, clock, background),
        TextService(line, bus, clock),
    )
    desk = Desk(loop, services, phone, clock, records, practice_line, own, articles, models, recordings)
    return _begun(desk)


def _begun(desk: Desk) -> Desk:
    """The desk as it is after its start."""
    desk.run(desk.services.agent.start(call_runs=False))
    desk.do(lambda: desk.services.faq.use(desk.services.faq.answers))
    return desk
