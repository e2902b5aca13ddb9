"""After a call: category, result, notes, then the next state."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from desktop.domain.call import Call
from desktop.domain.errors import StorageError
from desktop.domain.events import (
    CallConfirmed,
    CallEnded,
    LineChanged,
    SavingFailed,
    WrapUpFinished,
    WrapUpStarted,
)
from desktop.domain.wrapup import Result, WrapUp
from desktop.services.agent_service import AgentService
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.notes_service import NotesService
from desktop.services.saving import Saver

_log = logging.getLogger(__name__)


class WrapUpService:
    """Owns the write-up that is open. `seconds` is the recommended time; 0 goes straight to the next state.

    `talks` says whether the agent speaks with another caller: then a call that is over is written up after that one.
    """

    def __init__(
        self,
        line: CurrentLine,
        agent: AgentService,
        notes: NotesService,
        bus: EventBus,
        background: Background,
        seconds: int,
    ) -> None:
        self._line, self._agent, self._notes, self._bus, self._background = (
            line,
            agent,
            notes,
            bus,
            background,
        )
        self.seconds = seconds
        self.open: WrapUp | None = None
        self.finished: WrapUp | None = None
        self.talks: Callable[[], bool] = lambda: False
        self.saver = Saver(bus)
        self._one_at_a_time = asyncio.Lock()
        bus.subscribe(CallConfirmed, lambda event: self._call_confirmed(event.call))
        bus.subscribe(CallEnded, self._call_ended)
        bus.subscribe(LineChanged, lambda _event: self._forget())

    async def resume(self) -> None:
        """Open the write-up that a crash interrupted."""
        call = await self._line.records.open_wrap_up()
        if call is not None:
            await self._begin(call)

    def set_category(self, category: str) -> None:
        """The agent chose a category; kept at once."""
        self._change(category=category)

    def set_result(self, result: Result) -> None:
        """The agent chose a result; kept at once."""
        self._change(result=result)

    async def finish(self) -> None:
        """The agent is done: save, then the next state. Raises StorageError with everything still open."""
        async with self._one_at_a_time:
            if self.open is None:
                return
            done = replace(self.open, notes=await self._notes.load(self.open.call_id), saved=True)
            await self._line.records.save_wrap_up(done)
            self.saver.forget(_key(done))
            other = await self._other()
            newer = self.open is not None and self.open.call_id != done.call_id
            self.open, self.finished = self.open if newer else None, done
        self._bus.publish(WrapUpFinished(done))
        if newer or self.talks():
            return  # a call that ended or was answered meanwhile has brought its own state
        if other is None:
            await self._agent.go_on()
        elif self.seconds:
            await self._begin(other)
        else:
            self.open = WrapUp(other.id)
            await self.finish()

    async def undo(self) -> None:
        """Open the last write-up again (Alt+U); one that was begun meanwhile comes after it, as far as it is."""
        if self.finished is not None:
            call = await self._line.records.call(self.finished.call_id)
            if call is not None:
                again, self.finished = replace(self.finished, saved=False), None
                await self._line.records.save_wrap_up(again)
                await self._begin(call, again)

    def _forget(self) -> None:
        self.open = self.finished = None

    async def _other(self) -> Call | None:
        """Another call that is over and not written up yet; of practice only the one call is."""
        try:
            return None if self._line.practice else await self._line.records.open_wrap_up()
        except StorageError as error:
            _log.warning("whether another call is to be written up can't be read: %s", error)
            return None

    def _call_confirmed(self, call: Call) -> None:
        """Another caller was answered: what was written up meanwhile is opened again after that call."""
        if self.open is not None and self.open.call_id != call.id:
            self.open = self.finished = None

    def _call_ended(self, event: CallEnded) -> None:
        if event.call.confirmed is None:
            return
        if self.talks():
            if not self.seconds:
                done = WrapUp(event.call.id, saved=True)
                self._background.start(self._save_later(done), "a write-up beside a call")
            return
        self.open, self.finished = WrapUp(event.call.id), None
        if self.seconds:
            self._bus.publish(WrapUpStarted(self.open, event.call, self.seconds))
            self._background.start(self._agent.begin_wrap_up(), "wrap-up")
        else:
            self._background.start(self._finish_at_once(), "straight to the next state")

    async def _begin(self, call: Call, draft: WrapUp | None = None) -> None:
        self.open = draft or await self._line.records.wrap_up(call.id) or WrapUp(call.id)
        await self._agent.begin_wrap_up()
        self._bus.publish(WrapUpStarted(self.open, call, self.seconds))

    def _change(self, **fields: object) -> None:
        if self.open is not None:
            self.open = replace(self.open, **fields)  # type: ignore[arg-type]
            self._background.start(self._keep(), "keep wrap-up")

    async def _keep(self) -> None:
        async with self._one_at_a_time:
            if self.open is not None:
                write = partial(self._line.records.save_wrap_up, self.open)
                await self.saver.save(_key(self.open), write)

    async def _save_later(self, done: WrapUp) -> None:
        """Straight to the next state, which is the other call."""
        done = replace(done, notes=await self._notes.load(done.call_id))
        await self.saver.save(_key(done), partial(self._line.records.save_wrap_up, done))

    async def _finish_at_once(self) -> None:
        try:
            await self.finish()
        except StorageError as error:
            # It stays open, and the agent finishes it once there is room.
            self._bus.publish(SavingFailed(str(error), error.kind))


def _key(wrap_up: WrapUp) -> str:
    return f"wrap-up {wrap_up.call_id}"
