"""What each candidate's score comes to at most, all candidates at once: few need then be weighed in full.

The rules are those of `weighing`, as if all that stands in any title form of an article stood in its question.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.search.containing import contained
from desktop.adapters.search.pack import Document
from desktop.adapters.search.query import Plan, Term, Weights
from desktop.adapters.search.weighing import (
    ALL,
    ANSWER_EXTRA,
    ANSWER_SHARE,
    BEST,
    COVER_BONUS,
    FULL_BONUS,
    POWER,
    UNIT_ANSWER,
    UNIT_EXTRA,
    UNIT_SHARE,
    rarity,
)

Floats = NDArray[np.float64]
"""Articles by words, unless said otherwise; of one row an article where it has one dimension."""


class Bounds:
    """The most that the articles looked at so far can come to. `documents` grows by `add`."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.documents: list[Document] = []
        self._words = _Words(plan.terms)

    def add(self, documents: Sequence[Document]) -> None:
        """Look at some more."""
        if documents:
            self.documents += documents
            self._words.look_at(documents)

    def most_as_said(self) -> list[float]:
        """What `weighing.as_said` comes to at most, article by article."""
        if not self.documents:
            return []
        worth = (self._words.share * self._words.mass).sum(axis=1)
        return self._whole(worth, self._full(), self._words.titled.sum(axis=1))

    def most_as_meant(self) -> list[float]:
        """What `weighing.as_meant` comes to at most. Of the readings that begin with one word only one counts."""
        if not self.documents:
            return []
        meant = _Words([each.term for each in self._plan.alternatives])
        meant.look_at(self.documents)
        values = self._words.share * self._words.mass
        full = self._full()
        gains = np.zeros_like(values)
        held = self._words.titled.sum(axis=1)
        for at, each in enumerate(self._plan.alternatives):
            covers = sorted(each.covers)
            held += each.weight * meant.titled[:, at]
            if covers:
                gain = meant.share[:, at] * (each.weight * each.mass) - values[:, covers].sum(axis=1)
                gains[:, covers[0]] = np.maximum(gains[:, covers[0]], gain)
                whole = (meant.titled[:, at] > ALL * meant.mass[at]) | (meant.answered[:, at] > ALL)
                full[:, covers] |= whole[:, None]
        return self._whole(values.sum(axis=1) + gains.sum(axis=1), full, held)

    def _full(self) -> NDArray[np.bool_]:
        """Which words may be there in full."""
        words, whole = self._words, np.array([term.whole for term in self._plan.terms])
        full: NDArray[np.bool_] = (np.minimum(1.0, words.titled / words.mass) > whole) | (
            words.answered > ALL
        )
        return full

    def _whole(self, worth: Floats, full: NDArray[np.bool_], held: Floats) -> list[float]:
        plan, words = self._plan, self._words
        masses = np.array([each.question_mass for each in self.documents])
        cover = np.minimum(1.0, held / (masses + 1e-6))
        score = worth / plan.total + FULL_BONUS * full.all(axis=1) + COVER_BONUS * cover
        if plan.in_short_words:
            titled, answered = words.titled > ALL * words.mass, words.answered > ALL
            weights = np.array([rarity(term) for term in plan.terms])
            share = np.maximum(titled, UNIT_ANSWER * answered) + UNIT_EXTRA * answered
            score += UNIT_SHARE * (BEST * (share @ weights) / weights.sum() - score)
        most: list[float] = score.tolist()
        return most


class _Words:
    """How much of some words stands in each article: `titled` in any title form, as a mass, `answered` as a share."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = terms
        self.mass = np.array([term.title_mass for term in terms])
        self._answer_mass = np.array([term.answer_mass for term in terms])
        self.titled = self.answered = np.empty((0, len(terms)))

    def look_at(self, documents: Sequence[Document]) -> None:
        titled = _held([term.title for term in self._terms], [each.forms for each in documents])
        answers = _held([term.answer for term in self._terms], [each.answer for each in documents])
        self.titled = np.concatenate((self.titled, titled))
        self.answered = np.concatenate((self.answered, answers / self._answer_mass))

    @property
    def share(self) -> Floats:
        body = ANSWER_SHARE * self.answered**POWER
        head = np.minimum(1.0, self.titled / self.mass) ** POWER
        share: Floats = np.maximum(head, body) + ANSWER_EXTRA * body
        return share


def _held(words: Sequence[Weights], texts: Sequence[str]) -> Floats:
    """The mass of each word's grams that each text contains."""
    column: dict[str, int] = {}
    for word in words:
        for gram, _ in word:
            column.setdefault(gram, len(column))
    weights = np.zeros((len(column), len(words)))
    for place, word in enumerate(words):
        for gram, weight in word:
            weights[column[gram], place] = weight
    held: Floats = contained(list(column), texts) @ weights
    return held
