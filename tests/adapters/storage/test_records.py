"""Records on a real SQLite file."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.agent import AgentState
from desktop.domain.call import Call, CallState, Direction, Outcome
from desktop.domain.errors import NewerDatabaseError, StorageError
from desktop.domain.escalation import AbuseKind, Feeling, ReportForm, digest, freeze
from desktop.domain.transcript import Leg, Segment
from desktop.domain.wrapup import Result, WrapUp

T = TypeVar("T")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def a_call(call_id: str = "c1", created: datetime = NOW, **fields: object) -> Call:
    call = Call(call_id, Direction.INCOMING, "sip:01012344720@city", "박OO", CallState.DISCONNECTED, created)
    return call.changed(confirmed=created, ended=created + timedelta(minutes=2), **fields)


async def opened(path: Path | None) -> SqliteRecords:
    return await SqliteRecords.open(path)


def test_call_survives_reopening(tmp_path: Path) -> None:
    async def work() -> tuple[Call | None, Call | None]:
        records = await opened(tmp_path / "desk.sqlite")
        await records.save_call(a_call(codec="G722", agent_name="김다산"))
        await records.close()
        again = await opened(tmp_path / "desk.sqlite")
        try:
            return await again.call("c1"), await again.call("nobody")
        finally:
            await again.close()

    found, nobody = run(work())
    assert found == a_call(codec="G722", agent_name="김다산")
    assert found is not None
    assert found.outcome is Outcome.ANSWERED
    assert nobody is None


def test_file_is_private_and_durable(tmp_path: Path) -> None:
    async def work() -> tuple[str, int]:
        records = await opened(tmp_path / "data" / "desk.sqlite")
        await records.save_notes("c1", "메모")
        mode = await records._thread.run(lambda db: db.execute("PRAGMA journal_mode").fetchone()[0])
        sync = await records._thread.run(lambda db: db.execute("PRAGMA synchronous").fetchone()[0])
        await records.close()
        return mode, sync

    assert run(work()) == ("wal", 2)
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "data" / "desk.sqlite").stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_notes_and_write_up(tmp_path: Path) -> None:
    async def work() -> tuple[str, WrapUp | None, Call | None, Call | None]:
        records = await opened(tmp_path / "desk.sqlite")
        await records.save_call(a_call("recent", created=datetime.now(UTC)))
        await records.save_notes("recent", "여")
        await records.save_notes("recent", "여권 분실")
        before = await records.open_wrap_up()
        await records.save_wrap_up(WrapUp("recent", "여권", Result.ANSWERED, "여권 분실", saved=True))
        result = (
            await records.notes("recent"),
            await records.wrap_up("recent"),
            before,
            await records.open_wrap_up(),
        )
        await records.close()
        return result

    notes, wrap_up, before, after = run(work())
    assert notes == "여권 분실"
    assert wrap_up == WrapUp("recent", "여권", Result.ANSWERED, "여권 분실", saved=True)
    assert before is not None
    assert before.id == "recent"
    assert after is None


def test_many_write_ups_are_read_at_once(tmp_path: Path) -> None:
    whole = WrapUp("c1", "여권", Result.ANSWERED, "여권 분실", saved=True)
    draft = WrapUp("c'2", "", None, "", saved=False)

    async def work() -> list[dict[str, WrapUp]]:
        records = await opened(tmp_path / "desk.sqlite")
        for each in (whole, draft, WrapUp("other", "", None, "", saved=True)):
            await records.save_wrap_up(each)
        found = [await records.wrap_ups(ids) for ids in (["c'2", "c1", "nobody"], [])]
        await records.close()
        return found

    assert run(work()) == [{"c1": whole, "c'2": draft}, {}]


def test_repeated_stretch_is_kept_once(tmp_path: Path) -> None:
    first = Segment("c1", Leg.CALLER, "수도요금이요", 0.9, 1.0, 3.0, ((0, 4),))
    again = Segment("c1", Leg.CALLER, "수도요금이요?", 0.8, 1.1, 3.0)
    other = Segment("c1", Leg.AGENT, "네", 0.9, 1.0, 3.0)
    later = Segment("c1", Leg.CALLER, "없어요", 0.9, 3.1, 4.0)

    async def work() -> tuple[list[bool], list[Segment]]:
        records = await opened(tmp_path / "desk.sqlite")
        kept = [await records.save_segment(s) for s in (first, again, other, later)]
        found = await records.segments("c1")
        await records.close()
        return kept, found

    kept, found = run(work())
    assert kept == [True, False, True, True]
    assert found == [first, other, later]


def test_evidence_is_only_added(tmp_path: Path) -> None:
    one = freeze("e1", "c1", 1, "first", NOW, {"call": "c1", "말": "값"})
    two = freeze("e1", "c1", 2, "report", NOW, {"call": "c1", "말": "값", "b": 1})
    form = ReportForm(AbuseKind.THREAT, True, Feeling.SHAKEN, False, True, "과태료 취소", (1.5, 9.25))

    async def work() -> None:
        records = await opened(tmp_path / "desk.sqlite")
        await records.add_version(one)
        with pytest.raises(StorageError):
            await records.add_version(freeze("e1", "c1", 1, "changed", NOW, {"call": "other"}))
        assert await records.open_reports() == (1, 0)
        await records.file_report(two, form, NOW, [])
        found = await records.escalation("c1")
        assert found is not None
        assert (found.versions, found.form, found.filed) == ((one, two), form, NOW)
        assert all(digest(v.canonical) == v.sha256 for v in found.versions)
        assert await records.open_reports() == (0, 1), "nobody confirmed it"
        await records.close()

    run(work())


def test_old_calls_go_but_evidence_stays(tmp_path: Path) -> None:
    async def work() -> tuple[int, list[str], list[Segment], list[Segment]]:
        records = await opened(tmp_path / "desk.sqlite")
        for call_id, days in (("old", 61), ("abuse", 61), ("new", 1)):
            await records.save_call(a_call(call_id, created=NOW - timedelta(days=days)))
            await records.save_segment(Segment(call_id, Leg.CALLER, "말", 1.0, 0.0, 1.0))
        await records.add_version(freeze("e1", "abuse", 1, "first", NOW, {}))
        count = await records.delete_before(NOW - timedelta(days=60))
        ids = [call.id for call in await records.calls(10)]
        result = count, ids, await records.segments("old"), await records.segments("abuse")
        await records.close()
        return result

    count, ids, old, abuse = run(work())
    assert (count, ids, old, len(abuse)) == (1, ["new", "abuse"], [], 1)


def test_agent_state(tmp_path: Path) -> None:
    async def work() -> None:
        records = await opened(None)
        assert await records.agent_state() is None
        await records.save_agent_state(AgentState.BREAK)
        assert await records.agent_state() is AgentState.BREAK
        await records.save_agent_state(None)
        assert await records.agent_state() is None
        await records.close()

    run(work())


def test_newer_file_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE future (x)")
        connection.execute("PRAGMA user_version=99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NewerDatabaseError, match="newer version"):
        run(opened(path))
    assert path.read_bytes() == before


def test_damaged_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    path.write_bytes(b"this is no database, " * 100)
    with pytest.raises(StorageError, match="damaged"):
        run(opened(path))


def test_full_disk_says_so_and_keeps_what_was_there(tmp_path: Path) -> None:
    async def work() -> str:
        records = await opened(tmp_path / "desk.sqlite")
        await records.save_notes("c1", "kept")
        pages = await records._thread.run(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
        database = records._thread._database
        assert database is not None
        await records._thread._submit(lambda: database.execute(f"PRAGMA max_page_count={pages}"))
        with pytest.raises(StorageError, match="disk is full"):
            await records.save_notes("c2", "x" * 200_000)
        kept = await records.notes("c1")
        await records.close()
        return kept

    assert run(work()) == "kept"


def test_what_is_asked_for_before_the_file_is_open_is_done_in_order(tmp_path: Path) -> None:
    async def work() -> None:
        records = SqliteRecords(tmp_path / "desk.sqlite")
        asked = [asyncio.ensure_future(records.save_notes("c1", text)) for text in ("one", "two", "three")]
        await asyncio.sleep(0)
        await records.begin()
        last = asyncio.ensure_future(records.save_notes("c1", "four"))
        await asyncio.gather(*asked, last)
        assert await records.notes("c1") == "four"
        await records.close()

    run(work())


def test_what_waits_for_a_file_that_is_never_opened_is_told_at_the_end(tmp_path: Path) -> None:
    async def work() -> None:
        records = SqliteRecords(tmp_path / "desk.sqlite")
        asked = asyncio.ensure_future(records.notes("c1"))
        await asyncio.sleep(0)
        await records.close()
        with pytest.raises(StorageError):
            await asked

    run(work())


def test_records_that_cannot_be_kept_are_kept_in_memory_and_what_waited_is_done(tmp_path: Path) -> None:
    async def work() -> None:
        (tmp_path / "desk.sqlite").write_bytes(b"no database at all" * 100)
        records = SqliteRecords(tmp_path / "desk.sqlite")
        asked = asyncio.ensure_future(records.save_notes("c1", "one"))
        await asyncio.sleep(0)
        with pytest.raises(StorageError):
            await records.begin()
        await records.begin_in_memory()
        await asked
        assert await records.notes("c1") == "one"
        await records.close()

    run(work())
