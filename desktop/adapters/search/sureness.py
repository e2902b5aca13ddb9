"""How sure the desk is that a spoken text asks for an article."""

from __future__ import annotations

from typing import NamedTuple

from desktop.adapters.search import postings
from desktop.adapters.search.everyday import telling_share
from desktop.adapters.search.query import Plan
from desktop.adapters.search.weighing import ANSWER_SHARE, Found, Looked, Meant

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


class _Heard(NamedTuple):
    """Telling weight of what was heard of a form, of other words that the article holds, and how many words it was."""

    matched: float
    support: float
    words: int


class Sureness:
    """How much speaks for suggesting an article: what was heard of one of its title forms, and how many words of it.

    The shape was fitted to spoken questions against small talk: one rare word alone is chance, two are a question.
    """

    def __init__(self, articles: int, plan: Plan) -> None:
        self._rarest = postings.weight(articles, 1)
        self._plan = plan
        self._telling = sum([term.telling for term in plan.terms]) or 1.0

    def of(self, looked: Looked, meant: list[Meant]) -> float:
        """Evidence for one article, from 0 up. ValueError if its masses are no numbers."""
        forms, terms = looked.forms, looked.terms
        best = 0.0
        for place, (form, mass) in enumerate(zip(forms, looked.document.masses.split(), strict=False)):
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

    def _heard(self, terms: list[Found], form: str, meant: list[Meant]) -> _Heard:
        heard: dict[str, float] = {}
        words: set[int] = set()
        support = 0.0
        for term in terms:
            found = [(gram, weight) for gram, weight in term.held if gram in form]
            if found and sum([weight for _, weight in found]) >= SEEN * term.mass:
                share = self._plan.terms[term.place].share
                heard.update((gram, weight * telling_share(gram) / share) for gram, weight in found)
                words.add(term.place)
            elif term.answered > 0.999 or term.held_mass > 0.8 * term.mass:
                support += ANSWER_SHARE * term.telling
        for each in meant:
            official, sure = each.alternative.term, MEANT_SHARE * each.alternative.weight
            found = [(gram, weight) for gram, weight in official.title if gram in form]
            if found and sum([weight for _, weight in found]) >= MEANT_SEEN * official.title_mass:
                words |= each.alternative.covers or {-1}
                for gram, weight in found:
                    heard[gram] = max(heard.get(gram, 0.0), sure * weight * telling_share(gram))
        return _Heard(sum(heard.values()), support, len(words))
