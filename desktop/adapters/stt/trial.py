"""Both engines on one spoken sentence: which is faster on this PC, and whether they write the same. Needs torch."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from desktop.adapters.stt.agreement import readable
from desktop.adapters.stt.engine import Engine
from desktop.adapters.stt.fast_decoder import fast_engine
from desktop.adapters.stt.fast_models import ConversionError, FastModel, Trial
from desktop.adapters.stt.model_notes import ModelNotes
from desktop.adapters.stt.models import load_engine
from desktop.adapters.stt.self_check import known_sample
from desktop.adapters.stt.sound import Floats
from desktop.domain.practice_result import plain

# Other programs only ever slow an engine down, so of a few tries the fastest is the engine's own time.
TRIES = 2


def compare(
    path: Path, language: str, model: FastModel, versions: Mapping[str, str], notes: ModelNotes
) -> Trial:
    """Decode the sentence as running and as final speech by both. Raises ModelError, ConversionError."""
    sound = known_sample()
    if sound is None:
        raise ConversionError(
            "The sentence on which engines are compared is missing; install the desk again."
        )
    engines: dict[str, Engine] = {
        "torch": load_engine(path, language, notes),
        "ctranslate2": fast_engine(path, language, model, notes),
    }
    times: dict[str, list[float]] = {name: [] for name in engines}
    said: dict[str, str] = {}
    for _ in range(TRIES):
        for name, engine in engines.items():
            started = time.perf_counter()
            said[name] = _said(engine, sound)
            times[name].append(time.perf_counter() - started)
    same = bool(said["torch"]) and said["torch"] == said["ctranslate2"]
    best = {name: round(min(taken), 3) for name, taken in times.items()}
    return Trial(versions["ctranslate2"], versions["torch"], best["ctranslate2"], best["torch"], same)


def _said(engine: Engine, sound: Floats) -> str:
    """The final text without spaces and signs, "" for a loop."""
    engine.decode(sound, final=False, prefix=(), abort=lambda: False)
    final = engine.decode(sound, final=True, prefix=(), abort=lambda: False)
    return plain(readable(engine.content(final.tokens))) if final is not None and not final.looped else ""
