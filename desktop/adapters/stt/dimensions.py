"""Which dimensions a Whisper checkpoint can have, and which vocabulary they mean; nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.adapters.stt.model_file import ModelError

DIMENSIONS = {
    "n_mels": (80, 128),
    "n_audio_ctx": (100, 1500),
    "n_audio_state": (8, 2048),
    "n_audio_head": (1, 64),
    "n_audio_layer": (1, 64),
    "n_vocab": (51864, 51866),
    "n_text_ctx": (32, 448),
    "n_text_state": (8, 2048),
    "n_text_head": (1, 64),
    "n_text_layer": (1, 64),
}
ENGLISH_ONLY = 51864


def plausible_dimensions(dims: Any, path: Path) -> dict[str, int]:
    """`dims` where every value is one that Whisper models can have. Raises ModelError."""
    fits = isinstance(dims, Mapping) and set(dims) == set(DIMENSIONS)
    for name, (least, most) in DIMENSIONS.items() if fits else ():
        fits = fits and type(dims[name]) is int and least <= dims[name] <= most
    fits = fits and dims["n_mels"] in (80, 128)
    fits = fits and dims["n_audio_state"] == dims["n_text_state"]
    fits = fits and dims["n_audio_state"] % dims["n_audio_head"] == 0
    fits = fits and dims["n_text_state"] % dims["n_text_head"] == 0
    if not fits:
        raise ModelError(f"{path} has dimensions that no Whisper model has; choose another file.")
    return dict(dims)


def check_knows(dims: Mapping[str, int], language: str, path: Path) -> None:
    """Raise ModelError where a model of these dimensions knows English only and `language` is another one."""
    if dims["n_vocab"] == ENGLISH_ONLY and language != "en":
        raise ModelError(f"{path} knows English only; choose a multilingual speech model.")
