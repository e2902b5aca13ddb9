"""Loading a Whisper checkpoint that may be missing, cut, broken or hostile."""

from __future__ import annotations

import contextlib
import logging
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import torch

from desktop.adapters.stt.decoder import WhisperEngine
from desktop.adapters.stt.dimensions import check_knows, plausible_dimensions
from desktop.adapters.stt.model_file import ModelError, check_file
from desktop.adapters.stt.model_notes import ModelNotes
from desktop.adapters.stt.network import INT8, Network, WeightsError, build
from desktop.adapters.stt.self_check import take_floor, warm_up
from desktop.adapters.stt.threads import choose_threads
from desktop.adapters.stt.whisper_tokenizer import check_language, tokenizer_of
from desktop.adapters.stt.windows import read_windows
from desktop.adapters.system.machine import forget_mapped, give_back_memory

log = logging.getLogger(__name__)


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
    n_vocab = network.model.dims.n_vocab
    engine = WhisperEngine(network, tokenizer_of(n_vocab, language), windows)
    warm_up(engine, path)
    choose_threads(engine, torch.set_num_threads)
    engine.on_raised = raised
    if notes is not None and not chosen:
        take_floor(engine, n_vocab, windows, notes, notes.digest(path))
    give_back_memory()
    return engine


def _network(path: Path, language: str, precision: str) -> Network:
    dims, weights = check_content(path, language)
    with refusals(path):
        return build(dims, weights, precision, lambda: forget_mapped(path))


@contextlib.contextmanager
def refusals(path: Path) -> Iterator[None]:
    """What weights can be refused for, as ModelError with a sentence."""
    try:
        yield
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
    check_knows(dims, language, path)
    return dims, checkpoint["model_state_dict"]
