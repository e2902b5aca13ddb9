"""The numbers of traits in a small table: the same as in a dict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.abuse_rules.trait_rows import TraitRows

NAMES = st.lists(st.text(st.characters(exclude_characters="\n", codec="utf-8"), max_size=4), unique=True)


@given(NAMES, st.lists(st.text(max_size=4)))
def test_it_numbers_what_a_dict_numbers_and_nothing_else(names: list[str], others: list[str]) -> None:
    rows = TraitRows("".join(name + "\n" for name in names).encode())
    numbers = {name: row for row, name in enumerate(names)}
    assert rows == numbers
    assert list(rows) == names
    assert len(rows) == len(names)
    for other in others:
        assert (other in rows) == (other in numbers)
    assert "\ud800" not in rows


def test_the_same_trait_twice_is_no_table() -> None:
    with pytest.raises(ValueError, match="twice"):
        TraitRows("가\n나\n가\n".encode())


def test_what_is_no_text_is_in_no_table() -> None:
    assert None not in TraitRows("가\n".encode())
