"""Calls whose end nobody saw: desk or machine went down in them, and the phone knows them no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from desktop.domain.call import Call, CallState
from desktop.domain.events import CallEnded, CallMissed
from desktop.services.event_bus import EventBus
from desktop.services.ports import Records

UNSEEN = "unseen"
"""`cause` of a call that ended while no desk was there."""


class SeenCalls:
    """Whether this desk has seen a call: it runs, or ended since this was made; its end may not be on disk yet."""

    def __init__(self, bus: EventBus, live: Callable[[str], Call | None]) -> None:
        self._live = live
        self._over: set[str] = set()
        bus.subscribe(CallEnded, lambda event: self._over.add(event.call.id))
        bus.subscribe(CallMissed, lambda event: self._over.add(event.call.id))

    def __call__(self, call_id: str) -> bool:
        return call_id in self._over or self._live(call_id) is not None


async def close_lost(records: Records, seen: Callable[[str], bool]) -> list[Call]:
    """End them with the last that is kept of them, by nobody, but for calls that were `seen`. Raises StorageError."""
    closed = []
    for call in await records.calls_without_end():
        if seen(call.id):
            continue
        moments = [call.confirmed or call.created]
        moments += [moments[0] + timedelta(seconds=each.end) for each in await records.segments(call.id)]
        escalation = await records.escalation(call.id)
        moments += [each.created for each in escalation.versions] if escalation is not None else []
        ended = call.changed(state=CallState.DISCONNECTED, ended=max(moments), cause=UNSEEN)
        await records.save_call(ended)
        closed.append(ended)
    return closed
