"""A view made ready for frames: Korean, Japanese and Thai without spaces, other languages as words.

Expressions for thousands of frames would take seconds to compile; finding their words in a text takes microseconds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop.domain.abuse_rules import text as texts

HIT = "\ue000"
"""The character that stands for the hit in the text that a context is looked for in."""
KEY = 2
"""Characters of a word by which frames are looked up."""
_WORD = re.compile(rf"[\w{HIT}]+")
_WORD_CHAR = re.compile(rf"[\w{HIT}]")
_END = re.compile(r"[.?!。？！\n]")


@dataclass(slots=True)
class Said:
    """`bare` is what frames are looked for in, `place` the index in `text` of each of its characters.

    `lost`: no border of Korean words can be trusted. `words`: (word, start, end), in texts of words.
    """

    text: str
    bare: str
    place: list[int]
    lost: bool = False
    words: list[tuple[str, int, int]] = field(default_factory=list)
    known: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    ends: list[int] = field(default_factory=list)
    first: int = 0
    last: int = 0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of `bare` (not empty) as one of `text`."""
        return self.place[start], self.place[end - 1] + 1

    def one_sentence(self, start: int, end: int) -> bool:
        """Whether no sentence ends between two places of `bare`."""
        return not any(start <= each < end for each in self.ends)

    def starts_word(self, at: int) -> bool:
        """Whether a word of Hangul begins at this place of `bare`."""
        return at == 0 or self.place[at] - self.place[at - 1] > 1 or not _korean(self.bare[at - 1])

    def ends_word(self, at: int) -> bool:
        """Whether a word of Hangul ends before this place of `bare`."""
        return (
            at == len(self.bare)
            or self.place[at] - self.place[at - 1] > 1
            or not texts.is_korean(self.bare[at])
        )


def prepare(text: str, style: str) -> Said:
    """Make a text ready for frames of this style."""
    if style == "words":
        words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
        said = Said(
            text, text, list(range(len(text))), words=words, known=frozenset(word for word, _, _ in words)
        )
    else:
        place = [at for at, char in enumerate(text) if char != " "]
        lost = style == "syllables" and texts.borders_lost(text)
        said = Said(text, text.replace(" ", ""), place, lost)
    said.keys = _keys(said)
    said.ends = [match.start() for match in _END.finditer(said.bare)]
    letters = [match.start() for match in _WORD_CHAR.finditer(said.bare)]
    said.first, said.last = (letters[0], letters[-1]) if letters else (0, -1)
    return said


def _korean(char: str) -> bool:
    return texts.is_korean(char) or "ㄱ" <= char <= "ㅎ"


def _keys(said: Said) -> frozenset[str]:
    if said.words:
        return said.known | {word[:size] for word in said.known for size in (1, KEY)}
    bare = said.bare
    return frozenset(bare) | {bare[at : at + KEY] for at in range(len(bare) - 1)}
