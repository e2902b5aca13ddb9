"""The chain that evidence hangs on: each link names what was added, its hash, and the link before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.escalation import canonical_json, stored_object

GENESIS = "0" * 64
"""What the first link stands on."""


class LinkKind(StrEnum):
    """What a link covers. `CASE` is the report as it stands, `ERASED` what retention has deleted."""

    VERSION = "version"
    FILE = "file"
    RECORD = "record"
    CASE = "case"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Link:
    """One link. `sha256` is of what it covers, `hash` of the link itself, `prev` the hash of the one before."""

    seq: int
    kind: str
    ref: str
    sha256: str
    prev: str
    hash: str
    created: str


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A sealed file of an incident, as an audio file. `name` is its path within the evidence folder, with slashes."""

    escalation_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    created: str


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """Something that was done with an incident: who saw the original, what was handed out. `body` is canonical JSON."""

    escalation_id: str
    number: int
    kind: str
    body: str
    created: str


NUMBERED = "numbered"
"""The kind of the record that gives an incident its number; it is the first one of its incident."""
REST = "rest"
"""The kind of the records of the rest after an incident: `from`, and in a later one `to` as well."""


PRACTICE = "PRACTICE"
"""Stands for the agency in the numbers of practice calls."""


def incident_number(agency: str, day: str, seq: int) -> str:
    """What people call an incident: the `seq`th that was saved on a day (YYYYMMDD) of `agency`, which may be ""."""
    return "-".join(part for part in (agency, day, f"{seq:03}") if part)


def rest_of(records: Iterable[EvidenceRecord]) -> dict[str, str]:
    """The rest after an incident as evidence names it: `from` and `to` as ISO 8601, "" for what is not known."""
    found = {"from": "", "to": ""}
    for record in records:
        if record.kind == REST:
            body = stored_object(record.body)
            found = {key: str(body.get(key, "")) for key in found}
    return found


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold. `seq` is 0 for something that no link covers."""

    seq: int
    kind: str
    ref: str
    problem: str
    expected: str = ""
    found: str = ""


def link(seq: int, kind: str, ref: str, sha256: str, prev: str, created: str) -> Link:
    """The link that covers `sha256` after the one whose hash is `prev`."""
    return Link(seq, kind, ref, sha256, prev, link_hash(seq, kind, ref, sha256, prev, created), created)


def link_hash(seq: int, kind: str, ref: str, sha256: str, prev: str, created: str) -> str:
    """The hash of a link with these fields."""
    return row_digest(
        {"seq": seq, "kind": kind, "ref": ref, "sha256": sha256, "prev": prev, "created": created}
    )


def row_digest(fields: Mapping[str, object]) -> str:
    """SHA-256 of a row as canonical JSON; bytes stand in it by their own SHA-256.

    A text that was damaged so that it is no UTF-8 (read with `surrogateescape`) still has a digest: another one.
    """
    plain = {
        key: f"sha256:{hashlib.sha256(value).hexdigest()}" if isinstance(value, bytes) else value
        for key, value in fields.items()
    }
    return hashlib.sha256(canonical_json(plain).encode("utf-8", "surrogateescape")).hexdigest()


def check_links(links: list[Link]) -> Break | None:
    """The first link that does not follow from the one before it; what the links cover is not looked at."""
    prev = GENESIS
    for expected, each in enumerate(links, 1):
        if each.seq != expected:
            return Break(each.seq, each.kind, each.ref, "gap", str(expected), str(each.seq))
        if each.prev != prev:
            return Break(each.seq, each.kind, each.ref, "order", prev, each.prev)
        own = link_hash(each.seq, each.kind, each.ref, each.sha256, each.prev, each.created)
        if each.hash != own:
            return Break(each.seq, each.kind, each.ref, "link", own, each.hash)
        prev = each.hash
    return None


def version_ref(escalation_id: str, number: int) -> str:
    """How the chain and the seal name a version of evidence."""
    return f"{escalation_id}/{number}"
