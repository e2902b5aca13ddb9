"""What a version of evidence holds: all that the desk knows of a call, as JSON values (keys: docs/evidence.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.call import Call
from desktop.domain.escalation import EscalationVersion, ReportForm, form_fields, stored_object
from desktop.domain.transcript import Segment

SCHEMA = 2
"""1: without hits, warnings, incidents, quality of the line and the speech model; personal data in the clear."""

EXTRAS: Mapping[str, object] = {"hits": [], "warnings": [], "incidents": [], "recordings": [], "contacts": []}
"""What stands in evidence where nobody knows more."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where the agent works, as far as the site says it: the queue that calls come from, the team, the desk."""

    queue: str = ""
    team: str = ""
    station: str = ""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What evidence says of its own incident. `number` is "" in the version that opens it, `rest` as of `rest_of`."""

    escalation_id: str
    number: str
    workplace: Workplace
    rest: Mapping[str, str]


def carried_on(content: dict[str, object], before: EscalationVersion, speech: bool) -> dict[str, object]:
    """`content` with what only lived as long as the call did, as the version before holds it.

    A desk that was started again has measured nothing of the line; with `speech` it has not written the transcript.
    """
    known = stored_object(before.canonical)
    measured = content["quality"]
    if isinstance(measured, Mapping) and not measured.get("measured") and known.get("quality"):
        content["quality"] = known["quality"]
    if speech and known.get("speech"):
        content["speech"] = known["speech"]
    return content


def said_of(version: EscalationVersion, key: str) -> Mapping[str, object]:
    """What a version says under `key`, nothing where it was damaged."""
    found = stored_object(version.canonical).get(key)
    return found if isinstance(found, dict) else {}


def content_of(
    call: Call,
    segments: Iterable[Segment],
    notes: str,
    form: ReportForm,
    quality: Mapping[str, object],
    speech: Mapping[str, object],
    extras: Mapping[str, object],
    case: CaseFacts,
    now: datetime,
) -> dict[str, object]:
    """The content of a version; `extras` can add to it and never takes the place of what the desk itself knows."""
    return {
        **EXTRAS,
        **extras,
        "schema": SCHEMA,
        "incident": {"id": case.number, "escalation_id": case.escalation_id},
        "call": {**_call_facts(call, now), "queue": case.workplace.queue},
        "agent": {
            "name": call.agent_name,
            "number": call.agent_number,
            "team": case.workplace.team,
            "station": case.workplace.station,
            "rest": dict(case.rest),
        },
        "quality": quality,
        "speech": speech,
        "transcript": [
            {
                "leg": s.leg.value,
                "text": s.text,
                "confidence": round(s.confidence, 3),
                "unsure": s.unsure,
                "start": round(s.start, 3),
                "end": round(s.end, 3),
                "heard": s.start in form.heard,
            }
            for s in segments
        ],
        "notes": notes,
        "form": form_fields(form),
    }


def _call_facts(call: Call, now: datetime) -> dict[str, object]:
    return {
        "id": call.id,
        "direction": call.direction.value,
        "remote": call.remote,
        "remote_name": call.remote_name,
        "created": _iso(call.created),
        "confirmed": _iso(call.confirmed),
        "ended": _iso(call.ended),
        "ended_by": call.ended_by,
        "seconds": call.seconds(now),
        "outcome": call.outcome.value if call.outcome else "",
        "cause": call.cause,
        "code": call.code,
        "codec": call.codec,
        "encrypted": call.encrypted,
        "scenario": call.scenario,
    }


def _iso(moment: datetime | None) -> str:
    return moment.isoformat(timespec="milliseconds") if moment else ""
