"""What an engine knows of tokens, the same for every library that decodes; nothing heavy is imported here."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from desktop.adapters.stt.acceptance import token_budget
from desktop.adapters.stt.sound import Floats
from desktop.adapters.stt.whisper_tokenizer import languages_of, tokenizer_of
from desktop.adapters.stt.windows import SAMPLES_PER_FRAME, WindowedEngine, Windows


class DecodingError(RuntimeError):
    """The model's output is not numbers."""


class TextEngine(WindowedEngine):
    """An engine with whisper's tokenizer, set to one language, and the dimensions of its checkpoint."""

    def __init__(self, tokenizer: Any, windows: Windows, dims: Mapping[str, int]) -> None:
        super().__init__(windows, dims["n_audio_ctx"])
        self._tokenizer, self._vocabulary = tokenizer, dims["n_vocab"]
        self._speaking: dict[str, TextEngine] = {}
        self._places = dims["n_text_ctx"]
        self._head = list(tokenizer.sot_sequence_including_notimestamps)
        # Marks and timestamps, and what stands for no word in subtitles.
        self._never = sorted({*range(tokenizer.eot + 1, dims["n_vocab"]), *tokenizer.non_speech_tokens})

    def content(self, tokens: Sequence[int]) -> bytes:
        """The bytes of text tokens."""
        result: bytes = self._tokenizer.encoding.decode_bytes(list(tokens))
        return result

    @abstractmethod
    def in_language(self, tokenizer: Any, windows: Windows) -> TextEngine:
        """The same model with another tokenizer and other windows; the weights are shared."""

    def speaking(self, language: str) -> TextEngine:
        """As the Engine port says; the floors of the windows are those of this engine."""
        if language == self._tokenizer.language or language not in languages_of(self._vocabulary):
            return self
        if language not in self._speaking:
            other = self.in_language(tokenizer_of(self._vocabulary, language), self._windows)
            other.on_raised = self.on_raised
            self._speaking[language] = other
        return self._speaking[language]

    def _budget(self, seconds: float, prefix: Sequence[int]) -> int:
        """How many tokens, after `prefix`, sound of this length may become; as many are called a loop."""
        room = self._places - len(self._head) - len(prefix) - 1
        return max(1, min(token_budget(self._tokenizer.language, seconds), room))


def fitted(sound: Floats, window: int) -> Floats:
    """`sound` with silence behind it, or without its end, as long as a window of so many frames."""
    samples = np.zeros(window * SAMPLES_PER_FRAME, np.float32)
    sound = sound[: len(samples)]
    samples[: len(sound)] = sound
    return samples
