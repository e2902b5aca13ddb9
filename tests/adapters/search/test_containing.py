"""The pass over all texts says what Python says of each."""

from itertools import islice, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.adapters.search import containing
from desktop.adapters.search.containing import FEW, contained

TEXT = st.text(alphabet="ab가나^$\x1f\U0001f600", max_size=30)
GRAM = st.text(alphabet="ab가나^$\U0001f600", min_size=1, max_size=5)


@given(st.lists(GRAM, unique=True, max_size=40), st.lists(TEXT, max_size=6))
def test_it_is_what_the_operator_says(grams: list[str], texts: list[str]) -> None:
    assert contained(grams, texts).tolist() == [[gram in text for gram in grams] for text in texts]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_many_grams_of_one_size_end_with_their_text(size: int) -> None:
    letters = "ab가나^$\x1f\uffff"
    grams = ["".join(each) for each in islice(product(letters, repeat=size), 3 * FEW)]
    texts = [
        *grams[::3],
        "",
        "\U0001f600" + grams[1],
        *("".join(grams[at : at + 5]) for at in range(0, 20, 5)),
    ]
    assert contained(grams, texts).tolist() == [[gram in text for gram in grams] for text in texts]


@pytest.mark.parametrize("texts", [[], [""], ["a", ""]])
def test_where_there_is_little_text_little_is_found(texts: list[str]) -> None:
    grams = ["".join(each) for each in islice(product("abcd", repeat=4), 2 * FEW)]
    assert not contained(grams, texts).any()
    assert contained(grams, texts).shape == (len(texts), 2 * FEW)


def test_numbers_that_meet_in_the_small_table_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containing, "_FACTORS", {4: np.uint32(1)})
    grams = [f"{first}{second}" for first in "abcdefghij" for second in "가나다라마바사아자차"]
    texts = [" ".join(grams[start::7]) for start in range(7)]
    assert contained(grams, texts).tolist() == [[gram in text for gram in grams] for text in texts]
