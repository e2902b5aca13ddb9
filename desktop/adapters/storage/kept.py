"""All that a database keeps, table by table, for the person whom it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from desktop.adapters.storage.database import table

if TYPE_CHECKING:
    from sqlite_utils import Database

DESK_TABLES = (
    "calls",
    "notes",
    "segments",
    "asked",
    "wrap_ups",
    "line_facts",
    "procedures",
    "escalations",
    "evidence",
    "evidence_files",
    "evidence_records",
    "outbox",
    "strikes",
    "agent",
)
ANSWERS_TABLES = ("uses", "places", "flags", "proposals", "learned", "dismissed")


def counts(database: Database, names: Sequence[str]) -> dict[str, int]:
    """Rows of each table."""
    return {name: table(database, name).count for name in names}


def rows_of(database: Database, names: Sequence[str]) -> dict[str, list[Mapping[str, object]]]:
    """All rows of each table; what is sealed only by its size."""
    return {name: [_plain(row) for row in table(database, name).rows] for name in names}


def _plain(row: Mapping[str, object]) -> Mapping[str, object]:
    return {
        name: f"sealed, {len(value)} bytes" if isinstance(value, bytes) else value
        for name, value in row.items()
    }
