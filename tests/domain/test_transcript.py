"""Segments and the words in them that the recogniser did not trust."""

from __future__ import annotations

import pytest

from desktop.domain.transcript import LOW_CONFIDENCE, Leg, Segment, Span

TEXT = "야 이 바보야 바보 같은 소리 말고"


def segment(*doubts: Span, confidence: float = 0.9) -> Segment:
    return Segment("c1", Leg.CALLER, TEXT, confidence, 0.0, 2.0, doubts)


@pytest.mark.parametrize(
    ("doubts", "confidence", "unsure"),
    [((), 0.9, False), ((), LOW_CONFIDENCE - 0.01, True), (((0, 3),), 0.9, False), (((0, 10),), 0.9, True)],
)
def test_a_segment_is_unsure_as_a_whole_where_much_of_it_is(
    doubts: tuple[Span, ...], confidence: float, unsure: bool
) -> None:
    assert segment(*doubts, confidence=confidence).unsure is unsure


@pytest.mark.parametrize(
    ("doubts", "words", "any_doubtful"),
    [
        ((), ("바보",), False),
        (((4, 7),), ("바보야",), True),
        (((4, 7),), ("바보",), False),
        (((4, 7), (8, 10)), ("바보",), True),
        (((11, 13),), ("바보",), False),
        (((4, 7),), ("",), False),
        (((4, 7),), ("없는 말",), False),
    ],
)
def test_a_word_is_doubtful_where_it_is_so_wherever_it_stands(
    doubts: tuple[Span, ...], words: tuple[str, ...], any_doubtful: bool
) -> None:
    assert segment(*doubts).doubts_any(words) is any_doubtful
