"""What is deleted after its time: words of calls, calls, and the evidence of cases that ended long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.adapters.storage import evidence
from desktop.adapters.storage.evidence import FILE_COLUMNS, VERSION_COLUMNS
from desktop.domain.evidence import LinkKind, version_ref

if TYPE_CHECKING:
    from sqlite_utils import Database

_FREE = "id NOT IN (SELECT call_id FROM escalations WHERE erased IS NULL)"
"""Calls that no case holds."""


def delete_words(database: Database, moment: str) -> int:
    """Delete the transcripts of calls before `moment` that no case holds; returns of how many calls."""
    old = f"SELECT id FROM calls WHERE created < ? AND {_FREE}"
    query = f"SELECT count(DISTINCT call_id) FROM segments WHERE call_id IN ({old})"
    (count,) = database.execute(query, [moment]).fetchone()
    for name in ("segments", "procedures"):  # a procedure quotes what was heard
        database.execute(f"DELETE FROM {name} WHERE call_id IN ({old})", [moment])
    _delete_asked(database, f"beside IN ({old})", moment)
    _delete_asked(database, "beside = '' AND answered < ?", moment)
    return int(count)


def delete_calls(database: Database, moment: str) -> int:
    """Delete calls before `moment` that no case holds, with all that hangs on them; returns how many."""
    query = f"SELECT id FROM calls WHERE created < ? AND {_FREE}"
    ids = [row[0] for row in database.execute(query, [moment]).fetchall()]
    for call_id in ids:
        _delete_call(database, call_id)
    return len(ids)


def delete_strikes(database: Database, moment: str) -> int:
    """Delete what is remembered of callers from before `moment`; returns how many."""
    return int(database.execute("DELETE FROM strikes WHERE moment < ?", [moment]).rowcount)


def ended_cases(database: Database, moment: str) -> list[str]:
    """Cases that were closed or withdrawn before `moment` and not erased yet. All others are held."""
    query = f"""
        SELECT id FROM escalations WHERE erased IS NULL AND (
            id IN (SELECT escalation_id FROM evidence_records WHERE kind = 'closed' AND created < :moment)
            OR ({evidence.WITHDRAWN} AND changed < :moment)
        ) ORDER BY rowid
    """
    return [str(row[0]) for row in database.execute(query, {"moment": moment}).fetchall()]


def erase_case(database: Database, escalation_id: str, moment: str | None) -> None:
    """Delete versions, files' names, report and call of a case, each named in the chain before it goes."""
    query = f"SELECT {VERSION_COLUMNS} FROM evidence WHERE escalation_id = ? ORDER BY number"
    for row in database.execute(query, [escalation_id]).fetchall():
        ref = f"version {version_ref(row[0], row[1])}"
        evidence.append(database, LinkKind.ERASED, ref, evidence.covered(VERSION_COLUMNS, tuple(row)))
    query = f"SELECT {FILE_COLUMNS} FROM evidence_files WHERE escalation_id = ? ORDER BY created, name"
    for row in database.execute(query, [escalation_id]).fetchall():
        evidence.append(
            database, LinkKind.ERASED, f"file {row[1]}", evidence.covered(FILE_COLUMNS, tuple(row))
        )
    for table in ("evidence", "evidence_files"):
        database.execute(f"DELETE FROM {table} WHERE escalation_id = ?", [escalation_id])
    found = database.execute("SELECT call_id FROM escalations WHERE id = ?", [escalation_id]).fetchone()
    database.execute("UPDATE escalations SET form = NULL, erased = ? WHERE id = ?", [moment, escalation_id])
    evidence.cover_case(database, escalation_id)
    if found is not None:
        _delete_call(database, str(found[0]))


def erased_files(database: Database) -> list[str]:
    """Names of the files that were erased, whether or not they are gone from the disk."""
    query = "SELECT ref FROM evidence_chain WHERE kind = 'erased' AND ref LIKE 'file %'"
    return [str(row[0]).removeprefix("file ") for row in database.execute(query).fetchall()]


def _delete_asked(database: Database, which: str, argument: str) -> None:
    """Delete consultations with what was said in them."""
    query = f"DELETE FROM segments WHERE call_id IN (SELECT call_id FROM asked WHERE {which})"
    database.execute(query, [argument])
    database.execute(f"DELETE FROM asked WHERE {which}", [argument])


def _delete_call(database: Database, call_id: str) -> None:
    _delete_asked(database, "beside = ?", call_id)
    for name in ("segments", "notes", "wrap_ups", "procedures", "line_facts"):
        database.execute(f"DELETE FROM {name} WHERE call_id = ?", [call_id])
    database.execute("DELETE FROM calls WHERE id = ?", [call_id])
