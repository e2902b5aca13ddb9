"""Whether a model that nobody knows can do with short windows: a known sentence in each, held against the whole one."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np

from desktop.adapters.stt.acceptance import refusal
from desktop.adapters.stt.agreement import readable
from desktop.adapters.stt.dimensions import ENGLISH_ONLY
from desktop.adapters.stt.model_file import ModelError
from desktop.adapters.stt.model_notes import ModelNotes
from desktop.adapters.stt.sound import WHISPER_RATE, Floats
from desktop.adapters.stt.text_engine import TextEngine
from desktop.adapters.stt.whisper_tokenizer import tokenizer_of
from desktop.adapters.stt.windows import WindowedEngine, Windows
from desktop.domain.errors import DeskError
from desktop.domain.practice_result import edit_distance, plain
from desktop.paths import resources

SAMPLE = ("practice", "voices", "S01", "08-caller.flac")
LANGUAGE = "ko"
STEPS = (750, 500, 250)
WARM_UP_WINDOW = 250
UNSURE = 0
SHORTEST_TEXT = 4
MOST_DIFFERENT = 0.15

log = logging.getLogger(__name__)


def warm_up(engine: WindowedEngine, path: Path) -> None:
    """Decode a second of noise, once and in a short window: random weights loop in it, and a whole one is dear.

    A model that cannot do this would be silent in every call. Raises ModelError.
    """
    noise = np.random.default_rng(0).normal(0, 0.01, WHISPER_RATE).astype(np.float32)
    try:
        engine.in_window(noise, WARM_UP_WINDOW)
    except Exception as error:
        log.debug("warm-up failed", exc_info=True)
        raise ModelError(f"{path} loads but cannot transcribe ({error}); choose another file.") from error


def take_floor(engine: TextEngine, n_vocab: int, windows: Windows, notes: ModelNotes, digest: str) -> None:
    """Set `windows`, those of `engine`, to what is known of its file, tried now where nothing is; note what rises."""
    floor = notes.floor(digest)
    if floor is None and n_vocab != ENGLISH_ONLY and (sample := known_sample()) is not None:
        whole = Windows(windows.final, windows.final, windows.longest)
        floor = safe_floor(engine.in_language(tokenizer_of(n_vocab, LANGUAGE), whole), sample)
        notes.keep_floor(digest, floor)
    if floor:
        windows.hypothesis = windows.final = min(floor, engine.full)
    told = engine.on_raised

    def keep(raised: int) -> None:
        notes.keep_floor(digest, raised)
        told(raised)

    engine.on_raised = keep


def known_sample() -> Floats | None:
    """A sentence of about three seconds at 16 kHz, short enough for the smallest window; None where it is absent."""
    # Not before it is needed, once for each model file: a library of its own reads it.
    from desktop.adapters.audio.files import read_audio

    try:
        sound = read_audio(resources().joinpath(*SAMPLE), WHISPER_RATE)
    except (OSError, DeskError) as error:
        log.warning("the sample for trying speech models cannot be read: %s", type(error).__name__)
        return None
    return sound.astype(np.float32) / np.float32(32768)


def safe_floor(engine: WindowedEngine, sample: Floats) -> int:
    """The smallest window, in frames of 20 ms, down to which the model says what it says in its whole one.

    `UNSURE` where it makes no sense of the sample in the whole window either.
    """
    exact = engine.in_window(sample, engine.full)
    if exact is None:
        return UNSURE
    wanted = plain(readable(engine.content(exact.tokens)))
    if refusal(exact, wanted, len(sample) / WHISPER_RATE) or len(wanted) < SHORTEST_TEXT:
        log.info("the speech model does not understand the sample; its windows stay long")
        return UNSURE
    safe = engine.full
    for step in (step for step in STEPS if step < engine.full):
        found = engine.in_window(sample, step)
        said = plain(readable(engine.content(found.tokens))) if found is not None else ""
        if found is None or found.looped or edit_distance(said, wanted) > MOST_DIFFERENT * len(wanted):
            break
        safe = step
    log.info("the speech model is safe in windows of %d frames", safe)
    return safe
