"""The schema of `desk.sqlite` and `practice.sqlite`: append-only steps, each in a transaction."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("desk")
VERSION = 1
"""PRAGMA user_version of a file that has every step; a higher one was written by a newer program."""

CALLS = (
    "id direction remote remote_name state created confirmed ended ended_by #code cause codec #encrypted "
    "agent_state agent_name agent_number scenario"
)


def _columns(names: str) -> dict[str, type]:
    """Column types by name: text, or `#integer`, or `%real`."""
    kinds = {"#": int, "%": float}
    return {name.lstrip("#%"): kinds.get(name[0], str) for name in names.split()}


@MIGRATIONS()  # type: ignore[untyped-decorator]  # sqlite-utils does not annotate it
def m001_first_records(database: Database) -> None:
    """Calls, notes, segments, write-ups, escalations, uses of answers, the agent's state. Times are UTC ISO 8601."""
    database.create_table("calls", _columns(CALLS), pk="id").create_index(["created"])
    database.table("calls").create_index(["remote"])
    database.create_table("notes", _columns("call_id text saved"), pk="call_id")
    database.create_table(
        "segments", _columns("#id call_id leg text %confidence %start %end"), pk="id"
    ).create_index(["call_id", "leg", "start"])
    database.create_table("wrap_ups", _columns("call_id category result #saved changed"), pk="call_id")
    database.create_table(
        "evidence",
        _columns("escalation_id #number call_id reason created canonical sha256"),
        pk=("escalation_id", "number"),
        not_null={"canonical", "sha256"},
    ).create_index(["call_id"])
    database.create_table("escalations", _columns("id call_id form changed filed"), pk="id").create_index(
        ["call_id"]
    )
    database.create_table(
        "article_uses", _columns("#id time pack article_id action query"), pk="id"
    ).create_index(["pack", "time"])
    database.create_table("agent", _columns("#id state since"), pk="id")
