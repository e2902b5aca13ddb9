"""Two stages: rare grams pick some dozens of candidates, then each word is weighed against each candidate.

The constants are those that SEARCH.md measured best; the score of a query's own title is 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.search import postings
from desktop.adapters.search.everyday import telling_share
from desktop.adapters.search.pack import Document, Pack
from desktop.adapters.search.query import Plan, Term, is_short

POOL = {"title": 60, "answer": 40}
BUDGET = 30_000
LENGTH_SHARE = 0.2
POWER = 1.3
ANSWER_SHARE = 0.55
ANSWER_EXTRA = 0.15
FULL_BONUS = 0.2
COVER_BONUS = 0.1
CATEGORY_BONUS = 0.06
BEST = 1.3
"""What a query gets whose every word stands in the title, which it covers: the scale of the score."""

SEEN = 0.45
"""Share of a word's grams from which it counts as heard in a title when speech is the query."""
KEYWORD_POWER = 0.5
SURE_AT = 0.85
"""Evidence at which the desk is half sure of a suggestion."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate: `score` orders, `form` is the title form that matched best, `sure` is 0..1 (speech only)."""

    number: int
    score: float
    form: int
    forms: int
    title_part: float
    answer_part: float
    sure: float
    size: int


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

    def rank(self, plan: Plan, lang: str | None, category: str | None, spoken: bool) -> list[Ranked]:
        """The candidates, best first; only those of `lang` if one is given."""
        allowed = self._mask(lang)
        numbers = dict.fromkeys(self._candidates("title", plan.title, allowed))
        numbers.update(dict.fromkeys(self._candidates("answer", plan.answer, allowed)))
        if not numbers:
            return []
        rarest = postings.weight(self._pack.articles, 1)
        documents = self._pack.documents(numbers)
        ranked = [weigh(plan, document, category, spoken, rarest) for document in documents]
        return sorted(ranked, key=lambda hit: (-hit.score, hit.size, hit.number))

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

    def _candidates(self, field: str, found: Iterable[str], allowed: NDArray[np.bool_] | None) -> list[int]:
        used = self._rarest(field, found)
        if not used:
            return []
        lists = [self._pack.ids(field, gram) for gram, _ in used]
        weights = np.repeat(
            [postings.weight(self._pack.articles, count) for _, count in used], [ids.size for ids in lists]
        )
        sums = np.bincount(np.concatenate(lists), weights=weights, minlength=self._pack.articles + 1)
        sums = sums * self._norms[field]
        if allowed is not None:
            sums[~allowed] = 0.0
        most = POOL[field]
        chosen = np.argpartition(-sums, most)[:most] if sums.size > most else np.nonzero(sums)[0]
        return [int(number) for number in chosen if sums[number] > 0]


def weigh(plan: Plan, document: Document, category: str | None, spoken: bool, rarest: float) -> Ranked:
    """Word by word: how much of it is in the best of the article's title forms, else in its answer."""
    in_answer = [_share(term.answer, document.answer, term.answer_mass) for term in plan.terms]
    everywhere = "\n".join(document.forms)
    # Grams found in no form need not be looked for in each of them.
    present = [tuple(pair for pair in term.title if pair[0] in everywhere) for term in plan.terms]
    best, best_form, best_title, best_answer = -1.0, 0, 0.0, 0.0
    for place, form in enumerate(document.forms):
        score = title_part = answer_part = 0.0
        full = 0
        for term, held, answered in zip(plan.terms, present, in_answer, strict=True):
            titled = _share(held, form, term.title_mass) if held else 0.0
            full += titled > 0.999 or answered > 0.999
            body = ANSWER_SHARE * answered**POWER
            head = titled**POWER
            score += term.title_mass * (max(head, body) + ANSWER_EXTRA * body)
            title_part += term.title_mass * head
            answer_part += term.title_mass * body
        if full == len(plan.terms):
            score += FULL_BONUS * plan.total
        if score > best:
            best, best_form, best_title, best_answer = score, place, title_part, answer_part
    found_mass = sum(weight for gram, weight in plan.title.items() if gram in everywhere)
    cover = min(1.0, found_mass / (document.question_mass + 1e-6))
    score = best / plan.total + COVER_BONUS * cover
    if category and document.category == category:
        score += CATEGORY_BONUS
    sure = _sure(plan, document, present, in_answer, rarest) if spoken and plan.telling else 0.0
    forms = len(document.forms)
    return Ranked(document.number, score, best_form, forms, best_title, best_answer, sure, document.size)


def _share(weights: Iterable[tuple[str, float]], text: str, mass: float) -> float:
    return sum([weight for gram, weight in weights if gram in text]) / mass


def _sure(
    plan: Plan,
    document: Document,
    present: list[tuple[tuple[str, float], ...]],
    in_answer: list[float],
    rarest: float,
) -> float:
    """How sure a suggestion is: weight of what was heard times the share of a title form that it covers."""
    best = 0.0
    last = len(document.forms) - 1
    for place, (form, mass) in enumerate(zip(document.forms, document.masses, strict=False)):
        heard: dict[str, float] = {}
        support = 0.0
        for term, held, answered in zip(plan.terms, present, in_answer, strict=True):
            found = [(gram, weight) for gram, weight in held if gram in form]
            if found and sum(weight for _, weight in found) >= SEEN * term.title_mass:
                heard.update((gram, weight * telling_share(gram)) for gram, weight in found)
            elif answered > 0.999 or sum(weight for _, weight in held) > 0.8 * term.title_mass:
                support += ANSWER_SHARE * sum(weight * telling_share(gram) for gram, weight in term.title)
        if heard:
            matched = sum(heard.values())
            cover = min(1.0, matched / (mass + 1e-6))
            if place == last:
                cover = cover**KEYWORD_POWER
            best = max(best, (matched + support) / rarest * cover)
    return best / (best + SURE_AT)


def term_marks_title(term: Term, form: str) -> list[str]:
    """The grams of a word that are found in a form, if they are enough of it to be shown as found."""
    found = [(gram, weight) for gram, weight in term.title if gram in form]
    enough = sum(weight for _, weight in found) >= 0.5 * term.title_mass
    return [gram for gram, _ in found] if enough else []


def term_marks_answer(term: Term, text: str) -> list[str]:
    """The same for an answer."""
    found = [(gram, weight) for gram, weight in term.answer if gram in text]
    enough = sum(weight for _, weight in found) >= 0.5 * term.answer_mass
    return [gram for gram, _ in found] if enough else []
