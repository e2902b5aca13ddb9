"""Is the evidence in a database file, and are the files beside it, what they were when they were saved?

Reads only, also while a desk writes. A row that was damaged so that it is no text any more is still read: it has
another digest then.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.adapters.storage import evidence
from desktop.adapters.storage.evidence_schema import TRIGGERS
from desktop.domain.errors import StorageError
from desktop.domain.evidence import Break, Link, LinkKind, check_links

FIRST_WITH_CHAIN = 4
"""The schema's version since which there is a chain."""

_KEY_ID = slice(3, 7)
"""Where a sealed original names its key."""

_TABLES = {
    LinkKind.VERSION: ("evidence", evidence.VERSION_COLUMNS, "escalation_id || '/' || number"),
    LinkKind.FILE: ("evidence_files", evidence.FILE_COLUMNS, "name"),
    LinkKind.RECORD: ("evidence_records", evidence.RECORD_COLUMNS, "escalation_id || '/' || number"),
    LinkKind.CASE: ("escalations", evidence.CASE_COLUMNS, "id"),
}


@dataclass(slots=True)
class Checked:
    """What was looked at. `first_break` is None where all is as it was saved. `keys`: ids that originals need."""

    links: int = 0
    versions: int = 0
    files: int = 0
    records: int = 0
    erased: int = 0
    head: str = ""
    keys: list[str] = field(default_factory=list)
    first_break: Break | None = field(default=None)


def check_evidence(database: Path, folder: Path) -> Checked:
    """Check the chain of `database` and the files in `folder`. Raises StorageError where there is no chain to check."""
    checked = Checked()
    with closing(_open(database)) as connection:
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version < FIRST_WITH_CHAIN:
                raise StorageError(
                    f"{database.name} was written by an older version and has no chain of evidence yet; "
                    "start the desk once with this data folder."
                )
            checked.first_break = next(_breaks(connection, folder, checked), None)
        except (sqlite3.Error, OverflowError, TypeError, ValueError) as error:
            checked.first_break = Break(0, "database", database.name, "unreadable", "", str(error))
    return checked


def _open(database: Path) -> sqlite3.Connection:
    try:
        uri = f"{database.absolute().as_uri()}?mode=ro"
        connection = sqlite3.connect(uri, uri=True, timeout=5.0, isolation_level=None)
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        # One moment of the file, whatever a desk writes meanwhile.
        connection.execute("BEGIN")
    except sqlite3.Error as error:
        raise StorageError(f"{database} can't be read: {error}.") from error
    return connection


def _breaks(connection: sqlite3.Connection, folder: Path, checked: Checked) -> Iterator[Break]:
    """All that does not hold, what is broken at the root first; only the first one matters."""
    for (problem,) in connection.execute("PRAGMA integrity_check(1)"):
        if problem != "ok":
            yield Break(0, "database", "", "damaged", "ok", str(problem))
    found = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    for name, sql in TRIGGERS.items():
        if found.get(name) != sql:
            yield Break(0, "guard", name, "missing", sql, str(found.get(name, "")))
    links = list(evidence.links(connection))
    checked.links, checked.head = len(links), links[-1].hash if links else ""
    broken = check_links(links)
    yield from _contents(connection, folder, links, checked, broken.seq if broken else None)
    if broken is not None:
        yield broken
    yield from _strangers(connection, links)


def _contents(
    connection: sqlite3.Connection, folder: Path, links: list[Link], checked: Checked, until: int | None
) -> Iterator[Break]:
    """What the links cover, up to the link at which the chain itself breaks."""
    erased = {each.ref: each.sha256 for each in links if each.kind == LinkKind.ERASED}
    newest = {each.ref: each.seq for each in links if each.kind == LinkKind.CASE}
    checked.erased = len(erased)
    for each in links:
        if each.seq == until:
            return
        if each.kind == LinkKind.ERASED or (each.kind == LinkKind.CASE and newest[each.ref] != each.seq):
            continue
        if each.kind not in _TABLES:
            yield Break(each.seq, each.kind, each.ref, "unknown")
            continue
        kind = LinkKind(each.kind)
        row = _row(connection, kind, each.ref)
        gone = erased.get(f"{each.kind} {each.ref}")
        if row is None:
            if gone != each.sha256:
                yield Break(each.seq, each.kind, each.ref, "missing", each.sha256, gone or "")
            continue
        digest = evidence.covered(_TABLES[kind][1], row)
        if digest != each.sha256:
            yield Break(each.seq, each.kind, each.ref, "changed", each.sha256, digest)
        yield from _more(folder, each, row, checked)


def _row(connection: sqlite3.Connection, kind: LinkKind, ref: str) -> tuple[Any, ...] | None:
    table, columns, name = _TABLES[kind]
    found = connection.execute(f"SELECT {columns} FROM {table} WHERE {name} = ?", [ref]).fetchone()
    return tuple(found) if found else None


def _more(folder: Path, each: Link, row: tuple[Any, ...], checked: Checked) -> Iterator[Break]:
    """What a row itself promises: the hash of its text, the file that it names."""
    if each.kind == LinkKind.VERSION:
        checked.versions += 1
        text, expected, sealed = str(row[5]), str(row[6]), row[7]
        key_id = sealed[_KEY_ID].hex() if isinstance(sealed, bytes) else ""
        if key_id and key_id not in checked.keys:
            checked.keys.append(key_id)
        found = hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
        if found != expected:
            yield Break(each.seq, each.kind, each.ref, "text", expected, found)
    elif each.kind == LinkKind.RECORD:
        checked.records += 1
    elif each.kind == LinkKind.FILE:
        checked.files += 1
        file = evidence_path(folder, each.ref)
        if file is None or not file.is_file():
            yield Break(each.seq, each.kind, each.ref, "missing", str(row[4]), "")
            return
        with file.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
        if found != row[4]:
            yield Break(each.seq, each.kind, each.ref, "changed", str(row[4]), found)


def _strangers(connection: sqlite3.Connection, links: list[Link]) -> Iterator[Break]:
    """Rows that no link covers: somebody put them there beside the desk."""
    covered = {(each.kind, each.ref) for each in links}
    for kind, (table, _, name) in _TABLES.items():
        for (ref,) in connection.execute(f"SELECT {name} FROM {table} ORDER BY rowid"):
            if (kind.value, ref) not in covered:
                yield Break(0, kind.value, str(ref), "not in the chain")


def evidence_path(folder: Path, name: str) -> Path | None:
    """The file of this name within the evidence folder; None for a name that leads out of it."""
    parts = name.split("/")
    outside = any(part in ("", ".", "..") or "\\" in part or ":" in part or "\0" in part for part in parts)
    return None if outside else folder.joinpath(*parts)
