"""Who was asked beside which call: rows of the table `asked`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from desktop.adapters.storage.database import table
from desktop.adapters.storage.rows import Row, text_of, time_of
from desktop.domain.asked import Asked
from desktop.domain.consultation import Purpose

if TYPE_CHECKING:
    from sqlite_utils import Database


def save(database: Database, asked: Asked) -> None:
    """Insert or replace."""
    row = {
        "call_id": asked.call_id,
        "beside": asked.beside,
        "purpose": asked.purpose.value,
        "name": asked.name,
        "answered": text_of(asked.answered),
    }
    table(database, "asked").upsert(row, pk="call_id")


def find(database: Database, column: Literal["call_id", "beside"], call_id: str) -> list[Asked]:
    """Those of this call, first one first."""
    found = table(database, "asked").rows_where(f"{column} = ?", [call_id], order_by="answered")
    return [_asked_of(row) for row in found]


def _asked_of(row: Row) -> Asked:
    purpose, answered = Purpose(row["purpose"]), time_of(row["answered"])
    return Asked(row["call_id"], row["beside"], purpose, row["name"], answered)
