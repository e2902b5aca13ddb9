"""Looks into a speech model in a process of its own: it imports torch, and a hostile file may take it down.

Argument: a checkpoint. Standard output: one JSON line, `{dims, languages, cost}` or `{refused}` with a sentence.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from desktop.adapters.stt.environment import speech_environment
from desktop.adapters.stt.model_file import ModelError, check_file
from desktop.adapters.system.own_memory import limit_memory
from desktop.adapters.system.priority import lower_priority
from desktop.domain.errors import DeskError
from desktop.processes.arguments import process_parser

MEMORY_BESIDE = 2 << 30
MEMORY_PER_BYTE = 6
"""A checkpoint of half precision is in memory once as it is and twice as wide, in two copies while it is loaded."""


def look_into(path: Path) -> dict[str, object]:
    """What the checkpoint can do and costs. Raises DeskError where it can't be used."""
    from desktop.adapters.stt.models import check_content, load_engine
    from desktop.adapters.stt.speed import cost_of
    from desktop.adapters.stt.whisper_tokenizer import languages_of
    from desktop.adapters.stt.windows import read_windows

    check_file(path)
    dims, _weights = check_content(path, "en")
    languages = languages_of(dims["n_vocab"])
    engine = load_engine(path, "ko" if "ko" in languages else "en")
    cost = cost_of(engine, read_windows(path, dims["n_audio_ctx"])[0].longest)
    return {"dims": dims, "languages": list(languages), "cost": round(cost, 4)}


def answer(path: Path) -> dict[str, object]:
    """The same, with what can go wrong as a sentence."""
    try:
        return look_into(path)
    except DeskError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": str(ModelError(f"There is not enough memory for {path}; choose a smaller model."))}


def main(argv: Sequence[str]) -> int:
    """Look into one file and say what was found."""
    parser = process_parser("model_check", "looks into a speech model; started by whoever installs one")
    parser.add_argument("file", type=Path)
    args = parser.parse_args(argv)
    for name, value in speech_environment().items():
        os.environ.setdefault(name, value)
    lower_priority()
    size = args.file.stat().st_size if args.file.is_file() else 0
    limit_memory(MEMORY_BESIDE + MEMORY_PER_BYTE * size)
    print(json.dumps(answer(args.file)), flush=True)
    return 0
