"""Evidence in the database: every change of it and its link of the chain in one transaction of the caller's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from desktop.adapters.storage import rows
from desktop.domain.escalation import RESTED, EscalationVersion, canonical_json
from desktop.domain.evidence import (
    GENESIS,
    NUMBERED,
    REST,
    EvidenceFile,
    EvidenceRecord,
    Link,
    LinkKind,
    incident_number,
    link,
    rest_of,
    row_digest,
    version_ref,
)

VERSION_COLUMNS = "escalation_id, number, call_id, reason, created, canonical, sha256, sealed"
FILE_COLUMNS = "escalation_id, name, media_type, size, sha256, created"
RECORD_COLUMNS = "escalation_id, number, kind, body, created"
CASE_COLUMNS = "id, call_id, form, changed, filed, erased"
LINK_COLUMNS = "seq, kind, ref, sha256, prev, hash, created"
_FORM = "CASE WHEN json_valid(form) THEN form ELSE '{}' END"
"""A damaged form is for `verify` to name; it holds up no other report."""
WITHDRAWN = f"coalesce(json_extract({_FORM}, '$.withdrawn'), '') <> ''"
"""Of a case whose report was taken back."""
STANDS = f"""
    erased IS NULL AND NOT {WITHDRAWN}
    AND id NOT IN (SELECT escalation_id FROM evidence_records WHERE kind = 'closed')
"""
"""Of a case whose report is neither withdrawn nor closed."""


class Executor(Protocol):
    """A connection of sqlite3, or a database of sqlite-utils."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Any:
        """Run one statement."""


def now() -> str:
    """The time as rows keep it."""
    return rows.text_of(datetime.now(UTC)) or ""


