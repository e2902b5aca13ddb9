"""Engines of Whisper's real sizes with random weights that say what they are told: that costs what trained ones cost.

Torch is told token by token; CTranslate2, which can't be, decodes as many as it would be told.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from whisper.model import ModelDimensions, Whisper
from whisper.tokenizer import get_tokenizer

from desktop.adapters.stt.acceptance import Decoding
from desktop.adapters.stt.conversion import convert
from desktop.adapters.stt.decoder import WhisperEngine
from desktop.adapters.stt.engine import Engine
from desktop.adapters.stt.fast_decoder import FastEngine
from desktop.adapters.stt.network import FLOAT32, INT8, build
from desktop.adapters.stt.sound import WHISPER_RATE, Floats
from desktop.adapters.stt.windows import Windows

FLOOR, WHOLE = 250, 1500
TOKENS_PER_SECOND = 5
SIZES = {"tiny": (384, 6, 4), "base": (512, 8, 6), "small": (768, 12, 12)}
GREETING = " 안녕하십니까."
PLACE_LENGTH, TOLD_TIMES = 200.0, 3.0
SENTENCE = "안녕하십니까 주민등록등본을 발급받고 싶은데 어떻게 하면 되는지 알려 주시겠어요 "

Say = Callable[[Floats], Sequence[int]]
"""The tokens that an engine must say to a sound."""


def korean() -> Any:
    """whisper's multilingual tokenizer."""
    return get_tokenizer(True, num_languages=99, language="ko", task="transcribe")


def by_length(sound: Floats) -> list[int]:
    """Five tokens for each second, as Korean has at most."""
    tokens = korean().encode(SENTENCE * 4)
    return list(tokens[: max(1, int(TOKENS_PER_SECOND * len(sound) / WHISPER_RATE))])


def random_model(size: str) -> Whisper:
    """whisper's own model of this size, with random weights."""
    state, heads, layers = SIZES[size]
    torch.manual_seed(0)
    model = Whisper(ModelDimensions(80, 1500, state, heads, layers, 51865, 448, state, heads, layers))
    with torch.no_grad():
        # whisper leaves the one as it is found in memory, and draws the other far too large.
        model.decoder.positional_embedding.normal_(0, 0.01)
        model.decoder.token_embedding.weight.normal_(0, 0.02)
    return model


def tell_greeting(model: Whisper) -> None:
    """Let a model say the same greeting to every sound and end there, as random weights would not.

    What stands at a place in the text outweighs all that is heard: the direction of the token that comes next.
    """
    tokenizer = korean()
    head = len(tokenizer.sot_sequence_including_notimestamps)
    told = [tokenizer.to_language_token("ko")] * (head - 1) + tokenizer.encode(GREETING)
    rows, places = model.decoder.token_embedding.weight, model.decoder.positional_embedding
    with torch.no_grad():
        rows[list({*told, tokenizer.eot})] *= TOLD_TIMES
        for place in range(len(places)):
            row = rows[told[place] if place < len(told) else tokenizer.eot]
            places[place] = row * (PLACE_LENGTH / row.norm())


def write_checkpoint(size: str, path: Path, *, greets: bool = False) -> Path:
    """A checkpoint as it is published: half precision; beside it a file that names the smallest window."""
    model = random_model(size)
    if greets:
        tell_greeting(model)
    weights = {name: value.half() for name, value in model.state_dict().items()}
    torch.save({"dims": vars(model.dims), "model_state_dict": weights}, path)
    path.with_suffix(".toml").write_text(f"window_floor = {FLOOR}\n", encoding="utf-8")
    return path


class ForcedWhisper(WhisperEngine):
    """The product's torch engine, told what to say."""

    say: Say = staticmethod(by_length)
    _forced: Sequence[int] = ()

    def _pass(
        self, sound: Floats, window: int, prefix: Sequence[int], abort: Callable[[], bool]
    ) -> Decoding | None:
        self._forced = self.say(sound)[len(prefix) :]
        return super()._pass(sound, window, prefix, abort)

    def _choice(self, scores: Any, tokens: Sequence[int]) -> int:
        super()._choice(scores, tokens)
        at = len(tokens)
        return self._forced[at] if at < len(self._forced) else int(self._tokenizer.eot)

    def _loops(self, tokens: Sequence[int]) -> bool:
        super()._loops(tokens)
        return False


def _torch(size: str, say: Say, precision: str, floor: int) -> Engine:
    model = random_model(size)
    weights = {name: value.half() for name, value in model.state_dict().items()}
    network = build(vars(model.dims), weights, precision)
    engine = ForcedWhisper(network, korean(), Windows(floor, floor))
    engine.say = say
    return engine


class ForcedFast(FastEngine):
    """The product's engine on CTranslate2: decodes as many tokens as it is told to say, and says those."""

    say: Say = staticmethod(by_length)
    _forced: Sequence[int] = ()

    def never_end(self) -> None:
        """The end of the text does not come by chance."""
        self._never = sorted({*self._never, self._tokenizer.eot})

    def _pass(
        self, sound: Floats, window: int, prefix: Sequence[int], abort: Callable[[], bool]
    ) -> Decoding | None:
        self._forced = self.say(sound)[len(prefix) :]
        return super()._pass(sound, window, prefix, abort)

    def _budget(self, seconds: float, prefix: Sequence[int]) -> int:
        # One more for the end of the text, which costs as much as a token; the library keeps no scores of a single one.
        return max(2, len(self._forced) + 1)

    def _loop(self, tokens: Sequence[int]) -> int:
        super()._loop(tokens)
        return 0

    def _order(
        self, features: Any, prefix: list[int], wanted: int
    ) -> tuple[list[int], tuple[float, ...], float, float]:
        _found, each, score, no_speech = super()._order(features, prefix, wanted)
        return list(self._forced), each[: len(self._forced)], score, no_speech


def _fast(size: str, say: Say) -> Engine:
    with tempfile.TemporaryDirectory(prefix="bench-stt-") as home:
        folder = Path(home)
        dims = convert(write_checkpoint(size, folder / "model.pt"), "ko", folder)
        engine = ForcedFast(folder, korean(), Windows(FLOOR, FLOOR), dims)
    engine.say = say
    engine.never_end()
    return engine


NAIVE, TORCH, FAST = "naive", "torch", "ctranslate2"
ENGINES: dict[str, Callable[[str, Say], Engine]] = {
    TORCH: lambda size, say: _torch(size, say, INT8, FLOOR),
    FAST: _fast,
    NAIVE: lambda size, say: _torch(size, say, FLOAT32, WHOLE),
}
"""By name: what makes an engine of a size. `naive`: float32, and 30 s for every hypothesis."""
