"""A world in memory for the services: a phone that does as it is told, real records, a clock that stands still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from desktop.adapters.storage.own_answers import SqliteOwnAnswers
from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.agent import AgentState
from desktop.domain.call import CallState, Direction
from desktop.domain.delivery import Delivered, Message, Outcome
from desktop.domain.delivery_targets import Target
from desktop.domain.errors import DeskError, PhoneError
from desktop.domain.phone import CallReport, PhoneFact
from desktop.domain.transcript import Hypothesis, Segment, SpeechLevel, SpeechState
from desktop.services.agent_service import AgentService
from desktop.services.background import Background
from desktop.services.call_service import CallService
from desktop.services.delivery_service import DeliveryService
from desktop.services.escalation_service import EscalationService
from desktop.services.event_bus import EventBus
from desktop.services.evidence_service import EvidenceService
from desktop.services.line import CurrentLine, Line
from desktop.services.notes_service import NotesService
from desktop.services.own_answers_service import OwnAnswersService
from desktop.services.ports import SpeechWatcher
from desktop.services.transcript_service import TranscriptService
from desktop.services.wrap_up_service import WrapUpService


class StillClock:
    """Time moves only when a test moves it."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 14, 28, tzinfo=UTC)
        self.seconds = 100.0

    def now(self) -> datetime:
        return self.moment

    def mono(self) -> float:
        return self.seconds

    def forward(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)
        self.seconds += seconds


class ObedientPhone:
    """Keeps what it was told; facts are given by the test."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []
        self.broken = False
        self._receiver: Callable[[PhoneFact], None] = lambda fact: None

    def listen(self, receiver: Callable[[PhoneFact], None]) -> None:
        self._receiver = receiver

    def say(self, fact: PhoneFact) -> None:
        self._receiver(fact)

    def report(
        self, state: CallState, call_id: str = "c1", direction: Direction = Direction.INCOMING, **more: object
    ) -> None:
        self.say(CallReport(call_id, direction, state, "sip:01012344720@city", **more))  # type: ignore[arg-type]

    async def _do(self, *what: object) -> None:
        if self.broken:
            raise PhoneError("The phone is being started again.")
        self.told.append(what)

    async def dial(self, uri: str, incident: str = "") -> str:
        await self._do("dial", uri, *([incident] if incident else []))
        return "c1"

    async def consult(self, uri: str, incident: str = "") -> str:
        await self._do("consult", uri, incident)
        return "c2"

    async def add(self, uri: str, incident: str = "") -> str:
        await self._do("add", uri, incident)
        return "c2"

    async def swap(self) -> None:
        await self._do("swap")

    async def conference(self, one_id: str, other_id: str) -> None:
        await self._do("conference", one_id, other_id)

    async def transfer(self, call_id: str, target: str) -> None:
        await self._do("transfer", call_id, target)

    async def answer(self, call_id: str) -> None:
        await self._do("answer", call_id)

    async def reject(self, call_id: str, code: int) -> None:
        await self._do("reject", call_id, code)

    async def hang_up(self, call_id: str) -> None:
        await self._do("hang_up", call_id)

    async def hold(self, call_id: str, on: bool) -> None:
        await self._do("hold", call_id, on)

    async def mute(self, on: bool) -> None:
        await self._do("mute", on)

    async def send_digits(self, call_id: str, digits: str) -> None:
        await self._do("digits", call_id, digits)

    async def send_text(self, uri: str, text: str) -> None:
        await self._do("text", uri, text)

    async def set_availability(self, code: int) -> None:
        await self._do("availability", code)

    async def speak(self, file: str) -> None:
        await self._do("speak", file)

    async def announce(self, call_id: str, file: str) -> None:
        await self._do("announce", call_id, file)

    async def keep_device(self, kind: str, device_id: str, only: bool) -> None:
        await self._do("keep_device", kind, device_id, only)

    async def close(self, goodbye: bool) -> None:
        await self._do("close", goodbye)


class OpenVault:
    """Seals by turning a text round: enough to see that the original is not kept as it was."""

    async def seal(self, ref: str, text: str) -> bytes:
        return f"{text}|{ref}"[::-1].encode()

    async def unseal(self, ref: str, sealed: bytes) -> str:
        text, bar, found = sealed.decode()[::-1].rpartition("|")
        if not bar or found != ref:
            raise DeskError("changed")
        return text


class QuietSpeech:
    """Gives the test the callbacks that the transcript registered."""

    def listen(
        self,
        state: Callable[[SpeechState, str, SpeechLevel], None],
        hypothesis: Callable[[Hypothesis], None],
        segment: Callable[[Segment], None],
        drained: Callable[[str], None],
    ) -> None:
        self.state, self.hypothesis, self.segment, self.drained = state, hypothesis, segment, drained

    def watch(self, watcher: SpeechWatcher) -> None:
        self.watcher = watcher

    def speak(self, call_id: str, language: str) -> None:
        self.spoken = (call_id, language)

    def set_tap(self, address: str, token: str) -> None:
        self.tap = (address, token)

    async def close(self) -> None:
        pass


class ScriptedSender:
    """Ends each try as `script` says, and well once that is empty; keeps what it was given."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.script: list[Outcome | Exception] = []
        self.sent: list[Message] = []
        self.free = asyncio.Event()
        self.free.set()
        self.at_once = self.most_at_once = 0

    async def send(self, message: Message) -> Outcome:
        self.sent.append(message)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.free.wait()
        finally:
            self.at_once -= 1
        outcome = self.script.pop(0) if self.script else Delivered(f"R-{len(self.sent)}")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def probe(self) -> Outcome:
        return Delivered()


