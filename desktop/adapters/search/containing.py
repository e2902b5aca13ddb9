"""Which of many grams stand in which of many texts, in one pass over all of them.

Every stretch of a gram's size has a number; stretches with a gram's number are looked at. Asking Python for each pair
of gram and text takes several times as long.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]

_BETWEEN = "\x00"
"""Between texts: no gram has it."""
_FACTOR = np.uint32(0x9E3779B1)
"""Odd, with well mixed bits (the golden ratio): what makes a number of some characters."""
FEW = 10
"""Fewer grams of one size are asked one by one."""
_BITS = 12
_SHIFT = np.uint32(32 - _BITS)


def contained(grams: Sequence[str], texts: Sequence[str]) -> NDArray[np.bool_]:
    """Texts by grams: whether the text contains the gram. Grams are not empty and differ from each other."""
    there = np.zeros((len(texts), len(grams)), dtype=np.bool_)
    joined = _BETWEEN.join(texts)
    chars = _characters(joined)
    ends = np.cumsum([len(text) + 1 for text in texts])
    by_size: dict[int, list[int]] = {}
    for place, gram in enumerate(grams):
        by_size.setdefault(len(gram), []).append(place)
    for size, places in by_size.items():
        if len(places) < FEW or not _mark(there, chars, ends, size, places, [grams[each] for each in places]):
            for place in places:
                there[:, place] = [grams[place] in text for text in texts]
    # A stretch of a text may share its number with a gram: what was marked is looked at.
    for text, place in np.argwhere(there).tolist():
        there[text, place] = grams[place] in texts[text]
    return there


def _mark(
    there: NDArray[np.bool_],
    chars: Numbers,
    ends: NDArray[np.int64],
    size: int,
    places: list[int],
    grams: list[str],
) -> bool:
    """Mark the texts that have a stretch of a gram's number. False: not done, for two grams share one."""
    wanted = _numbers(_characters("".join(grams)).reshape(len(grams), size).T)
    if size > chars.size or np.unique(wanted).size < len(grams):
        return False
    known = np.zeros(1 << _BITS, dtype=np.bool_)
    known[wanted >> _SHIFT] = True
    numbers = _numbers([chars[at : chars.size - size + 1 + at] for at in range(size)])
    found = np.flatnonzero(known[numbers >> _SHIFT])
    order = np.argsort(wanted)
    wanted, numbers = wanted[order], numbers[found]
    at = np.minimum(np.searchsorted(wanted, numbers), len(grams) - 1)
    same = wanted[at] == numbers
    rows = np.searchsorted(ends, found[same], side="right")
    there[rows, np.array(places)[order[at[same]]]] = True
    return True


def _characters(text: str) -> Numbers:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _numbers(columns: Sequence[Numbers] | Numbers) -> Numbers:
    """A number for each row of characters, of which the columns are given."""
    total = columns[0] * _FACTOR
    for column in columns[1:]:
        total = (total + column) * _FACTOR
    return total
