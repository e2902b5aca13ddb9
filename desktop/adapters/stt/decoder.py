"""Greedy decoding on whisper's own modules: windows of the sound's length, a token at a time, abortable."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional
from whisper.audio import log_mel_spectrogram

from desktop.adapters.stt.acceptance import Decoding, loops, token_budget
from desktop.adapters.stt.pieces import joined, split
from desktop.adapters.stt.sound import WHISPER_RATE, Floats

FRAMES_PER_SECOND = 50
SAMPLES_PER_FRAME = WHISPER_RATE // FRAMES_PER_SECOND
# Silence behind the sound: published weights end badly on windows that stop with the last word.
MARGIN_SECONDS = 1.5
STEPS = (250, 500, 750, 1000, 1500)
KEPT_PIECES = 16


@dataclass(slots=True)
class Windows:
    """Smallest encoder windows in frames of 20 ms, of hypotheses and of final text.

    `longest` seconds is as much sound as the model can do at once; 0 is a whole utterance.
    """

    hypothesis: int = 750
    final: int = 1500
    longest: float = 0.0


class DecodingError(RuntimeError):
    """The model's output is not numbers."""


class WhisperEngine:
    """A loaded model with its tokenizer and one language. Not for two threads at once."""

    def __init__(self, model: Any, tokenizer: Any, windows: Windows) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._windows = windows
        self._full: int = model.dims.n_audio_ctx
        self._alarms = 0
        self._known: dict[tuple[int, bytes], Decoding] = {}
        self._suppressed = torch.zeros(model.dims.n_vocab)
        self._suppressed[tokenizer.eot + 1 :] = -math.inf
        self._suppressed[list(tokenizer.non_speech_tokens)] = -math.inf
        self._head = list(tokenizer.sot_sequence_including_notimestamps)

    def content(self, tokens: Sequence[int]) -> bytes:
        """The bytes of text tokens."""
        result: bytes = self._tokenizer.encoding.decode_bytes(list(tokens))
        return result

    def decode(
        self, sound: Floats, *, final: bool, prefix: Sequence[int] = (), abort: Callable[[], bool]
    ) -> Decoding | None:
        """As the Engine port says. Final text that loops in a short window is decoded again in the whole one."""
        pieces = split(sound, self._windows.longest)
        if len(pieces) == 1:
            return self._decode_piece(sound, final, prefix, abort)
        found: list[Decoding] = []
        for piece in pieces:
            # The beginning of a growing utterance is cut as it was before, so most pieces are known; a loop
            # is not, as final text tries again.
            key = self._floor(final), piece.tobytes()
            decoding = self._known.get(key) or self._decode_piece(piece, final, (), abort)
            if decoding is None:
                return None
            if not decoding.looped:
                self._known[key] = decoding
            found.append(decoding)
        while len(self._known) > KEPT_PIECES:
            self._known.pop(next(iter(self._known)))
        return joined(found)

    def _floor(self, final: bool) -> int:
        return self._windows.final if final else self._windows.hypothesis

    def _decode_piece(
        self, sound: Floats, final: bool, prefix: Sequence[int], abort: Callable[[], bool]
    ) -> Decoding | None:
        floor = self._floor(final)
        wanted = math.ceil(FRAMES_PER_SECOND * (len(sound) / WHISPER_RATE + MARGIN_SECONDS))
        window = min(self._full, max(wanted, floor))
        with torch.inference_mode():
            result = self._pass(sound, window, prefix, abort)
            if result is None or not result.looped or not final or window >= self._full:
                return result
            whole = self._pass(sound, self._full, (), abort)
        if whole is not None and not whole.looped:
            self._blame_window()
        return whole

    def _blame_window(self) -> None:
        # Two loops that the whole window did not have: this model cannot do with windows this short.
        self._alarms += 1
        if self._alarms % 2 == 0:
            self._windows.final = min(
                self._full, next((s for s in STEPS if s > self._windows.final), self._full)
            )

    def _pass(
        self, sound: Floats, window: int, prefix: Sequence[int], abort: Callable[[], bool]
    ) -> Decoding | None:
        if abort():
            return None
        features = self._encode(sound, window)
        if abort():
            return None
        cache, hooks = self._model.install_kv_cache_hooks()
        try:
            return self._greedy(features, cache, list(prefix), len(sound) / WHISPER_RATE, abort)
        finally:
            for hook in hooks:
                hook.remove()

    def _encode(self, sound: Floats, window: int) -> Any:
        samples = torch.zeros(window * SAMPLES_PER_FRAME)
        sound = sound[: len(samples)]
        samples[: len(sound)] = torch.from_numpy(sound)
        mel = log_mel_spectrogram(samples, self._model.dims.n_mels)[None, :, : window * 2]
        encoder = self._model.encoder
        # The encoder's own forward insists on 30 s; its positions are sinusoids, so a shorter window is a slice.
        x = functional.gelu(encoder.conv1(mel))
        x = functional.gelu(encoder.conv2(x)).permute(0, 2, 1)
        x = (x + encoder.positional_embedding[: x.shape[1]]).to(x.dtype)
        for block in encoder.blocks:
            x = block(x)
        return encoder.ln_post(x)

    def _greedy(
        self, features: Any, cache: Any, prefix: list[int], seconds: float, abort: Callable[[], bool]
    ) -> Decoding | None:
        budget = token_budget(self._tokenizer.language, seconds)
        budget = min(budget, self._model.dims.n_text_ctx - len(self._head) - len(prefix) - 1)
        logits = self._model.decoder(torch.tensor([self._head + prefix]), features, kv_cache=cache)[0]
        if not bool(torch.isfinite(logits[-1]).all()):
            raise DecodingError("the model's output is not numbers")
        no_speech = float(logits[0].softmax(-1)[self._tokenizer.no_speech])
        row = logits[-1]
        tokens: list[int] = []
        total = 0.0
        while True:
            scores = (row + self._suppressed).log_softmax(-1)
            token = int(scores.argmax())
            total += float(scores[token])
            if token == self._tokenizer.eot:
                looped = False
                break
            tokens.append(token)
            looped = len(tokens) >= budget or loops([self.content([t]) for t in tokens[-30:]])
            if looped:
                break
            if abort():
                return None
            row = self._model.decoder(torch.tensor([[token]]), features, kv_cache=cache)[0, -1]
        return Decoding((*prefix, *tokens), total / (len(tokens) + 1), no_speech, looped)
