"""What the procedure of a call already says for its report; the agent may say otherwise."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.escalation import AbuseKind, ReportForm
from desktop.domain.policy import Policy
from desktop.domain.procedure_contacts import police_called
from desktop.domain.procedure_state import Procedure


def proposed_form(form: ReportForm, state: Procedure, policy: Policy) -> ReportForm:
    """`form` with what the procedure knows of kind and police, as long as the agent has said nothing of it.

    Nobody is kept away for being in danger.
    """
    if form.police_called is None and police_called(state, policy):
        form = replace(form, police_called=True)
    if form.kind is not None:
        return form
    kind = proposed_kind(state, policy)
    if kind is AbuseKind.CRISIS:
        return replace(form, kind=kind, wants_separation=False)
    return replace(form, kind=kind)


def proposed_kind(state: Procedure, policy: Policy) -> AbuseKind | None:
    """A crisis that was not left, before all abuse; else the worst that counted or was spoken of; None for neither."""
    if any(visit.left is None for visit in state.crises):
        return AbuseKind.CRISIS
    named = [hit.class_id for hit in state.hits if hit.counts] or [said.class_id for said in state.said]
    known = {each.id: each for each in policy.classes}
    # A stored procedure may be of an older policy.
    meant = [known[class_id] for class_id in named if class_id in known]
    if meant:
        return AbuseKind(max(meant, key=lambda each: each.severity).kind)
    return AbuseKind.CRISIS if state.crises else None