def append(database: Executor, kind: LinkKind, ref: str, sha256: str) -> Link:
    """Add a link to the end of the chain. The row that it covers is written in the same transaction."""
    last = database.execute("SELECT seq, hash FROM evidence_chain ORDER BY seq DESC LIMIT 1").fetchone()
    seq, prev = (last[0] + 1, last[1]) if last else (1, GENESIS)
    added = link(seq, kind.value, ref, sha256, prev, now())
    values = (added.seq, added.kind, added.ref, added.sha256, added.prev, added.hash, added.created)
    database.execute(f"INSERT INTO evidence_chain ({LINK_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    return added


def links(database: Executor) -> Iterator[Link]:
    """The whole chain in its order."""
    for row in database.execute(f"SELECT {LINK_COLUMNS} FROM evidence_chain ORDER BY seq"):
        yield Link(*row)


def covered(columns: str, row: tuple[Any, ...]) -> str:
    """What the chain says of a row: the digest of all its columns."""
    return row_digest(dict(zip(columns.split(", "), row, strict=True)))


def add_version(database: Executor, version: EscalationVersion, agency: str = "") -> str:
    """Append a version; the first one of an escalation opens its case and numbers it. Returns its number."""
    known = database.execute("SELECT 1 FROM escalations WHERE id = ?", [version.escalation_id]).fetchone()
    if known is None:
        opened = [version.escalation_id, version.call_id, now()]
        database.execute("INSERT INTO escalations (id, call_id, changed) VALUES (?, ?, ?)", opened)
        cover_case(database, version.escalation_id)
        _give_number(database, version, agency)
    row = (
        version.escalation_id,
        version.number,
        version.call_id,
        version.reason,
        rows.text_of(version.created),
        version.canonical,
        version.sha256,
        version.sealed or None,
    )
    database.execute(f"INSERT INTO evidence ({VERSION_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    ref = version_ref(version.escalation_id, version.number)
    append(database, LinkKind.VERSION, ref, covered(VERSION_COLUMNS, row))
    return number_of(database, version.escalation_id)


def number_of(database: Executor, escalation_id: str) -> str:
    """What people call an incident; "" for one from before there were numbers."""
    query = """
        SELECT CASE WHEN json_valid(body) THEN json_extract(body, '$.number') END FROM evidence_records
        WHERE escalation_id = ? AND kind = ? ORDER BY number LIMIT 1
    """
    found = database.execute(query, [escalation_id, NUMBERED]).fetchone()
    return str(found[0] or "") if found else ""


def _give_number(database: Executor, version: EscalationVersion, agency: str) -> None:
    """The next one of the day of this desk's place, in the transaction that opens the case: none is given twice."""
    # A damaged record is for `verify` to name; it must not keep new evidence from being saved.
    day = version.created.astimezone().strftime("%Y%m%d")
    query = """
        SELECT coalesce(max(json_extract(body, '$.seq')), 0) + 1
        FROM (SELECT CASE WHEN json_valid(body) THEN body ELSE '{}' END AS body FROM evidence_records WHERE kind = ?)
        WHERE json_extract(body, '$.day') = ?
    """
    (seq,) = database.execute(query, [NUMBERED, day]).fetchone()
    body = {"number": incident_number(agency, day, seq), "day": day, "seq": seq}
    add_record(database, version.escalation_id, NUMBERED, body)


def last_rest(database: Executor) -> EvidenceRecord | None:
    """The record of a rest that was noted last."""
    query = f"SELECT {RECORD_COLUMNS} FROM evidence_records WHERE kind = ? ORDER BY rowid DESC LIMIT 1"
    row = database.execute(query, [REST]).fetchone()
    return EvidenceRecord(*row) if row is not None else None


def resting(database: Executor) -> str:
    """Id of the incident after which the last rest began, as long as no end of it was noted; "" for none."""
    last = last_rest(database)
    return last.escalation_id if last is not None and not rest_of([last])["to"] else ""


def save_form(database: Executor, escalation_id: str, form: str, filed: str | None = None) -> None:
    """Keep the report as it stands; `filed` once it is sent, without it that stays as it was."""
    values = (form, now(), filed, escalation_id)
    statement = "UPDATE escalations SET form = ?, changed = ?, filed = coalesce(?, filed) WHERE id = ?"
    database.execute(statement, values)
    cover_case(database, escalation_id)


def cover_case(database: Executor, escalation_id: str) -> None:
    """A link for the report as it stands now; only the newest one of a case still fits its row."""
    query = f"SELECT {CASE_COLUMNS} FROM escalations WHERE id = ?"
    row = database.execute(query, [escalation_id]).fetchone()
    if row is not None:
        append(database, LinkKind.CASE, escalation_id, covered(CASE_COLUMNS, row))


def add_record(database: Executor, escalation_id: str, kind: str, body: Mapping[str, object]) -> None:
    """Note what was done with an incident, in the transaction that does it."""
    query = "SELECT coalesce(max(number), 0) + 1 FROM evidence_records WHERE escalation_id = ?"
    (number,) = database.execute(query, [escalation_id]).fetchone()
    row = (escalation_id, number, kind, canonical_json(body), now())
    database.execute(f"INSERT INTO evidence_records ({RECORD_COLUMNS}) VALUES (?, ?, ?, ?, ?)", row)
    append(database, LinkKind.RECORD, version_ref(escalation_id, number), covered(RECORD_COLUMNS, row))


def records(database: Executor, escalation_id: str) -> list[EvidenceRecord]:
    """What was done with an incident, oldest first."""
    query = f"SELECT {RECORD_COLUMNS} FROM evidence_records WHERE escalation_id = ? ORDER BY number"
    return [EvidenceRecord(*row) for row in database.execute(query, [escalation_id])]


def add_file(database: Executor, file: EvidenceFile) -> None:
    """Name a finished file of an incident with its SHA-256."""
    row = (file.escalation_id, file.name, file.media_type, file.size, file.sha256, file.created)
    database.execute(f"INSERT INTO evidence_files ({FILE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", row)
    append(database, LinkKind.FILE, file.name, covered(FILE_COLUMNS, row))


def files(database: Executor, escalation_id: str) -> list[EvidenceFile]:
    """The files of an incident."""
    query = f"SELECT {FILE_COLUMNS} FROM evidence_files WHERE escalation_id = ? ORDER BY created, name"
    return [EvidenceFile(*row) for row in database.execute(query, [escalation_id])]


def untouched(database: Executor, moment: str) -> list[str]:
    """Ids of calls whose report was not sent, stands, and had nothing added since `moment`, oldest first."""
    query = f"""
        SELECT call_id FROM escalations WHERE filed IS NULL AND changed < :moment AND {STANDS}
        AND (SELECT max(created) FROM evidence WHERE escalation_id = escalations.id AND reason <> :rested) < :moment
        ORDER BY rowid
    """
    found = database.execute(query, {"moment": moment, "rested": RESTED}).fetchall()
    return [str(row[0]) for row in found]


def open_reports(database: Executor) -> tuple[int, int]:
    """How many reports were not sent yet, and how many were sent without a person's word; of those that stand."""
    query = f"""
        SELECT count(*) FILTER (WHERE filed IS NULL),
        count(*) FILTER (WHERE filed IS NOT NULL AND json_extract({_FORM}, '$.confirmed') = 0)
        FROM escalations WHERE {STANDS}
    """
    unsent, unconfirmed = database.execute(query).fetchone()
    return int(unsent), int(unconfirmed)


def take_in(database: Executor) -> None:
    """Links for versions and reports from the time before there was a chain, in the order of saving."""
    for (escalation_id,) in database.execute("SELECT id FROM escalations ORDER BY rowid").fetchall():
        cover_case(database, escalation_id)
    query = f"SELECT {VERSION_COLUMNS} FROM evidence ORDER BY created, escalation_id, number"
    for row in database.execute(query).fetchall():
        append(database, LinkKind.VERSION, version_ref(row[0], row[1]), covered(VERSION_COLUMNS, tuple(row)))
