"""Rows of the database as the domain's dataclasses, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeVar

from desktop.domain.call import Call, CallState, Direction
from desktop.domain.delivery import Delivery, DeliveryState, Trouble
from desktop.domain.escalation import (
    AbuseKind,
    Charges,
    EscalationVersion,
    Feeling,
    ReportForm,
    form_fields,
    stored_object,
)
from desktop.domain.line_quality import LineFacts
from desktop.domain.transcript import Leg, Segment
from desktop.domain.wrapup import Result, WrapUp

Row = Mapping[str, Any]
Word = TypeVar("Word", bound=Enum)


def text_of(moment: datetime | None) -> str | None:
    """UTC ISO 8601 with milliseconds: sorts as text."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds") if moment else None


def moment_of(text: str | None) -> datetime | None:
    """The time in a row."""
    return datetime.fromisoformat(text) if text else None


def time_of(text: str) -> datetime:
    """The time in a row that must have one."""
    return datetime.fromisoformat(text)


def call_row(call: Call) -> dict[str, object]:
    """A call without what only lasts while it does (hold, mute)."""
    return {
        "id": call.id,
        "direction": call.direction.value,
        "remote": call.remote,
        "remote_name": call.remote_name,
        "state": call.state.value,
        "created": text_of(call.created),
        "confirmed": text_of(call.confirmed),
        "ended": text_of(call.ended),
        "ended_by": call.ended_by,
        "code": call.code,
        "cause": call.cause,
        "codec": call.codec,
        "encrypted": int(call.encrypted),
        "agent_state": call.agent_state,
        "agent_name": call.agent_name,
        "agent_number": call.agent_number,
        "scenario": call.scenario,
    }


def call_of(row: Row) -> Call:
    """A call from its row."""
    created = moment_of(row["created"])
    assert created is not None
    return Call(
        id=row["id"],
        direction=Direction(row["direction"]),
        remote=row["remote"],
        remote_name=row["remote_name"],
        state=CallState(row["state"]),
        created=created,
        confirmed=moment_of(row["confirmed"]),
        ended=moment_of(row["ended"]),
        ended_by=row["ended_by"],
        code=row["code"],
        cause=row["cause"],
        codec=row["codec"],
        encrypted=bool(row["encrypted"]),
        agent_state=row["agent_state"],
        agent_name=row["agent_name"],
        agent_number=row["agent_number"],
        scenario=row["scenario"],
    )


def segment_row(segment: Segment) -> dict[str, object]:
    """A segment as its row."""
    return {
        "call_id": segment.call_id,
        "leg": segment.leg.value,
        "text": segment.text,
        "confidence": segment.confidence,
        "doubts": json.dumps(segment.doubts) if segment.doubts else "",
        "start": segment.start,
        "end": segment.end,
    }


def segment_of(row: Row) -> Segment:
    """A segment from its row."""
    text, leg, doubts = row["text"], Leg(row["leg"]), json.loads(row["doubts"] or "[]")
    spans = tuple((int(start), int(end)) for start, end in doubts)
    return Segment(row["call_id"], leg, text, row["confidence"], row["start"], row["end"], spans)


def wrap_up_of(row: Row, notes: str) -> WrapUp:
    """A write-up from its row and the call's notes."""
    result = Result(row["result"]) if row["result"] else None
    return WrapUp(row["call_id"], row["category"], result, notes, bool(row["saved"]))


def line_facts_text(facts: LineFacts) -> str:
    """What is kept of a line, as JSON."""
    return json.dumps({key: value for key, value in asdict(facts).items() if key != "call_id"})


def line_facts_of(call_id: str, text: str) -> LineFacts:
    """What is kept of a line; fields of a newer program are let pass."""
    known = {each.name for each in fields(LineFacts)}
    return LineFacts(call_id, **{key: value for key, value in json.loads(text).items() if key in known})


def version_of(row: Row) -> EscalationVersion:
    """A version of evidence from its row."""
    created = moment_of(row["created"])
    assert created is not None
    return EscalationVersion(
        row["escalation_id"],
        row["call_id"],
        row["number"],
        row["reason"],
        created,
        row["canonical"],
        row["sha256"],
        row["sealed"] or b"",
    )


def form_text(form: ReportForm) -> str:
    """A report form as JSON."""
    return json.dumps(form_fields(form), ensure_ascii=False)


def form_of(text: str | None, filed: bool = False) -> ReportForm:
    """A report form from its JSON; what was damaged in it is open.

    `filed` reports of a time when only people sent them say nothing of whether a person did.
    """
    if not text:
        return ReportForm()
    fields = stored_object(text)
    heard = fields.get("heard")
    return ReportForm(
        kind=_one_of(AbuseKind, fields.get("kind")),
        concrete_threat=bool(fields.get("concrete_threat")),
        feeling=_one_of(Feeling, fields.get("feeling")),
        wants_separation=bool(fields.get("wants_separation", True)),
        wants_counselling=bool(fields.get("wants_counselling")),
        demand=str(fields.get("demand", "")),
        heard=tuple(float(x) for x in heard if isinstance(x, int | float)) if isinstance(heard, list) else (),
        confirmed=bool(fields.get("confirmed", filed)),
        withdrawn=str(fields.get("withdrawn", "")),
        charges=_one_of(Charges, fields.get("charges")),
        police_called=None if fields.get("police_called") is None else bool(fields["police_called"]),
        police_reference=str(fields.get("police_reference", "")),
    )


def _one_of(kind: type[Word], value: object) -> Word | None:
    return next((each for each in kind if each.value == value), None)


def delivery_row(delivery: Delivery) -> dict[str, object]:
    """A delivery as the outbox holds it."""
    return {
        "key": delivery.key,
        "escalation_id": delivery.escalation_id,
        "number": delivery.number,
        "supplement": int(delivery.supplement),
        "target": delivery.target,
        "label": delivery.label,
        "state": delivery.state.value,
        "attempts": delivery.attempts,
        "next_try": text_of(delivery.next_try),
        "trouble": delivery.trouble.value if delivery.trouble else "",
        "detail": delivery.detail,
        "delivered": text_of(delivery.delivered),
        "receipt": delivery.receipt,
        "maybe_there": int(delivery.maybe_there),
    }


def delivery_of(row: Row) -> Delivery:
    """A delivery from its row."""
    return Delivery(
        key=row["key"],
        escalation_id=row["escalation_id"],
        number=row["number"],
        supplement=bool(row["supplement"]),
        target=row["target"],
        label=row["label"],
        next_try=time_of(row["next_try"]),
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        trouble=Trouble(row["trouble"]) if row["trouble"] else None,
        detail=row["detail"],
        delivered=moment_of(row["delivered"]),
        receipt=row["receipt"],
        maybe_there=bool(row["maybe_there"]),
    )
