"""The pass over all texts says what Python says of each."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.adapters.search import containing
from desktop.adapters.search.containing import contained

TEXT = st.text(alphabet="ab가나^$\x1f\U0001f600", max_size=30)
GRAM = st.text(alphabet="ab가나^$\U0001f600", min_size=1, max_size=5)


@given(st.lists(GRAM, unique=True, max_size=40), st.lists(TEXT, max_size=6))
def test_it_is_what_the_operator_says(grams: list[str], texts: list[str]) -> None:
    assert contained(grams, texts).tolist() == [[gram in text for gram in grams] for text in texts]


def test_grams_that_share_a_number_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containing, "_FACTOR", np.uint32(1 << 16))
    grams = [f"{first}{second}" for first in "abcdefghij" for second in "가나다라마바사아자차"]
    texts = [" ".join(grams[start::7]) for start in range(7)]
    assert contained(grams, texts).tolist() == [[gram in text for gram in grams] for text in texts]
