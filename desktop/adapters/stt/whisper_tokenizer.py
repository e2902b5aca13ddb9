"""whisper's own tokenizer, without the second and the memory that the rest of whisper takes with torch."""

from __future__ import annotations

import functools
import importlib.machinery
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from desktop.adapters.stt.dimensions import ENGLISH_ONLY
from desktop.domain.errors import DeskError

# Rows of the vocabulary that are neither a language's mark nor, in multilingual models, the one mark more.
WITHOUT_LANGUAGES = 51765
TOKENIZER = "whisper.tokenizer"


class LanguageError(DeskError):
    """Whisper knows no such language."""


def check_language(language: str) -> None:
    """Raise LanguageError unless Whisper has the language."""
    if language not in _module().LANGUAGES:
        raise LanguageError(f'Whisper has no language "{language}"; give a code such as ko or en.')


def tokenizer_of(n_vocab: int, language: str) -> Any:
    """whisper's tokenizer of a model with that many tokens, set to transcribe `language`."""
    multilingual = n_vocab != ENGLISH_ONLY
    languages = n_vocab - WITHOUT_LANGUAGES - int(multilingual)
    found = _module().get_tokenizer(
        multilingual, num_languages=languages, language=language, task="transcribe"
    )
    # The other way looks for marks in the text first, which a fifth of a second goes into preparing for.
    found.encoding.encode = found.encoding.encode_ordinary
    return found


def languages_of(n_vocab: int) -> tuple[str, ...]:
    """Codes as Whisper orders them, oldest first; English alone for a vocabulary without languages."""
    if n_vocab == ENGLISH_ONLY:
        return ("en",)
    return tuple(_module().LANGUAGES)[: n_vocab - WITHOUT_LANGUAGES - 1]


def whisper_file(name: str) -> Path:
    """A file of the installed package whisper, which is not imported. Raises ImportError without it."""
    return Path(_places()[0]) / name


def _places() -> list[str]:
    found = importlib.util.find_spec("whisper")
    if found is None or not found.submodule_search_locations:
        raise ImportError("openai-whisper is not installed")
    return list(found.submodule_search_locations)


@functools.cache
def _module() -> ModuleType:
    # `import whisper.tokenizer` would run the package's __init__, which imports torch. Loaded by itself under its own
    # name it is the same module, and the one that whisper takes where it is imported later.
    if TOKENIZER in sys.modules:
        return sys.modules[TOKENIZER]
    spec = importlib.machinery.PathFinder.find_spec(TOKENIZER, _places())
    if spec is None or spec.loader is None:
        raise ImportError("openai-whisper has no tokenizer")
    module = importlib.util.module_from_spec(spec)
    sys.modules[TOKENIZER] = module
    spec.loader.exec_module(module)
    return module
