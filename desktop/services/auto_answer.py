"""Answers calls by itself where the desk is set up so: after the agent has heard that somebody calls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from desktop.domain.agent import AgentState
from desktop.domain.call import CallState
from desktop.domain.events import CallReceived
from desktop.services.agent_service import AgentService
from desktop.services.background import Background
from desktop.services.call_service import CallService
from desktop.services.event_bus import EventBus

AFTER_S = 1.5
"""Long enough to hear the ring and to stop talking to a neighbour."""


class AutoAnswer:
    """While the agent is ready. A second caller is never taken so: that would put the first one on hold by itself."""

    def __init__(
        self,
        calls: CallService,
        agent: AgentService,
        bus: EventBus,
        background: Background,
        wanted: Callable[[], bool],
    ) -> None:
        self._calls, self._agent, self._background, self._wanted = calls, agent, background, wanted
        bus.subscribe(CallReceived, self._received)

    def _received(self, event: CallReceived) -> None:
        if self._wanted() and self._agent.state is AgentState.READY:
            self._background.start(self._answer(event.call.id), "answer by itself")

    async def _answer(self, call_id: str) -> None:
        await asyncio.sleep(AFTER_S)
        call = self._calls.current
        rings = (
            call is not None and call.id == call_id and call.state in (CallState.INCOMING, CallState.EARLY)
        )
        if rings and self._wanted() and self._agent.state is AgentState.READY:
            await self._calls.answer()
