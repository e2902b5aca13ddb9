"""How text is cut for searching: one rule for every script, no dictionary.

Hangul becomes the keys that type it, with a mark at the start of a word, in grams of four; Han and kana are cut into
pairs, scripts that write no spaces (Thai, Lao, Burmese, Khmer) into threes, everything else (Latin, Cyrillic, digits)
loses its diacritics and is cut into fours with a mark at both edges. Answers are long, so their Hangul is cut into
pairs of syllables instead.

The *form* of a text is the string in which its grams can be looked up as substrings. Keys of Hangul are written as the
33 characters of `_CODE` in forms and grams: one byte each, and none of them can occur in folded text.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

from desktop.domain import hangul

START, END = "^", "$"
FORM_BREAK = "\x1f"
"""Between the forms of one article's question, variants and keywords."""

_CODE = dict(zip(hangul.HANGUL_KEYS, "ABCDEFGHIJKLMNOPQRSTUVWXYZ[]{}~!&", strict=True))
_DENSE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_HANGUL = "가-힣ㄱ-ㅎㅏ-ㅣ"
_PAIRED = "\u3040-\u30ff\u3400-\u9fff々"
_WORD = re.compile(rf"[\w\u0900-\u0dff{_DENSE}\u3099\u309a]+")
_RUN = re.compile(rf"([{_HANGUL}]+)|([{_PAIRED}]+)|([{_DENSE}]+)|([^{_HANGUL}{_PAIRED}{_DENSE}]+)")
_VOICED = "\u3099\u309a"
_KEPT = re.compile(f"[{_HANGUL}{_PAIRED}{_DENSE}\u0900-\u0dff\u3099\u309a]")
_LETTERS = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "_": " "})


def clean(text: str) -> str:
    """The text as it is stored and searched: Unicode NFC; what no file can hold (half a surrogate pair) becomes "?"."""
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))


@lru_cache(maxsize=16384)
def fold_char(char: str) -> str:
    """One character without case, width and diacritics; "" for a lone combining mark. Scripts with own rules stay."""
    if _KEPT.match(char):
        return char
    plain = unicodedata.normalize("NFKD", char).casefold().translate(_LETTERS)
    kept = (part for part in plain if part in _VOICED or not unicodedata.combining(part))
    # Composed, or the "주" in "㈜" would be letters that no search for it finds.
    return unicodedata.normalize("NFC", "".join(kept))


class _Folded(dict[int, str]):
    """A table for `str.translate` that fills itself."""

    def __missing__(self, code: int) -> str:
        found = fold_char(chr(code))
        if len(self) < _MOST_FOLDED:
            self[code] = found
        return found


_MOST_FOLDED = 16384
_FOLDED = _Folded()


def fold(text: str) -> str:
    """`fold_char` over a text, in which "ﾊﾞ" becomes one character too."""
    return unicodedata.normalize("NFC", text.translate(_FOLDED))


def words(text: str) -> list[str]:
    """The folded words of a text, punctuation dropped."""
    return _WORD.findall(fold(clean(text)))


def runs(word: str) -> Iterator[tuple[str, str]]:
    """A word cut where the script changes: ("hangul" | "paired" | "dense" | "plain", run)."""
    for korean, paired, dense, plain in _RUN.findall(word):
        if korean:
            yield "hangul", korean
        elif paired:
            yield "paired", paired
        elif dense:
            yield "dense", dense
        else:
            yield "plain", plain


def cut(text: str, size: int) -> list[str]:
    """All stretches of `size` characters; a shorter text is its own only gram."""
    if len(text) <= size:
        return [text]
    return [text[start : start + size] for start in range(len(text) - size + 1)]


@lru_cache(maxsize=16384)
def coded_keys(char: str) -> str:
    """The coded keys of one Hangul character."""
    return "".join(_CODE[key] for key in hangul.keys_of(char))


@lru_cache(maxsize=4096)
def title_word(word: str) -> tuple[str, tuple[str, ...]]:
    """Form and grams of one folded word of a title."""
    forms: list[str] = []
    found: list[str] = []
    for kind, run in runs(word):
        if kind == "hangul":
            form, size = START + "".join(map(coded_keys, run)), 4
        elif kind == "plain":
            form, size = START + run + END, 4
        else:
            form, size = run, 2 if kind == "paired" else 3
        forms.append(form)
        found += cut(form, size)
    return "".join(forms), tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def answer_word(word: str) -> tuple[str, tuple[str, ...]]:
    """Edge-marked form of the Latin part ("" if none) and grams of one folded word of an answer."""
    forms: list[str] = []
    found: list[str] = []
    for kind, run in runs(word):
        if kind == "plain":
            forms.append(START + run + END)
            found += cut(forms[-1], 4)
        else:
            found += cut(run, 3 if kind == "dense" else 2)
    return "".join(forms), tuple(dict.fromkeys(found))


def title_form(text: str) -> str:
    """The string in which the title grams of a text are found."""
    return "".join(title_word(word)[0] for word in words(text))


def title_key(form: str) -> int:
    """A number by which an article is found whose question has just this form; others may share it."""
    return zlib.crc32(form.encode("utf-8", "surrogatepass"))


class _Consonants(dict[int, str]):
    """A table for `str.translate` that fills itself: the coded initial consonant of a syllable, nothing for others."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        found = self[code] = _CODE[hangul.split_syllable(char)[0]] if hangul.is_syllable(char) else ""
        return found


_CONSONANTS = _Consonants()


def choseong_form(text: str) -> str:
    """The coded initial consonants of all Hangul syllables of a text, spaces dropped."""
    return text.translate(_CONSONANTS)


def choseong_query(text: str) -> str:
    """The coded consonants of a query made of nothing but consonants and spaces (at least two), else ""."""
    bare = "".join(text.split())
    if not all(map(hangul.is_consonant, bare)):
        return ""
    coded = "".join(map(coded_keys, bare))
    return coded if len(coded) > 1 else ""


def placed_words(text: str) -> list[tuple[str, Sequence[int]]]:
    """The folded words of a clean text, each with the index in `text` of the source of each of its characters."""
    parts = list(map(fold_char, text))
    source: Sequence[int] = range(len(text))
    if not all(len(part) == 1 for part in parts):
        source = [index for index, part in enumerate(parts) for _ in part]
    return [(word.group(), source[word.start() : word.end()]) for word in _WORD.finditer("".join(parts))]


@lru_cache(maxsize=4096)
def title_offsets(word: str) -> list[int]:
    """For each character of a folded word's title form the place of its source in it, -1 for a mark at an edge."""
    offsets: list[int] = []
    at = 0
    for kind, run in runs(word):
        if kind in ("hangul", "plain"):
            offsets.append(-1)
        for char in run:
            offsets += [at] * (len(coded_keys(char)) if kind == "hangul" else 1)
            at += 1
        if kind == "plain":
            offsets.append(-1)
    return offsets


@lru_cache(maxsize=512)
def answer_positions(text: str) -> tuple[str, list[int]]:
    """The form of a clean answer with, for each character of the form, the index of its source character in `text`."""
    form: list[str] = []
    places: list[int] = []
    for word, source in placed_words(text):
        at = 0
        for kind, run in runs(word):
            inside = source[at : at + len(run)]
            edged = kind == "plain"
            form.append(f"{START}{run}{END}" if edged else run)
            places += (inside[0], *inside, inside[-1]) if edged else inside
            at += len(run)
        form.append(" ")
        places.append(source[-1])
    return "".join(form), places
