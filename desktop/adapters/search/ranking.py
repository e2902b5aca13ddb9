"""Two stages: rare grams pick some dozens of candidates, then each word is weighed against each candidate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.search import postings
from desktop.adapters.search.pack import Pack
from desktop.adapters.search.query import Alternative, Plan, is_short
from desktop.adapters.search.sureness import Sureness
from desktop.adapters.search.weighing import (
    Looked,
    Weighed,
    as_meant,
    as_said,
    look,
    meant_in,
    words_found,
)
from desktop.domain.faq import in_category

POOL = {"title": 60, "answer": 40}
JOINT_POOL = {"title": 40, "answer": 20}
"""Candidates by the official words of the thesaurus as well; the others keep their places."""
BUDGET = 30_000
LENGTH_SHARE = 0.2
CATEGORY_BONUS = 0.06
SAID_ENOUGH = 0.6
"""From this score of the best article on, a query is taken at its words: the thesaurus has nothing to add."""
SAID_SURELY = 0.42
"""The same for speech, by the evidence for a suggestion: in a long talk most words are about something else."""
LOOKED_AT = 8
"""Hits of a spoken query that may become the suggestion."""


class Ranked(NamedTuple):
    """One candidate: `score` orders, `form` is the title form that matched best, `sure` is the evidence for a
    suggestion (speech only, and of the first `LOOKED_AT`).

    `words` are the query's words of which at least half was found, `used` the official words that were read for others.
    """

    number: int
    score: float
    form: int
    forms: int
    title_part: float
    answer_part: float
    sure: float
    words: tuple[str, ...]
    used: tuple[Alternative, ...]


class _Scored(NamedTuple):
    score: float
    weighed: Weighed
    looked: Looked


def length_norm(sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    """A mild preference for short texts; index 0 stands for no article."""
    mean = max(1.0, float(sizes.mean())) if sizes.size else 1.0
    norm = 1 / (1 - LENGTH_SHARE + LENGTH_SHARE * sizes / mean)
    return np.concatenate(([0.0], norm))


class Ranker:
    """Ranks the articles of one pack."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._norms = {"title": length_norm(pack.title_size), "answer": length_norm(pack.answer_size)}

    def rank(
        self, plan: Plan, lang: str | None, category: str | None, spoken: bool, limit: int
    ) -> list[Ranked]:
        """The best `limit` candidates, best first; only those of `lang` if one is given."""
        allowed = self._mask(lang)
        numbers = dict.fromkeys(self._candidates("title", plan.title, allowed))
        numbers.update(dict.fromkeys(self._candidates("answer", plan.answer, allowed)))
        for field, most in JOINT_POOL.items() if plan.alternatives else ():
            numbers.update(dict.fromkeys(self._joint(field, plan, most, allowed)))
        if not numbers:
            return []
        sureness = Sureness(self._pack.articles, plan) if spoken and plan.telling else None
        looked = [look(plan, document) for document in self._pack.documents(numbers)]
        best = self._ordered([(as_said(plan, each), each) for each in looked], category)
        try:
            if plan.alternatives and not self._said_enough(best, sureness):
                read = [(as_meant(plan, each, meant_in(plan, each.document)), each) for each in looked]
                best = self._ordered(read, category)
                return self._ranked(plan, best[:limit], sureness, True)
            return self._ranked(plan, best[:limit], sureness, False)
        except ValueError as error:  # masses that are no numbers
            raise self._pack.damaged() from error

    def _ordered(self, read: list[tuple[Weighed, Looked]], category: str | None) -> list[_Scored]:
        """The best first: relevance, then the call's category."""
        scored = []
        for weighed, looked in read:
            document = looked.document
            score = weighed.score
            if category and in_category(document.category, category):
                score += CATEGORY_BONUS
            scored.append(_Scored(score, weighed, looked))
        return sorted(
            scored, key=lambda hit: (-hit.score, hit.looked.document.size, hit.looked.document.number)
        )

    def _said_enough(self, best: list[_Scored], sureness: Sureness | None) -> bool:
        """Whether the words that were said already find an article well, so that no other reading is needed."""
        if best[0].score >= SAID_ENOUGH:
            return True
        return sureness is not None and any(
            sureness.of(hit.looked, []) >= SAID_SURELY for hit in best[:LOOKED_AT]
        )

    def _ranked(
        self, plan: Plan, best: list[_Scored], sureness: Sureness | None, by_meaning: bool
    ) -> list[Ranked]:
        found = []
        for place, hit in enumerate(best):
            looked, part = hit.looked, hit.weighed.part
            sure = 0.0
            if sureness and place < LOOKED_AT:
                sure = sureness.of(looked, meant_in(plan, looked.document) if by_meaning else [])
            found.append(
                Ranked(
                    looked.document.number,
                    hit.score,
                    part.place,
                    len(looked.forms),
                    part.title,
                    part.answer,
                    sure,
                    words_found(plan, looked),
                    hit.weighed.used,
                )
            )
        return found

    def _mask(self, lang: str | None) -> NDArray[np.bool_] | None:
        if lang is None:
            return None
        languages = self._pack.languages
        place = languages.index(lang) if lang in languages else -1
        return np.concatenate(([False], self._pack.lang == place))

    def _rarest(self, field: str, found: Iterable[str]) -> list[tuple[str, int]]:
        """The rarest grams, up to the budget of postings; at least two, so that one rare typo is not all there is."""
        pack = self._pack
        wanted: dict[str, None] = {}
        for gram in found:
            expanded = pack.beginning(field, gram) if field == "title" and is_short(gram) else (gram,)
            wanted.update(dict.fromkeys(expanded))
        used: list[tuple[str, int]] = []
        spent = 0
        for count, gram in sorted((pack.count(field, gram), gram) for gram in wanted):
            if not count:
                continue
            if spent + count > BUDGET and len(used) >= 2:
                break
            spent += count
            used.append((gram, count))
        return used

    def _joint(self, field: str, plan: Plan, most: int, allowed: NDArray[np.bool_] | None) -> list[int]:
        """Candidates by the grams of the query and of its alternatives together."""
        found = dict.fromkeys(plan.title if field == "title" else plan.answer)
        for alternative in plan.alternatives:
            term = alternative.term
            found.update(dict.fromkeys(gram for gram, _ in (term.title if field == "title" else term.answer)))
        return self._candidates(field, found, allowed, most)

    def _candidates(
        self, field: str, found: Iterable[str], allowed: NDArray[np.bool_] | None, most: int = 0
    ) -> list[int]:
        used = self._rarest(field, found)
        if not used:
            return []
        lists = [self._pack.ids(field, gram) for gram, _ in used]
        weights = np.repeat(
            [postings.weight(self._pack.articles, count) for _, count in used], [ids.size for ids in lists]
        )
        counted = np.bincount(np.concatenate(lists), weights=weights, minlength=self._pack.articles + 1)
        sums = counted * self._norms[field]
        if allowed is not None:
            sums[~allowed] = 0.0
        most = most or POOL[field]
        chosen = np.argpartition(-sums, most)[:most] if sums.size > most else np.nonzero(sums)[0]
        return [int(number) for number in chosen if sums[number] > 0]
