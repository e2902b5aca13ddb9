"""What was said, made comparable: views of one text that remember where each of their characters comes from.

The *plain* view drops what only hides (case, width, invisible characters, stretched letters, jamo that stand apart,
words typed with the Korean input method off). The *tight* view also drops what somebody puts between the letters of a
word. Both keep single spaces: where words begin is what tells a swear word from two neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from desktop.domain import hangul

LONGEST = 2_000
"""Characters of a turn that are looked at: its beginning and its end, half each, where it is longer."""
LOST_BORDERS = 9
"""Syllables without a space from which the borders of Korean words are taken as lost."""

_KEYBOARD = re.compile(r"(?<![A-Za-z])[A-Za-z]{4,}(?![A-Za-z])")
_JAMO_RUN = re.compile("[ㄱ-ㅎㅏ-ㅣ]{2,}")
_REPEATED = re.compile(r"([^\W\d])\1{2,}")
_JUNK = re.compile(r"(?<=[가-힣ㄱ-ㅣ])[^가-힣ㄱ-ㅣ\s]{1,3}(?=[가-힣ㄱ-ㅣ])")
_SINGLES = re.compile(r"(?<![가-힣])[가-힣](?: [가-힣](?![가-힣])){2,}")
_STRETCH = re.compile("(?<=[가-힣])[이으아어오우에애]")
_LETTERS = re.compile(r"(?<!\w)\w(?:[ .\-_]\w(?!\w)){2,}")
_LEET_WORD = re.compile(r"[^\W\d_]*[0134@$!*#][\w@$!*#]*", re.UNICODE)
_LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "@": "a", "$": "s", "!": "i", "*": "", "#": ""}
)
_LONG_TOKEN = re.compile(f"[가-힣]{{{LOST_BORDERS},}}")
_WHOLE_TOKEN = re.compile("[가-힣]{6,}")
_JAMO = range(0x3131, 0x3164)


@dataclass(frozen=True, slots=True)
class View:
    """`text` and, for each of its characters, the index of the character of the source that it comes from."""

    text: str
    source: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the view (not empty) stands in the source."""
        return self.source[start], self.source[end - 1] + 1

    def edited(self, edits: list[tuple[int, int, str]]) -> View:
        """The view with stretches replaced (in order, not overlapping)."""
        text: list[str] = []
        source: list[int] = []
        at = 0
        for start, end, new in edits:
            text.append(self.text[at:start] + new)
            source += self.source[at:start]
            # The new characters share the old ones' places, the last of them the last one.
            source += [self.source[min(start + i, end - 1)] for i in range(len(new))]
            if new:
                source[-1] = self.source[end - 1]
            at = end
        text.append(self.text[at:])
        source += self.source[at:]
        return View("".join(text), tuple(source))


def clean(text: str) -> str:
    """The source text of all views: NFC, and cut in its middle where it is too long."""
    composed = unicodedata.normalize("NFC", text)
    if len(composed) > LONGEST:
        composed = composed[: LONGEST // 2] + " " + composed[-LONGEST // 2 :]
    return composed


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    if ord(char) in _JAMO or "\u0e00" <= char <= "\u0e7f":
        return char
    if char.isspace():
        return " "
    if unicodedata.category(char) in ("Cf", "Cc", "Co", "Cs"):
        return ""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", char).casefold())


def plain(source: str, korean: bool) -> View:
    """The plain view of a clean text; with `korean`, jamo and the keys of Korean words are put together."""
    view = View(source, tuple(range(len(source))))
    if korean:
        view = view.edited([(*m.span(), new) for m in _KEYBOARD.finditer(source) if (new := _typed(m[0]))])
    text: list[str] = []
    places: list[int] = []
    for char, place in zip(view.text, view.source, strict=True):
        for part in _fold(char):
            if part == " " and (not text or text[-1] == " "):
                continue
            text.append(part)
            places.append(place)
    folded = View("".join(text), tuple(places))
    folded = folded.edited([(*m.span(), m[1]) for m in _REPEATED.finditer(folded.text)])
    if korean:
        folded = folded.edited(
            [(*m.span(), new) for m in _JAMO_RUN.finditer(folded.text) if (new := _composed(m[0]))]
        )
    return folded


def tight(view: View, korean: bool) -> View:
    """The plain view without what hides a word inside: signs, digits, stretched vowels, letters one by one."""
    if korean:
        view = view.edited([(*m.span(), "") for m in _JUNK.finditer(view.text)])
        view = view.edited(
            [
                (*m.span(), "")
                for m in _STRETCH.finditer(view.text)
                if _same_vowel(view.text[m.start() - 1], m[0])
            ]
        )
        return view.edited([(*m.span(), m[0].replace(" ", "")) for m in _SINGLES.finditer(view.text)])
    view = view.edited([(*m.span(), re.sub(r"[ .\-_]", "", m[0])) for m in _LETTERS.finditer(view.text)])
    return view.edited(
        [(*m.span(), m[0].translate(_LEET)) for m in _LEET_WORD.finditer(view.text) if not m[0].isdigit()]
    )


def borders_lost(text: str) -> bool:
    """Whether Korean words stand in it without spaces, so that no border can be trusted."""
    return _LONG_TOKEN.search(text) is not None or (" " not in text and _WHOLE_TOKEN.search(text) is not None)


def _typed(word: str) -> str:
    found = hangul.from_latin(word)
    return found if len(found) > 1 and all(map(hangul.is_syllable, found)) else ""


def _composed(run: str) -> str:
    found = hangul.compose("".join(map(hangul.keys_of, run)))
    return found if any(map(hangul.is_syllable, found)) else ""


def _same_vowel(before: str, after: str) -> bool:
    _, vowel, final = hangul.split_syllable(before)
    return not final and vowel == hangul.split_syllable(after)[1]


def is_korean(char: str) -> bool:
    """Whether `char` is a Hangul syllable; "" is none."""
    return bool(char) and hangul.is_syllable(char)
