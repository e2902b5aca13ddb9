"""Postings: the sorted numbers of the articles that hold a gram, packed as differences of the narrowest whole width."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
_WIDTHS = {1: "<u1", 2: "<u2", 4: "<u4"}
UNKNOWN_SHARE = 0.6
"""Weight of a gram that no article holds, as a share of the rarest gram's."""


def encode(ids: Sequence[int]) -> bytes:
    """Pack ascending article numbers (one or more, from 1 up): a width byte, then little-endian differences."""
    deltas = np.diff(np.asarray(ids, dtype=np.int64), prepend=0)
    top = int(deltas.max())
    width = 1 if top < 1 << 8 else 2 if top < 1 << 16 else 4
    return bytes((width,)) + deltas.astype(_WIDTHS[width]).tobytes()


def decode(blob: bytes, last: int) -> Ids:
    """Unpack; ValueError if the blob is not one that `encode` makes for article numbers up to `last`."""
    width = blob[0] if blob else 0
    if width not in _WIDTHS or (len(blob) - 1) % width:
        raise ValueError("damaged postings")
    ids = np.cumsum(np.frombuffer(blob, dtype=_WIDTHS[width], offset=1), dtype=np.int64)
    if ids.size and (ids[-1] > last or ids[0] < 1):
        raise ValueError("damaged postings")
    return ids


def weight(articles: int, holding: int) -> float:
    """Inverse document frequency of a gram that `holding` of `articles` hold."""
    if not holding:
        return math.log(1 + (articles + 0.5) / 0.5) * UNKNOWN_SHARE
    return math.log(1 + (articles - holding + 0.5) / (holding + 0.5))
