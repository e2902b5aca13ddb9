"""The procedure of a call as JSON holds it: for the evidence, and to go on after the window was started again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from desktop.domain.policy import Axis, Policy, Sentence, StepKind
from desktop.domain.procedure_state import (
    Contact,
    CrisisHint,
    CrisisVisit,
    Ended,
    EndRequest,
    Extension,
    Hit,
    Method,
    Pending,
    Phase,
    Procedure,
    Said,
    Source,
)

T = TypeVar("T")
MOST_ENTRIES = 10_000


def as_record(state: Procedure) -> dict[str, object]:
    """The state as plain JSON values."""
    return {
        "phase": state.phase.value,
        "class": state.class_id,
        "opened": state.opened,
        "hits": [_hit_fields(hit) for hit in state.hits],
        "open_hits": list(state.open_hits),
        "said": [_said_fields(said) for said in state.said],
        "pending": _pending_fields(state.pending),
        "calmed": list(state.calmed),
        "extensions": [{"t": e.t, "seconds": e.seconds, "reason": e.reason} for e in state.extensions],
        "crisis_hint": _hint_fields(state.crisis_hint),
        "crises": [_visit_fields(visit) for visit in state.crises],
        "end": _end_fields(state.end),
        "ended": {"t": state.ended.t, "by": state.ended.by} if state.ended else None,
        "contacts": [_contact_fields(contact) for contact in state.contacts],
    }


def from_record(record: Mapping[str, Any]) -> Procedure:
    """The state of a record. Raises ValueError where it is none."""
    try:
        end, hint, ended = record["end"], record["crisis_hint"], record["ended"]
        return Procedure(
            phase=Phase(record["phase"]),
            class_id=_text(record["class"]),
            opened=_maybe(record["opened"]),
            hits=_list(record["hits"], _hit),
            open_hits=_list(record["open_hits"], int),
            said=_list(record["said"], _said),
            pending=_pending(record.get("pending")),
            calmed=_list(record["calmed"], float),
            extensions=_list(
                record["extensions"],
                lambda e: Extension(float(e["t"]), float(e["seconds"]), _text(e["reason"])),
            ),
            crisis_hint=CrisisHint(float(hint["t"]), _list(hint["matched"], _text), _text(hint["why"]))
            if hint
            else None,
            crises=_list(record["crises"], _visit),
            end=EndRequest(float(end["t"]), _text(end["by"]), _text(end["class"]), bool(end["notice_given"]))
            if end
            else None,
            ended=Ended(float(ended["t"]), _text(ended["by"])) if ended else None,
            # Records of earlier versions have none.
            contacts=_list(record.get("contacts", []), _contact),
        )
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"this is no record of a procedure: {error}") from error


def belongs_to(state: Procedure, policy: Policy) -> bool:
    """Whether a restored state can go on with this policy: it may have been changed in between."""
    known = {each.id: each.axis for each in policy.classes}
    open_class = not state.class_id and state.phase is not Phase.LADDER
    pending = state.pending
    return (
        (open_class or state.class_id in known)
        and all(known.get(hit.class_id) is hit.axis for hit in state.hits)
        and all(
            said.ladder in policy.ladders and said.step < len(policy.ladders[said.ladder])
            for said in state.said
        )
        and (pending is None or pending.step < len(policy.ladder_of(state.class_id)))
    )


def _hit_fields(hit: Hit) -> dict[str, object]:
    return {
        "number": hit.number,
        "t": hit.t,
        "class": hit.class_id,
        "axis": hit.axis.value,
        "source": hit.source.value,
        "labels": list(hit.labels),
        "matched": list(hit.matched),
        "why": hit.why,
        "confidence": hit.confidence,
        "countable": hit.countable,
        "rejected": hit.rejected,
    }


def _hit(fields: Mapping[str, Any]) -> Hit:
    return Hit(
        number=int(fields["number"]),
        t=float(fields["t"]),
        class_id=_text(fields["class"]),
        axis=Axis(fields["axis"]),
        source=Source(fields["source"]),
        labels=_list(fields["labels"], _text),
        matched=_list(fields["matched"], _text),
        why=_text(fields["why"]),
        confidence=float(fields["confidence"]),
        countable=bool(fields["countable"]),
        rejected=bool(fields["rejected"]),
    )


def _said_fields(said: Said) -> dict[str, object]:
    return {
        "t": said.t,
        "class": said.class_id,
        "ladder": said.ladder,
        "step": said.step,
        "kind": said.kind.value,
        "text_id": said.text_id,
        "text_version": said.text_version,
        "language": said.language,
        "text": said.text,
        "method": said.method.value,
        "complete": said.complete,
    }


def _said(fields: Mapping[str, Any]) -> Said:
    return Said(
        t=float(fields["t"]),
        class_id=_text(fields["class"]),
        ladder=_text(fields["ladder"]),
        step=int(fields["step"]),
        kind=StepKind(fields["kind"]),
        text_id=_text(fields["text_id"]),
        text_version=int(fields["text_version"]),
        language=_text(fields["language"]),
        text=_text(fields["text"]),
        method=Method(fields["method"]),
        complete=bool(fields["complete"]),
    )


def _pending_fields(pending: Pending | None) -> dict[str, object] | None:
    if pending is None:
        return None
    sentence = pending.sentence
    return {
        "t": pending.t,
        "step": pending.step,
        "text_id": sentence.text_id,
        "text_version": sentence.version,
        "language": sentence.language,
        "text": sentence.text,
        "say": sentence.say,
        "minutes": sentence.minutes,
        "then_end": pending.then_end,
        "began": pending.began,
    }


def _pending(fields: Mapping[str, Any] | None) -> Pending | None:
    """None as well in the records of versions that left it out."""
    if fields is None:
        return None
    sentence = Sentence(
        _text(fields["text_id"]),
        int(fields["text_version"]),
        _text(fields["language"]),
        _text(fields["text"]),
        _text(fields["say"]),
        int(fields["minutes"]),
    )
    step, began = int(fields["step"]), _maybe(fields["began"])
    return Pending(float(fields["t"]), step, sentence, bool(fields["then_end"]), began)


def _hint_fields(hint: CrisisHint | None) -> dict[str, object] | None:
    return {"t": hint.t, "matched": list(hint.matched), "why": hint.why} if hint else None


def _end_fields(end: EndRequest | None) -> dict[str, object] | None:
    if end is None:
        return None
    return {"t": end.t, "by": end.by, "class": end.class_id, "notice_given": end.notice_given}


def _visit_fields(visit: CrisisVisit) -> dict[str, object]:
    return {
        "entered": visit.entered,
        "checks": [list(each) for each in visit.checks],
        "place": visit.place,
        "lines": [list(each) for each in visit.lines],
        "supervisor": visit.supervisor,
        "left": visit.left,
        "left_reason": visit.left_reason,
    }


def _visit(fields: Mapping[str, Any]) -> CrisisVisit:
    return CrisisVisit(
        entered=float(fields["entered"]),
        checks=_list(fields["checks"], _named_time),
        place=_text(fields["place"]),
        lines=_list(fields["lines"], _named_time),
        supervisor=_maybe(fields["supervisor"]),
        left=_maybe(fields["left"]),
        left_reason=_text(fields["left_reason"]),
    )


def _contact_fields(contact: Contact) -> dict[str, object]:
    return {
        "call_id": contact.call_id,
        "t": contact.t,
        "purpose": contact.purpose,
        "name": contact.name,
        "number": contact.number,
        "answered": contact.answered,
        "over": contact.over,
    }


def _contact(fields: Mapping[str, Any]) -> Contact:
    return Contact(
        call_id=_text(fields["call_id"]),
        t=float(fields["t"]),
        purpose=_text(fields["purpose"]),
        name=_text(fields["name"]),
        number=_text(fields["number"]),
        answered=_maybe(fields["answered"]),
        over=_maybe(fields["over"]),
    )


def _named_time(pair: Any) -> tuple[str, float]:
    name, t = pair
    return _text(name), float(t)


def _list(values: Any, read: Callable[[Any], T]) -> tuple[T, ...]:
    if not isinstance(values, list) or len(values) > MOST_ENTRIES:
        raise ValueError("this is no record of a procedure: a list is expected")
    return tuple(read(value) for value in values)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("this is no record of a procedure: a text is expected")
    return value


def _maybe(value: Any) -> float | None:
    return None if value is None else float(value)
