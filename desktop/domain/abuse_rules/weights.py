"""What rows of letters weigh: a linear model, learnt from labelled sentences, that stands beside the rules.

A *trait* is a short row of letters of a text as the rules fold it (as they stand, and as they sound without final
consonants, so that endings and misspellings matter less), a word, the beginning or end of one, or the beginnings of
two words near each other. Each trait known to the model weighs for or against each label; a text's score for a label is
the sum of what its traits weigh over the root of their number, plus a constant. `tools/train_abuse` makes the model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from desktop.domain import hangul
from desktop.domain.abuse_rules import text as texts
from desktop.domain.abuse_rules.text import View
from desktop.domain.abuse_rules.trait_rows import TraitRows

LONGEST_ROW = 3
SYLLABLES, ALPHABET = 2, 4
"""Letters that stand for a word in pairs: of writings in syllables or signs, of alphabets."""
NEAR = 3
"""A word and this many less one behind it make pairs."""
LONGEST_PIECE = 120
"""Characters that are weighed at once; a longer text is cut, at the ends of sentences where it has them."""
FEWEST = 60
"""Fewer traits than this count as so many: a word or two say little."""
MOST_SHOWN = 3
_LONG_WORD, _WINDOW = 9, 6
_MAGIC = "dasan-desk abuse weights 2"
_CARRIED = {pair: hangul.FINAL_PAIRS[pair][1] for pair in hangul.FINAL_PAIRS} | {
    "ㄶ": "ㄴ",
    "ㅀ": "ㄹ",
    "ㅎ": "ㅇ",
}
"""What of a final consonant is heard at the beginning of the vowel behind it."""
_SAME_SOUND = {"ㅐ": "ㅔ", "ㅒ": "ㅖ", "ㅙ": "ㅚ", "ㅞ": "ㅚ"}
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^.?!\n]+[.?!\n]*")
_DIGITS = re.compile(r"\d+")


class WeightsError(ValueError):
    """A model can't be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Trait:
    """A trait and the stretches of the view it stands in."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """The scores of one stretch of a text by label, with its traits."""

    scores: Mapping[str, float]
    traits: tuple[Trait, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """A model. `rows`: the number of each trait; `table`: a signed byte for each trait and label, times `unit`.

    `adds`: the score from which a label is given without any rule. `keeps`: the score below which the hits of a label's
    rules are not believed.
    """

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    table: memoryview
    unit: float
    constants: tuple[float, ...]
    adds: Mapping[str, float]
    keeps: Mapping[str, float]

    def pieces(self, source: str) -> list[Piece]:
        """The scores of each piece of a clean text; places of traits are those of the source."""
        found: list[Piece] = []
        for start, end in _cut(source):
            traits = tuple(each for each in traits_of(source[start:end], start) if each.name in self.rows)
            if traits:
                found.append(Piece(self._scores({each.name for each in traits}), traits))
        return found

    def shown(self, source: str, piece: Piece, label: str) -> tuple[str, ...]:
        """The words of the source that weighed most for a label, in their order."""
        column = self.labels.index(label)
        letters = [0.0] * (len(source) + 1)
        for trait in piece.traits:
            share = self._weight(self.rows[trait.name], column) / max(1, trait.end - trait.start)
            for place in range(trait.start, trait.end):
                letters[place] += share
        words = [_heaviest(letters, match.start(), match.end()) for match in _WORD.finditer(source)]
        best = sorted((each for each in words if each[0] > 0), reverse=True)[:MOST_SHOWN]
        return tuple(source[start:end] for _, start, end in sorted(best, key=lambda each: each[1]))

    def _scores(self, names: set[str]) -> dict[str, float]:
        wide = len(self.labels)
        sums = [0] * wide
        for name in names:
            at = self.rows[name] * wide
            for column in range(wide):
                sums[column] += self.table[at + column]
        root = max(len(names), FEWEST) ** 0.5
        return {
            label: self.constants[column] + sums[column] * self.unit / root
            for column, label in enumerate(self.labels)
        }

    def _weight(self, row: int, column: int) -> int:
        return self.table[row * len(self.labels) + column]


def _cut(source: str) -> list[tuple[int, int]]:
    """The pieces of a text, as stretches of it."""
    if len(source) <= LONGEST_PIECE:
        return [(0, len(source))]
    found: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(source):
        start, end = match.span()
        if found and end - found[-1][0] <= LONGEST_PIECE:
            found[-1] = found[-1][0], end
            continue
        found += [(at, min(end, at + LONGEST_PIECE)) for at in range(start, end, LONGEST_PIECE)]
    return found


def traits_of(part: str, offset: int = 0) -> Iterator[Trait]:
    """The traits of a part of a source that begins at `offset` of it; the same trait may come several times."""
    view = texts.tight(texts.plain(part, korean=True), korean=True)
    words = [(_DIGITS.sub("0", match[0]), match.start(), match.end()) for match in _WORD.finditer(view.text)]
    if not words:
        return
    bare = "^" + "".join(word for word, _, _ in words) + "$"
    places = _places(words)
    rows = [("c", bare)]
    if any(map(hangul.is_syllable, bare)):
        rows.append(("s", _skeleton(bare)))
    for kind, row in rows:
        for size in range(2, LONGEST_ROW + 1):
            for at in range(len(row) - size + 1):
                yield _placed(view, offset, kind + row[at : at + size], places[at], places[at + size - 1] + 1)
    yield from _of_words(view, offset, words)


def _of_words(view: View, offset: int, words: list[tuple[str, int, int]]) -> Iterator[Trait]:
    for number, (word, start, end) in enumerate(words):
        reach = _reach(word)
        yield _placed(view, offset, "w" + word, start, end)
        yield _placed(view, offset, "p" + word[:reach], start, min(end, start + reach))
        yield _placed(view, offset, "q" + word[-reach:], max(start, end - reach), end)
        yield _placed(view, offset, "r" + word[:1], start, start + 1)
        for other, begins, _ in words[number + 1 : number + NEAR]:
            pair = f"k{word[:reach]}>{other[: _reach(other)]}"
            yield _placed(view, offset, pair, begins, begins + 1)


def _reach(word: str) -> int:
    """Letters that stand for a word: fewer where a letter is a syllable or a word."""
    return SYLLABLES if word[0] >= "\u1100" else ALPHABET


def _places(words: list[tuple[str, int, int]]) -> list[int]:
    """The place in the view of each letter of the words in a row, with one before and one behind."""
    found = [words[0][1]]
    for word, start, end in words:
        found += [min(start + at, end - 1) for at in range(len(word))]
    return [*found, words[-1][2] - 1]


def _placed(view: View, offset: int, name: str, start: int, end: int) -> Trait:
    first, last = view.place(start, end)
    return Trait(name, first + offset, last + offset)


def _skeleton(row: str) -> str:
    """A row of letters as it sounds without final consonants, a letter for each: 죽어, 주거 and 죽었 are one."""
    return "".join(_sound(before, char) for before, char in zip(" " + row, row, strict=False))


@lru_cache(maxsize=16_384)
def _sound(before: str, char: str) -> str:
    """A syllable without its final consonant, behind the one before; anything else as it is."""
    if not hangul.is_syllable(char):
        return char
    initial, medial, _ = hangul.split_syllable(char)
    final = hangul.split_syllable(before)[2] if hangul.is_syllable(before) else ""
    if initial == "ㅇ" and final not in ("", "ㅇ"):
        initial = _CARRIED.get(final, final)
    medial = _SAME_SOUND.get(medial, medial)
    if initial in "ㅈㅉㅊ" and medial == "ㅕ":
        medial = "ㅓ"
    return hangul.compose(initial + hangul.VOWEL_PAIRS.get(medial, medial))


def _heaviest(letters: list[float], start: int, end: int) -> tuple[float, int, int]:
    """A word's weight and place; of a row without spaces only its heaviest letters."""
    if end - start <= _LONG_WORD:
        return sum(letters[start:end]), start, end
    windows = ((sum(letters[at : at + _WINDOW]), at) for at in range(start, end - _WINDOW + 1))
    weight, at = max(windows)
    return weight, at, at + _WINDOW


