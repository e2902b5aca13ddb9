"""The chain over evidence: only added to, kept with what it covers, and every changed byte is found."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.adapters.storage.evidence_check import Checked, check_evidence, evidence_path
from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.errors import StorageError
from desktop.domain.escalation import freeze
from desktop.domain.evidence import Break
from tests.adapters.storage.evidence_case import AUDIO, NOW, make

TABLES = {
    "evidence": "escalation_id number call_id reason created canonical sha256 sealed",
    "evidence_files": "escalation_id name media_type size sha256 created",
    "evidence_records": "escalation_id number kind body created",
    "evidence_chain": "seq kind ref sha256 prev hash created",
    "escalations": "id call_id form changed filed erased",
}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return make(tmp_path)


def check(database: Path) -> Checked:
    return check_evidence(database, database.parent / "evidence")


def broken(database: Path) -> Break:
    found = check(database).first_break
    assert found is not None
    return found


def execute(database: Path, *statements: str) -> None:
    """What somebody does who opens the file beside the desk and knows about the guards."""
    with closing(sqlite3.connect(database)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()


def test_what_was_saved_is_whole(database: Path) -> None:
    checked = check(database)
    assert checked.first_break is None
    assert (checked.versions, checked.files, checked.records, checked.erased) == (4, 1, 3, 0)
    assert len(checked.head) == 64


@pytest.mark.parametrize("table", [*TABLES][:4])
def test_the_file_itself_refuses_changes(database: Path, table: str) -> None:
    column = TABLES[table].split()[-1]
    with closing(sqlite3.connect(database)) as connection:
        for statement in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                connection.execute(statement)
    assert check(database).first_break is None


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, names in TABLES.items() for c in names.split()])
def test_a_change_of_any_column_of_any_row_is_found(database: Path, table: str, column: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        ids = [row[0] for row in connection.execute(f"SELECT rowid FROM {table}")]
    assert ids
    raw = database.read_bytes()
    for rowid in ids:
        value = f"CASE WHEN typeof({column}) = 'integer' THEN {column} + 100 ELSE coalesce({column}, '') || ' ' END"
        execute(database, f"UPDATE {table} SET {column} = {value} WHERE rowid = {rowid}")
        found = broken(database)
        assert found.problem in (
            "changed", "text", "missing", "gap", "order", "link", "unknown", "not in the chain"
        )  # fmt: skip
        database.write_bytes(raw)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_gone_is_found(database: Path, table: str) -> None:
    execute(database, f"DELETE FROM {table} WHERE rowid = (SELECT min(rowid) FROM {table})")
    assert broken(database).problem in ("missing", "gap", "not in the chain")


def test_a_row_from_elsewhere_is_found(database: Path) -> None:
    execute(
        database,
        "INSERT INTO evidence (escalation_id, number, call_id, reason, created, canonical, sha256) "
        "SELECT escalation_id, 9, call_id, reason, created, canonical, sha256 FROM evidence LIMIT 1",
    )
    assert broken(database) == Break(0, "version", "e1/9", "not in the chain")


def test_a_link_that_was_made_anew_is_found_at_the_next(database: Path) -> None:
    execute(
        database,
        "UPDATE evidence_chain SET sha256 = replace(sha256, 'a', 'b'), hash = replace(hash, 'a', 'b') WHERE seq = 3",
    )
    found = broken(database)
    assert (found.seq, found.problem) == (3, "link")


def test_the_first_break_says_where_and_what_was_expected(database: Path) -> None:
    execute(database, "UPDATE evidence SET reason = 'other' WHERE escalation_id = 'e2'")
    found = broken(database)
    assert (found.kind, found.ref, found.problem) == ("version", "e2/1", "changed")
    assert len(found.expected) == len(found.found) == 64
    assert found.expected != found.found


def test_a_missing_guard_is_found(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DROP TRIGGER evidence_chain_no_delete")
    assert broken(database).kind == "guard"


def test_every_changed_byte_of_a_file_is_found(database: Path) -> None:
    file = database.parent / "evidence" / AUDIO
    raw = file.read_bytes()
    for at in range(0, len(raw), 7):
        file.write_bytes(bytes([*raw[:at], raw[at] ^ 4, *raw[at + 1 :]]))
        assert broken(database).ref == AUDIO
    file.write_bytes(raw[:-1])
    assert broken(database).problem == "changed"
    file.unlink()
    assert broken(database).problem == "missing"


def cells(database: Path) -> Iterator[int]:
    """Offsets of the database file at which the texts of evidence, files, records, reports and links lie."""
    with closing(sqlite3.connect(database)) as connection:
        # Old copies of a row may lie in what SQLite has set free; nobody reads those.
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        texts = {
            str(value).encode() if isinstance(value, str) else value
            for table, names in TABLES.items()
            for row in connection.execute(f"SELECT {names.replace(' ', ', ')} FROM {table}")
            for value in row
            if isinstance(value, str | bytes) and len(value) >= 8
        }
    raw = database.read_bytes()
    for text in texts:
        at = raw.find(text)
        while at >= 0:
            yield from range(at, at + len(text), 5)
            at = raw.find(text, at + 1)


def test_a_changed_byte_in_the_database_file_is_found(database: Path) -> None:
    places = sorted(set(cells(database)))
    raw = database.read_bytes()
    assert len(places) > 500
    missed = []
    for at in places:
        database.write_bytes(bytes([*raw[:at], raw[at] ^ 1, *raw[at + 1 :]]))
        if check(database).first_break is None:
            missed.append(at)
    assert missed == []


def test_bytes_that_make_no_text_are_no_riddle(database: Path) -> None:
    execute(database, "UPDATE evidence SET canonical = CAST(x'ff80c3' AS TEXT) WHERE number = 1")
    assert broken(database).problem == "changed"


def test_a_write_that_fails_leaves_no_link(tmp_path: Path) -> None:
    async def work() -> None:
        records = await SqliteRecords.open(tmp_path / "desk.sqlite")
        await records.add_version(freeze("e1", "c1", 1, "first", NOW, {"a": 1}))
        before = await records.evidence_links()
        with pytest.raises(StorageError):
            await records.add_version(freeze("e1", "c1", 1, "again", NOW, {"a": 2}))
        assert await records.evidence_links() == before
        await records.close()

    asyncio.run(work())
    assert check(tmp_path / "desk.sqlite").first_break is None


def test_a_desk_that_writes_meanwhile_does_not_disturb(database: Path) -> None:
    async def work() -> None:
        records = await SqliteRecords.open(database)
        for number in range(3, 8):
            await records.add_version(freeze("e1", "c1", number, "more", NOW, {"n": number}))
            assert check(database).first_break is None
        await records.close()

    asyncio.run(work())


def test_an_older_file_is_told_from_a_broken_one(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "desk.sqlite")) as connection:
        connection.execute("PRAGMA user_version=1")
    with pytest.raises(StorageError, match="older version"):
        check(tmp_path / "desk.sqlite")
    with pytest.raises(StorageError, match="can't be read"):
        check(tmp_path / "nothing.sqlite")
    (tmp_path / "noise.sqlite").write_bytes(b"no database " * 1000)
    assert broken(tmp_path / "noise.sqlite").problem == "unreadable"


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/passwd", "", "a//b", "C:/x", "a\\..\\b", "a/."])
def test_a_name_never_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    assert evidence_path(tmp_path, name) is None
    assert evidence_path(tmp_path, "e1/call.sealed") == tmp_path / "e1" / "call.sealed"
