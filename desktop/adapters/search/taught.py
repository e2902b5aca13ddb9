"""What one agent taught: wordings by which articles were found, cards that were put away, how often each is used.

In memory only, from the agent's own file, and never in a pack. The wordings of an article are one more title form of
it, all in one bag: by held-out wordings better than each for itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.search import grams, postings
from desktop.adapters.search.everyday import SPOKEN, telling_share
from desktop.adapters.search.pack import Document, Pack
from desktop.adapters.search.query import Plan

MOST = 2000
"""Wordings that are kept in mind, the newest."""
LONGEST = 200
"""Characters of one that are looked at."""
POOL = 8
"""Candidates by what was taught, at most."""
ENOUGH_OF_QUERY, ENOUGH_OF_WORDING = 0.25, 0.5
"""Share of a query's mass, or of a wording's grams, from which an article is a candidate."""
CONTESTED = 0.5
"""A wording that found several articles stands for those with this share of the most frequent one's count."""

MOST_LIFT = 0.08
"""What the most used article gets on top of its score (of `weighing.BEST`)."""
OFTEN = 10
"""So many uses are needed for all of it, however little the others are used."""

ALIKE = 0.75
"""Share of a wording's grams by which speech says the same."""
DOUBT = 0.3
"""Share of its sureness that an article loses where a card of it was put away once for these words."""
MOST_DOUBT = 0.5

_SHORTEST = 4


class _Bag(NamedTuple):
    """The wordings of one article: the words of all of them as a title form, its grams, grams of one wording."""

    form: str
    grams: tuple[str, ...]
    size: float


class _Declined(NamedTuple):
    """Words for which a card was put away more often than taken, and by how much."""

    grams: frozenset[str]
    times: int


@lru_cache(maxsize=2 * MOST)
def _words(wording: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(grams.words(wording[:LONGEST])))


def _grams_of(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(gram for word in words for gram in grams.title_word(word)[1]))


