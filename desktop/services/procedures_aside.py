"""Procedures of calls that are not in front: on hold behind another caller's call, or over and not written up yet."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain import procedure
from desktop.domain.call import Call
from desktop.domain.events import LineChanged
from desktop.domain.policy import Policy
from desktop.domain.procedure_state import Procedure
from desktop.domain.transcript import Segment
from desktop.services.event_bus import EventBus
from desktop.services.protection_keeping import ProtectionKeeping
from desktop.services.protection_ports import Verdict

KEPT = 3
"""Two lines, and one that was over before."""
ENDED_BY = {"local": "agent", "remote": "caller"}


@dataclass(frozen=True, slots=True)
class Aside:
    """A call and how its procedure stands."""

    call: Call
    state: Procedure


class ProceduresAside:
    """In memory, the newest few; every change is written like one of the call in front."""

    def __init__(self, policy: Policy, keeping: ProtectionKeeping, bus: EventBus) -> None:
        self._policy, self._keeping = policy, keeping
        self._kept: dict[str, Aside] = {}
        bus.subscribe(LineChanged, lambda _event: self._kept.clear())

    def put(self, call: Call, state: Procedure) -> None:
        """Keep how this one stands; what is being said is cut off, for nobody hears it."""
        quiet = procedure.cancel(state, self._policy)
        others = [each for each in self._kept.items() if each[0] != call.id]
        self._kept = dict([*others, (call.id, Aside(call, state))][-KEPT:])
        self._change(call.id, quiet)

    def take(self, call_id: str) -> Aside | None:
        """How it stands, now in the hands of whoever asks; None where it is not known here."""
        return self._kept.pop(call_id, None)

    def of(self, call_id: str) -> Procedure | None:
        """How it stands, None where it is not known here."""
        kept = self._kept.get(call_id)
        return kept.state if kept is not None else None

    def heard(self, segment: Segment, verdict: Verdict) -> int:
        """A late segment of a call that is known here; returns the number of the hit, 0 for none."""
        before = self._kept[segment.call_id].state
        after = heard(before, self._policy, segment, verdict)
        self._change(segment.call_id, after)
        return after.hits[-1].number if len(after.hits) > len(before.hits) else 0

    def ended(self, call: Call) -> Procedure | None:
        """A call that is known here is over; returns how its procedure stands then."""
        kept = self._kept.get(call.id)
        if kept is None:
            return None
        began = call.confirmed or call.created
        seconds = max(0.0, ((call.ended or began) - began).total_seconds())
        self._kept[call.id] = Aside(call, kept.state)
        by = ENDED_BY.get(call.ended_by, "system")
        return self._change(call.id, procedure.call_ended(kept.state, self._policy, seconds, by))

    def _change(self, call_id: str, state: Procedure) -> Procedure:
        before = self._kept[call_id]
        if state != before.state:
            self._kept[call_id] = Aside(before.call, state)
            counted = (before.state.hits, before.state.led) != (state.hits, state.led)
            self._keeping.keep(before.call, state, counted)
        return state


def heard(state: Procedure, policy: Policy, segment: Segment, verdict: Verdict) -> Procedure:
    """The procedure after a segment in which the detector found something."""
    doubtful = segment.unsure or segment.doubts_any(verdict.matched)
    sure = 0.0 if doubtful else max(segment.confidence, policy.least_confidence)
    return procedure.heard(
        state,
        policy,
        segment.end,
        verdict.labels,
        matched=verdict.matched,
        why=verdict.why,
        confidence=sure,
    )


def deserves_rest(state: Procedure, policy: Policy) -> bool:
    """Whether there was an incident or a crisis after which the agent rests."""
    return bool(state.said or state.crises or procedure.counters(state, policy)["malicious"])
