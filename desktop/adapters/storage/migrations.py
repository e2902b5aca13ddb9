"""The schemas of the desk's SQLite files: append-only steps, each in a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from desktop.adapters.storage.evidence_schema import add_evidence_chain


@dataclass(frozen=True, slots=True)
class Schema:
    """The steps of one kind of file. `version` is the PRAGMA user_version of a file that has every step.

    A file with a higher one was written by a newer program.
    """

    migrations: Migrations
    version: int


DESK = Schema(Migrations("desk"), 6)
"""`desk.sqlite` and `practice.sqlite`."""

ANSWERS = Schema(Migrations("answers"), 1)
"""`answers.sqlite`."""

SchemaName = Literal["desk", "answers"]
SCHEMAS: dict[SchemaName, Schema] = {"desk": DESK, "answers": ANSWERS}

CALLS = (
    "id direction remote remote_name state created confirmed ended ended_by #code cause codec #encrypted "
    "agent_state agent_name agent_number scenario"
)


def _columns(names: str) -> dict[str, type]:
    """Column types by name: text, or `#integer`, or `%real`."""
    kinds = {"#": int, "%": float}
    return {name.lstrip("#%"): kinds.get(name[0], str) for name in names.split()}


@DESK.migrations()  # type: ignore[untyped-decorator]  # sqlite-utils does not annotate it
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


@DESK.migrations()  # type: ignore[untyped-decorator]
def m002_protection(database: Database) -> None:
    """The procedure of each call, and calls with an incident by a keyed hash of the caller's number."""
    database.create_table("procedures", _columns("call_id state policy changed"), pk="call_id")
    database.create_table(
        "strikes", _columns("call_id caller class_id axis moment corrected"), pk="call_id"
    ).create_index(["caller"])


@DESK.migrations()  # type: ignore[untyped-decorator]
def m003_delivery(database: Database) -> None:
    """The outbox: a row for each version of a filed report and each target that it goes to."""
    columns = _columns(
        "key escalation_id #number #supplement target label state #attempts next_try trouble detail "
        "delivered receipt"
    )
    outbox = database.create_table("outbox", columns, pk="key", not_null=set(columns) - {"delivered"})
    outbox.create_index(["target", "state", "next_try"])
    outbox.create_index(["escalation_id", "number"])


@DESK.migrations()  # type: ignore[untyped-decorator]
def m004_evidence(database: Database) -> None:
    """Sealed originals, files and records of incidents, and the chain over them; what was there before is taken in."""
    add_evidence_chain(database)


@DESK.migrations()  # type: ignore[untyped-decorator]
def m005_withdrawn_deliveries(database: Database) -> None:
    """Whether a receiver may have a report whose delivery failed: of what was tried before, nobody knows any more."""
    database.execute("ALTER TABLE outbox ADD COLUMN maybe_there INTEGER NOT NULL DEFAULT 0")
    database.execute("UPDATE outbox SET maybe_there = 1 WHERE attempts > 0 OR trouble <> ''")


@DESK.migrations()  # type: ignore[untyped-decorator]
def m006_line_facts(database: Database) -> None:
    """How the line of each call was: JSON as `LineFacts` has it."""
    database.create_table("line_facts", _columns("call_id facts"), pk="call_id", not_null={"facts"})


@DESK.migrations()  # type: ignore[untyped-decorator]
def m007_doubts(database: Database) -> None:
    """Stretches of a segment's text that the recogniser did not trust, as JSON; "" for none."""
    database.execute("ALTER TABLE segments ADD COLUMN doubts TEXT NOT NULL DEFAULT ''")


@DESK.migrations()  # type: ignore[untyped-decorator]
def m008_asked(database: Database) -> None:
    """Who was asked beside which call; the words stand in `segments` under the number of that conversation."""
    database.create_table(
        "asked",
        _columns("call_id beside purpose name answered"),
        pk="call_id",
        not_null={"beside", "answered"},
    ).create_index(["beside"])


@ANSWERS.migrations()  # type: ignore[untyped-decorator]
def a001_own_answers(database: Database) -> None:
    """Uses, favourites and pins, flags, proposals, wordings, what was put away, and the pack as it was last seen.

    `uses.origin` is the row's number in the desk.sqlite that it came from; `adopted` says up to where they came over.
    """
    database.create_table("uses", _columns("#id time pack article_id action #origin"), pk="id").create_index(
        ["pack", "time"]
    )
    database.table("uses").create_index(["origin"], unique=True)
    database.create_table("adopted", _columns("source #last"), pk="source")
    database.create_table(
        "places", _columns("pack article_id place time"), pk=("pack", "article_id", "place")
    )
    database.create_table("flags", _columns("id pack article_id question fault note time"), pk="id")
    database.create_table(
        "proposals",
        _columns("id pack article_id lang category question answer variants changed #done"),
        pk="id",
    )
    database.create_table(
        "learned", _columns("pack article_id wording #count time"), pk=("pack", "article_id", "wording")
    )
    database.create_table("dismissed", _columns("#id pack article_id wording time"), pk="id")
    database.create_table("seen_packs", _columns("pack content time"), pk="pack")
    database.create_table("seen_articles", _columns("pack article_id mark"), pk=("pack", "article_id"))
