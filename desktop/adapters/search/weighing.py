"""The second stage: each word of a query is weighed against each candidate, title form by title form.

The constants are those that SEARCH.md measured best; the score of a query's own title is 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.adapters.search import grams
from desktop.adapters.search.pack import Document
from desktop.adapters.search.query import Alternative, Plan, Term

POWER = 1.3
ANSWER_SHARE = 0.55
ANSWER_EXTRA = 0.15
FULL_BONUS = 0.2
COVER_BONUS = 0.1
VARIANT_SHARE = 0.97
KEYWORD_SHARE = 0.94
"""Words of a variant count a little less than words of a question, words of the list of keywords still less."""
BEST = 1.3
"""What a query gets whose every word stands in the title, which it covers: the scale of the score."""

ALL = 0.999
"""Share of a word's grams from which all of it is there: sums of weights round."""

UNIT_SHARE = 0.7
"""What the reading as one unit counts: word for word, the words alike, wherever in the article they stand."""
UNIT_ANSWER, UNIT_EXTRA = 0.4, 0.3

ENOUGH = 0.5
"""Share of a word's grams from which it is shown as found."""


class Held(NamedTuple):
    """What an article holds of each word: its mass in any title form, and its share in the answer.

    The words are those of the plan, then those of its alternatives.
    """

    titled: list[float]
    answered: list[float]


class Found(NamedTuple):
    """A query word in an article: its place in the plan, its mass, the grams held by any title form and their weight,
    its share in the answer, that weighed, and its telling weight.
    """

    place: int
    mass: float
    held: tuple[tuple[str, float], ...] | list[tuple[str, float]]
    held_mass: float
    answered: float
    body: float
    telling: float

    def value(self, head: float) -> float:
        """What the word is worth where a title form holds this much of it."""
        return self.mass * (max(head, self.body) + ANSWER_EXTRA * self.body)


class Part(NamedTuple):
    """A query in one title form and the answer: what its words are worth together, which are there in full, what the
    form holds of each word that stands in any form, and the sums of the words in the form and in the answer.
    """

    place: int
    share: float
    worth: float
    full: list[int]
    heads: list[float]
    title: float
    answer: float


@dataclass(slots=True)
class Looked:
    """A query in one article: what it holds of each word, the words found, those of them that stand in any title form,
    the places of those that the answer has in full, the sum of words in the answer, and the share of the question that
    the words said cover.
    """

    document: Document
    there: Held
    forms: list[str]
    terms: list[Found]
    titled: list[Found]
    in_answer: list[int]
    answer: float
    cover: float
    _parts: list[Part] = field(default_factory=list)

    def parts(self, plan: Plan) -> list[Part]:
        """Title form by title form; worked out when first asked for."""
        if not self._parts:
            last = len(self.forms) - 1
            for place, form in enumerate(self.forms):
                if form or not place:
                    share = 1.0 if not place else KEYWORD_SHARE if place == last else VARIANT_SHARE
                    self._parts.append(_part(plan, self, form, place, share))
        return self._parts


class Meant(NamedTuple):
    """An alternative of the thesaurus in an article: its share there (0..1) and whether all of it is there."""

    alternative: Alternative
    share: float
    full: bool


class Weighed(NamedTuple):
    """An article's score, the part that it rests on, and the alternatives of the thesaurus that it rests on."""

    score: float
    part: Part
    used: tuple[Alternative, ...] = ()


def look(plan: Plan, document: Document, there: Held) -> Looked:
    """Word by word: how much of it is in each of the article's title forms, and in its answer."""
    everywhere = document.forms
    terms: list[Found] = []
    titled: list[Found] = []
    covered = 0.0
    for place, (term, mass, answered) in enumerate(zip(plan.terms, *there, strict=False)):
        if not (mass or answered):
            continue
        # Grams found in no form need not be looked for in each of them.
        held = [pair for pair in term.title if pair[0] in everywhere] if mass else []
        body = ANSWER_SHARE * answered**POWER if answered else 0.0
        found = Found(place, term.title_mass, held, mass, answered, body, term.telling)
        terms.append(found)
        if held:
            covered += mass
            titled.append(found)
    return Looked(
        document,
        there,
        everywhere.split(grams.FORM_BREAK),
        terms,
        titled,
        [term.place for term in terms if term.answered > ALL],
        sum([term.mass * term.body for term in terms]),
        min(1.0, covered / (document.question_mass + 1e-6)),
    )


def _part(plan: Plan, looked: Looked, form: str, place: int, share: float) -> Part:
    worth = looked.answer * (1 + ANSWER_EXTRA)
    title_part = 0.0
    full = looked.in_answer
    heads: list[float] = []
    for term in looked.titled:
        found = sum([weight for gram, weight in term.held if gram in form])
        if not found:
            heads.append(0.0)
            continue
        found /= term.mass
        head = found**POWER
        heads.append(head)
        title_part += term.mass * head
        if head > term.body:
            worth += term.mass * (head - term.body)
        if found > plan.terms[term.place].whole and term.answered <= ALL:
            full = [*full, term.place]
    return Part(place, share, worth, full, heads, title_part, looked.answer)


