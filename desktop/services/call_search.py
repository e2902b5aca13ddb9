"""Finding calls again: missed ones, ones to call back, by number, name, category or the words of the notes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.call import NAMELESS, Call, Direction, Outcome, mask_number, number_of
from desktop.domain.call_search import CallKind, KeptCall, digits_of, number_fits, words_of
from desktop.domain.wrapup import Result, WrapUp
from desktop.services.line import CurrentLine
from desktop.services.ports import Records

MOST_FOUND = 300
MOST_LATER = 1000
"""Among so many of the newest calls it is looked whether somebody was spoken with again."""
LONG_NUMBER = 7


@dataclass(frozen=True, slots=True)
class FoundCall:
    """A call with its write-up. `reached`: they were spoken with later."""

    call: Call
    wrap_up: WrapUp | None
    reached: bool = False


class CallSearch:
    """Reads the records of the line in use."""

    def __init__(self, line: CurrentLine) -> None:
        self._line = line

    async def find(self, text: str, kind: CallKind, masked: bool) -> list[FoundCall]:
        """Calls that are over, newest first. `masked`: what stands masked on the screen is not found by either."""
        records, words = self._line.records, words_of(text)
        found = [
            kept
            for kept in await records.find_calls(words, kind, MOST_FOUND)
            if kept.call.outcome is not None
        ]
        if kind is CallKind.MISSED:
            found = [kept for kept in found if kept.call.outcome is Outcome.MISSED]
        reached = spoken_again([kept.call for kept in found], await records.calls(MOST_LATER))
        listed = []
        for kept in found:
            one = FoundCall(kept.call, kept.wrap_up, kept.call.id in reached)
            if kind is CallKind.TO_CALL and (one.reached or not _wants_call(one)):
                continue
            if await _shows(kept, words, masked):
                listed.append(one)
        return listed


async def last_dialled(records: Records) -> str:
    """The address that was called last, "" where nobody was."""
    calls = await records.calls(MOST_LATER)
    return next((call.remote for call in calls if call.direction is Direction.OUTGOING), "")


def spoken_again(calls: Sequence[Call], among: Sequence[Call]) -> set[str]:
    """Ids of those of `calls` whose number was spoken with later, as `among`, newest first, says."""
    spoken: dict[str, datetime] = {}
    for call in among:
        if call.confirmed is not None:
            spoken.setdefault(number_of(call.remote), call.created)
    later = {number: moment for number, moment in spoken.items() if number.casefold() not in NAMELESS}
    return {call.id for call in calls if later.get(number_of(call.remote), call.created) > call.created}


def _wants_call(found: FoundCall) -> bool:
    booked = found.wrap_up is not None and found.wrap_up.result is Result.CALL_BACK
    return booked or found.call.outcome is Outcome.MISSED


async def _shows(found: KeptCall, words: Sequence[str], masked: bool) -> bool:
    """Whether each word stands on the screen of this call, masked or not; the address has more in it."""
    if not words:
        return True
    name, number, wrap_up = found.call.remote_name, number_of(found.call.remote), found.wrap_up
    known = [wrap_up.category] if wrap_up is not None else []
    if not masked or len(re.sub(r"\D", "", name)) < LONG_NUMBER:
        known.append(name)
    if not masked or mask_number(number) == number:
        known.append(number)
    if found.notes:
        known.append(await asyncio.to_thread(_masked, found.notes) if masked else found.notes)
    text = "\n".join(known).casefold()
    return all(word.casefold() in text or number_fits(digits_of(word), number, masked) for word in words)


def _masked(text: str) -> str:
    # On the thread that works anyway: who looks for a call before this is loaded must not hold up the window.
    from desktop.domain.redaction import mask

    return mask(text).text
