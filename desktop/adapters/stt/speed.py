"""What a loaded speech model costs on this computer."""

from __future__ import annotations

import sys
import time
from itertools import pairwise
from statistics import median

import numpy as np

from desktop.adapters.stt.engine import Engine
from desktop.adapters.stt.sound import WHISPER_RATE, Floats

UTTERANCE_S = 4
TOKENS_PER_SECOND = 5
"""Of speech in the six languages, about (the same figure for each model, so that costs can be compared)."""


def cost_of(engine: Engine, longest: float = 0.0) -> float:
    """Seconds of computing for a second of speech: an utterance of 4 s with hypotheses each second and a final.

    Encoder and tokens are timed on noise and added up for as many tokens as speech has, so that the figure does not
    depend on what the model makes of noise. `longest` is as much sound as the model takes at once, 0 for all.
    """
    seconds = min(UTTERANCE_S, longest or UTTERANCE_S)
    noise = np.random.default_rng(1).normal(0, 0.02, int(seconds * WHISPER_RATE)).astype(np.float32)
    hypothesis, token = _timed(engine, noise, final=False)
    final, _ = _timed(engine, noise, final=True)
    tokens = [TOKENS_PER_SECOND * second for second in range(1, UTTERANCE_S + 1)]
    computed = UTTERANCE_S * hypothesis + final + token * (sum(tokens) + tokens[-1])
    return computed / UTTERANCE_S


def _timed(engine: Engine, sound: Floats, final: bool) -> tuple[float, float]:
    """Seconds of the encoder and of one token: an engine asks whether to stop before and after each step."""
    # What this process computes, whatever else runs; Windows counts it in steps of 16 ms, longer than a token.
    clock = time.perf_counter if sys.platform == "win32" else time.process_time
    marks: list[float] = []

    def mark() -> bool:
        marks.append(clock())
        return False

    engine.decode(sound, final=final, prefix=(), abort=mark)
    marks.append(clock())
    steps = [after - before for before, after in pairwise(marks)]
    return steps[0], median(steps[1:]) if len(steps) > 1 else 0.0
