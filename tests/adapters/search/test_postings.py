"""What is packed comes back; what no packing makes is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.adapters.search import postings

LAST = 100_000
SOME = st.lists(st.integers(1, LAST), min_size=1, max_size=400, unique=True).map(sorted)


def array(numbers: list[int]) -> postings.Ids:
    return np.array(numbers, dtype=np.int64)


@given(SOME)
def test_a_list_comes_back(numbers: list[int]) -> None:
    assert postings.decode(postings.encode(array(numbers)), LAST).tolist() == numbers


@pytest.mark.parametrize("step", [1, 2, 3, 7, 20, 150, 700])
@pytest.mark.parametrize("kind", [np.uint32, np.int64])
def test_long_lists_of_every_density_come_back(step: int, kind: type) -> None:
    chance = np.random.default_rng(step)
    numbers = np.flatnonzero(chance.random(LAST) < 1 / step) + 1 if step > 1 else np.arange(1, LAST + 1)
    blob = postings.encode(numbers.astype(kind))
    assert (postings.decode(blob, LAST) == numbers).all()
    assert len(blob) <= 1 + numbers.size * (1 if step < 20 else 2)


def test_a_long_list_far_away_comes_back() -> None:
    numbers = np.concatenate((np.arange(1, 200), [4_000_000_000 - 1]))
    assert (postings.decode(postings.encode(numbers), 4_000_000_000) == numbers).all()


@given(st.lists(SOME, min_size=1, max_size=8))
def test_many_lists_are_packed_as_each_alone(lists: list[list[int]]) -> None:
    ids = array([number for numbers in lists for number in numbers])
    ends = np.cumsum([len(numbers) for numbers in lists])
    assert list(postings.encode_all(ids, ends)) == [postings.encode(array(numbers)) for numbers in lists]


@given(SOME, st.integers(1, LAST))
def test_numbers_out_of_range_are_refused(numbers: list[int], last: int) -> None:
    blob = postings.encode(array(numbers))
    if numbers[-1] > last:
        with pytest.raises(ValueError, match=r"damaged|buffer"):
            postings.decode(blob, last)
    else:
        assert postings.decode(blob, last).size == len(numbers)


@given(
    st.binary(max_size=600),
    st.sampled_from([b"", b"\x01", b"\x02", b"\x04", b"\x03", b"\x10"]),
)
def test_any_bytes_are_refused_or_ascending_numbers(rest: bytes, head: bytes) -> None:
    try:
        ids = postings.decode(head + rest, LAST)
    except ValueError:
        return
    assert (np.diff(ids, prepend=0) > 0).all()
    assert not ids.size or ids[-1] <= LAST


@given(SOME, st.lists(st.integers(1, LAST), max_size=40))
def test_changes_add_what_was_not_there_and_take_what_was(numbers: list[int], changes: list[int]) -> None:
    expected = set(numbers)
    for number in changes:
        expected ^= {number}
    blob = b"".join(map(postings.change, changes))
    assert postings.changed(array(numbers), blob, LAST).tolist() == sorted(expected)


@pytest.mark.parametrize("blob", [b"\x01", b"\x00\x00\x00\x00", (LAST + 1).to_bytes(4, "little")])
def test_damaged_changes_are_refused(blob: bytes) -> None:
    with pytest.raises(ValueError, match=r"damaged|buffer"):
        postings.changed(array([5]), blob, LAST)


def test_the_weight_of_many_grams_is_the_weight_of_each() -> None:
    counts = array([1, 2, 50, 99, 100])
    each = [postings.weight(100, int(count)) for count in counts]
    assert postings.weights(100, counts).tolist() == pytest.approx(each)


@given(SOME, SOME)
def test_what_stands_in_both_lists(some: list[int], others: list[int]) -> None:
    assert postings.both(array(some), array(others)).tolist() == sorted({*some} & {*others})


def test_nothing_stands_in_an_empty_list() -> None:
    assert postings.both(array([]), array([1, 2])).tolist() == []
