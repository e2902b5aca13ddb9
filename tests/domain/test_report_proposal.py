"""What the procedure says for the report before the agent does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.adapters.policy.reading import load_policy
from desktop.domain.escalation import AbuseKind, ReportForm, freeze
from desktop.domain.procedure import heard
from desktop.domain.procedure_crisis import enter_crisis, leave_crisis
from desktop.domain.procedure_state import Procedure
from desktop.domain.report_proposal import proposed_form, proposed_kind
from tests.services.world import StillClock

POLICY = load_policy("seoul").policy
NOTHING = Procedure()
CURSED = heard(NOTHING, POLICY, 10.0, ("PROFANITY",))
THREATENED = heard(CURSED, POLICY, 40.0, ("THREAT",))
CRISIS = enter_crisis(THREATENED, POLICY, 60.0)
MISTAKEN = leave_crisis(CRISIS, 70.0, "농담")


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (NOTHING, None),
        (CURSED, AbuseKind.VERBAL),
        (THREATENED, AbuseKind.THREAT),
        (CRISIS, AbuseKind.CRISIS),
        (MISTAKEN, AbuseKind.THREAT),
        (leave_crisis(enter_crisis(NOTHING, POLICY, 5.0), 9.0, "끊김"), AbuseKind.CRISIS),
    ],
)
def test_a_crisis_comes_before_all_abuse(state: Procedure, kind: AbuseKind | None) -> None:
    assert proposed_kind(state, POLICY) is kind


def test_nobody_is_kept_away_for_being_in_danger() -> None:
    form = ReportForm(demand="도움")
    assert proposed_form(form, CRISIS, POLICY) == replace(form, kind=AbuseKind.CRISIS, wants_separation=False)
    assert proposed_form(form, CURSED, POLICY) == replace(form, kind=AbuseKind.VERBAL)


def test_what_the_agent_named_stays() -> None:
    form = ReportForm(AbuseKind.PRANK)
    assert proposed_form(form, CRISIS, POLICY) == form


def test_a_procedure_of_an_older_policy_names_nothing() -> None:
    (hit,) = CURSED.hits
    assert proposed_kind(replace(CURSED, hits=(replace(hit, class_id="gone"),)), POLICY) is None


def test_masking_leaves_the_kind_as_it_is() -> None:
    content = {"form": {"kind": "crisis", "demand": "010-1234-5678"}}
    frozen = freeze("e1", "c1", 1, "report", StillClock().now(), content)
    assert '"kind":"crisis"' in frozen.canonical
    assert "1234" not in frozen.canonical
