"""What a version of evidence holds: all that the desk knows of a call, as JSON values (keys: docs/evidence.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from desktop.domain.call import Call
from desktop.domain.escalation import EscalationVersion, ReportForm, form_fields
from desktop.domain.phone import QualityReport
from desktop.domain.transcript import Segment

SCHEMA = 2
"""1: without hits, warnings, incidents, quality of the line and the speech model; personal data in the clear."""

EXTRAS: Mapping[str, object] = {"hits": [], "warnings": [], "incidents": [], "recordings": [], "contacts": []}
"""What stands in evidence where nobody knows more."""

_LOW_IS_BAD = ("mos_rx", "mos_tx")


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


@dataclass(slots=True)
class LineQuality:
    """What was measured of the line of one call."""

    call_id: str = ""
    measured: int = 0
    last: dict[str, float] = field(default_factory=dict)
    worst: dict[str, float] = field(default_factory=dict)

    def take(self, report: QualityReport) -> None:
        """Another measurement; one of another call begins anew."""
        if report.id != self.call_id:
            self.call_id, self.measured, self.last, self.worst = report.id, 0, {}, {}
        figures = {key: value for key, value in asdict(report).items() if key != "id" and value is not None}
        self.measured, self.last = self.measured + 1, figures
        for key, value in figures.items():
            known = self.worst.get(key, value)
            self.worst[key] = min(known, value) if key in _LOW_IS_BAD else max(known, value)

    def of(self, call_id: str) -> dict[str, object]:
        """As it stands in evidence; no figures for another call."""
        if call_id != self.call_id:
            return {"measured": 0, "last": {}, "worst": {}}
        return {"measured": self.measured, "last": dict(self.last), "worst": dict(self.worst)}


def carried_on(content: dict[str, object], before: EscalationVersion, speech: bool) -> dict[str, object]:
    """`content` with what only lived as long as the call did, as the version before holds it.

    A desk that was started again has measured nothing of the line; with `speech` it has not written the transcript.
    """
    known = json.loads(before.canonical)
    measured = content["quality"]
    if isinstance(measured, Mapping) and not measured.get("measured") and known.get("quality"):
        content["quality"] = known["quality"]
    if speech and known.get("speech"):
        content["speech"] = known["speech"]
    return content


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
