"""Long sound for a model that only knows short: cut where it is quiet, text put together again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desktop.adapters.stt.acceptance import DOUBTFUL, NO_SPEECH, Decoding
from desktop.adapters.stt.sound import WHISPER_RATE, Floats

BLOCK = WHISPER_RATE // 50
EARLIEST = 0.4


def split(sound: Floats, longest: float) -> list[Floats]:
    """`sound` (16 kHz) in pieces of at most `longest` seconds, cut where it is quietest; 0: in one piece.

    Cuts are found from the front, so that more sound at the end does not move them.
    """
    pieces: list[Floats] = []
    most = int(longest * WHISPER_RATE)
    while 0 < most < len(sound):
        first = int(EARLIEST * most) // BLOCK
        blocks = sound[first * BLOCK : most // BLOCK * BLOCK].reshape(-1, BLOCK)
        power = np.convolve(np.pad(np.square(blocks).mean(axis=1), 1, mode="edge"), np.ones(3), "valid")
        cut = (first + int(power.argmin())) * BLOCK + BLOCK // 2
        pieces.append(sound[:cut])
        sound = sound[cut:]
    return [*pieces, sound]


def joined(pieces: Sequence[Decoding]) -> Decoding:
    """One decoding of what was decoded in pieces; pieces without speech and loops are left out."""
    good = [p for p in pieces if not p.looped and not (p.no_speech > NO_SPEECH and p.logprob < DOUBTFUL)]
    kept = good or pieces
    each = [piece.logprobs for piece in kept]
    logprobs = [value for values in each if values is not None for value in values]
    weights = [len(piece.tokens) + 1 for piece in kept]
    return Decoding(
        tokens=tuple(token for piece in kept for token in piece.tokens),
        logprob=sum(p.logprob * w for p, w in zip(kept, weights, strict=True)) / sum(weights),
        no_speech=min(piece.no_speech for piece in kept),
        looped=not good and all(piece.looped for piece in pieces),
        logprobs=None if None in each else tuple(logprobs),
    )
