"""Two stages: rare grams pick some dozens of candidates, then each word is weighed against each candidate.

The constants are those that SEARCH.md measured best; the score of a query's own title is 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.search import grams, postings
from desktop.adapters.search.everyday import telling_share
from desktop.adapters.search.pack import Document, Pack
from desktop.adapters.search.query import Alternative, Plan, Term, is_short
from desktop.domain.faq import in_category

POOL = {"title": 60, "answer": 40}
JOINT_POOL = {"title": 40, "answer": 20}
"""Candidates by the official words of the thesaurus as well; the others keep their places."""
BUDGET = 30_000
LENGTH_SHARE = 0.2
POWER = 1.3
ANSWER_SHARE = 0.55
ANSWER_EXTRA = 0.15
FULL_BONUS = 0.2
COVER_BONUS = 0.1
CATEGORY_BONUS = 0.06
VARIANT_SHARE = 0.97
KEYWORD_SHARE = 0.94
"""Words of a variant count a little less than words of a question, words of the list of keywords still less."""
BEST = 1.3
"""What a query gets whose every word stands in the title, which it covers: the scale of the score."""

SHORT_WORDS = 5
"""From this many short Latin words on (Vietnamese writes its syllables apart) a query is also read as one unit."""
SHORT = 4
"""Letters that short words have on average at most."""
UNIT_SHARE = 0.7
"""What the reading as one unit counts: word for word, the words alike, wherever in the article they stand."""
SAID_ENOUGH = 0.6
"""From this score of the best article on, a query is taken at its words: the thesaurus has nothing to add."""
UNIT_ANSWER, UNIT_EXTRA = 0.4, 0.3

ENOUGH = 0.5
"""Share of a word's grams from which it is shown as found."""
SEEN = 0.45
"""Share of a word's grams from which it counts as heard in a title when speech is the query."""
MEANT_SEEN = 0.75
MEANT_SHARE = 0.6
"""What official words that the thesaurus put in the place of spoken ones say of what was heard."""
COVER_POWER = 0.35
QUERY_POWER = 0.1
KEYWORD_POWER = 0.5
OTHER_FORM = 0.38
"""What a variant or keyword says beside a question: there are many, in words of speech, and small talk meets one."""
CHANCE = 0.5
"""How likely one word alone is chance."""


class Ranked(NamedTuple):
    """One candidate: `score` orders, `form` is the title form that matched best,
    `sure` is the evidence for a suggestion (speech only).

    `words` are the query's words of which at least half was found.
    """

    number: int
    score: float
    form: int
    forms: int
    title_part: float
    answer_part: float
    sure: float
    size: int
    words: tuple[str, ...]


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
        for field, most in JOINT_POOL.items() if plan.alternatives else ():
            numbers.update(dict.fromkeys(self._joint(field, plan, most, allowed)))
        if not numbers:
            return []
        sureness = Sureness(self._pack.articles, plan) if spoken and plan.telling else None
        documents = self._pack.documents(numbers)
        try:
            ranked = self._weighed(plan, documents, category, sureness)
        except ValueError as error:  # masses that are no numbers
            raise self._pack.damaged() from error
        return sorted(ranked, key=lambda hit: (-hit.score, hit.size, hit.number))

    def _weighed(
        self, plan: Plan, documents: list[Document], category: str | None, sureness: Sureness | None
    ) -> list[Ranked]:
        if plan.alternatives:
            said = [weigh(plan.as_said, document, category, sureness) for document in documents]
            if max(hit.score for hit in said) >= SAID_ENOUGH:
                return said
        return [weigh(plan, document, category, sureness) for document in documents]

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


