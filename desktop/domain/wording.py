"""Wordings: which of them are kept as learned, and which say the same."""

from __future__ import annotations

import re

SHORTEST, LONGEST = 2, 60
"""Characters of a wording that is kept; a longer one tells more of the citizen than of the matter."""

ALIKE = 0.6
"""Share of letter pairs from which two wordings are the same words."""

_NO_WORDS = re.compile("[\\d@\u3131-\u318e]")
"""Digits and addresses are somebody's; single consonants and vowels are half a word."""


def learnable(text: str) -> str:
    """The wording as it is kept, "" where nothing of it may be: numbers and addresses belong to a person."""
    wording = " ".join(text.split())
    letters = sum(letter.isalpha() for letter in wording)
    if _NO_WORDS.search(wording) or letters < SHORTEST or len(wording) > LONGEST:
        return ""
    return wording


def same_words(one: str, other: str) -> bool:
    """Whether two wordings say nearly the same: recognised speech is never twice quite the same."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return one.strip() == other.strip()
    return 2 * len(first & second) >= ALIKE * (len(first) + len(second))


def _pairs(text: str) -> set[str]:
    letters = "".join(letter for letter in text.lower() if letter.isalnum())
    return {letters[at : at + 2] for at in range(len(letters) - 1)}
