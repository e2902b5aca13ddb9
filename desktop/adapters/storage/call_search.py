"""The query behind the search in all calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.adapters.storage import rows
from desktop.domain.call_search import CallKind, KeptCall, digits_of

if TYPE_CHECKING:
    from sqlite_utils import Database

_KINDS = {
    CallKind.ALL: "1",
    CallKind.MISSED: "calls.confirmed IS NULL AND calls.direction = 'incoming'",
    CallKind.TO_CALL: (
        "((calls.confirmed IS NULL AND calls.direction = 'incoming') OR wrap_ups.result = 'call_back')"
    ),
}
_WORD = (
    "(calls.remote LIKE ? ESCAPE '\\' OR calls.remote_name LIKE ? ESCAPE '\\' OR notes.text LIKE ? ESCAPE '\\' "
    "OR wrap_ups.category LIKE ? ESCAPE '\\' OR calls.remote LIKE ? ESCAPE '\\')"
)


def find(database: Database, words: Sequence[str], kind: CallKind, limit: int) -> list[KeptCall]:
    """Newest first; every word is found in address, name, notes or category.

    One query for all: the list is made anew at each key that is typed.
    """
    where, arguments = [_KINDS[kind]], list[object]()
    for word in words:
        where.append(_WORD)
        arguments += [_like(word)] * 4 + [_like(digits_of(word) or word)]
    query = f"""
        SELECT calls.*, wrap_ups.call_id, wrap_ups.category, wrap_ups.result, wrap_ups.saved, notes.text AS notes
        FROM calls
        LEFT JOIN notes ON notes.call_id = calls.id LEFT JOIN wrap_ups ON wrap_ups.call_id = calls.id
        WHERE {" AND ".join(where)} ORDER BY calls.created DESC LIMIT ?
    """
    return [_kept(row) for row in database.query(query, [*arguments, limit])]


def _kept(row: rows.Row) -> KeptCall:
    notes = row["notes"] or ""
    return KeptCall(rows.call_of(row), rows.wrap_up_of(row, notes) if row["call_id"] else None, notes)


def _like(word: str) -> str:
    for special in ("\\", "%", "_"):
        word = word.replace(special, "\\" + special)
    return f"%{word}%"
