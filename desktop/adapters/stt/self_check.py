"""Whether a model that nobody knows can do with short windows: a known sentence in each, held against the whole one."""

from __future__ import annotations

import logging

import numpy as np

from desktop.adapters.stt.acceptance import refusal
from desktop.adapters.stt.agreement import readable
from desktop.adapters.stt.sound import WHISPER_RATE, Floats
from desktop.adapters.stt.windows import WindowedEngine
from desktop.domain.errors import DeskError
from desktop.domain.practice_result import edit_distance, plain
from desktop.paths import resources

SAMPLE = ("practice", "voices", "S01", "08-caller.flac")
LANGUAGE = "ko"
STEPS = (750, 500, 250)
UNSURE = 0
SHORTEST_TEXT = 4
MOST_DIFFERENT = 0.15

log = logging.getLogger(__name__)


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
