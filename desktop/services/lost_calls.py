"""Calls whose end nobody saw: desk or machine went down in them, and the phone knows them no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from desktop.domain.call import Call, CallState
from desktop.services.ports import Records

UNSEEN = "unseen"
"""`cause` of a call that ended while no desk was there."""


async def close_lost(records: Records, live: Callable[[str], Call | None]) -> list[Call]:
    """End them with the last that is kept of them, by nobody; `live` knows the calls that run. Raises StorageError."""
    closed = []
    for call in await records.calls_without_end():
        if live(call.id) is not None:
            continue
        moments = [call.confirmed or call.created]
        moments += [moments[0] + timedelta(seconds=each.end) for each in await records.segments(call.id)]
        escalation = await records.escalation(call.id)
        moments += [each.created for each in escalation.versions] if escalation is not None else []
        ended = call.changed(state=CallState.DISCONNECTED, ended=max(moments), cause=UNSEEN)
        await records.save_call(ended)
        closed.append(ended)
    return closed
