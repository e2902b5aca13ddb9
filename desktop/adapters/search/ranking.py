"""Two stages: rare grams pick some dozens of candidates, then each word is weighed against each candidate."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Container, Iterable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.search import aging, grams, postings
from desktop.adapters.search.bounds import Bounds
from desktop.adapters.search.pack import Document, Pack
from desktop.adapters.search.query import Alternative, Plan, is_short
from desktop.adapters.search.sureness import Sureness
from desktop.adapters.search.taught import Taught
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


class _Pool(NamedTuple):
    """How many candidates one field gives, chosen by its rarest grams with so many postings together."""

    candidates: int
    postings: int


POOLS = {"title": _Pool(50, 30_000), "answer": _Pool(30, 30_000)}
LONG = 4
LONG_POOLS = {"title": _Pool(30, 30_000), "answer": _Pool(25, 10_000)}
"""The same for a query of so many words or more: they say more, and each candidate costs more to weigh."""
JOINT_POOLS = {"title": _Pool(30, 30_000), "answer": _Pool(15, 10_000)}
"""Candidates by the official words of the thesaurus as well; the others keep their places."""
LENGTH_SHARE = 0.2
CATEGORY_BONUS = 0.06
WHOLE_TITLE_BONUS = 0.5
"""More than all that a neighbour with a longer title can have besides: who types a whole question gets its article."""
SAID_ENOUGH = 0.6
"""From this score of the best article on, a query is taken at its words: the thesaurus has nothing to add."""
SAID_SURELY = 0.42
"""The same for speech, by the evidence for a suggestion: in a long talk most words are about something else."""
ROUNDING = 1e-9
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


class _Candidates:
    """The articles to choose from: the most that each can come to, and what of it is no relevance."""

    def __init__(self, most: NDArray[np.float64], lifts: dict[int, float]) -> None:
        """`most` by places, `lifts` by the places of those that have one."""
        self._lifts = lifts
        for place, lift in lifts.items():
            most[place] += lift
        self._order = np.argsort(-most, kind="stable")
        self._most = most[self._order]

    def best(self, weigh: Callable[[int], _Scored], limit: int) -> list[_Scored]:
        """The best first: at least the `limit` best and all that these may sink below, if there are so many.

        Most need not be weighed in full: the best that they can come to is not enough.
        """
        found: list[_Scored] = []
        scores: list[float] = []
        for place, most in zip(self._order.tolist(), self._most.tolist(), strict=True):
            if len(scores) == limit and most < scores[0] - aging.SUNK - ROUNDING:
                break
            weighed = weigh(place)
            score = weighed.score + self._lifts.get(place, 0.0)
            found.append(weighed._replace(score=score))
            heapq.heappush(scores, score) if len(scores) < limit else heapq.heappushpop(scores, score)
        return sorted(found, key=_place)

    def any_from(self, score: float, weigh: Callable[[int], _Scored]) -> bool:
        """Whether one of them comes to this score."""
        able = self._order[self._most >= score - ROUNDING].tolist()
        return any(weigh(place).score + self._lifts.get(place, 0.0) >= score for place in able)


def _place(hit: _Scored) -> tuple[float, int, int]:
    return -hit.score, hit.looked.document.size, hit.looked.document.number


def _sunk(best: list[_Scored], past: aging.Past) -> list[_Scored]:
    """The same in order again, after those of the first that are past their dates lost a little."""
    first = best[: aging.LOOKED_AT]
    sinking = past([hit.looked.document.number for hit in first])
    if not sinking:
        return best
    sunk = [
        hit._replace(score=hit.score - aging.SUNK) if hit.looked.document.number in sinking else hit
        for hit in first
    ]
    return sorted([*sunk, *best[aging.LOOKED_AT :]], key=_place)


def length_norm(sizes: NDArray[Any]) -> NDArray[np.float32]:
    """A mild preference for short texts; index 0 stands for no article."""
    mean = max(1.0, float(sizes.mean())) if sizes.size else 1.0
    norm = 1 / (1 - LENGTH_SHARE + LENGTH_SHARE * sizes / mean)
    return np.concatenate(([0.0], norm)).astype(np.float32)


class Ranker:
    """Ranks the articles of one pack."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self.taught = Taught(pack)
        self._norms = {field: length_norm(pack.sizes[f"{field}_size"]) for field in POOLS}
        self._sums = np.zeros(pack.articles + 1, dtype=np.float32)
        """Always zero between queries: a new array for each would cost more than all the adding."""

    def rank(
        self,
        plan: Plan,
        lang: str | None,
        category: str | None,
        spoken: bool,
        limit: int,
        past: aging.Past = lambda _numbers: set(),
    ) -> list[Ranked]:
        """The best `limit` candidates, best first; of `lang` only if one is given. Those `past` their dates sink."""
        allowed = self._mask(lang)
        numbers = dict.fromkeys(self._titled(plan.form, allowed))
        for field, pool in (LONG_POOLS if len(plan.terms) >= LONG else POOLS).items():
            numbers.update(dict.fromkeys(self._candidates(field, plan.wanted(field), allowed, pool)))
        numbers.update(dict.fromkeys(self.taught.candidates(plan, allowed)))
        sureness = Sureness(self._pack.articles, plan) if spoken and plan.telling else None
        bound = Bounds(plan)
        bound.add(self._documents(numbers))

        @cache
        def look_at(place: int) -> Looked:
            return look(plan, bound.documents[place], bound.held(place))

        def said(place: int) -> _Scored:
            weighed = as_said(plan, looked := look_at(place))
            return _Scored(weighed.score, weighed, looked)

        def meant(place: int) -> _Scored:
            looked = look_at(place)
            weighed = as_meant(plan, looked, meant_in(plan, looked.there))
            return _Scored(weighed.score, weighed, looked)

        try:
            candidates = _Candidates(bound.most_as_said(), self._lifts(plan, bound.documents, category))
            by_meaning = bool(plan.alternatives) and not spoken and not candidates.any_from(SAID_ENOUGH, said)
            best = [] if by_meaning else candidates.best(said, limit)
            if by_meaning or (plan.alternatives and not self._said_enough(best, sureness)):
                by_meaning = True
                bound.add(self._documents(self._joint(plan, allowed, numbers)))
                lifts = self._lifts(plan, bound.documents, category)
                best = _Candidates(bound.most_as_meant(), lifts).best(meant, limit)
            return self._ranked(plan, _sunk(best, past)[:limit], sureness, by_meaning)
        except ValueError as error:  # masses that are no numbers
            raise self._pack.damaged() from error

    def _documents(self, numbers: Iterable[int]) -> list[Document]:
        return self.taught.with_wordings(self._pack.documents(list(numbers)))

    def _lifts(self, plan: Plan, documents: list[Document], category: str | None) -> dict[int, float]:
        """What is no relevance, by place: the call's category, the agent's use, a whole question that stands first."""
        lifts = {}
        whole = plan.form + grams.FORM_BREAK
        for place, document in enumerate(documents):
            lift = self.taught.lift(document.number)
            if category and in_category(document.category, category):
                lift += CATEGORY_BONUS
            if document.forms.startswith(whole) or document.forms == plan.form:
                lift += WHOLE_TITLE_BONUS
            if lift:
                lifts[place] = lift
        return lifts

    def _titled(self, form: str, allowed: NDArray[np.bool_] | None) -> list[int]:
        """Articles whose whole question was asked."""
        numbers = self._pack.numbers_of_title(form)
        return [number for number in numbers if allowed is None or allowed[number]]

    def _said_enough(self, best: list[_Scored], sureness: Sureness | None) -> bool:
        """Whether the words that were said already find an article well, so that no other reading is needed."""
        if not best or best[0].score >= SAID_ENOUGH:
            return bool(best)
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
                sure = sureness.of(looked, meant_in(plan, looked.there) if by_meaning else [])
                sure *= self.taught.trust(looked.document.number, plan)
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

    def _rarest(self, field: str, found: Iterable[str], most: int) -> list[tuple[str, int]]:
        """The rarest grams, up to `most` postings; at least two, so that one rare typo is not all there is."""
        pack = self._pack
        wanted: dict[str, None] = {}
        for gram in found:
            expanded = pack.grams.beginning(field, gram) if field == "title" and is_short(gram) else (gram,)
            wanted.update(dict.fromkeys(expanded))
        used: list[tuple[str, int]] = []
        spent = 0
        for count, gram in sorted(zip(pack.grams.counts(field, list(wanted)), wanted, strict=True)):
            if not count:
                continue
            if spent + count > most and len(used) >= 2:
                break
            spent += count
            used.append((gram, count))
        return used

    def _joint(self, plan: Plan, allowed: NDArray[np.bool_] | None, known: Container[int]) -> list[int]:
        """More candidates, by the grams of the query and of its alternatives together."""
        more: dict[int, None] = {}
        for field, pool in JOINT_POOLS.items():
            found = dict.fromkeys(plan.wanted(field))
            for alternative in plan.alternatives:
                term = alternative.term
                found.update(
                    dict.fromkeys(gram for gram, _ in (term.title if field == "title" else term.answer))
                )
            numbers = self._candidates(field, found, allowed, pool)
            more.update((number, None) for number in numbers if number not in known)
        return list(more)

    def _candidates(
        self, field: str, found: Iterable[str], allowed: NDArray[np.bool_] | None, pool: _Pool
    ) -> list[int]:
        used = self._rarest(field, found, pool.postings)
        if not used:
            return []
        touched, sizes = self._pack.grams.joined(field, [gram for gram, _ in used])
        weights = postings.weights(self._pack.articles, np.array([count for _, count in used]))
        np.add.at(self._sums, touched, np.repeat(weights.astype(np.float32), sizes))
        found_sums = self._sums[touched] * self._norms[field][touched]
        self._sums[touched] = 0.0
        if allowed is not None:
            found_sums *= allowed[touched]
        return _highest(touched, found_sums, pool.candidates, len(used))


def _highest(numbers: NDArray[np.int64], sums: NDArray[np.float32], most: int, repeated: int) -> list[int]:
    """The `most` numbers with the highest sums above 0; each may stand there `repeated` times with the same sum."""
    if numbers.size > most * repeated:
        chosen = np.argpartition(sums, -most * repeated)[-most * repeated :]
        numbers, sums = numbers[chosen], sums[chosen]
    numbers, places = np.unique(numbers, return_index=True)
    sums = sums[places]
    order = np.lexsort((numbers, -sums))[:most]
    chosen_numbers: list[int] = numbers[order[sums[order] > 0]].tolist()
    return chosen_numbers