class World:
    """All services on one line. Make it inside a running loop with `await World.make()`."""

    def __init__(self, records: SqliteRecords, own_file: SqliteOwnAnswers, wrap_up_seconds: int) -> None:
        self.clock, self.phone, self.speech, self.records = (
            StillClock(),
            ObedientPhone(),
            QuietSpeech(),
            records,
        )
        self.background, self.bus = Background(), EventBus()
        self.line = CurrentLine(Line(self.phone, records))
        self.agent = AgentService(self.line, self.bus, self.clock, self.background)
        self.own_file = own_file
        self.own = OwnAnswersService(own_file, self.line, self.bus, self.clock, self.background)
        who = ("김다산", "4012")
        self.calls = CallService(self.line, self.agent, self.bus, self.clock, self.background, who)
        self.calls.attach(self.phone)
        self.transcript = TranscriptService(self.line, self.bus, self.background)
        self.transcript.attach(self.speech)
        self.notes = NotesService(self.line, self.bus, self.background)
        self.senders: dict[str, ScriptedSender] = {}
        self.delivery = DeliveryService(
            records.outbox, self.sender_of, self.bus, self.clock, chance=lambda: self.chance
        )
        self.chance = 0.0
        self.vault = OpenVault()
        self.escalation = EscalationService(
            self.line,
            self.transcript,
            self.notes,
            self.bus,
            self.clock,
            self.background,
            self.vault,
            self.delivery.address,
        )
        self.escalation.speech_model = lambda: "test-ko"
        self.evidence = EvidenceService(lambda: records, self.vault, self.clock, lambda: "김다산 4012")
        self.wrap_up = WrapUpService(
            self.line, self.agent, self.notes, self.bus, self.background, wrap_up_seconds
        )
        self.events: list[object] = []

    @classmethod
    async def make(cls, wrap_up_seconds: int = 60) -> World:
        world = cls(await SqliteRecords.open(None), await SqliteOwnAnswers.open(None), wrap_up_seconds)
        await world.agent.start(call_runs=False)
        await world.background.settle()
        return world

    def sender_of(self, target: Target) -> ScriptedSender:
        """The same one for a target, however often it is asked for."""
        return self.senders.setdefault(target.name, ScriptedSender(target))

    def collect(self, *kinds: type) -> list[object]:
        """Events of these kinds from now on, in one list."""
        for kind in kinds:
            self.bus.subscribe(kind, self.events.append)
        return self.events

    def state(self) -> AgentState:
        """The agent's state now."""
        return self.agent.state

    async def talk(self) -> None:
        """A call comes and is answered."""
        self.phone.report(CallState.INCOMING)
        await self.calls.answer()
        self.phone.report(CallState.CONFIRMED)
        self.transcript.begin("c1")
        await self.background.settle()
