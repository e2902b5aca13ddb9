"""The agent's own file on a real SQLite file."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.adapters.storage.own_answers import SqliteOwnAnswers
from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.errors import NewerDatabaseError
from desktop.domain.events import TroubleFound
from desktop.domain.own_answers import Flag, Learned, Proposal, Seen, Use
from desktop.processes.desk_parts import begin_own_answers

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
FLAG = Flag("f1", "city", "A1", "여권은?", "outdated", "수수료가 올랐음", NOW)
PROPOSAL = Proposal("p1", "city", "", "ko", "여권", "새 질문", "답", ("다른 말", "또"), NOW)


def with_file(path: Path | None, work: Callable[[SqliteOwnAnswers], Awaitable[None]]) -> None:
    """Open, work, close."""

    async def whole() -> None:
        own = await SqliteOwnAnswers.open(path)
        try:
            await work(own)
        finally:
            await own.close()

    asyncio.run(whole())


def use(article_id: str, action: str = "open", ago: timedelta = timedelta(0), number: int = 0) -> Use:
    return Use("city", article_id, action, NOW - ago, number)


def test_uses_are_counted_by_pack_and_age() -> None:
    async def work(own: SqliteOwnAnswers) -> None:
        for each in (use("A", ago=timedelta(days=40)), use("B"), use("B", "copy"), use("C", "dismiss")):
            await own.note_use(each)
        assert await own.often_used("city", NOW - timedelta(days=30), 5) == [("B", 2)]
        assert await own.often_used("other", NOW - timedelta(days=30), 5) == []
        assert await own.recently_used("city", 5) == ["B", "A"]
        await own.note_use(use("B", "dismiss"))
        assert await own.use_counts("city") == {"A": 1, "B": 1}

    with_file(None, work)


def test_everything_survives_reopening(tmp_path: Path) -> None:
    async def write(own: SqliteOwnAnswers) -> None:
        await own.set_place("city", "B", "favourite", True, NOW)
        await own.set_place("city", "A", "favourite", True, NOW + timedelta(seconds=1))
        await own.set_place("city", "B", "favourite", True, NOW + timedelta(seconds=2))
        await own.set_place("city", "A", "pin", True, NOW)
        await own.set_place("city", "A", "pin", False, NOW)
        await own.save_flag(FLAG)
        await own.save_proposal(PROPOSAL)
        assert [await own.learn("city", "A", "시뻘건 물", NOW) for _ in range(2)] == [1, 2]
        await own.put_away("city", "A", "오래된 말", NOW - timedelta(days=2))
        await own.put_away("city", "A", "아까 한 말", NOW)
        await own.keep_seen("city", Seen("v1", {"A": "1", "B": "2"}), NOW)

    async def read(own: SqliteOwnAnswers) -> None:
        assert await own.places("city") == {"favourite": ["B", "A"], "pin": []}
        assert await own.flags() == [FLAG]
        assert await own.proposals() == [PROPOSAL]
        assert await own.learned("city") == [Learned("A", "시뻘건 물", 2)]
        assert await own.put_away_since("city", NOW - timedelta(days=1)) == [("A", "아까 한 말", NOW)]
        assert await own.put_away_since("city", NOW - timedelta(days=9)) == [("A", "아까 한 말", NOW)]
        assert await own.seen("city") == Seen("v1", {"A": "1", "B": "2"})
        assert await own.seen("other") is None
        await own.keep_seen("city", Seen("v2", {"B": "3"}), NOW)
        assert await own.seen("city") == Seen("v2", {"B": "3"})
        await own.delete_flag("f1")
        await own.delete_proposal("p1")
        assert (await own.flags(), await own.proposals()) == ([], [])

    with_file(tmp_path / "answers.sqlite", write)
    with_file(tmp_path / "answers.sqlite", read)


def test_uses_that_were_kept_with_the_records_move_once(tmp_path: Path) -> None:
    """A kill between the two files leaves the rows in both: nothing is lost and nothing counted twice."""
    old, path = tmp_path / "desk.sqlite", tmp_path / "answers.sqlite"
    troubles: list[TroubleFound] = []

    async def start(killed: bool) -> tuple[int, dict[str, int]]:
        records = await SqliteRecords.open(old)
        if killed:
            own = await SqliteOwnAnswers.open(path)
            await own.adopt("desk", await records.old_uses())
        else:
            own = SqliteOwnAnswers(path)
            await begin_own_answers(own, records, troubles.append)
        result = len(await records.old_uses()), await own.use_counts("city")
        await records.close()
        await own.close()
        return result

    async def before() -> None:
        records = await SqliteRecords.open(old)
        await records.close()

    asyncio.run(before())
    with sqlite3.connect(old) as connection:
        row = "INSERT INTO article_uses (time, pack, article_id, action, query) VALUES (?, 'city', ?, 'open', '')"
        connection.executemany(row, [(NOW.isoformat(timespec="milliseconds"), each) for each in "AAB"])
    connection.close()
    assert asyncio.run(start(killed=True)) == (3, {"A": 2, "B": 1})
    assert asyncio.run(start(killed=False)) == (0, {"A": 2, "B": 1})
    assert asyncio.run(start(killed=False)) == (0, {"A": 2, "B": 1})
    assert troubles == []


def test_a_newer_file_is_left_alone_and_the_desk_works_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=99")
        connection.execute("CREATE TABLE future (x)")
    connection.close()
    before = path.read_bytes()
    troubles: list[TroubleFound] = []

    async def work() -> None:
        with pytest.raises(NewerDatabaseError):
            await SqliteOwnAnswers.open(path)
        records = await SqliteRecords.open(None)
        own = SqliteOwnAnswers(path)
        await begin_own_answers(own, records, troubles.append)
        await own.save_flag(FLAG)
        assert await own.flags() == [FLAG]
        await own.close()
        await records.close()

    asyncio.run(work())
    assert [(each.subject, each.kind) for each in troubles] == [("own_answers", "newer")]
    assert path.read_bytes() == before
