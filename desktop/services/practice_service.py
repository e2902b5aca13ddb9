"""Practice: a simulated citizen calls on loopback, with a database of its own, only while the desk is idle."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from desktop.domain.practice import Scenario
from desktop.services.agent_service import AgentService
from desktop.services.call_service import CallService
from desktop.services.event_bus import EventBus
from desktop.services.model_line import ModelLine, TurnsOfTheCall
from desktop.services.wrap_up_service import WrapUpService


class PracticeLine(TurnsOfTheCall, Protocol):
    """Switches the desk to a phone and a database for practice and back, and makes the citizen call."""

    async def begin(self, scenario: Scenario) -> None:
        """The real phone refuses calls, the practice phone listens, the citizen dials. Raises PhoneError."""

    async def end(self) -> None:
        """The citizen hangs up, the practice phone ends, the real line is back."""


class PracticeService:
    """Owns the practice call that runs, if any."""

    def __init__(
        self,
        scenarios: Callable[[], Sequence[Scenario]],
        line: PracticeLine,
        calls: CallService,
        agent: AgentService,
        wrap_up: WrapUpService,
        bus: EventBus,
    ) -> None:
        self._find_scenarios = scenarios
        self._found: tuple[Scenario, ...] | None = None
        self.running: Scenario | None = None
        self._line, self._calls, self._agent, self._wrap_up = line, calls, agent, wrap_up
        self.model_line = ModelLine(lambda: self.running, line, bus)

    async def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios, read by a thread when somebody first wants to see them: a key waits for none of it."""
        if self._found is None:
            self._found = tuple(await asyncio.to_thread(self._find_scenarios))
        return self._found

    @property
    def idle(self) -> bool:
        """Whether practice may begin: no call, no open write-up, no practice already."""
        speaking = self._calls.current is not None or self._calls.second.state is not None
        return not speaking and self._wrap_up.open is None and self.running is None

    async def begin(self, scenario_id: str) -> None:
        """Start a scenario. Raises ValueError where it is not offered or the desk is busy, PhoneError."""
        scenario = next((s for s in await self.scenarios() if s.id == scenario_id), None)
        if scenario is None or not scenario.offered:
            raise ValueError(f"scenario {scenario_id} is not offered")
        if not self.idle:
            raise ValueError("practice starts only while no call and no wrap-up is open")
        self.running = scenario
        try:
            await self._line.begin(scenario)
        except Exception:
            self.running = None
            raise

    async def end(self) -> None:
        """Leave practice; a practice call that still runs is ended."""
        if self.running is None:
            return
        if self._calls.current is not None:
            await self._calls.end_caller()
        self.running = None
        await self._line.end()
