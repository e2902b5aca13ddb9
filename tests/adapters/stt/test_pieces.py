"""Long sound is cut where it is quiet and nothing of it is lost."""

from __future__ import annotations

import numpy as np

from desktop.adapters.stt.acceptance import Decoding
from desktop.adapters.stt.pieces import joined, split

RATE = 16000
NOISE = np.random.default_rng(3).normal(0, 0.1, RATE * 10).astype(np.float32)


def test_nothing_is_lost_and_no_piece_is_too_long() -> None:
    pieces = split(NOISE, 3)
    assert np.array_equal(np.concatenate(pieces), NOISE)
    assert max(len(piece) for piece in pieces) <= 3 * RATE


def test_the_cut_is_in_the_pause() -> None:
    sound = NOISE[: 4 * RATE].copy()
    sound[2 * RATE : 2 * RATE + 3200] = 0
    first, _ = split(sound, 3)
    assert 2 * RATE <= len(first) <= 2 * RATE + 3200


def test_more_sound_at_the_end_moves_no_cut() -> None:
    before, after = split(NOISE[: 7 * RATE], 3), split(NOISE, 3)
    assert [len(piece) for piece in before[:-1]] == [len(piece) for piece in after[: len(before) - 1]]


def test_short_sound_and_no_limit_stay_whole() -> None:
    assert len(split(NOISE[:RATE], 3)) == 1
    assert len(split(NOISE, 0)) == 1
    assert len(split(NOISE[:0], 3)) == 1


def test_text_is_put_together_without_silence_and_loops() -> None:
    one, two = Decoding((1, 2), -0.1, 0.0), Decoding((3,), -0.3, 0.1)
    silence, loop = Decoding((7,), -2.0, 0.9), Decoding((8, 8, 8), -0.1, 0.0, looped=True)
    whole = joined([one, silence, loop, two])
    assert whole.tokens == (1, 2, 3)
    assert not whole.looped
    assert -0.3 < whole.logprob < -0.1
    assert joined([loop, loop]).looped
    assert joined([silence]).no_speech == 0.9
