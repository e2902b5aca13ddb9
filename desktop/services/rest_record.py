"""Notes when the agent rested after an incident: it belongs to the incident, as the harm does, and to nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from desktop.domain.agent import AgentState
from desktop.domain.events import AgentStateChanged
from desktop.domain.evidence import rest_of
from desktop.services.background import Background
from desktop.services.escalation_service import EscalationService
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.ports import Clock, Records


@dataclass(frozen=True, slots=True)
class _Rest:
    """A rest that lasts, and where its incident is kept."""

    escalation_id: str
    since: str
    records: Records


class RestRecord:
    """`call_id` is that of the call that is on or was last. A rest that a call interrupts goes on behind it."""

    def __init__(
        self,
        line: CurrentLine,
        escalation: EscalationService,
        call_id: Callable[[], str],
        bus: EventBus,
        clock: Clock,
        background: Background,
    ) -> None:
        self._line, self._escalation, self._call_id = line, escalation, call_id
        self._clock, self._background = clock, background
        self._rest: _Rest | None = None
        self._one_at_a_time = asyncio.Lock()
        bus.subscribe(AgentStateChanged, self._changed)

    async def close(self) -> None:
        """The desk closes on purpose, and with it the agent's rest ends."""
        await self._end(self._clock.now())

    def _changed(self, event: AgentStateChanged) -> None:
        if event.state is AgentState.REST:
            begin = self._begin(self._line.records, self._call_id(), self._clock.now())
            self._background.start(begin, "note a rest")
        elif event.queued is not AgentState.REST:
            self._background.start(self._end(self._clock.now()), "note the end of a rest")

    async def _begin(self, records: Records, call_id: str, now: datetime) -> None:
        async with self._one_at_a_time:
            found = await records.escalation(call_id) if call_id else None
            if found is None and self._rest is None and not call_id:
                # The desk was started again in a rest, which goes on.
                escalation_id = await records.resting()
            else:
                escalation_id = found.id if found is not None else ""
            if not escalation_id or (self._rest and self._rest.escalation_id == escalation_id):
                return
            await self._finish(now)
            known = rest_of(await records.evidence_records(escalation_id))
            since = known["from"] if not known["to"] else ""
            self._rest = _Rest(escalation_id, since or _text(now), records)
            if not since:
                await self._note({"from": self._rest.since})

    async def _end(self, now: datetime) -> None:
        async with self._one_at_a_time:
            await self._finish(now)

    async def _finish(self, now: datetime) -> None:
        if self._rest is not None:
            await self._note({"from": self._rest.since, "to": _text(now)})
            self._rest = None

    async def _note(self, body: dict[str, object]) -> None:
        rest = self._rest
        if rest is not None:
            write = partial(self._escalation.note_rest, rest.escalation_id, body, rest.records)
            # Begin and end are two facts: one that waits to be written is not replaced by the other.
            key = f"rest {rest.escalation_id} {'to' if 'to' in body else 'from'}"
            await self._escalation.saver.save(key, write)


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
