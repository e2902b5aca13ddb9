"""A shift of utterances, each of another length, leaves nothing behind in the memory of who decodes them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import psutil
import pytest

from desktop.adapters.stt.model_file import practice_model
from desktop.adapters.stt.sound import WHISPER_RATE
from desktop.adapters.stt.text_engine import TextEngine
from desktop.adapters.system.machine import give_back_memory
from tests.adapters.stt.engines import ENGINES, engine_of

MOST = 3 << 20
LENGTHS, SHORTEST_S, LONGEST_S = 100, 0.8, 8.0


def decode(engine: TextEngine, lengths: np.ndarray) -> int:
    """Bytes that this process holds for itself after it has decoded noise of these lengths (s)."""
    noise = np.random.default_rng(1).normal(0, 0.05, int(LONGEST_S * WHISPER_RATE)).astype(np.float32)
    for seconds in lengths:
        assert engine.decode(noise[: int(seconds * WHISPER_RATE)], final=False, abort=lambda: False)
    give_back_memory()
    return int(psutil.Process().memory_full_info().uss)


@pytest.mark.parametrize("name", ENGINES)
def test_new_lengths_take_no_more_memory(name: str, tmp_path: Path) -> None:
    engine = engine_of(name, practice_model(), tmp_path)
    lengths = np.linspace(SHORTEST_S, LONGEST_S, 2 * LENGTHS)
    before = decode(engine, lengths[::2])
    assert decode(engine, lengths[1::2]) - before < MOST