class Taught:
    """What was taught about one pack. One thread at a time may use it."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._numbers: dict[str, int | None] = {}
        self._masses: dict[int, float] = {}
        self._lifts: dict[int, float] = {}
        self.learn(())

    def learn(self, pairs: Iterable[tuple[str, str, int]]) -> None:
        """Article id, wording and how often it was right, below 0 where it was wrong more often; newest last.

        Takes the place of all that was learned before. Unknown ids are left out.
        """
        right: dict[int, list[tuple[tuple[str, ...], int]]] = {}
        self._declined: dict[int, list[_Declined]] = {}
        most: dict[frozenset[str], int] = {}
        for article_id, wording, count in list(pairs)[-MOST:]:
            number, words = self._number(article_id), _words(wording)
            if number is None or not words or not count:
                continue
            if count > 0:
                right.setdefault(number, []).append((words, count))
                same = frozenset(words)
                most[same] = max(most.get(same, 0), count)
            elif told := frozenset(_grams_of(word for word in words if word not in SPOKEN)):
                self._declined.setdefault(number, []).append(_Declined(told, -count))
        self._bags: dict[int, _Bag] = {}
        for number, wordings in right.items():
            kept = [words for words, count in wordings if count >= CONTESTED * most[frozenset(words)]]
            if kept:
                self._bags[number] = _bag(kept)
        self._masses = {}
        self._index()

    def use_counts(self, counts: Mapping[str, int]) -> None:
        """Uses by article id, in the place of those before; unknown ids are left out."""
        known = {
            number: uses
            for article_id, uses in counts.items()
            if uses > 0 and (number := self._number(article_id)) is not None
        }
        whole = math.log1p(max([OFTEN, *known.values()]))
        self._lifts = {number: MOST_LIFT * math.log1p(uses) / whole for number, uses in known.items()}

    def candidates(self, plan: Plan, allowed: NDArray[np.bool_] | None) -> list[int]:
        """Numbers of articles whose wordings share most with a query, at most `POOL`."""
        found = [(span, weight) for gram, weight in plan.title.items() if (span := self._spans.get(gram))]
        if not found:
            return []
        bags = np.concatenate([self._places[first:last] for (first, last), _ in found])
        weights = np.repeat([weight for _, weight in found], [last - first for (first, last), _ in found])
        mass = np.bincount(bags, weights=weights, minlength=self._owners.size)
        shared = np.bincount(bags, minlength=self._owners.size)
        fit = (mass >= ENOUGH_OF_QUERY * plan.total) | (shared >= ENOUGH_OF_WORDING * self._sizes)
        if allowed is not None:
            fit &= allowed[self._owners]
        places = np.flatnonzero(fit)
        best = places[np.argsort(-mass[places], kind="stable")][:POOL]
        return [int(number) for number in self._owners[best]]

    def with_wordings(self, documents: Sequence[Document]) -> list[Document]:
        """Documents with what was learned as one more title form, before the keywords."""
        return [
            self._taught(document, self._bags[document.number]) if document.number in self._bags else document
            for document in documents
        ]

    def holding(self, gram: str) -> int:
        """How many articles have a title gram in what was learned: words that many wordings have tell little."""
        first, last = self._spans.get(gram, (0, 0))
        return last - first

    def lift(self, number: int) -> float:
        """What the agent's own use adds to an article's score, 0 to `MOST_LIFT`."""
        return self._lifts.get(number, 0.0)

    def trust(self, number: int, plan: Plan) -> float:
        """What is left of the sureness of an article where its card was put away for words like these, .5 to 1."""
        times = max(
            (
                each.times
                for each in self._declined.get(number, ())
                if sum(gram in plan.title for gram in each.grams) >= ALIKE * len(each.grams)
            ),
            default=0,
        )
        return 1.0 - min(MOST_DOUBT, DOUBT * times)

    def _taught(self, document: Document, bag: _Bag) -> Document:
        number = document.number
        if number not in self._masses:
            self._masses[number] = sum(self._weight(gram) * telling_share(gram) for gram in bag.grams)
        forms, _, keywords = document.forms.rpartition(grams.FORM_BREAK)
        masses, _, last = document.masses.rpartition(" ")
        question = forms.partition(grams.FORM_BREAK)[0]
        return document._replace(
            # With the words of the question: what was said once as taught and once as written is all there.
            forms=grams.FORM_BREAK.join((forms, question + bag.form, keywords)),
            masses=f"{masses} {float(masses.partition(' ')[0]) + self._masses[number]:.2f} {last}",
        )

    def _weight(self, gram: str) -> float:
        articles = self._pack.articles
        return postings.weight(
            articles, min(self._pack.grams.count("title", gram) + self.holding(gram), articles)
        )

    def _number(self, article_id: str) -> int | None:
        if article_id not in self._numbers:
            self._numbers[article_id] = self._pack.number_of(article_id)
        return self._numbers[article_id]

    def _index(self) -> None:
        """Postings of the bags: places of bags in one row, gram after gram."""
        holding: dict[str, list[int]] = {}
        for place, bag in enumerate(self._bags.values()):
            for gram in bag.grams:
                holding.setdefault(gram, []).append(place)
                if gram.startswith(grams.START) and len(gram) >= _SHORTEST:
                    for size in range(2, _SHORTEST):  # a word on its way stands for all that begin with it
                        begun = holding.setdefault(gram[:size], [])
                        if begun[-1:] != [place]:
                            begun.append(place)
        ends = accumulate(map(len, holding.values()), initial=0)
        self._spans = dict(zip(holding, pairwise(ends), strict=True))
        self._places = np.array([place for places in holding.values() for place in places], dtype=np.int64)
        self._owners = np.array(list(self._bags), dtype=np.int64)
        self._sizes = np.array([bag.size for bag in self._bags.values()])


def _bag(wordings: Sequence[tuple[str, ...]]) -> _Bag:
    words = list(dict.fromkeys(word for wording in wordings for word in wording))
    found = _grams_of(words)
    size = sum(len(_grams_of(wording)) for wording in wordings) / len(wordings)
    return _Bag("".join(grams.title_word(word)[0] for word in words), found, size)
