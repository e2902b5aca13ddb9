"""Postings: the ascending numbers of the articles that hold a gram, packed, and the changes that updates add to them.

A list is the differences of its numbers in the narrowest whole width: a byte says which, then they follow. There are
narrower codes; reading them back was measured to cost more than a query has.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
MOST = (1 << 32) - 1
"""The highest article number that can be packed."""
UNKNOWN_SHARE = 0.6
"""Weight of a gram that no article holds, as a share of the rarest gram's."""

EMPTY = b"\x01"
"""The list of no article."""
_WIDTHS = {1: "<u1", 2: "<u2", 4: "<u4"}


def encode(ids: NDArray[Any]) -> bytes:
    """Pack the ascending article numbers (from 1 up) of one list."""
    return next(encode_all(ids, np.array([ids.size]))) if ids.size else EMPTY


def encode_all(ids: NDArray[Any], ends: NDArray[np.int64]) -> Iterator[bytes]:
    """Pack lists that stand one after the other in `ids`, each ending before its place in `ends`. None is empty."""
    starts = np.concatenate(([0], ends[:-1]))
    deltas = np.diff(ids, prepend=ids.dtype.type(0))
    deltas[starts] = ids[starts]
    tops = np.maximum.reduceat(deltas, starts)
    widths = np.where(tops < 1 << 8, 1, np.where(tops < 1 << 16, 2, 4))
    packed = {width: deltas.astype(kind).tobytes() for width, kind in _WIDTHS.items()}
    for start, end, width in zip(starts.tolist(), ends.tolist(), widths.tolist(), strict=True):
        yield bytes((width,)) + packed[width][start * width : end * width]


def decode(blob: bytes, last: int) -> Ids:
    """Unpack; ValueError if the blob is not one that `encode` makes for article numbers up to `last`."""
    return decode_all([blob], last)[0]


def decode_all(blobs: Sequence[bytes], last: int) -> tuple[Ids, NDArray[np.int64]]:
    """Unpack many lists at once, which takes little longer than one: all numbers end to end, and the lists' lengths.

    ValueError if a blob is not one that `encode` makes for article numbers up to `last`.
    """
    sizes = np.array([_length(blob) for blob in blobs], dtype=np.int64)
    parts = [
        np.frombuffer(b"".join([blob[1:] for blob in alike]), dtype=_WIDTHS[width])
        for width, alike in groupby(blobs, key=itemgetter(0))
    ]
    deltas = np.concatenate([np.zeros(1, dtype=np.int64), *parts], dtype=np.int64)
    if not deltas[1:].all():
        raise ValueError("damaged postings")
    sums = np.cumsum(deltas)
    ends = np.cumsum(sizes)
    before = sums[ends - sizes]
    if (sums[ends] - before > last).any():
        raise ValueError("damaged postings")
    return sums[1:] - np.repeat(before, sizes), sizes


def _length(blob: bytes) -> int:
    """How many numbers a list has."""
    width = blob[0] if blob else 0
    if width not in _WIDTHS or (len(blob) - 1) % width:
        raise ValueError("damaged postings")
    return (len(blob) - 1) // width


def change(number: int) -> bytes:
    """One entry of a list's changes: the article left the list if it was in it, else it joined."""
    return number.to_bytes(4, "little")


def changed(ids: Ids, changes: bytes, last: int) -> Ids:
    """A list after its changes (entries of `change`, oldest first); ValueError if these are damaged."""
    numbers, times = np.unique(np.frombuffer(changes, dtype="<u4").astype(np.int64), return_counts=True)
    found: Ids = np.setxor1d(ids, numbers[times % 2 == 1], assume_unique=True)
    if found.size and (found[0] < 1 or found[-1] > last):
        raise ValueError("damaged postings")
    return found


def both(some: Ids, others: Ids) -> Ids:
    """The numbers that stand in both lists."""
    few, many = (some, others) if some.size < others.size else (others, some)
    if not few.size:
        return few
    places = np.minimum(np.searchsorted(many, few), many.size - 1)
    found: Ids = few[many[places] == few]
    return found


def weight(articles: int, holding: int) -> float:
    """Inverse document frequency of a gram that `holding` of `articles` hold."""
    if not holding:
        return math.log(1 + (articles + 0.5) / 0.5) * UNKNOWN_SHARE
    return math.log(1 + (articles - holding + 0.5) / (holding + 0.5))


def weights(articles: int, holding: NDArray[Any]) -> NDArray[np.float64]:
    """`weight` of many grams, each held by at least one article."""
    found: NDArray[np.float64] = np.log(1 + (articles - holding + 0.5) / (holding + 0.5))
    return found
