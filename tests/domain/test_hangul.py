"""Keys, composition, initial consonants and layouts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import hangul

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=12)


@given(SYLLABLES)
def test_keys_compose_to_the_same_word(word: str) -> None:
    assert hangul.compose(hangul.keys(word)) == word


@given(SYLLABLES)
def test_a_word_survives_the_other_layout_and_back(word: str) -> None:
    assert hangul.from_latin(hangul.to_latin(word)) == word


@given(st.text(max_size=40))
def test_any_text_is_accepted(text: str) -> None:
    hangul.compose(hangul.keys(text))
    hangul.from_latin(hangul.to_latin(text))
    assert len(hangul.choseong(text)) == len(text)


def test_every_state_of_a_word_being_typed() -> None:
    keys = hangul.keys("여권")
    states = [hangul.compose(keys[:count]) for count in range(1, len(keys) + 1)]
    assert states == ["ㅇ", "여", "역", "여구", "여궈", "여권"]


def test_a_final_moves_to_the_next_syllable() -> None:
    assert hangul.compose("ㄱㅏㅂㅅㅣ") == "갑시"
    assert hangul.compose("ㄱㅏㅅㅣ") == "가시"
    assert hangul.compose("ㄱㄱㅏ") == "ㄱ가"
    assert hangul.compose("ㅏㅏ1ㅗㅏ") == "ㅏㅏ1ㅘ"


def test_the_other_layout() -> None:
    assert hangul.to_latin("여권") == "durnjs"
    assert hangul.from_latin("durnjs woqkfrmq") == "여권 재발급"
    assert hangul.from_latin("dlTek") == "있다"
    assert hangul.from_latin("G7") == "ㅎ7"


def test_choseong() -> None:
    assert hangul.choseong("여권 재발급 2") == "ㅇㄱ ㅈㅂㄱ 2"


def test_split_syllable_wants_one_syllable() -> None:
    assert hangul.split_syllable("값") == ("ㄱ", "ㅏ", "ㅄ")
    for wrong in ("ㄱ", "a", "가나", ""):
        with pytest.raises(ValueError):
            hangul.split_syllable(wrong)
