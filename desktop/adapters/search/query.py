"""What a query means to the index: its words as they were probably meant, with the weights of their grams."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from desktop.adapters.search import grams, postings
from desktop.adapters.search.everyday import SPOKEN, telling_share
from desktop.adapters.search.pack import Pack
from desktop.domain import hangul
from desktop.domain.faq import Mode

LONGEST = 1200
"""Characters of a query that are looked at: the first ones when typed, the last ones when spoken."""

MOST_WORDS = 48
"""Words that are ranked by; of a longer query the rarest ones."""

_LATIN = re.compile("[A-Za-z]+")
_END_SHARE = 0.3
Weights = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One word: its grams in titles and in answers with their weights, and the sums of these.

    `telling` is the sum of title weights without what everyday words share.
    """

    word: str
    title: Weights
    title_mass: float
    answer: Weights
    answer_mass: float
    telling: float


@dataclass(frozen=True)
class Plan:
    """A query as it was read. `telling`: it has words that say what it is about (always so when typed)."""

    terms: tuple[Term, ...]
    read_as: str = ""
    telling: bool = True

    @cached_property
    def title(self) -> dict[str, float]:
        """All title grams with their weights."""
        return {gram: weight for term in self.terms for gram, weight in term.title}

    @cached_property
    def answer(self) -> dict[str, float]:
        """All answer grams with their weights."""
        return {gram: weight for term in self.terms for gram, weight in term.answer}

    @cached_property
    def total(self) -> float:
        """Sum of the words' title masses."""
        return sum(term.title_mass for term in self.terms)


def is_short(gram: str) -> bool:
    """A word on its way: fewer keys than a gram holds, so that it stands for every gram that begins with it."""
    return gram.startswith(grams.START) and len(gram) < 4


class QueryReader:
    """Reads queries against one pack."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def plan(self, query: str, mode: Mode) -> Plan:
        """The plan of any string; one without words gives a plan without terms."""
        text = grams.clean(query).strip()
        if mode == "transcript":
            return self._spoken(text[-LONGEST:])
        text = text[:LONGEST]
        read = " ".join(map(self._as_meant, text.split()))
        # The word under the cursor is not finished: its end counts for little.
        words = list(dict.fromkeys(grams.words(read)))
        last = words[-1] if words and not text[-1:].isspace() else ""
        terms = [self._term(word, word == last) for word in words]
        return Plan(_heaviest(terms), read if read != " ".join(text.split()) else "")

    def _spoken(self, text: str) -> Plan:
        words = list(dict.fromkeys(grams.words(text)))
        telling = [word for word in words if word not in SPOKEN and not _is_syllable(word)]
        terms = [self._term(word, False) for word in telling or words]
        return Plan(_heaviest(terms), telling=bool(telling))

    def _weight(self, field: str, gram: str) -> float:
        if field == "title" and is_short(gram):
            holding = sum(self._pack.count(field, longer) for longer in self._pack.beginning(field, gram))
            return postings.weight(self._pack.articles, min(holding, self._pack.articles))
        return postings.weight(self._pack.articles, self._pack.count(field, gram))

    def _term(self, word: str, unfinished: bool) -> Term:
        title = [(gram, self._weight("title", gram)) for gram in grams.title_word(word)[1]]
        if unfinished and word[-1:] and grams.title_word(word)[0].endswith(grams.END):
            title = self._unfinished(word)
        answer = tuple((gram, self._weight("answer", gram)) for gram in grams.answer_word(word)[1])
        title_mass = sum(weight for _, weight in title) or 1.0
        telling = sum(weight * telling_share(gram) for gram, weight in title)
        return Term(
            word, tuple(title), title_mass, answer, sum(weight for _, weight in answer) or 1.0, telling
        )

    def _unfinished(self, word: str) -> list[tuple[str, float]]:
        form, whole = grams.title_word(word)
        start = form.rindex(grams.START)
        open_grams = grams.cut(form[start:-1], 4)
        found = [(gram, self._weight("title", gram)) for gram in open_grams]
        known = set(open_grams)
        found += [
            (gram, self._weight("title", gram) * (_END_SHARE if gram.endswith(grams.END) else 1.0))
            for gram in whole
            if gram not in known
        ]
        return found

    def _known(self, word: str, open_end: bool) -> float:
        """Share of a word's title grams that the index holds."""
        form = grams.title_word(word)[0]
        found = grams.cut(form[:-1], 4) if open_end else list(grams.title_word(word)[1])
        held = sum(
            bool(self._pack.beginning("title", gram) if is_short(gram) else self._pack.count("title", gram))
            for gram in found
        )
        return held / len(found) if found else 0.0

    def _as_meant(self, word: str) -> str:
        """The word, or what its keys say in the other keyboard layout where the index knows that better."""
        if len(word) > 40:
            return word
        if _LATIN.fullmatch(word):
            meant = hangul.from_latin(word.lower() if word.isupper() else word)
            whole = all(map(hangul.is_syllable, meant[:-1]))
            if whole and self._known(meant, False) > self._known(word.lower(), True):
                return meant
        elif any(map(hangul.is_vowel, word)) or any(map(hangul.is_consonant, word[:-1])):
            meant = hangul.to_latin(word).lower()
            if (
                len(meant) > 2
                and _LATIN.fullmatch(meant)
                and self._known(meant, True) > self._known(word, False)
            ):
                return meant
        return word


def _is_syllable(word: str) -> bool:
    """One Hangul syllable says too little in speech, where every particle may stand alone."""
    return len(word) == 1 and "ㄱ" <= word <= "힣"


def _heaviest(terms: list[Term]) -> tuple[Term, ...]:
    if len(terms) > MOST_WORDS:
        terms = sorted(terms, key=lambda term: -term.title_mass)[:MOST_WORDS]
    return tuple(terms)
