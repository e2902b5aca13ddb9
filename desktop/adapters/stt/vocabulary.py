"""Which languages a Whisper vocabulary of a certain size has."""

from __future__ import annotations

from whisper.tokenizer import LANGUAGES

from desktop.adapters.stt.models import ENGLISH_ONLY

BESIDE_LANGUAGES = 51766
"""Tokens of a multilingual vocabulary that name no language."""


def languages_of(n_vocab: int) -> tuple[str, ...]:
    """Codes as Whisper orders them, oldest first; English alone for a vocabulary without languages."""
    return ("en",) if n_vocab == ENGLISH_ONLY else tuple(LANGUAGES)[: n_vocab - BESIDE_LANGUAGES]
