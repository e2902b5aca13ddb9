"""Database files of released schemas, opened by this version."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.adapters.storage.evidence_check import check_evidence
from desktop.adapters.storage.migrations import DESK
from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.escalation import AbuseKind, digest, freeze

FIRST_STEP = [each.name for each in DESK.migrations._migrations][1]
STORED = Path(__file__).parents[1] / "data" / "databases"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file of schema 1: two calls with evidence, one report sent."""
    path = tmp_path / "desk.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((STORED / "desk-1.sql").read_text("utf-8"))
    return path


def test_evidence_of_before_is_taken_into_the_chain(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        before = connection.execute("SELECT * FROM evidence ORDER BY rowid").fetchall()

    async def work() -> None:
        records = await SqliteRecords.open(old)
        links = await records.evidence_links()
        assert [(each.kind, each.ref) for each in links] == [
            ("case", "e1"),
            ("case", "e2"),
            ("version", "e1/1"),
            ("version", "e1/2"),
            ("version", "e1/3"),
            ("version", "e2/1"),
        ]
        one, two = await records.escalations()
        assert [(v.number, v.reason, v.sealed) for v in one.versions] == [
            (1, "first", b""),
            (2, "ended", b""),
            (3, "report", b""),
        ]
        assert all(digest(v.canonical) == v.sha256 for v in (*one.versions, *two.versions))
        assert (
            json.loads(one.versions[0].canonical)["transcript"][0]["text"] == "제 번호는 010-1234-4720이에요"
        )
        assert (one.form.kind, one.form.demand) == (AbuseKind.VERBAL, "과태료 취소")
        assert one.filed is not None
        assert await records.open_reports() == (1, 0), "in those days only people sent reports"
        assert [one.unconfirmed, two.filed] == [False, None]
        assert [one.number, two.number] == ["", ""], "what is called by its id goes on so"
        assert (one.form.charges, one.form.police_called, one.form.police_reference) == (None, None, "")
        await records.add_version(freeze("e2", "c2", 2, "again", one.filed, {"notes": "010-1234-5678"}, b"x"))
        new = await records.add_version(freeze("e3", "c3", 1, "first", one.filed, {}, b"x"), agency="CITY")
        assert new == f"CITY-{one.filed.astimezone():%Y%m%d}-001"
        assert await records.resting() == ""
        await records.close()

    asyncio.run(work())
    with closing(sqlite3.connect(old)) as connection:
        names = "escalation_id, number, call_id, reason, created, canonical, sha256"
        after = connection.execute(f"SELECT {names} FROM evidence ORDER BY rowid").fetchall()
        assert after[:-2] == before
        assert connection.execute("PRAGMA user_version").fetchone() == (DESK.version,)
    checked = check_evidence(old, old.parent / "evidence")
    assert checked.first_break is None
    assert checked.versions == 6
    assert [each.name for each in old.parent.glob("*before*")] == [f"desk.sqlite.before-{FIRST_STEP}"]


def test_opening_twice_adds_nothing(old: Path) -> None:
    async def links() -> int:
        records = await SqliteRecords.open(old)
        found = len(await records.evidence_links())
        await records.close()
        return found

    assert asyncio.run(links()) == asyncio.run(links()) == 6
