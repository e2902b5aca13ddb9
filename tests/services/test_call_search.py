"""Finding calls again, and what of a masked number they are not found by."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desktop.adapters.storage.database import DatabaseThread
from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.call import Call, CallState, Direction
from desktop.domain.call_search import CallKind
from desktop.domain.wrapup import Result, WrapUp
from desktop.services import call_search
from desktop.services.call_search import CallSearch, last_dialled
from desktop.services.line import CurrentLine, Line
from tests.services.world import ObedientPhone

EVERY = (CallKind.ALL, True)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ANSWERED = ("answered", "sip:01012344720@10.0.0.7", "박OO", 4)
MISSED = ("missed", "sip:01012344720@10.0.0.7", "", 5)
REFUSED = ("refused", "sip:0299998888@10.0.0.7", "", 3)
UNSEEN = ("unseen", "sip:07077776666@10.0.0.7", "", 2)
BOOKED = ("booked", "sip:01055556666@10.0.0.7", "100%_sure", 6)


def call(name: str, remote: str, shown: str, hours: int, **more: object) -> Call:
    made = Call(name, Direction.INCOMING, remote, shown, CallState.DISCONNECTED, NOW - timedelta(hours=hours))
    return made.changed(ended=made.created, ended_by="remote", **more)


async def filled() -> SqliteRecords:
    records = await SqliteRecords.open(None)
    spoken = NOW - timedelta(hours=4)
    for one in (
        call(*ANSWERED, confirmed=spoken),
        call(*MISSED),
        call(*REFUSED).changed(ended_by="local", cause="busy"),
        call(*UNSEEN).changed(ended_by="local", cause="unavailable"),
        call(*BOOKED, confirmed=NOW - timedelta(hours=6)),
    ):
        await records.save_call(one)
    await records.save_notes("answered", "사진 규격, 010-9876-5432로 문자")
    await records.save_wrap_up(WrapUp("answered", "여권", Result.ANSWERED, "사진 규격, 010-9876-5432로 문자"))
    await records.save_wrap_up(WrapUp("booked", "상하수도", Result.CALL_BACK, "", True))
    return records


def searched(work: Callable[[CallSearch, SqliteRecords], Awaitable[None]]) -> None:
    async def whole() -> None:
        records = await filled()
        try:
            await work(CallSearch(CurrentLine(Line(ObedientPhone(), records))), records)
        finally:
            await records.close()

    asyncio.run(whole())


@pytest.mark.parametrize(
    ("text", "masked", "found"),
    [
        ("", True, ["unseen", "refused", "answered", "missed", "booked"]),
        ("4720", True, ["answered", "missed"]),
        ("010", True, ["answered", "missed", "booked"]),
        ("1234", True, []),
        ("012344", True, []),
        ("1234", False, ["answered", "missed"]),
        ("010-1234-4720", True, ["answered", "missed"]),
        ("10.0.0.7", False, []),
        ("여권", True, ["answered"]),
        ("사진 박OO", True, ["answered"]),
        ("9876", True, []),
        ("9876", False, ["answered"]),
        ("100%_", True, ["booked"]),
        ("%", True, ["booked"]),
        ("'; DROP TABLE calls", True, []),
        ("상하수도 4720", True, []),
    ],
)
def test_every_word_is_found_where_the_screen_shows_it(text: str, masked: bool, found: list[str]) -> None:
    async def work(search: CallSearch, _records: SqliteRecords) -> None:
        assert [each.call.id for each in await search.find(text, CallKind.ALL, masked)] == found

    searched(work)


def test_missed_calls_apart_and_who_is_still_to_be_called() -> None:
    async def work(search: CallSearch, records: SqliteRecords) -> None:
        missed = await search.find("", CallKind.MISSED, True)
        assert [(each.call.id, each.reached) for each in missed] == [("unseen", False), ("missed", True)]
        waiting = await search.find("", CallKind.TO_CALL, True)
        assert [each.call.id for each in waiting] == ["unseen", "booked"]
        again = call("again", "sip:01055556666@elsewhere", "", 0, confirmed=NOW)
        await records.save_call(again.changed(direction=Direction.OUTGOING))
        search.forget()
        waiting = await search.find("", CallKind.TO_CALL, True)
        assert [each.call.id for each in waiting] == ["unseen"], "the booked callback was made"

    searched(work)


def test_the_last_dialled_number_is_that_of_the_newest_call_out() -> None:
    async def work(_search: CallSearch, records: SqliteRecords) -> None:
        assert await last_dialled(records) == ""
        for name, hours in (("new", 1), ("old", 9)):
            made = call(name, f"sip:{name}@city", "", hours)
            await records.save_call(made.changed(direction=Direction.OUTGOING))
        assert await last_dialled(records) == "sip:new@city"

    searched(work)


def test_a_list_of_any_length_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(search: CallSearch, records: SqliteRecords) -> None:
        alone = {kept.call.id: await records.wrap_up(kept.call.id) for kept in await search.find("", *EVERY)}
        asked, run = list[object](), DatabaseThread.run

        async def count(thread: DatabaseThread, work: Any) -> object:
            asked.append(work)
            return await run(thread, work)

        monkeypatch.setattr(DatabaseThread, "run", count)
        search.forget()
        found = await search.find("", *EVERY)
        assert {each.call.id: each.wrap_up for each in found} == alone
        assert len([wrap_up for wrap_up in alone.values() if wrap_up]) == 2
        assert len(asked) == 2, "the calls that fit, and those that tell who was spoken with again"
        await search.find("0", *EVERY)
        assert len(asked) == 3, "who was spoken with is known by the second letter"

    searched(work)


def test_notes_are_masked_together_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(search: CallSearch, records: SqliteRecords) -> None:
        for place in range(30):
            await records.save_call(call(f"n{place}", f"sip:0103333{place:04d}@city", "", place))
            await records.save_notes(f"n{place}", f"담벼락 {place}, 010-9876-5432")
        went, thread = list[object](), asyncio.to_thread

        async def count(function: Any, *arguments: Any) -> object:
            went.append(function)
            return await thread(function, *arguments)

        monkeypatch.setattr(asyncio, "to_thread", count)
        call_search._masked.cache_clear()
        assert len(await search.find("담벼락", *EVERY)) == 30
        assert len(went) == 1, "one way to the other thread for all notes"
        masked = call_search._masked.cache_info().misses
        assert len(await search.find("담벼", *EVERY)) == 30
        assert call_search._masked.cache_info().misses == masked
        assert await search.find("9876", *EVERY) == []

    searched(work)


def test_what_is_listed_is_masked_before_it_is_looked_for() -> None:
    async def work(search: CallSearch, _records: SqliteRecords) -> None:
        call_search._masked.cache_clear()
        await search.find("", *EVERY)
        assert call_search._masked.cache_info().misses == 0, "the list waits for no mask"
        await search.prepare()
        assert call_search._masked.cache_info().misses == 1

    searched(work)