def weigh(plan: Plan, document: Document, category: str | None, sureness: Sureness | None) -> Ranked:
    """Word by word: how much of it is in the best of the article's title forms, else in its answer."""
    everywhere, answer = document.forms, document.answer
    terms: list[_Found] = []
    words = []
    for place, term in enumerate(plan.terms):
        # Grams found in no form need not be looked for in each of them.
        held = [pair for pair in term.title if pair[0] in everywhere]
        answered = sum([weight for gram, weight in term.answer if gram in answer]) / term.answer_mass
        if answered >= ENOUGH or sum([weight for _, weight in held]) >= ENOUGH * term.title_mass:
            words.append(term.word)
        if held or answered:
            terms.append(
                _Found(place, term.title_mass, held, answered, ANSWER_SHARE * answered**POWER, term.telling)
            )
    forms = everywhere.split(grams.FORM_BREAK)
    meant = [value for each in plan.alternatives if (value := _meant(each, everywhere, answer)).share]
    best = _weigh_form(terms, forms[0], 0, plan, meant)
    for place in range(1, len(forms)):
        if forms[place]:
            part = _weigh_form(terms, forms[place], place, plan, meant)
            share = KEYWORD_SHARE if place == len(forms) - 1 else VARIANT_SHARE
            part = part._replace(score=part.score * share)
            if part.score > best.score:
                best = part
    found_mass = _held_mass(plan, everywhere, meant)
    cover = min(1.0, found_mass / (document.question_mass + 1e-6))
    score = best.score / plan.total + COVER_BONUS * cover
    if _is_in_short_words(plan):
        score += UNIT_SHARE * (_as_one(plan, terms) - score)
    if category and in_category(document.category, category):
        score += CATEGORY_BONUS
    sure = sureness.of(terms, forms, document, meant) if sureness else 0.0
    return Ranked(
        document.number,
        score,
        best.form,
        len(forms),
        best.title,
        best.answer,
        sure,
        document.size,
        tuple(words),
    )


def _held_mass(plan: Plan, forms: str, meant: list[_Meant]) -> float:
    """The weight of the query's grams that stand in a title form; official words count as surely as they are meant."""
    found = {gram: weight for gram, weight in plan.title.items() if gram in forms}
    for each in meant:
        for gram, weight in each.alternative.term.title:
            if gram in forms:
                found[gram] = max(found.get(gram, 0.0), each.alternative.weight * weight)
    return sum(found.values())


def _is_in_short_words(plan: Plan) -> bool:
    words = [term.word for term in plan.terms]
    return (
        len(words) >= SHORT_WORDS
        and all(map(str.isascii, words))
        and sum(map(len, words)) <= SHORT * len(words)
    )


def _rarity(term: Term) -> float:
    """A word's weight without its length."""
    return term.title_mass / max(1, len(term.title)) + term.answer_mass / max(1, len(term.answer))


def _as_one(plan: Plan, terms: list[_Found]) -> float:
    """The share of the query's whole words that an article holds, in any title or in its answer; `BEST` for all."""
    found = 0.0
    for term in terms:
        titled = sum([weight for _, weight in term.held]) > 0.999 * term.mass
        answered = term.answered > 0.999
        share = max(float(titled), UNIT_ANSWER * answered) + UNIT_EXTRA * answered
        found += _rarity(plan.terms[term.place]) * share
    return BEST * found / sum(map(_rarity, plan.terms))


class _Found(NamedTuple):
    """A query word in an article: its place in the plan, its mass, the grams held by any title form, its share in the
    answer, that weighed, and its telling weight.
    """

    place: int
    mass: float
    held: list[tuple[str, float]]
    answered: float
    body: float
    telling: float


class _Part(NamedTuple):
    score: float
    form: int
    title: float
    answer: float


class _Meant(NamedTuple):
    """An alternative of the thesaurus in an article: its share there (0..1) and whether all of it is there."""

    alternative: Alternative
    share: float
    full: bool


def _meant(alternative: Alternative, forms: str, answer: str) -> _Meant:
    term = alternative.term
    titled = sum([weight for gram, weight in term.title if gram in forms]) / term.title_mass
    answered = sum([weight for gram, weight in term.answer if gram in answer]) / term.answer_mass
    body = ANSWER_SHARE * answered**POWER
    share = max(titled**POWER, body) + ANSWER_EXTRA * body
    return _Meant(alternative, share, titled > 0.999 or answered > 0.999)


