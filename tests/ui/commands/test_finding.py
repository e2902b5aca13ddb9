"""What a few letters find among the actions."""

from __future__ import annotations

import pytest

from desktop.ui.commands.finding import Findable, begins, finds

HOLD = Findable("보류", "Hold", ("F4",))
SEARCH = Findable("상담DB 검색", "Search answers", ("Ctrl+F", "/"))


@pytest.mark.parametrize("query", ["", "보", "보류", "ㅂ", "ㅂㄹ", "볼", "hold", "HO", "qhfb", "f4", "류"])
def test_words_half_syllables_initials_and_keys_find(query: str) -> None:
    assert finds(query, HOLD)


@pytest.mark.parametrize("query", ["봄", "ㅂㅂ", "f5", "보류해", "보 없음", "xyz"])
def test_others_do_not(query: str) -> None:
    assert not finds(query, HOLD)


def test_every_word_counts_in_any_order() -> None:
    assert finds("검색 상담", SEARCH)
    assert finds("ㅅㄷ", SEARCH)
    assert finds("ctrl+f", SEARCH)
    assert not finds("검색 보류", SEARCH)
    assert begins("상", SEARCH)
    assert begins("ㅅㄷ", SEARCH)
    assert not begins("검색", SEARCH)
