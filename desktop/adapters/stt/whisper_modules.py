"""whisper's modules without its timing of words, for which it loads a compiler: 40 MB and a quarter of a second."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import NoReturn

TIMING = "whisper.timing"


def _refuse(*_args: object, **_rest: object) -> NoReturn:
    raise NotImplementedError("whisper's timing of words is not loaded")


if TIMING not in sys.modules:
    sys.modules[TIMING] = ModuleType(TIMING)
    sys.modules[TIMING].add_word_timestamps = _refuse  # type: ignore[attr-defined]

from whisper.audio import log_mel_spectrogram  # noqa: E402
from whisper.model import ModelDimensions, Whisper  # noqa: E402

__all__ = ["ModelDimensions", "Whisper", "log_mel_spectrogram"]
