"""Which actions a few typed letters mean: words in any order, half a syllable, initial consonants, keys."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.hangul import INITIALS, choseong, from_latin, keys

_INITIALS = frozenset(INITIALS)


@dataclass(frozen=True, slots=True)
class Findable:
    """What is looked at: the name in the window's language, its English source, the keys as they are shown."""

    words: str
    source: str
    caps: tuple[str, ...]


def finds(query: str, thing: Findable) -> bool:
    """Whether every word of `query` is somewhere in `thing`; an empty query finds all."""
    return all(_finds_word(word, thing) for word in query.casefold().split())


def begins(query: str, thing: Findable) -> bool:
    """Whether the name, or its initial consonants, begin with `query`: such things come first."""
    typed = keys(query.casefold().strip())
    return keys(thing.words.casefold()).startswith(typed) or _initials(thing.words).startswith(typed)


def _finds_word(word: str, thing: Findable) -> bool:
    typed, name = keys(word), keys(thing.words.casefold())
    # By keys "볼" finds "보류": a syllable that is still being composed has the next one's consonant.
    if typed in name or word in thing.source.casefold():
        return True
    if set(typed) <= _INITIALS and typed in _initials(thing.words):
        return True
    if word.isascii() and word.isalpha() and keys(from_latin(word)) in name:
        return True  # the Korean input method was off
    return any(word in each.casefold() for each in thing.caps)


def _initials(words: str) -> str:
    return "".join(sign for sign in choseong(words) if sign in _INITIALS)
