"""Loading a Whisper checkpoint that may be missing, cut, broken or hostile."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from whisper.tokenizer import LANGUAGES, get_tokenizer

from desktop.adapters.stt.decoder import WhisperEngine
from desktop.adapters.stt.model_file import ModelError, beside, check_file
from desktop.adapters.stt.model_notes import ModelNotes
from desktop.adapters.stt.network import INT8, Network, WeightsError, build
from desktop.adapters.stt.self_check import LANGUAGE, known_sample, safe_floor
from desktop.adapters.stt.sound import WHISPER_RATE
from desktop.adapters.stt.threads import choose_threads
from desktop.adapters.stt.windows import HYPOTHESIS, Windows
from desktop.adapters.system.machine import give_back_memory
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


def load_engine(
    path: Path,
    language: str,
    notes: ModelNotes | None = None,
    raised: Callable[[int], None] = lambda floor: None,
    precision: str = INT8,
) -> WhisperEngine:
    """The engine of a checkpoint in openai-whisper's format, warmed up, in int8 where the machine can.

    With `notes` a file that nothing is known of is tried in short windows once, which takes some seconds, and a floor
    that is raised later is remembered; `raised` is told of it. Raises ModelError, LanguageError.
    """
    check_language(language)
    path = path.expanduser().absolute()
    check_file(path)
    network = _network(path, language, precision)
    windows, chosen = read_windows(path, network.model.dims.n_audio_ctx)
    engine = WhisperEngine(network, tokenizer_of(network, language), windows)
    warm_up(engine, path)
    choose_threads(engine, torch.set_num_threads)
    engine.on_raised = raised
    if notes is not None and not chosen:
        _take_floor(engine, network, windows, notes, notes.digest(path))
    give_back_memory()
    return engine


def _network(path: Path, language: str, precision: str) -> Network:
    dims, weights = check_content(path, language)
    try:
        return build(dims, weights, precision)
    except MemoryError as error:
        raise ModelError(f"There is not enough memory for {path}; choose a smaller speech model.") from error
    except WeightsError as error:
        raise ModelError(
            f"{path} is no complete Whisper checkpoint: {error}; copy the file again."
        ) from error
    except Exception as error:
        log.debug("building the network failed", exc_info=True)
        raise ModelError(
            f"{path} is no complete Whisper checkpoint: its weights do not fit; copy the file again."
        ) from error


def tokenizer_of(network: Network, language: str) -> Any:
    """whisper's tokenizer for a model, with its language forced."""
    model = network.model
    return get_tokenizer(
        model.is_multilingual, num_languages=model.num_languages, language=language, task="transcribe"
    )


def _take_floor(
    engine: WhisperEngine, network: Network, windows: Windows, notes: ModelNotes, digest: str
) -> None:
    floor = notes.floor(digest)
    if floor is None and network.model.is_multilingual and (sample := known_sample()) is not None:
        whole = Windows(windows.final, windows.final, windows.longest)
        floor = safe_floor(engine.in_language(tokenizer_of(network, LANGUAGE), whole), sample)
        notes.keep_floor(digest, floor)
    if floor:
        windows.hypothesis = windows.final = min(floor, network.model.dims.n_audio_ctx)
    told = engine.on_raised

    def keep(raised: int) -> None:
        notes.keep_floor(digest, raised)
        told(raised)

    engine.on_raised = keep


def check_language(language: str) -> None:
    """Raise LanguageError unless Whisper has the language."""
    if language not in LANGUAGES:
        raise LanguageError(f'Whisper has no language "{language}"; give a code such as ko or en.')


def check_content(path: Path, language: str) -> tuple[dict[str, int], Mapping[str, Any]]:
    """Dimensions and weights of a checkpoint, found plausible without running anything in it. Raises ModelError.

    The weights lie in the file where its format allows that, and are read when they are used.
    """
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
    return dims, checkpoint["model_state_dict"]


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


def read_windows(path: Path, full: int) -> tuple[Windows, bool]:
    """What the model can do, from the file of the same name that ends in .toml, else the safe values.

    The second value says whether that file names a floor, which then holds whatever was found out otherwise.
    `window_floor`: smallest window in frames of 20 ms; `longest_s`: longest sound in seconds, 1 to 28.
    """
    windows, settings = Windows(hypothesis=min(HYPOTHESIS, full), final=full), beside(path)
    floor, longest = settings.get("window_floor"), settings.get("longest_s", 0)
    chosen = type(floor) is int and SHORTEST_WINDOW <= floor <= full
    if type(floor) is int and chosen:
        windows.hypothesis = windows.final = floor
    elif floor is not None:
        log.warning("window_floor is a whole number from %d to %d; using the safe one", SHORTEST_WINDOW, full)
    if type(longest) in (int, float) and 1 <= longest <= 28:
        windows.longest = float(longest)
    elif longest:
        log.warning("longest_s is a number from 1 to 28; using none")
    return windows, chosen


def warm_up(engine: WhisperEngine, path: Path) -> None:
    """Decode a second of noise. A model that cannot do this would be silent in every call. Raises ModelError."""
    noise = np.random.default_rng(0).normal(0, 0.01, WHISPER_RATE).astype(np.float32)
    try:
        engine.decode(noise, final=False, abort=lambda: False)
    except Exception as error:
        log.debug("warm-up failed", exc_info=True)
        raise ModelError(f"{path} loads but cannot transcribe ({error}); choose another file.") from error
