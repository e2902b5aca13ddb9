"""Practice: a phone and a database of its own and a simulated citizen, put in the place of the real line."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Protocol

from desktop.adapters.practice.voice_files import voice_file, voices
from desktop.adapters.system.json_child import JsonChild
from desktop.domain.agent import AgentState
from desktop.domain.errors import DeskError, PhoneError
from desktop.domain.events import LineChanged, TroubleFound
from desktop.domain.practice import Scenario
from desktop.paths import Folders
from desktop.processes.arguments import pass_on
from desktop.processes.desk_parts import open_records
from desktop.processes.spawn import command
from desktop.services.agent_service import AgentService
from desktop.services.background import Background
from desktop.services.call_service import CallService
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine, Line
from desktop.services.ports import Phone

_log = logging.getLogger(__name__)


class LinePhone(Phone, Protocol):
    """A phone that the desk starts itself."""

    @property
    def uri(self) -> str:
        """Where it can be called."""

    async def start(self) -> None:
        """Start it; returns when it listens. Raises PhoneError."""


class PracticeDesk:
    """Implements `services.practice_service.PracticeLine`. `make_phone` gives a fresh phone without an account;
    `practise` is told which scenario begins, "" where practice is left.
    """

    def __init__(
        self,
        where: Folders,
        line: CurrentLine,
        calls: CallService,
        agent: AgentService,
        bus: EventBus,
        background: Background,
        make_phone: Callable[[], LinePhone],
        practise: Callable[[str], None],
    ) -> None:
        self._where, self._line, self._calls, self._agent = where, line, calls, agent
        self._bus, self._background, self._make_phone = bus, background, make_phone
        self._practise = practise
        self._real: Line | None = None
        self._state = AgentState.READY
        self._phone: LinePhone | None = None
        self._citizen: JsonChild | None = None
        self.citizen_events: list[Callable[[dict[str, Any]], None]] = []

    async def begin(self, scenario: Scenario) -> None:
        """Switch to practice and let the citizen call. Raises PhoneError, StorageError with the real line back."""
        await self._background.settle()
        self._real, self._state = self._line.line, self._agent.state
        await self._refuse_real_calls()
        try:
            await self._switch(scenario)
            await self._call(scenario)
        except (DeskError, OSError) as error:
            await self.end()
            raise error if isinstance(error, DeskError) else PhoneError(str(error)) from error

    async def end(self) -> None:
        """The citizen hangs up, the practice phone ends, the real line is back."""
        # The agent may leave practice while the window closes: the second finds nothing left to do.
        real, self._real = self._real, None
        if real is None:
            return
        if self._citizen is not None:
            await self._citizen.stop()
        if self._phone is not None:
            await self._phone.close(goodbye=True)
        await self._background.settle()
        practice, self._line.line = self._line.line, real
        if practice is not real:
            await practice.records.close()
        self._phone = self._citizen = None
        self._practise("")
        self._bus.publish(LineChanged(""))
        await self._agent.choose_now(self._state)

    async def _refuse_real_calls(self) -> None:
        assert self._real is not None
        try:
            await self._real.phone.set_availability(480)
        except DeskError as error:
            _log.info("no real line during practice: %s", error)

    async def _switch(self, scenario: Scenario) -> None:
        self._practise(scenario.id)
        self._phone = self._make_phone()
        records = await open_records(self._where.practice_database, self._not_kept)
        self._calls.attach(self._phone)
        self._line.line = Line(self._phone, records, scenario.id, scenario.title)
        self._bus.publish(LineChanged(scenario.id, scenario.title))
        await self._phone.start()
        await self._agent.choose_now(AgentState.READY)

    def follow_turns(self, over: Callable[[int], None]) -> None:
        """As the port says."""
        self.citizen_events.append(
            lambda event: over(int(event["n"])) if event.get("event") == "turn" else None
        )

    async def speak_turn(self, number: int) -> None:
        """As the port says."""
        call = self._calls.current
        if self._phone is not None and call is not None:
            line = voice_file(voices(), self._line.line.scenario, number, "agent")
            await self._phone.announce(call.id, str(line))

    def _not_kept(self, trouble: TroubleFound) -> None:
        """Only the practice call is not kept; the desk's own records are another file."""
        self._bus.publish(TroubleFound("practice", trouble.sentence, "records"))

    async def _call(self, scenario: Scenario) -> None:
        assert self._phone is not None
        arguments = [*pass_on(self._where), "--scenario", scenario.id, "--target", self._phone.uri]
        self._citizen = JsonChild(command("citizen", *arguments), self._citizen_said, self._citizen_gone)
        await self._citizen.start()

    def _citizen_said(self, event: dict[str, Any]) -> None:
        if event.get("event") == "failed":
            _log.error("the simulated citizen failed: %s", event.get("reason"))
        for receiver in self.citizen_events:
            receiver(event)

    def _citizen_gone(self, code: int) -> None:
        if code:
            _log.error("the simulated citizen ended with %d", code)
        for receiver in self.citizen_events:
            receiver({"event": "gone", "code": code})
