"""What a loaded speech model costs on this computer."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from desktop.adapters.stt.acceptance import Decoding
from desktop.adapters.stt.sound import WHISPER_RATE, Floats

UTTERANCE_S = 4
TOKENS_PER_SECOND = 5
"""Of speech in the six languages, about (the same figure for each model, so that costs can be compared)."""
TIMED_TOKENS = 20


class Costed(Protocol):
    """An engine whose work can be timed in parts."""

    def decode(
        self, sound: Floats, *, final: bool, prefix: Sequence[int], abort: Callable[[], bool]
    ) -> Decoding | None:
        """As the Engine port says; asks whether to stop before and after the encoder."""
        ...

    def time_tokens(self, count: int, clock: Callable[[], float]) -> float:
        """Seconds for this many tokens by `clock`."""
        ...


def cost_of(engine: Costed, longest: float = 0.0) -> float:
    """Seconds of computing for a second of speech: an utterance of 4 s with hypotheses each second and a final.

    Encoder and tokens are timed on noise and added up for as many tokens as speech has, so that the figure does not
    depend on what the model makes of noise. `longest` is as much sound as the model takes at once, 0 for all.
    """
    # What this process computes, whatever else runs; Windows counts it in steps of 16 ms, longer than a token.
    clock = time.perf_counter if sys.platform == "win32" else time.process_time
    seconds = min(UTTERANCE_S, longest or UTTERANCE_S)
    noise = np.random.default_rng(1).normal(0, 0.02, int(seconds * WHISPER_RATE)).astype(np.float32)
    hypothesis, final = (_encoder(engine, noise, final, clock) for final in (False, True))
    token = engine.time_tokens(TIMED_TOKENS, clock) / TIMED_TOKENS
    tokens = [TOKENS_PER_SECOND * second for second in range(1, UTTERANCE_S + 1)]
    computed = UTTERANCE_S * hypothesis + final + token * (sum(tokens) + tokens[-1])
    return computed / UTTERANCE_S


def _encoder(engine: Costed, sound: Floats, final: bool, clock: Callable[[], float]) -> float:
    marks: list[float] = []

    def mark() -> bool:
        marks.append(clock())
        # The tokens are not waited for.
        return len(marks) > 1

    engine.decode(sound, final=final, prefix=(), abort=mark)
    return marks[1] - marks[0]
