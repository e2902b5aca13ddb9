"""Which of many grams stand in which of many texts, in one pass over all of them.

Every stretch of up to four characters is one whole number, so that equal numbers are equal stretches. Asking Python for
each pair of gram and text takes several times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.unsignedinteger]

FEW = 10
"""Fewer grams of one size are asked one by one."""
_BETWEEN = "\x00"
"""Behind each text: no gram has it."""
_UTF16 = "utf-16-le"
_CHARACTER = 2
"""Bytes of a character of the Basic Multilingual Plane; others take twice as many."""
_KINDS = {1: "<u2", 2: "<u4", 3: "<u8", 4: "<u8"}
_FACTORS: dict[int, np.unsignedinteger] = {
    2: np.uint16(0x9E37),
    4: np.uint32(0x9E3779B1),
    8: np.uint64(0x9E3779B97F4A7C15),
}
"""By the bytes of a number. Odd, with well mixed bits (the golden ratio): what spreads numbers over a small table."""
_BITS = 12


def contained(grams: Sequence[str], texts: Sequence[str]) -> NDArray[np.bool_]:
    """Texts by grams: whether the text contains the gram.

    Grams are not empty, differ from each other, and have no half of a surrogate pair (`grams.clean`).
    """
    there = np.zeros((len(texts), len(grams)), dtype=np.bool_)
    by_size: dict[int, list[int]] = {}
    encoded = [gram.encode(_UTF16, "surrogatepass") for gram in grams]
    for place, (gram, code) in enumerate(zip(grams, encoded, strict=True)):
        # A character of four bytes is looked for by Python.
        size = len(gram) if len(code) == _CHARACTER * len(gram) else 0
        by_size.setdefault(size, []).append(place)
    joined = b""
    ends = np.zeros(0, dtype=np.int64)
    for size, places in by_size.items():
        if size not in _KINDS or len(places) < FEW:
            for place in places:
                there[:, place] = [grams[place] in text for text in texts]
            continue
        if not joined:
            joined, ends = _joined(texts)
        whole = np.dtype(_KINDS[size]).itemsize
        wanted = np.frombuffer(b"".join([encoded[each].ljust(whole, b"\0") for each in places]), _KINDS[size])
        order, at, found = _matches(wanted, _codes(joined, size))
        there[np.searchsorted(ends, found, side="right"), np.array(places)[order[at]]] = True
    return there


def _joined(texts: Sequence[str]) -> tuple[bytes, NDArray[np.int64]]:
    """All texts one after the other, and where each ends, in characters of two bytes."""
    joined = "".join([text + _BETWEEN for text in texts])
    data = joined.encode(_UTF16, "surrogatepass")
    if len(data) == _CHARACTER * len(joined):
        sizes = [len(text) + 1 for text in texts]
    else:
        sizes = [len(text.encode(_UTF16, "surrogatepass")) // _CHARACTER + 1 for text in texts]
    return data, np.fromiter(accumulate(sizes), dtype=np.int64, count=len(texts))


def _codes(data: bytes, size: int) -> Codes:
    """The stretches of `size` characters as numbers, by where they begin; none runs out of the data."""
    kind = np.dtype(_KINDS[size])
    count = len(data) // _CHARACTER - size + 1
    missing = max(0, _CHARACTER * (count - 1) + kind.itemsize - len(data))
    overlapping = np.ndarray((max(0, count),), kind, data + bytes(missing), strides=(_CHARACTER,))
    return overlapping & np.uint64(0xFFFF_FFFF_FFFF) if size == 3 else overlapping.copy()


def _matches(
    wanted: Codes, stretches: Codes
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The order of the wanted numbers, and of each stretch that is one of them its place in that order and its own."""
    factor, shift = _FACTORS[wanted.itemsize], wanted.dtype.type(8 * wanted.itemsize - _BITS)
    known = np.zeros(1 << _BITS, dtype=np.bool_)
    known[(wanted * factor) >> shift] = True
    found = np.flatnonzero(known[(stretches * factor) >> shift])
    order = np.argsort(wanted)
    ordered, stretches = wanted[order], stretches[found]
    at = np.minimum(np.searchsorted(ordered, stretches), ordered.size - 1)
    same = ordered[at] == stretches
    return order, at[same], found[same]