def packed(model: Weights) -> bytes:
    """The model as a file: a line of JSON, a line for each trait, the table."""
    head = {
        "kind": _MAGIC,
        "labels": model.labels,
        "traits": len(model.rows),
        "unit": model.unit,
        "constants": model.constants,
        "adds": dict(model.adds),
        "keeps": dict(model.keeps),
    }
    names = sorted(model.rows, key=model.rows.__getitem__)
    return "\n".join([json.dumps(head), *names, ""]).encode() + model.table.tobytes()


def read(data: bytes) -> Weights:
    """A model from its file. Raises WeightsError."""
    try:
        first, rest = data.split(b"\n", 1)
        head = json.loads(first)
        if head["kind"] != _MAGIC:
            raise WeightsError("it is no file of weights, or of another version")
        labels, count = tuple(map(str, head["labels"])), int(head["traits"])
        size = count * len(labels)
        rows, table = TraitRows(rest[: len(rest) - size]), rest[len(rest) - size :]
        if len(rows) != count or len(table) != size or len(head["constants"]) != len(labels):
            raise WeightsError("it is not whole")
        return Weights(
            labels,
            rows,
            memoryview(table).cast("b"),
            float(head["unit"]),
            tuple(map(float, head["constants"])),
            {label: float(head["adds"][label]) for label in labels},
            {label: float(head["keeps"][label]) for label in labels},
        )
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, WeightsError):
            raise
        raise WeightsError(f"it is not whole: {error}") from error
