"""The agent's state: what rings, what is refused, what comes next."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from desktop.domain.agent import CHOOSABLE, AgentState, refusal_code
from desktop.domain.errors import DeskError
from desktop.domain.events import AgentStateChanged
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.ports import Clock
from desktop.services.saving import Saver

_log = logging.getLogger(__name__)


class AgentService:
    """Owns the state. During a call or wrap-up a chosen state is queued and entered afterwards."""

    def __init__(self, line: CurrentLine, bus: EventBus, clock: Clock, background: Background) -> None:
        self._line, self._bus, self._clock, self._background = line, bus, clock, background
        self.state = AgentState.BREAK
        self.queued = AgentState.READY
        self.since: datetime = clock.now()
        self.saver = Saver(bus)
        self.lets_wait: Callable[[], bool] = lambda: False
        """Whether in a call another caller may ring."""

    async def start(self, call_runs: bool) -> None:
        """Enter the first state: on call where one runs, after a crash a break or the rest before it, else ready."""
        before = await self._line.records.agent_state()
        if call_runs:
            await self._enter(AgentState.ON_CALL)
        else:
            rests = before is AgentState.REST
            after_crash = AgentState.REST if rests else AgentState.BREAK
            await self._enter(AgentState.READY if before is None else after_crash)

    async def choose(self, state: AgentState) -> None:
        """The agent asks for a state; raises ValueError for one that only calls can bring."""
        if state not in CHOOSABLE:
            raise ValueError(f"{state.value} can't be chosen")
        if self.state in (AgentState.ON_CALL, AgentState.WRAP_UP):
            self.queued = state
            self._tell()
        else:
            self.queued = AgentState.READY
            await self._enter(state)

    async def choose_now(self, state: AgentState) -> None:
        """Enter a state without regard to what is queued: the line was switched while no call was on."""
        self.queued = AgentState.READY
        await self._enter(state)

    async def rest_next(self) -> None:
        """After this call and its write-up comes a rest, whatever was queued; the agent may choose otherwise."""
        if self.state in (AgentState.ON_CALL, AgentState.WRAP_UP):
            self.queued = AgentState.REST
            self._tell()
        else:
            await self._enter(AgentState.REST)

    async def begin_call(self) -> None:
        """A call is being taken or made."""
        if self.state not in (AgentState.ON_CALL, AgentState.WRAP_UP):
            self.queued = self.state if self.state is not AgentState.READY else AgentState.READY
        await self._enter(AgentState.ON_CALL)

    async def begin_wrap_up(self) -> None:
        """A call has ended and is to be written up."""
        await self._enter(AgentState.WRAP_UP)

    async def go_on(self) -> None:
        """Call and wrap-up are over: enter the queued state."""
        state, self.queued = self.queued, AgentState.READY
        await self._enter(state)

    async def leave(self) -> None:
        """The desk closes on purpose: no remembered state tells the next start that nothing crashed."""
        await self._remember(None)

    async def apply(self) -> None:
        """Tell the line's phone once more what may ring, after it came back or the line changed."""
        await self._set_availability()

    async def _enter(self, state: AgentState) -> None:
        self.state, self.since = state, self._clock.now()
        self._tell()
        await self._set_availability()
        self._background.start(self._remember(state), "remember agent state")

    def _tell(self) -> None:
        self._bus.publish(AgentStateChanged(self.state, self.queued))

    async def _set_availability(self) -> None:
        try:
            await self._line.phone.set_availability(refusal_code(self.state, self.lets_wait()))
        except DeskError as error:
            _log.warning("phone did not take the availability: %s", error)

    async def _remember(self, state: AgentState | None) -> None:
        if self._line.practice:
            return
        await self.saver.save("state", partial(self._line.records.save_agent_state, state))
