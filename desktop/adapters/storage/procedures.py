"""Rows of the procedures and of the strikes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from desktop.adapters.storage import rows
from desktop.adapters.storage.database import table
from desktop.domain.procedure_record import as_record, from_record
from desktop.domain.procedure_state import Procedure
from desktop.domain.strikes import Strike

if TYPE_CHECKING:
    from sqlite_utils import Database


def save_procedure(db: Database, call_id: str, state: Procedure, policy: str, changed: str | None) -> None:
    """Replace the procedure of a call."""
    text = json.dumps(as_record(state), ensure_ascii=False, allow_nan=False)
    row = {"call_id": call_id, "state": text, "policy": policy, "changed": changed}
    table(db, "procedures").upsert(row, pk="call_id")


def procedure(db: Database, call_id: str) -> Procedure | None:
    """The procedure of a call; None where there is none that can be read."""
    found = list(table(db, "procedures").rows_where("call_id = ?", [call_id]))
    if not found:
        return None
    try:
        return from_record(json.loads(found[0]["state"]))
    except ValueError:
        return None


def save_strike(db: Database, strike: Strike) -> None:
    """Insert or replace the strike of a call."""
    row = {
        "call_id": strike.call_id,
        "caller": strike.caller,
        "class_id": strike.class_id,
        "axis": strike.axis,
        "moment": rows.text_of(strike.moment),
        "corrected": strike.corrected,
    }
    table(db, "strikes").upsert(row, pk="call_id")


def forget_strike(db: Database, call_id: str) -> None:
    """Delete the strike of a call."""
    table(db, "strikes").delete_where("call_id = ?", [call_id])


def strikes_of(db: Database, caller: str) -> list[Strike]:
    """All strikes of a caller, oldest first."""
    found = table(db, "strikes").rows_where("caller = ?", [caller], order_by="moment")
    return [
        Strike(
            row["call_id"],
            row["caller"],
            row["class_id"],
            row["axis"],
            rows.time_of(row["moment"]),
            row["corrected"],
        )
        for row in found
    ]
