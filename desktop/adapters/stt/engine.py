"""The port behind which a recogniser sits; nothing heavy is imported here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from desktop.adapters.stt.acceptance import Decoding
from desktop.adapters.stt.model_file import ModelError
from desktop.adapters.stt.sound import WHISPER_RATE, Floats

log = logging.getLogger(__name__)

NO_MEMORY = ("allocate memory", "could not create a primitive", "could not create a memory")


class Engine(Protocol):
    """What turns a stretch of sound into tokens, and tokens into bytes of UTF-8."""

    def decode(
        self, sound: Floats, *, final: bool, prefix: Sequence[int], abort: Callable[[], bool]
    ) -> Decoding | None:
        """Decode float32 sound at 16 kHz, `prefix` tokens first; None where `abort` said so."""
        ...

    def content(self, tokens: Sequence[int]) -> bytes:
        """The bytes that tokens stand for; they may end inside a character."""
        ...


def lacks_memory(error: BaseException) -> bool:
    """Whether an engine failed because it got no memory; torch and oneDNN say so in the words of a RuntimeError."""
    words = str(error)
    return isinstance(error, MemoryError) or any(each in words for each in NO_MEMORY)


def warm_up(engine: Engine, path: Path) -> None:
    """Decode a second of noise. A model that cannot do this would be silent in every call. Raises ModelError."""
    noise = np.random.default_rng(0).normal(0, 0.01, WHISPER_RATE).astype(np.float32)
    try:
        engine.decode(noise, final=False, prefix=(), abort=lambda: False)
    except Exception as error:
        log.debug("warm-up failed", exc_info=True)
        raise ModelError(f"{path} loads but cannot transcribe ({error}); choose another file.") from error
