"""Tables and triggers of evidence: what is in them is only added to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.adapters.storage import evidence

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = """
CREATE TABLE evidence_files (
    escalation_id TEXT NOT NULL, name TEXT NOT NULL UNIQUE, media_type TEXT NOT NULL, size INTEGER NOT NULL,
    sha256 TEXT NOT NULL, created TEXT NOT NULL, PRIMARY KEY (escalation_id, name)
);
CREATE TABLE evidence_records (
    escalation_id TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    created TEXT NOT NULL, PRIMARY KEY (escalation_id, number)
);
CREATE TABLE evidence_chain (
    seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL, sha256 TEXT NOT NULL, prev TEXT NOT NULL,
    hash TEXT NOT NULL, created TEXT NOT NULL
);
CREATE INDEX evidence_chain_ref ON evidence_chain (ref, kind);
"""

_ONLY_ADDED = "SELECT RAISE(ABORT, 'evidence is only added to')"
_ERASED = "SELECT 1 FROM evidence_chain WHERE kind = 'erased' AND ref = "
TRIGGERS = {
    **{
        f"{table}_no_update": f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {_ONLY_ADDED}; END"
        for table in ("evidence", "evidence_files", "evidence_records", "evidence_chain")
    },
    **{
        f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {_ONLY_ADDED}; END"
        for table in ("evidence_records", "evidence_chain")
    },
    # What retention deletes was named in the chain first.
    "evidence_no_delete": (
        "CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence WHEN NOT EXISTS "
        f"({_ERASED}'version ' || OLD.escalation_id || '/' || OLD.number) BEGIN {_ONLY_ADDED}; END"
    ),
    "evidence_files_no_delete": (
        "CREATE TRIGGER evidence_files_no_delete BEFORE DELETE ON evidence_files WHEN NOT EXISTS "
        f"({_ERASED}'file ' || OLD.name) BEGIN {_ONLY_ADDED}; END"
    ),
}
"""The guards by name. `evidence verify` looks whether they are still there, word for word."""


def add_evidence_chain(database: Database) -> None:
    """Make the tables, take the versions and reports that are there into the chain, then shut the door."""
    database.execute("ALTER TABLE evidence ADD COLUMN sealed BLOB")
    database.execute("ALTER TABLE escalations ADD COLUMN erased TEXT")
    for statement in TABLES.split(";"):
        if statement.strip():
            database.execute(statement)
    evidence.take_in(database)
    for trigger in TRIGGERS.values():
        database.execute(trigger)
