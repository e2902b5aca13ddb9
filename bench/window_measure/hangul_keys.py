"""Korean words as an input method gives them, one step for each key."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.hangul import compose, is_consonant, is_syllable, is_vowel, keys


def steps(text: str) -> Iterator[tuple[str, str]]:
    """What is composed after each key, and what that key has finished."""
    typed, done = keys(text), 0
    for number in range(1, len(typed) + 1):
        seen = compose(typed[:number])
        open_ = is_syllable(seen[-1]) or is_consonant(seen[-1]) or is_vowel(seen[-1])
        end = len(seen) - 1 if open_ else len(seen)
        yield seen[end:], seen[done:end]
        done = end
