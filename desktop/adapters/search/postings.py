"""Postings: the ascending numbers of the articles that hold a gram, packed, and the changes that updates add to them.

A short list is the differences of its numbers in the narrowest whole width. A long one is coded as Elias and Fano did:
the low bits of every number side by side, the high parts as steps in a row of bits, about two bits and the logarithm
of the mean distance for a number.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
MOST = (1 << 32) - 1
"""The highest article number that can be packed."""
LONG = 128
"""Numbers from which on a list is worth the longer way of coding."""
UNKNOWN_SHARE = 0.6
"""Weight of a gram that no article holds, as a share of the rarest gram's."""

_WIDTHS = {1: "<u1", 2: "<u2", 4: "<u4"}
_STEPPED = 16
"""First byte of a long list: this, and the number of low bits."""
_MOST_LOW_BITS = 16
_HEAD = 5


def encode(ids: NDArray[Any]) -> bytes:
    """Pack the ascending article numbers (one or more, from 1 up) of one list."""
    return next(encode_all(ids, np.array([ids.size])))


def encode_all(ids: NDArray[Any], ends: NDArray[np.int64]) -> Iterator[bytes]:
    """Pack lists that stand one after the other in `ids`, each ending before its place in `ends`. None is empty."""
    starts = np.concatenate(([0], ends[:-1]))
    deltas = np.diff(ids, prepend=ids.dtype.type(0))
    deltas[starts] = ids[starts]
    tops = np.maximum.reduceat(deltas, starts)
    widths = np.where(tops < 1 << 8, 1, np.where(tops < 1 << 16, 2, 4))
    counts = ends - starts
    short = deltas[np.repeat(counts < LONG, counts)]
    packed = {width: short.astype(kind).tobytes() for width, kind in _WIDTHS.items()}
    at = 0
    for start, count, width in zip(starts.tolist(), counts.tolist(), widths.tolist(), strict=True):
        if count < LONG:
            yield bytes((width,)) + packed[width][at * width : (at + count) * width]
            at += count
            continue
        stepped = _encode_steps(ids[start : start + count])
        if 1 + count * width > len(stepped):
            yield stepped
        else:
            yield bytes((width,)) + deltas[start : start + count].astype(_WIDTHS[width]).tobytes()


def _encode_steps(ids: NDArray[Any]) -> bytes:
    count, top = ids.size, int(ids[-1])
    about = min(_MOST_LOW_BITS - 1, max(0, (top // count).bit_length() - 1))
    low_bits = min((about, about + 1), key=lambda bits: count * bits + (top >> bits))
    places = (ids >> low_bits) + np.arange(count)
    steps = np.zeros(int(places[-1]) + 1, dtype=np.uint8)
    steps[places] = 1
    low = b""
    if low_bits:
        wide = np.unpackbits(ids.astype("<u2").view(np.uint8), bitorder="little").reshape(count, 16)
        low = np.packbits(wide[:, :low_bits], bitorder="little").tobytes()
    high = np.packbits(steps, bitorder="little").tobytes()
    return bytes((_STEPPED + low_bits,)) + count.to_bytes(_HEAD - 1, "little") + low + high


def decode(blob: bytes, last: int) -> Ids:
    """Unpack; ValueError if the blob is not one that `encode` makes for article numbers up to `last`."""
    kind = blob[0] if blob else 0
    if _STEPPED <= kind <= _STEPPED + _MOST_LOW_BITS:
        ids = _decode_steps(blob, kind - _STEPPED)
    elif kind in _WIDTHS and not (len(blob) - 1) % kind:
        ids = np.cumsum(np.frombuffer(blob, dtype=_WIDTHS[kind], offset=1), dtype=np.int64)
    else:
        raise ValueError("damaged postings")
    return _checked(ids, last)


def _decode_steps(blob: bytes, low_bits: int) -> Ids:
    count = int.from_bytes(blob[1:_HEAD], "little")
    low_size = (count * low_bits + 7) // 8
    packed = np.frombuffer(blob, dtype=np.uint8, offset=_HEAD)
    steps = np.unpackbits(packed[low_size:], bitorder="little")
    ids: Ids = np.flatnonzero(steps.view(np.bool_)).astype(np.int64, copy=False)
    if ids.size != count or not count:
        raise ValueError("damaged postings")
    ids -= np.arange(count)
    if low_bits:
        wide = np.zeros((count, 16), dtype=np.uint8)
        low = np.unpackbits(packed[:low_size], count=count * low_bits, bitorder="little")
        wide[:, :low_bits] = low.reshape(count, low_bits)
        ids <<= low_bits
        ids |= np.packbits(wide.ravel(), bitorder="little").view("<u2")
    return ids


def _checked(ids: Ids, last: int) -> Ids:
    if ids.size and (ids[0] < 1 or ids[-1] > last or (ids[1:] <= ids[:-1]).any()):
        raise ValueError("damaged postings")
    return ids


def change(number: int) -> bytes:
    """One entry of a list's changes: the article left the list if it was in it, else it joined."""
    return number.to_bytes(4, "little")


def changed(ids: Ids, changes: bytes, last: int) -> Ids:
    """A list after its changes (entries of `change`, oldest first); ValueError if these are damaged."""
    numbers, times = np.unique(np.frombuffer(changes, dtype="<u4").astype(np.int64), return_counts=True)
    return _checked(np.setxor1d(ids, numbers[times % 2 == 1], assume_unique=True), last)


def weight(articles: int, holding: int) -> float:
    """Inverse document frequency of a gram that `holding` of `articles` hold."""
    if not holding:
        return math.log(1 + (articles + 0.5) / 0.5) * UNKNOWN_SHARE
    return math.log(1 + (articles - holding + 0.5) / (holding + 0.5))


def weights(articles: int, holding: NDArray[Any]) -> NDArray[np.float64]:
    """`weight` of many grams, each held by at least one article."""
    found: NDArray[np.float64] = np.log(1 + (articles - holding + 0.5) / (holding + 0.5))
    return found
