"""The words of many texts, each read once: texts are made of the same few stretches between white space.

Cutting a text at its white space first gives the same words as reading it whole, for no rule of `grams` looks across.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.search import grams
from desktop.adapters.search.everyday import SPOKEN

Numbers = NDArray[np.int64]


class GramNumbers(dict[str, int]):
    """The number of each gram, from 0 in the order in which they were met."""

    def __missing__(self, gram: str) -> int:
        number = self[gram] = len(self)
        return number


class Lists:
    """Lists of gram numbers, one after the other."""

    def __init__(self) -> None:
        self._flat = array("i")
        self._ends = array("q", (0,))

    def add(self, numbers: Iterable[int]) -> None:
        """Add the next list."""
        self._flat.extend(numbers)
        self._ends.append(len(self._flat))

    def joined(self, chosen: Numbers, owners: Numbers) -> tuple[Numbers, Numbers]:
        """The lists of these numbers end to end, and for each gram the owner of the list that it came from."""
        flat, ends = np.frombuffer(self._flat, dtype=np.int32), np.frombuffer(self._ends, dtype=np.int64)
        starts = ends[chosen]
        counts = ends[chosen + 1] - starts
        before = np.cumsum(counts) - counts
        places = np.repeat(starts - before, counts) + np.arange(int(counts.sum()))
        return flat[places].astype(np.int64), np.repeat(owners, counts)


class TitleWords(dict[str, int]):
    """Stretches of titles. `grams` are those of all words of a stretch, `telling` leaves out its everyday words."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = GramNumbers()
        self.forms: list[str] = []
        self.sizes: list[int] = []
        self.grams, self.telling = Lists(), Lists()

    def __missing__(self, stretch: str) -> int:
        number = self[stretch] = len(self)
        words = grams.words(stretch)
        read = [grams.title_word(word) for word in words]
        self.forms.append("".join([form for form, _ in read]))
        self.sizes.append(sum(map(len, words)))
        self.grams.add([self.numbers[gram] for _, found in read for gram in found])
        self.telling.add(
            [
                self.numbers[gram]
                for word, (_, found) in zip(words, read, strict=True)
                if word not in SPOKEN
                for gram in found
            ]
        )
        return number


class AnswerWords(dict[str, int]):
    """Stretches of answers. `latin`: the edge-marked forms of a stretch that has words of that kind."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = GramNumbers()
        self.latin: dict[int, list[str]] = {}
        self.grams = Lists()

    def __missing__(self, stretch: str) -> int:
        number = self[stretch] = len(self)
        read = [grams.answer_word(word) for word in grams.words(stretch)]
        if forms := [form for form, _ in read if form]:
            self.latin[number] = forms
        self.grams.add([self.numbers[gram] for _, found in read for gram in found])
        return number
