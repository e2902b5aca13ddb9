"""Finding calls again: missed ones, ones to call back, by number, name, category or the words of the notes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

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
    """Reads the records of the line in use.

    Who was spoken with is read once and kept until `forget`: the list is made anew at each key that is typed.
    """

    def __init__(self, line: CurrentLine) -> None:
        self._line = line
        self._spoken: dict[str, datetime] | None = None
        self._notes: list[str] = []

    async def prepare(self) -> None:
        """Mask the notes of what was found last, for the first letter that is typed to find among them."""
        await asyncio.to_thread(_all_masked, self._notes)

    def forget(self) -> None:
        """A call has come, ended or belongs to another line."""
        self._spoken = None

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
        self._notes = [kept.notes for kept in found if kept.notes]
        reached = _spoken_later([kept.call for kept in found], await self._spoken_with())
        one_by_one = [FoundCall(kept.call, kept.wrap_up, kept.call.id in reached) for kept in found]
        if kind is CallKind.TO_CALL:
            wanted = {one.call.id for one in one_by_one if _wants_call(one) and not one.reached}
        else:
            wanted = {one.call.id for one in one_by_one}
        shown = await _shown([kept for kept in found if kept.call.id in wanted], words, masked)
        return [one for one in one_by_one if one.call.id in shown]

    async def _spoken_with(self) -> dict[str, datetime]:
        if self._spoken is None:
            self._spoken = _last_spoken(await self._line.records.calls(MOST_LATER))
        return self._spoken


async def last_dialled(records: Records) -> str:
    """The address that was called last, "" where nobody was."""
    calls = await records.calls(MOST_LATER)
    return next((call.remote for call in calls if call.direction is Direction.OUTGOING), "")


def spoken_again(calls: Sequence[Call], among: Sequence[Call]) -> set[str]:
    """Ids of those of `calls` whose number was spoken with later, as `among`, newest first, says."""
    return _spoken_later(calls, _last_spoken(among))


def _last_spoken(among: Sequence[Call]) -> dict[str, datetime]:
    """When each number was spoken with last; `among` has the newest first."""
    spoken: dict[str, datetime] = {}
    for call in among:
        if call.confirmed is not None:
            spoken.setdefault(number_of(call.remote), call.created)
    return {number: moment for number, moment in spoken.items() if number.casefold() not in NAMELESS}


def _spoken_later(calls: Sequence[Call], spoken: Mapping[str, datetime]) -> set[str]:
    return {call.id for call in calls if spoken.get(number_of(call.remote), call.created) > call.created}


def _wants_call(found: FoundCall) -> bool:
    booked = found.wrap_up is not None and found.wrap_up.result is Result.CALL_BACK
    return booked or found.call.outcome is Outcome.MISSED


async def _shown(found: Sequence[KeptCall], words: Sequence[str], masked: bool) -> set[str]:
    """Ids of the calls on whose screen each word stands, masked or not; the address has more in it."""
    known = {kept.call.id: _known(kept, masked) for kept in found}
    shown = {kept.call.id for kept in found if _fits(kept, words, known[kept.call.id], masked)}
    # Notes are masked for nothing where the rest says it already: half a millisecond each.
    noted = [kept for kept in found if kept.notes and kept.call.id not in shown]
    texts = [kept.notes for kept in noted]
    if masked and texts:
        texts = await asyncio.to_thread(_all_masked, texts)
    for kept, text in zip(noted, texts, strict=True):
        if _fits(kept, words, [*known[kept.call.id], text], masked):
            shown.add(kept.call.id)
    return shown


def _known(found: KeptCall, masked: bool) -> list[str]:
    """What the screen says of a call besides its notes."""
    name, number, wrap_up = found.call.remote_name, number_of(found.call.remote), found.wrap_up
    known = [wrap_up.category] if wrap_up is not None else []
    if not masked or len(re.sub(r"\D", "", name)) < LONG_NUMBER:
        known.append(name)
    if not masked or mask_number(number) == number:
        known.append(number)
    return known


def _fits(found: KeptCall, words: Sequence[str], known: Sequence[str], masked: bool) -> bool:
    text, number = "\n".join(known).casefold(), number_of(found.call.remote)
    return all(word.casefold() in text or number_fits(digits_of(word), number, masked) for word in words)


def _all_masked(texts: Sequence[str]) -> list[str]:
    """All at once on the thread that works anyway: going there for each of 300 notes takes a third of a second."""
    return [_masked(text) for text in texts]


@lru_cache(maxsize=2 * MOST_FOUND)
def _masked(text: str) -> str:
    # Loaded there too: who looks for a call before it is must not hold up the window.
    from desktop.domain.redaction import mask

    return mask(text).text
