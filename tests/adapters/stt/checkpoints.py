"""Tiny checkpoints in openai-whisper's format: random weights, and a parrot that always says one sentence."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import torch
from whisper.model import ModelDimensions, Whisper
from whisper.tokenizer import get_tokenizer

STATE = 32
DIMENSIONS = {
    "n_mels": 80,
    "n_audio_ctx": 1500,
    "n_audio_state": STATE,
    "n_audio_head": 2,
    "n_audio_layer": 1,
    "n_vocab": 51865,
    "n_text_ctx": 64,
    "n_text_state": STATE,
    "n_text_head": 2,
    "n_text_layer": 1,
}
HEAD = 4  # start, language, task, no timestamps

# whisper leaves its vocabulary files open for the collector, once each.
with warnings.catch_warnings():
    warnings.simplefilter("ignore", ResourceWarning)
    get_tokenizer(True, num_languages=99)
    get_tokenizer(False, num_languages=99)


def checkpoint(model: Whisper) -> dict[str, Any]:
    return {"dims": dict(DIMENSIONS), "model_state_dict": model.state_dict()}


def random_model() -> Whisper:
    torch.manual_seed(5)
    model = Whisper(ModelDimensions(**DIMENSIONS))
    # whisper leaves these as they are found in memory.
    torch.nn.init.normal_(model.decoder.positional_embedding)
    return model


def write_random(path: Path) -> Path:
    torch.save(checkpoint(random_model()), path)
    return path


def write_parrot(path: Path, sentence: str, floor: int = 100) -> Path:
    """A model that says `sentence` to every sound: each position's embedding points at the next token alone."""
    tokenizer = get_tokenizer(True, language="ko", task="transcribe")
    tokens = [*tokenizer.encode(" " + sentence), tokenizer.eot]
    assert len(tokens) <= STATE
    model = random_model()
    with torch.no_grad():
        for block in model.decoder.blocks:
            for parameter in block.parameters():
                parameter.zero_()
        model.decoder.token_embedding.weight.zero_()
        model.decoder.positional_embedding.zero_()
        known: dict[int, int] = {}
        for position, token in enumerate(tokens, HEAD - 1):
            axis = known.setdefault(token, len(known))
            model.decoder.token_embedding.weight[token] = 0
            model.decoder.token_embedding.weight[token, axis] = 3.0
            # Stronger than the token that is fed at this position.
            model.decoder.positional_embedding[position, axis] = 30.0
    torch.save(checkpoint(model), path)
    path.with_suffix(".toml").write_text(f"window_floor = {floor}\n")
    return path


def write_english(path: Path) -> Path:
    """Random weights with the vocabulary of an English-only model."""
    content = checkpoint(random_model())
    content["dims"]["n_vocab"] = 51864
    weights = content["model_state_dict"]
    weights["decoder.token_embedding.weight"] = weights["decoder.token_embedding.weight"][:51864].clone()
    torch.save(content, path)
    return path
