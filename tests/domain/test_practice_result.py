"""The conditions of a practice call can fail, one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.escalation import AbuseKind, Escalation, ReportForm
from desktop.domain.policy import StepKind
from desktop.domain.practice_result import (
    Guarded,
    HeardSegment,
    Outcome,
    Seconds,
    SpokenLine,
    StoredGuard,
    character_error_rate,
    edit_distance,
    failures,
    lines_with_segment,
)
from desktop.domain.procedure_state import CrisisVisit, Method, Procedure, Said

LINES = (
    SpokenLine("agent", "무엇을 도와드릴까요?", 1.0, 3.0),
    SpokenLine("caller", "수도요금은 어떻게 내요?", 4.0, 6.0),
)
SEGMENTS = (
    HeardSegment("agent", "무엇을 도와드릴까요", 1.0, 3.2),
    HeardSegment("caller", "수도 요금은 어떻게 내요", 4.1, 6.2),
)
GOOD = Outcome(
    lines=LINES,
    segments=SEGMENTS,
    heard=Seconds(2.0, 2.1),
    played=Seconds(2.0, 2.0),
    events_in_order=True,
    articles_expected=("F007",),
    articles_suggested=("F007",),
    with_model=True,
    stored_segments=2,
    notes_stored=True,
    wrap_up_stored=True,
)


def test_a_good_call_has_no_failures() -> None:
    assert failures(GOOD) == []
    assert GOOD.cer == 0.0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"events_in_order": False}, "in order"),
        ({"heard": Seconds(1.5, 2.0)}, "caller's speech"),
        ({"heard": Seconds(2.0, 2.6)}, "agent's speech"),
        ({"played": Seconds(0.0, 2.0), "heard": Seconds(0.0, 2.0)}, "caller's speech"),
        ({"notes_stored": False}, "database"),
        ({"wrap_up_stored": False}, "database"),
        ({"segments": SEGMENTS[:1], "stored_segments": 1}, "lines of the caller"),
        ({"segments": (SEGMENTS[0], replace(SEGMENTS[1], text="전혀 다른 말입니다 여러분"))}, "error rate"),
        ({"articles_suggested": ("F001",)}, "F007"),
        ({"stored_segments": 1}, "1 of 2 segments"),
    ],
)
def test_each_condition_can_fail(change: dict[str, object], words: str) -> None:
    found = failures(replace(GOOD, **change))  # type: ignore[arg-type]
    assert any(words in sentence for sentence in found)


def said(method: Method, complete: bool = True) -> Said:
    return Said(
        1.0, "verbal", "verbal", 1, StepKind.WARNING, "verbal_1", 1, "ko", "words", method, complete=complete
    )


FILED = Escalation("e1", "c1", form=ReportForm(AbuseKind.VERBAL), filed=datetime(2026, 11, 26, tzinfo=UTC))
STORED = StoredGuard(
    Procedure(
        said=(
            said(Method.EXCHANGE),
            said(Method.AGENT_VOICE, complete=False),
            said(Method.AGENT_VOICE),
            said(Method.SYSTEM_TEXT),
        ),
        crises=(CrisisVisit(2.0, checks=(("asked", 3.0),)),),
    ),
    FILED,
)
GUARDED = replace(GOOD, guarded=Guarded(AbuseKind.VERBAL, 2, ("asked",)), stored_guard=STORED)


def test_a_guarded_call_asks_for_report_steps_and_checks() -> None:
    assert failures(GUARDED) == []
    assert STORED.steps == [("warning", "agent_voice"), ("warning", "system_text")]
    assert STORED.checks == ["asked"]


@pytest.mark.parametrize(
    ("stored", "wanted", "words"),
    [
        (replace(STORED, escalation=None), {}, "report was not found"),
        (replace(STORED, escalation=replace(FILED, filed=None)), {}, "report was not found"),
        (STORED, {"kind": AbuseKind.THREAT}, "report was not found"),
        (STORED, {"steps": 3}, "2 steps of the procedure are in the database, 3 were due"),
        (STORED, {"checks": ("asked", "alone")}, "not found out in the crisis: alone"),
        (StoredGuard(None, FILED), {}, "0 steps"),
    ],
)
def test_each_condition_of_a_guarded_call_can_fail(
    stored: StoredGuard, wanted: dict[str, object], words: str
) -> None:
    assert GUARDED.guarded is not None
    guarded = replace(GUARDED.guarded, **wanted)  # type: ignore[arg-type]
    found = failures(replace(GUARDED, guarded=guarded, stored_guard=stored))
    assert any(words in sentence for sentence in found)


def test_without_a_model_words_are_not_asked_for() -> None:
    outcome = replace(GOOD, with_model=False, segments=(), articles_suggested=(), stored_segments=0)
    assert failures(outcome) == []
    assert outcome.cer is None
    assert len(failures(replace(outcome, with_model=True))) == 4


def test_spaces_and_marks_do_not_count() -> None:
    line = SpokenLine("caller", "네, 201호예요.", 0, 1)
    assert character_error_rate([line], [HeardSegment("caller", "네 201호 예요", 0, 1)]) == 0.0
    assert character_error_rate([line], []) == 1.0


def test_a_segment_counts_only_at_its_time() -> None:
    far = (replace(SEGMENTS[1], started=20.0, ended=21.0),)
    assert lines_with_segment(LINES, far, "caller") == 0
    assert lines_with_segment(LINES, SEGMENTS, "caller") == 1


@given(st.text(max_size=12), st.text(max_size=12))
def test_distance_is_symmetric_and_bounded(one: str, other: str) -> None:
    distance = edit_distance(one, other)
    assert distance == edit_distance(other, one)
    assert abs(len(one) - len(other)) <= distance <= max(len(one), len(other))
