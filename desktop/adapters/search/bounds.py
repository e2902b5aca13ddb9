"""What each candidate's score comes to at most, all candidates at once: few need then be weighed in full.

The rules are those of `weighing`, as if all that stands in any title form of an article stood in its question.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.search.containing import contained
from desktop.adapters.search.pack import Document
from desktop.adapters.search.query import Plan, Weights
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
    Held,
    rarity,
)

Floats = NDArray[np.float64]
"""Articles by words, unless said otherwise; of one row an article where it has one dimension."""


class Bounds:
    """The most that the articles looked at so far can come to. `documents` grows by `add`.

    The words are those of the plan, then the official words of its alternatives, one after the other.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.documents: list[Document] = []
        terms = [*plan.terms, *(each.term for each in plan.alternatives)]
        self._terms = terms
        self._mass = np.array([term.title_mass for term in terms])
        self._answer_mass = np.array([term.answer_mass for term in terms])
        self._titled = self._answered = np.empty((0, len(terms)))

    def add(self, documents: Sequence[Document]) -> None:
        """Look at some more."""
        if documents:
            self.documents += documents
            titled = _held([term.title for term in self._terms], [each.forms for each in documents])
            answers = _held([term.answer for term in self._terms], [each.answer for each in documents])
            self._titled = np.concatenate((self._titled, titled))
            self._answered = np.concatenate((self._answered, answers / self._answer_mass))

    def held(self, place: int) -> Held:
        """What an article holds of the words, by its place in `documents`."""
        return Held(self._titled[place].tolist(), self._answered[place].tolist())

    def most_as_said(self) -> Floats:
        """What `weighing.as_said` comes to at most, article by article."""
        said = len(self._plan.terms)
        worth = (self._share()[:, :said] * self._mass[:said]).sum(axis=1)
        return self._whole(worth, self._full(), self._titled[:, :said].sum(axis=1))

    def most_as_meant(self) -> Floats:
        """What `weighing.as_meant` comes to at most. Of the readings that begin with one word only one counts."""
        said = len(self._plan.terms)
        shares = self._share()
        values = shares[:, :said] * self._mass[:said]
        full = self._full()
        gains = np.zeros_like(values)
        held = self._titled[:, :said].sum(axis=1)
        for at, each in enumerate(self._plan.alternatives, start=said):
            covers = sorted(each.covers)
            held += each.weight * self._titled[:, at]
            if covers:
                gain = shares[:, at] * (each.weight * each.mass) - values[:, covers].sum(axis=1)
                gains[:, covers[0]] = np.maximum(gains[:, covers[0]], gain)
                whole = (self._titled[:, at] > ALL * self._mass[at]) | (self._answered[:, at] > ALL)
                full[:, covers] |= whole[:, None]
        return self._whole(values.sum(axis=1) + gains.sum(axis=1), full, held)

    def _share(self) -> Floats:
        body = ANSWER_SHARE * self._answered**POWER
        head = np.minimum(1.0, self._titled / self._mass) ** POWER
        share: Floats = np.maximum(head, body) + ANSWER_EXTRA * body
        return share

    def _full(self) -> NDArray[np.bool_]:
        """Which of the plan's words may be there in full."""
        said = len(self._plan.terms)
        whole = np.array([term.whole for term in self._plan.terms])
        titled, answered = self._titled[:, :said], self._answered[:, :said]
        full: NDArray[np.bool_] = (np.minimum(1.0, titled / self._mass[:said]) > whole) | (answered > ALL)
        return full

    def _whole(self, worth: Floats, full: NDArray[np.bool_], held: Floats) -> Floats:
        plan, said = self._plan, len(self._plan.terms)
        masses = np.array([each.question_mass for each in self.documents])
        cover = np.minimum(1.0, held / (masses + 1e-6))
        score = worth / plan.total + FULL_BONUS * full.all(axis=1) + COVER_BONUS * cover
        if plan.in_short_words:
            titled = self._titled[:, :said] > ALL * self._mass[:said]
            answered = self._answered[:, :said] > ALL
            weights = np.array([rarity(term) for term in plan.terms])
            share = np.maximum(titled, UNIT_ANSWER * answered) + UNIT_EXTRA * answered
            score += UNIT_SHARE * (BEST * (share @ weights) / weights.sum() - score)
        most: Floats = score
        return most


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