def _weigh_form(terms: list[_Found], form: str, place: int, plan: Plan, meant: list[_Meant]) -> _Part:
    score = title_part = answer_part = 0.0
    values: dict[int, float] = {}
    full: set[int] = set()
    for term in terms:
        titled = sum([weight for gram, weight in term.held if gram in form]) / term.mass
        if titled > plan.terms[term.place].whole or term.answered > 0.999:
            full.add(term.place)
        head = titled**POWER
        values[term.place] = term.mass * (max(head, term.body) + ANSWER_EXTRA * term.body)
        title_part += term.mass * head
        answer_part += term.mass * term.body
    score = sum(values.values())
    if meant:
        score += _gain(values, meant, full)
    if len(full) == len(plan.terms):
        score += FULL_BONUS * plan.total
    return _Part(score, place, title_part, answer_part)


def _gain(values: dict[int, float], meant: list[_Meant], full: set[int]) -> float:
    """What the alternatives add to the words' own values: for each word the best of its readings counts."""
    gain = 0.0
    used: set[int] = set()
    for each in meant:
        alternative = each.alternative
        if used & alternative.covers:
            continue
        value = alternative.weight * each.share * alternative.mass
        more = value - sum([values.get(place, 0.0) for place in alternative.covers])
        if more > 0:
            gain += more
            used |= alternative.covers
            if each.full:
                full |= alternative.covers
    return gain


class Sureness:
    """How much speaks for suggesting an article: what was heard of one of its title forms, and how many words of it.

    The shape was fitted to spoken questions against small talk: one rare word alone is chance, two are a question.
    """

    def __init__(self, articles: int, plan: Plan) -> None:
        self._rarest = postings.weight(articles, 1)
        self._telling = sum([term.telling for term in plan.terms]) or 1.0

    def of(self, terms: list[_Found], forms: list[str], document: Document, meant: list[_Meant]) -> float:
        """Evidence for one article, from 0 up."""
        best = 0.0
        for place, (form, mass) in enumerate(zip(forms, document.masses.split(), strict=False)):
            heard = self._heard(terms, form, meant)
            if not heard.words:
                continue
            cover = min(1.0, heard.matched / (float(mass) + 1e-6)) ** COVER_POWER
            if place == len(forms) - 1:
                cover = cover**KEYWORD_POWER
            evidence = (heard.matched + heard.support) / self._rarest * cover
            evidence *= (1 - CHANCE**heard.words) ** 2 * min(
                1.0, heard.matched / self._telling
            ) ** QUERY_POWER
            best = max(best, evidence * (OTHER_FORM if place else 1.0))
        return best

    def _heard(self, terms: list[_Found], form: str, meant: list[_Meant]) -> _Heard:
        heard: dict[str, float] = {}
        words: set[int] = set()
        support = 0.0
        for term in terms:
            found = [(gram, weight) for gram, weight in term.held if gram in form]
            if found and sum([weight for _, weight in found]) >= SEEN * term.mass:
                heard.update((gram, weight * telling_share(gram)) for gram, weight in found)
                words.add(term.place)
            elif term.answered > 0.999 or sum([weight for _, weight in term.held]) > 0.8 * term.mass:
                support += ANSWER_SHARE * term.telling
        for each in meant:
            official, sure = each.alternative.term, MEANT_SHARE * each.alternative.weight
            found = [(gram, weight) for gram, weight in official.title if gram in form]
            if found and sum([weight for _, weight in found]) >= MEANT_SEEN * official.title_mass:
                words |= each.alternative.covers or {-1}
                for gram, weight in found:
                    heard[gram] = max(heard.get(gram, 0.0), sure * weight * telling_share(gram))
        return _Heard(sum(heard.values()), support, len(words))


class _Heard(NamedTuple):
    """Telling weight of what was heard of a form, of other words that the article holds, and how many words it was."""

    matched: float
    support: float
    words: int


def term_marks_title(term: Term, form: str) -> list[str]:
    """The grams of a word that are found in a form, if they are enough of it to be shown as found."""
    found = [(gram, weight) for gram, weight in term.title if gram in form]
    enough = sum(weight for _, weight in found) >= ENOUGH * term.title_mass
    return [gram for gram, _ in found] if enough else []


def term_marks_answer(term: Term, text: str) -> list[str]:
    """The same for an answer."""
    found = [(gram, weight) for gram, weight in term.answer if gram in text]
    enough = sum(weight for _, weight in found) >= ENOUGH * term.answer_mass
    return [gram for gram, _ in found] if enough else []
