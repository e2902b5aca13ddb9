"""An incident as it is told on paper: what happened, in its order, from the content of one version of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from desktop.domain.procedure_state import Source
from desktop.domain.transcript import LOW_CONFIDENCE

Content = Mapping[str, Any]


class Happening(Enum):
    """What a line of the course of events tells."""

    BEGUN = "begun"
    ANSWERED = "answered"
    SAID = "said"
    MARKED = "marked"
    CHOSEN = "chosen"
    """The agent's own key."""
    WARNED = "warned"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Moment:
    """One line. `heard`: the agent confirmed it; `unsure`: the model did not trust its own text.

    `what`: for `MARKED` the labels, for `CHOSEN` the class, for `WARNED` the method, for `ENDED` who ended it.
    """

    time: datetime | None
    happening: Happening
    leg: str = ""
    text: str = ""
    what: str = ""
    heard: bool = False
    unsure: bool = False
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class PrintedVersion:
    """A version as the report names it."""

    number: int
    created: datetime
    reason: str
    sha256: str


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """What a printed report is made of. `content` is of the newest version, `chain` says where the chain is broken.

    `files`: name and SHA-256 of each. `unmasked`: it shows the original. `number`: what people call the incident.
    """

    escalation_id: str
    organisation: str
    content: Content
    versions: tuple[PrintedVersion, ...]
    filed: datetime | None
    made: datetime
    head: str
    chain: str = ""
    files: tuple[tuple[str, str], ...] = ()
    unmasked: bool = False
    looked_at: tuple[Mapping[str, object], ...] = field(default=())
    number: str = ""

    @property
    def name(self) -> str:
        """The number, the id for an incident from before there were numbers."""
        return self.number or self.escalation_id


def course_of(content: Content) -> list[Moment]:
    """All that happened in a call, in its order; what has no time of its own stands at the end."""
    call = _mapping(content.get("call"))
    begun, answered = moment_of(call.get("created")), moment_of(call.get("confirmed"))
    ended = moment_of(call.get("ended"))
    moments = [Moment(begun, Happening.BEGUN)]
    if answered is not None:
        moments.append(Moment(answered, Happening.ANSWERED))
    heard = {float(x) for x in _mapping(content.get("form")).get("heard", ()) if isinstance(x, int | float)}
    for line in _mappings(content.get("transcript")):
        start = _number(line.get("start"))
        moments.append(
            Moment(
                _after(answered or begun, start),
                Happening.SAID,
                leg=str(line.get("leg", "")),
                text=str(line.get("text", "")),
                heard=bool(line.get("heard")) or start in heard,
                unsure=bool(line.get("unsure")) or _number(line.get("confidence")) < LOW_CONFIDENCE,
            )
        )
    moments += [_marked(hit, answered or begun) for hit in _mappings(content.get("hits"))]
    moments += warnings_of(content)
    if ended is not None:
        moments.append(Moment(ended, Happening.ENDED, what=str(call.get("ended_by", ""))))
    order = {each: number for number, each in enumerate(Happening)}
    return sorted(
        moments, key=lambda each: (each.time is None, each.time or datetime.min, order[each.happening])
    )


@dataclass(frozen=True, slots=True)
class CrisisTold:
    """A stay in the crisis path. `checks` and `lines` are ids of the policy, with the time of each."""

    entered: datetime | None
    place: str
    checks: tuple[tuple[str, datetime | None], ...]
    lines: tuple[tuple[str, datetime | None], ...]
    left: str
    """Why it was no crisis after all, "" where the call ended as one."""


def crises_of(content: Content) -> list[CrisisTold]:
    """The stays in the crisis path, in their order."""
    call = _mapping(content.get("call"))
    since = moment_of(call.get("confirmed")) or moment_of(call.get("created"))

    def told(pairs: object) -> tuple[tuple[str, datetime | None], ...]:
        found = pairs if isinstance(pairs, list) else []
        return tuple(
            (str(each[0]), _after(since, _number(each[1])))
            for each in found
            if isinstance(each, list) and len(each) == 2
        )

    return [
        CrisisTold(
            _after(since, _number(each.get("entered"))),
            str(each.get("place") or ""),
            told(each.get("checks")),
            told(each.get("lines")),
            str(each.get("reason") or ""),
        )
        for each in _mappings(content.get("crises"))
    ]


@dataclass(frozen=True, slots=True)
class ContactTold:
    """Somebody who was called about the call, for `purpose` supervisor, police or line.

    `answered` is None where nobody took it.
    """

    time: datetime | None
    purpose: str
    name: str
    answered: datetime | None


def contacts_of(content: Content) -> list[ContactTold]:
    """Who was called, in their order."""
    return [
        ContactTold(
            moment_of(each.get("time")),
            str(each.get("purpose") or ""),
            " ".join(dict.fromkeys(str(each[key]) for key in ("name", "number") if each.get(key))),
            moment_of(each.get("answered")),
        )
        for each in _mappings(content.get("contacts"))
    ]


def warnings_of(content: Content) -> list[Moment]:
    """The warnings that were given, in their order."""
    call = _mapping(content.get("call"))
    since = moment_of(call.get("confirmed")) or moment_of(call.get("created"))
    return [
        Moment(
            moment_of(each.get("time")) or _after(since, _start(each)),
            Happening.WARNED,
            text=str(each.get("text") or each.get("text_id") or ""),
            what=str(each.get("method", "")),
        )
        for each in _mappings(content.get("warnings"))
    ]


def _marked(hit: Content, since: datetime | None) -> Moment:
    if hit.get("source") == Source.AGENT.value:
        moment = _after(since, _start(hit))
        what = str(hit.get("class", ""))
        return Moment(moment, Happening.CHOSEN, what=what, rejected=bool(hit.get("rejected")))
    labels = hit.get("labels") or [hit.get("label", "")]
    matched = hit.get("matched") or hit.get("text") or ""
    return Moment(
        moment_of(hit.get("time")) or _after(since, _start(hit)),
        Happening.MARKED,
        text=", ".join(map(str, matched)) if isinstance(matched, list | tuple) else str(matched),
        what=", ".join(str(label) for label in labels if label),
        rejected=bool(hit.get("rejected")),
    )


def moment_of(value: object) -> datetime | None:
    """The time in a JSON value, None for anything else."""
    if not isinstance(value, str) or not value:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _start(each: Content) -> float | None:
    start = each.get("start")
    return float(start) if isinstance(start, int | float) else None


def _after(since: datetime | None, seconds: float | None) -> datetime | None:
    if since is None or seconds is None:
        return None
    try:
        return since + timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        return None


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _mapping(value: object) -> Content:
    return value if isinstance(value, Mapping) else {}


def _mappings(value: object) -> list[Content]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list | tuple) else []
