"""What the protection knows of a call, as it stands in the evidence: hits, warnings, crises, earlier incidents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta

from desktop.domain.call import MOST_EARLIER_CALLS, Call, earlier_calls
from desktop.domain.policy import Policy
from desktop.domain.procedure_state import Contact, Hit, Method, Procedure, Said
from desktop.domain.strikes import Strike, caller_number, history_of
from desktop.services.line import CurrentLine

"""So many calls of a number are looked through."""
METHODS = {Method.AGENT_VOICE: "agent_voice", Method.SYSTEM_TEXT: "system_text", Method.EXCHANGE: "ars"}


class ProtectionEvidence:
    """An `EvidenceExtras`. `running(call_id)` is the procedure of the call that is on, None for others."""

    def __init__(
        self,
        policy: Policy,
        line: CurrentLine,
        caller_key: Callable[[str], str],
        running: Callable[[str], Procedure | None],
    ) -> None:
        self._policy, self._line, self._caller_key, self._running = policy, line, caller_key, running

    async def extras(self, call: Call) -> Mapping[str, object]:
        """JSON values, as docs/evidence.md lists them. Raises StorageError."""
        records = self._line.records
        state = self._running(call.id) or await records.procedure(call.id) or Procedure()
        number = caller_number(call.remote)
        strikes = await records.strikes_of(self._caller_key(number)) if number else []
        # Calls without a number are of anybody.
        others = await records.calls_with(call.remote, MOST_EARLIER_CALLS) if number else []
        before = earlier_calls((other for other in others if other.id != call.id), call.created)
        return {
            "policy": self._policy.digest,
            "hits": [self._hit(each) for each in state.hits],
            "warnings": [_warning(each, call) for each in state.said],
            "extensions": [{"t": e.t, "seconds": e.seconds, "reason": e.reason} for e in state.extensions],
            "crises": [
                {
                    "entered": visit.entered,
                    "left": visit.left,
                    "reason": visit.left_reason,
                    "place": visit.place,
                    "checks": [list(each) for each in visit.checks],
                    "lines": [list(each) for each in visit.lines],
                    "supervisor": visit.supervisor,
                }
                for visit in state.crises
            ],
            "end": {"by": state.end.by, "notice_given": state.end.notice_given} if state.end else None,
            "incidents": _incidents(strikes, call),
            "listed_status": self._listed(strikes, call),
            "previous_calls": asdict(before),
            "contacts": [_contact(each, call) for each in state.contacts],
        }

    def _listed(self, strikes: Sequence[Strike], call: Call) -> dict[str, object]:
        """What the caller was known for when they called."""
        others = [each for each in strikes if each.call_id != call.id and each.moment < call.created]
        history = history_of(others, self._policy, call.created)
        return {
            "status": "attention" if history else "none",
            "class": history.last_class,
            "counts": dict(history.counts),
        }

    def _hit(self, hit: Hit) -> dict[str, object]:
        return {
            "number": hit.number,
            "labels": list(hit.labels),
            "class": hit.class_id,
            "matched": list(hit.matched),
            "why": hit.why,
            "severity": self._policy.class_of(hit.class_id).severity,
            "start": hit.t,
            "source": hit.source.value,
            "confidence": hit.confidence,
            "counted": hit.counts,
            "rejected": hit.rejected,
        }


def _moment(t: float | None, call: Call) -> str:
    moment = call.confirmed + timedelta(seconds=t) if call.confirmed and t is not None else None
    return moment.isoformat(timespec="milliseconds") if moment else ""


def _contact(contact: Contact, call: Call) -> dict[str, object]:
    return {
        "purpose": contact.purpose,
        "name": contact.name,
        "number": contact.number,
        "time": _moment(contact.t, call),
        "answered": _moment(contact.answered, call),
        "over": _moment(contact.over, call),
    }


def _warning(said: Said, call: Call) -> dict[str, object]:
    return {
        "time": _moment(said.t, call),
        "t": said.t,
        "kind": said.kind.value,
        "method": METHODS[said.method],
        "text_id": said.text_id,
        "version": said.text_version,
        "language": said.language,
        "text": said.text,
        "complete": said.complete,
    }


def _incidents(strikes: Sequence[Strike], call: Call) -> list[dict[str, object]]:
    return [
        {
            "call_id": strike.call_id,
            "time": strike.moment.isoformat(timespec="milliseconds"),
            "class": strike.class_id,
            "axis": strike.axis,
            "corrected": strike.corrected,
        }
        for strike in strikes
        if strike.call_id != call.id
    ]
