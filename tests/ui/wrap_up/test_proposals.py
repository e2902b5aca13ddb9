"""Proposals, search and key lines."""

from __future__ import annotations

from desktop.domain.transcript import Leg, Segment
from desktop.ui.wrap_up.proposals import key_lines, propose, search

EVERY = ["교통", "주정차", "여권", "세금"]


def test_what_was_read_last_comes_first_then_what_was_found() -> None:
    assert propose(["여권", "세금"], ["주정차", "교통", "주정차"], EVERY) == ["세금", "여권", "주정차"]
    assert propose([], [], EVERY) == ["교통", "주정차", "여권"]
    assert propose(["여권", "여권"], ["여권"], ["여권"]) == ["여권"]


def test_search_takes_pieces_and_initial_consonants() -> None:
    assert search("정", EVERY) == ["주정차"]
    assert search("ㅈㅈ", EVERY) == ["주정차"]
    assert search(" ", EVERY) == EVERY
    assert search("없음", EVERY) == []


def test_key_lines_are_the_longest_sure_ones_of_the_caller_in_their_order() -> None:
    def said(text: str, start: float, leg: Leg = Leg.CALLER, sure: float = 0.9) -> Segment:
        return Segment("c1", leg, text, sure, start, start + 1)

    segments = [
        said("소화전 앞에 차가 있어요.", 1),
        said("네.", 2),
        said("안녕하십니까, 무엇을 도와드릴까요?", 3, Leg.AGENT),
        said("확실하지 않은 아주 긴 말입니다.", 4, sure=0.1),
        said("처리되면 연락은 와요?", 5),
    ]
    assert key_lines(segments) == ["소화전 앞에 차가 있어요.", "처리되면 연락은 와요?"]
