"""Looks into a speech model in a process of its own: it imports torch, and a hostile file may take it down.

Argument: a checkpoint. Standard output: one JSON line, `{dims, languages, cost, fast_cost}` or `{refused}` with a
sentence.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from pathlib import Path

from desktop.adapters.stt.fast_models import ConversionError, FastModel, FastModels, has_ctranslate2
from desktop.adapters.stt.model_file import ModelError, check_file
from desktop.adapters.stt.model_notes import ModelNotes
from desktop.domain.errors import DeskError
from desktop.paths import Folders
from desktop.processes.arguments import process_folders, process_parser
from desktop.processes.model_child import be_careful

_log = logging.getLogger(__name__)


def look_into(path: Path, where: Folders) -> dict[str, object]:
    """What the checkpoint can do and costs. Raises DeskError where it can't be used."""
    from desktop.adapters.stt.models import check_content, load_engine
    from desktop.adapters.stt.speed import cost_of
    from desktop.adapters.stt.whisper_tokenizer import languages_of
    from desktop.adapters.stt.windows import read_windows

    check_file(path)
    dims, _weights = check_content(path, "en")
    languages = languages_of(dims["n_vocab"])
    language = "ko" if "ko" in languages else "en"
    longest = read_windows(path, dims["n_audio_ctx"])[0].longest
    # Tried in short windows now, so that the first start need not.
    cost = cost_of(load_engine(path, language, ModelNotes(where.data)), longest)
    fast_cost = _fast_cost(path, language, longest, where)
    return {"dims": dims, "languages": list(languages), "cost": round(cost, 4), "fast_cost": fast_cost}


def _fast_cost(path: Path, language: str, longest: float, where: Folders) -> float | None:
    """The cost with CTranslate2, converted for this alone; None where that can't be."""
    from desktop.adapters.stt.speed import cost_of

    if not has_ctranslate2():
        return None
    try:
        from desktop.adapters.stt.conversion import convert
        from desktop.adapters.stt.fast_decoder import fast_engine

        with FastModels(where.converted_models).workshop(path) as folder:
            model = FastModel(folder, convert(path, language, folder))
            engine = fast_engine(path, language, model, ModelNotes(where.data))
            return round(cost_of(engine, longest), 4)
    except (ConversionError, ModelError, MemoryError, ImportError) as error:
        _log.warning("not measured with CTranslate2: %s", error)
        return None


def answer(path: Path, where: Folders) -> dict[str, object]:
    """The same, with what can go wrong as a sentence."""
    try:
        return look_into(path, where)
    except DeskError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": str(ModelError(f"There is not enough memory for {path}; choose a smaller model."))}


def main(argv: Sequence[str]) -> int:
    """Look into one file and say what was found."""
    parser = process_parser("model_check", "looks into a speech model; started by whoever installs one")
    parser.add_argument("file", type=Path)
    args = parser.parse_args(argv)
    be_careful(args.file)
    print(json.dumps(answer(args.file, process_folders(args))), flush=True)
    return 0
