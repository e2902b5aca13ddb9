"""The conditions of a practice call can fail, one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.practice_result import (
    HeardSegment,
    Outcome,
    Seconds,
    SpokenLine,
    character_error_rate,
    edit_distance,
    failures,
    lines_with_segment,
)

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
