"""Greedy decoding on whisper's own modules: windows of the sound's length, a token at a time, abortable."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import Any

import torch

from desktop.adapters.stt.acceptance import LOOP_REACH, Decoding, loops
from desktop.adapters.stt.network import Network
from desktop.adapters.stt.sound import WHISPER_RATE, Floats
from desktop.adapters.stt.text_engine import DecodingError, TextEngine, fitted
from desktop.adapters.stt.whisper_modules import log_mel_spectrogram
from desktop.adapters.stt.windows import Windows

TIMED_WINDOW = 250


class WhisperEngine(TextEngine):
    """A loaded model with its tokenizer and one language. Not for two threads at once."""

    def __init__(self, network: Network, tokenizer: Any, windows: Windows) -> None:
        self._dims = network.model.dims
        super().__init__(tokenizer, windows, vars(self._dims))
        self._network = network
        self._suppressed = torch.zeros(self._dims.n_vocab)
        self._suppressed[self._never] = -math.inf

    @property
    def precision(self) -> str:
        """`network.INT8`, or `network.FLOAT32` where this machine has no int8."""
        return self._network.precision

    def in_language(self, tokenizer: Any, windows: Windows) -> WhisperEngine:
        """The same model with another tokenizer and other windows; the weights are shared."""
        return WhisperEngine(self._network, tokenizer, windows)

    def time_tokens(self, count: int, clock: Callable[[], float] = time.perf_counter) -> float:
        """Seconds that this many tokens take after a short window of silence."""
        window = min(self.full, TIMED_WINDOW)
        with torch.inference_mode():
            features = self._encode(torch.zeros(0).numpy(), window)
            cache, hooks = self._network.model.install_kv_cache_hooks()
            try:
                self._network.logits(self._head, features, cache)
                started = clock()
                for _ in range(count):
                    self._network.logits([self._tokenizer.eot], features, cache)
                return clock() - started
            finally:
                for hook in hooks:
                    hook.remove()

    def _pass(
        self, sound: Floats, window: int, prefix: Sequence[int], abort: Callable[[], bool]
    ) -> Decoding | None:
        if abort():
            return None
        with torch.inference_mode():
            features = self._encode(sound, window)
            if abort():
                return None
            cache, hooks = self._network.model.install_kv_cache_hooks()
            try:
                return self._greedy(features, cache, list(prefix), len(sound) / WHISPER_RATE, abort)
            finally:
                for hook in hooks:
                    hook.remove()

    def _encode(self, sound: Floats, window: int) -> Any:
        samples = torch.from_numpy(fitted(sound, window))
        mel = log_mel_spectrogram(samples, self._dims.n_mels)[None, :, : window * 2]
        return self._network.encode(mel)

    def _greedy(
        self, features: Any, cache: Any, prefix: list[int], seconds: float, abort: Callable[[], bool]
    ) -> Decoding | None:
        budget = self._budget(seconds, prefix)
        first, row = self._network.logits([*self._head, *prefix], features, cache, at=(0, -1))
        if not bool(torch.isfinite(row).all()):
            raise DecodingError("the model's output is not numbers")
        no_speech = float(first.softmax(-1)[self._tokenizer.no_speech])
        tokens: list[int] = []
        each: list[float] = []
        total = 0.0
        while True:
            scores = (row + self._suppressed).log_softmax(-1)
            token = self._choice(scores, tokens)
            total += float(scores[token])
            if token == self._tokenizer.eot:
                looped = False
                break
            tokens.append(token)
            each.append(float(scores[token]))
            looped = len(tokens) >= budget or self._loops(tokens)
            if looped:
                break
            if abort():
                return None
            row = self._network.logits([token], features, cache)[0]
        # Of a prefix that was given nobody knows how sure the model would have been.
        logprobs = None if prefix else tuple(each)
        return Decoding((*prefix, *tokens), total / (len(tokens) + 1), no_speech, looped, logprobs)

    def _choice(self, scores: Any, tokens: Sequence[int]) -> int:
        return int(scores.argmax())

    def _loops(self, tokens: Sequence[int]) -> bool:
        return loops([self.content([token]) for token in tokens[-LOOP_REACH:]])
