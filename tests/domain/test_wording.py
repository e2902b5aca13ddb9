"""Wordings that are learned hold nothing of a person, and the same words are known again."""

from __future__ import annotations

import pytest

from desktop.domain.wording import LONGEST, learnable, same_words


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("  수돗물이   시뻘게요 ", "수돗물이 시뻘게요"),
        ("민증", "민증"),
        ("물", ""),
        ("ㅇㄱㅈㅂㄱ", ""),
        ("여궈ㄴ", ""),
        ("차번호 12가3456", ""),
        ("０１０으로 전화", ""),
        ("mail me@example.org", ""),
        ("가" * LONGEST, "가" * LONGEST),
        ("가" * (LONGEST + 1), ""),
        ("?!", ""),
        ("", ""),
    ],
)
def test_learnable(said: str, kept: str) -> None:
    assert learnable(said) == kept


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("처리되면 연락은 와요?", "처리되면 연락 와요", True),
        ("계량기가 밖에 있는데요", "계량기가 밖에 있는데요.", True),
        ("계량기가 밖에 있는데요", "수도요금이 많이 나왔어요", False),
        ("네", "네", True),
        ("네", "예", False),
        ("", "", True),
        ("", "네 맞아요", False),
    ],
)
def test_same_words(one: str, other: str, same: bool) -> None:
    assert same_words(one, other) == same == same_words(other, one)
