"""Loading a Whisper checkpoint that may be missing, cut, broken or hostile."""

from __future__ import annotations

import logging
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
import whisper
from whisper.tokenizer import LANGUAGES, get_tokenizer

from desktop.adapters.stt.decoder import WhisperEngine, Windows
from desktop.adapters.stt.model_file import ModelError, beside, check_file
from desktop.adapters.stt.sound import WHISPER_RATE
from desktop.domain.errors import DeskError

SHORTEST_WINDOW = 100
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

log = logging.getLogger(__name__)


class LanguageError(DeskError):
    """Whisper knows no such language."""


def load_engine(path: Path, language: str) -> WhisperEngine:
    """The engine of a checkpoint in openai-whisper's format, warmed up. Raises ModelError, LanguageError."""
    check_language(language)
    path = path.expanduser().absolute()
    check_file(path)
    dims = check_content(path, language)
    torch.set_num_threads(max(1, int(os.environ.get("OMP_NUM_THREADS", "1") or "1")))
    try:
        # Only ever an absolute path: a name such as "base" would be fetched from the network.
        model = whisper.load_model(str(path), device="cpu").float().eval()
    except MemoryError as error:
        raise ModelError(f"There is not enough memory for {path}; choose a smaller speech model.") from error
    except Exception as error:
        log.debug("load_model failed", exc_info=True)
        raise ModelError(
            f"{path} is no complete Whisper checkpoint: its weights do not fit; copy the file again."
        ) from error
    languages = dims["n_vocab"] - 51765 - int(dims["n_vocab"] != ENGLISH_ONLY)
    tokenizer = get_tokenizer(
        dims["n_vocab"] != ENGLISH_ONLY, num_languages=languages, language=language, task="transcribe"
    )
    engine = WhisperEngine(model, tokenizer, read_windows(path, dims["n_audio_ctx"]))
    warm_up(engine, path)
    return engine


def check_language(language: str) -> None:
    """Raise LanguageError unless Whisper has the language."""
    if language not in LANGUAGES:
        raise LanguageError(f'Whisper has no language "{language}"; give a code such as ko or en.')


def check_content(path: Path, language: str) -> dict[str, int]:
    """The dimensions of a checkpoint, found plausible without running anything in it. Raises ModelError."""
    broken = f"{path} is no Whisper checkpoint that can be read; copy the file again or choose another."
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > 2 * path.stat().st_size:
                raise ModelError(broken)
        checkpoint = torch.load(path, map_location="cpu", weights_only=True, mmap=zipfile.is_zipfile(path))
    except ModelError:
        raise
    except Exception as error:
        # torch answers a bad file with a dozen unrelated exceptions; the unpickler refuses code by one of them.
        log.debug("checkpoint refused", exc_info=True)
        raise ModelError(broken) from error
    if not isinstance(checkpoint, Mapping) or not isinstance(checkpoint.get("model_state_dict"), Mapping):
        raise ModelError(f"{path} is no Whisper checkpoint in openai's format; choose another file.")
    dims = plausible_dimensions(checkpoint.get("dims"), path)
    if dims["n_vocab"] == ENGLISH_ONLY and language != "en":
        raise ModelError(f"{path} knows English only; choose a multilingual speech model.")
    return dims


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


def read_windows(path: Path, full: int) -> Windows:
    """What the model can do, from the file of the same name that ends in .toml, else the safe values.

    `window_floor`: smallest window in frames of 20 ms; `longest_s`: longest sound in seconds, 1 to 28.
    """
    windows, settings = Windows(hypothesis=min(750, full), final=full), beside(path)
    floor, longest = settings.get("window_floor"), settings.get("longest_s", 0)
    if type(floor) is int and SHORTEST_WINDOW <= floor <= full:
        windows.hypothesis = windows.final = floor
    elif floor is not None:
        log.warning("window_floor is a whole number from %d to %d; using the safe one", SHORTEST_WINDOW, full)
    if type(longest) in (int, float) and 1 <= longest <= 28:
        windows.longest = float(longest)
    elif longest:
        log.warning("longest_s is a number from 1 to 28; using none")
    return windows


def warm_up(engine: WhisperEngine, path: Path) -> None:
    """Decode a second of noise. A model that cannot do this would be silent in every call. Raises ModelError."""
    noise = np.random.default_rng(0).normal(0, 0.01, WHISPER_RATE).astype(np.float32)
    try:
        engine.decode(noise, final=False, abort=lambda: False)
    except Exception as error:
        log.debug("warm-up failed", exc_info=True)
        raise ModelError(f"{path} loads but cannot transcribe ({error}); choose another file.") from error
