"""Greedy decoding by CTranslate2 with int8 weights: windows, budget and alarms are those of the engine on torch."""

from __future__ import annotations

import copy
import logging
import math
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np

from desktop.adapters.stt.acceptance import Decoding, first_loop
from desktop.adapters.stt.dimensions import check_knows
from desktop.adapters.stt.engine import lacks_memory
from desktop.adapters.stt.fast_models import ConversionError, FastModel
from desktop.adapters.stt.log_mel import log_mel
from desktop.adapters.stt.model_file import ModelError
from desktop.adapters.stt.model_notes import ModelNotes
from desktop.adapters.stt.self_check import take_floor, warm_up
from desktop.adapters.stt.sound import WHISPER_RATE, Floats
from desktop.adapters.stt.text_engine import DecodingError, TextEngine, fitted
from desktop.adapters.stt.threads import choose_threads
from desktop.adapters.stt.whisper_tokenizer import check_language, tokenizer_of
from desktop.adapters.stt.windows import Windows, read_windows
from desktop.adapters.system.machine import give_back_memory

TIMED_WINDOW = 250
KEPT_WINDOW = 500

log = logging.getLogger(__name__)


class FastEngine(TextEngine):
    """The converted model in `folder` with its tokenizer and one language. Not for two threads at once."""

    def __init__(self, folder: Path, tokenizer: Any, windows: Windows, dims: Mapping[str, int]) -> None:
        super().__init__(tokenizer, windows, dims)
        self._folder, self._dims = folder, dims
        self._model: Any = None
        self.use_threads(1)

    def use_threads(self, count: int) -> None:
        """Decode with so many threads; the library takes that for as long as a model is loaded."""
        self._model = None  # two of them would be in memory for a moment
        self._model = ctranslate2.models.Whisper(
            str(self._folder), device="cpu", compute_type="int8", inter_threads=1, intra_threads=count
        )

    def in_language(self, tokenizer: Any, windows: Windows) -> FastEngine:
        """The same model with another tokenizer and other windows; the weights are shared."""
        other = copy.copy(self)
        TextEngine.__init__(other, tokenizer, windows, self._dims)
        return other

    def time_tokens(self, count: int, clock: Callable[[], float] = time.perf_counter) -> float:
        """Seconds that this many tokens take after a short window of silence."""
        features = self._encode(np.zeros(0, np.float32), min(self.full, TIMED_WINDOW))
        started = clock()
        # The library decodes what it is given as a beginning token by token too.
        self._order(features, [0] * (count - 1), 1)
        return clock() - started

    def _pass(
        self, sound: Floats, window: int, prefix: Sequence[int], abort: Callable[[], bool]
    ) -> Decoding | None:
        if abort():
            return None
        features = self._encode(sound, window)
        if window > KEPT_WINDOW:
            # What the attention over a whole window takes, 50 MB and more, is not kept for the next one.
            give_back_memory()
        # The library decodes in one order, which can't be stopped: here is the last moment to give up.
        if abort():
            return None
        budget = self._budget(len(sound) / WHISPER_RATE, prefix)
        tokens, each, score, no_speech = self._order(features, list(prefix), budget)
        loop = self._loop(tokens)
        if loop:
            tokens, each = tokens[:loop], each[:loop]
            score = sum(each)
        looped = bool(loop) or len(tokens) >= budget
        # Of a prefix that was given nobody knows how sure the model would have been.
        logprobs = None if prefix else each
        return Decoding((*prefix, *tokens), score / (len(tokens) + 1), no_speech, looped, logprobs)

    def _loop(self, tokens: Sequence[int]) -> int:
        """How many tokens there are up to where a loop is seen; 0 for none."""
        return first_loop([self.content([token]) for token in tokens])

    def _encode(self, sound: Floats, window: int) -> Any:
        mel = log_mel(fitted(sound, window), self._dims["n_mels"])[None]
        return self._model.encode(ctranslate2.StorageView.from_array(mel))

    def _order(
        self, features: Any, prefix: list[int], wanted: int
    ) -> tuple[list[int], tuple[float, ...], float, float]:
        """At most `wanted` tokens after `prefix`, fewer where the text ends.

        Also the log probability of each, of all with the end of the text, and no_speech.
        """
        [found] = self._model.generate(
            features,
            [[*self._head, *prefix]],
            beam_size=1,
            # Half of it is the most that the library returns, and it returns the prefix too.
            max_length=2 * (len(prefix) + wanted),
            length_penalty=0,
            return_scores=True,
            return_logits_vocab=True,
            return_no_speech_prob=True,
            suppress_blank=False,
            suppress_tokens=self._never,
        )
        score = float(found.scores[0])
        if not math.isfinite(score) or not math.isfinite(found.no_speech_prob):
            raise DecodingError("the model's output is not numbers")
        tokens = list(found.sequences_ids[0][len(prefix) :])
        # One row more than tokens where the text ended: that of its end.
        rows = found.logits[0][len(prefix) :]
        each = tuple(_logprob(row, token) for row, token in zip(rows, tokens, strict=False))
        return tokens, each, score, float(found.no_speech_prob)


def _logprob(row: Any, token: int) -> float:
    logits = np.asarray(row)
    most = logits.max()
    return float(logits[token] - most - np.log(np.exp(logits - most).sum()))


def fast_engine(
    path: Path,
    language: str,
    model: FastModel,
    notes: ModelNotes | None = None,
    raised: Callable[[int], None] = lambda floor: None,
) -> FastEngine:
    """The engine of a converted model, whose checkpoint lies at `path`, warmed up; `notes` and `raised` as load_engine.

    Raises LanguageError, ModelError for a model that knows no such language or needs more memory than there is,
    ConversionError for a conversion that can't be read or used.
    """
    check_language(language)
    check_knows(model.dims, language, path)
    n_vocab = model.dims["n_vocab"]
    windows, chosen = read_windows(path, model.dims["n_audio_ctx"])
    try:
        engine = FastEngine(model.folder, tokenizer_of(n_vocab, language), windows, model.dims)
        warm_up(engine, path)
    except Exception as error:
        log.debug("CTranslate2 refused", exc_info=True)
        # warm_up wraps what went wrong.
        if lacks_memory(error.__cause__ or error):
            raise ModelError(
                f"There is not enough memory for {path}; choose a smaller speech model."
            ) from error
        raise ConversionError(f"CTranslate2 can't use the converted form of {path}.") from error
    choose_threads(engine, engine.use_threads)
    engine.on_raised = raised
    if notes is not None and not chosen:
        take_floor(engine, n_vocab, windows, notes, notes.digest(path))
    give_back_memory()
    return engine
