"""Both engines of a checkpoint, the converted one made in this process."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from desktop.adapters.stt.conversion import convert
from desktop.adapters.stt.fast_decoder import FastEngine, fast_engine
from desktop.adapters.stt.fast_models import FastModel, FastModels, digest_of
from desktop.adapters.stt.models import load_engine
from desktop.adapters.stt.text_engine import TextEngine

ENGINES = ("torch", "ctranslate2")


def converted(path: Path, folder: Path, language: str = "ko") -> FastModel:
    models, digest = FastModels(folder), digest_of(path)
    return models.find(path, digest) or models.make(path, digest, partial(convert, path, language))


def fast(path: Path, folder: Path, language: str = "ko") -> FastEngine:
    return fast_engine(path, language, converted(path, folder, language))


def engine_of(name: str, path: Path, folder: Path, language: str = "ko") -> TextEngine:
    return load_engine(path, language) if name == "torch" else fast(path, folder, language)