def as_said(plan: Plan, looked: Looked) -> Weighed:
    """The score by the words said alone."""
    bonus = FULL_BONUS * plan.total
    words = len(plan.terms)
    parts = looked.parts(plan)
    best, chosen = -1.0, parts[0]
    for part in parts:
        score = (part.worth + (bonus if len(part.full) == words else 0.0)) * part.share
        if score > best:
            best, chosen = score, part
    return Weighed(_whole(plan, looked, best, looked.cover), chosen)


def as_meant(plan: Plan, looked: Looked, meant: list[Meant]) -> Weighed:
    """The score by the words said or, where that is better, by the official words that they may mean."""
    parts = looked.parts(plan)
    best, chosen = -1.0, parts[0]
    used: tuple[Alternative, ...] = ()
    for part in parts:
        gain, full, taken = _gain(looked, part, meant)
        score = part.worth + gain
        if len(full) == len(plan.terms):
            score += FULL_BONUS * plan.total
        if score * part.share > best:
            best, chosen, used = score * part.share, part, taken
    return Weighed(_whole(plan, looked, best, _cover(looked, meant)), chosen, used)


def meant_in(plan: Plan, there: Held) -> list[Meant]:
    """The alternatives of a query that an article has something of, the surest first."""
    said = len(plan.terms)
    places = zip(plan.alternatives, there.titled[said:], there.answered[said:], strict=True)
    return [_meant(each, mass, answered) for each, mass, answered in places if mass or answered]


def _meant(alternative: Alternative, mass: float, answered: float) -> Meant:
    titled = mass / alternative.term.title_mass
    body = ANSWER_SHARE * answered**POWER
    share = max(titled**POWER, body) + ANSWER_EXTRA * body
    return Meant(alternative, share, titled > ALL or answered > ALL)


def _gain(
    looked: Looked, part: Part, meant: list[Meant]
) -> tuple[float, frozenset[int], tuple[Alternative, ...]]:
    """What alternatives add to the words' own values: for each word the best of its readings counts."""
    values = {term.place: term.value(0.0) for term in looked.terms}
    values.update(
        (term.place, term.value(head)) for term, head in zip(looked.titled, part.heads, strict=True)
    )
    gain = 0.0
    full = frozenset(part.full)
    covered: frozenset[int] = frozenset()
    used: tuple[Alternative, ...] = ()
    for each in meant:
        alternative = each.alternative
        if covered & alternative.covers:
            continue
        value = alternative.weight * each.share * alternative.mass
        more = value - sum([values.get(place, 0.0) for place in alternative.covers])
        if more > 0:
            gain += more
            covered |= alternative.covers
            used = (*used, alternative)
            if each.full:
                full |= alternative.covers
    return gain, full, used


def _cover(looked: Looked, meant: list[Meant]) -> float:
    """The share of the question that is covered; official words count as surely as they are meant."""
    found = {gram: weight for term in looked.terms for gram, weight in term.held}
    forms = looked.document.forms
    for each in meant:
        for gram, weight in each.alternative.term.title:
            if gram in forms:
                found[gram] = max(found.get(gram, 0.0), each.alternative.weight * weight)
    return min(1.0, sum(found.values()) / (looked.document.question_mass + 1e-6))


def _whole(plan: Plan, looked: Looked, best: float, cover: float) -> float:
    score = best / plan.total + COVER_BONUS * cover
    if plan.in_short_words:
        score += UNIT_SHARE * (_as_one(plan, looked.terms) - score)
    return score


def rarity(term: Term) -> float:
    """A word's weight without its length."""
    return term.title_mass / max(1, len(term.title)) + term.answer_mass / max(1, len(term.answer))


def _as_one(plan: Plan, terms: list[Found]) -> float:
    """The share of the query's whole words that an article holds, in any title or in its answer; `BEST` for all."""
    found = 0.0
    for term in terms:
        titled = term.held_mass > ALL * term.mass
        answered = term.answered > ALL
        share = max(float(titled), UNIT_ANSWER * answered) + UNIT_EXTRA * answered
        found += rarity(plan.terms[term.place]) * share
    return BEST * found / sum(map(rarity, plan.terms))


def words_found(plan: Plan, looked: Looked) -> tuple[str, ...]:
    """The query's words of which at least half is there."""
    return tuple(
        plan.terms[term.place].word
        for term in looked.terms
        if term.answered >= ENOUGH or term.held_mass >= ENOUGH * term.mass
    )


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
