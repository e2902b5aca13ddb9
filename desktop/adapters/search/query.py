"""What a query means to the index: its words as they were probably meant, with the weights of their grams."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from desktop.adapters.search import grams, postings
from desktop.adapters.search.everyday import (
    PREDICATE_SHARE,
    SPOKEN,
    everyday_answer_grams,
    everyday_grams,
    is_predicate,
    telling_share,
    without_everyday,
)
from desktop.adapters.search.pack import Pack
from desktop.adapters.search.thesaurus import Thesaurus
from desktop.domain import hangul
from desktop.domain.faq import Mode

LONGEST = 1200
"""Characters of a query that are looked at: the first ones when typed, the last ones when spoken."""

MOST_WORDS = 48
"""Words that are ranked by; of a longer query the rarest ones."""

SHORT_WORDS = 5
"""From this many short Latin words on (Vietnamese writes its syllables apart) a query is also read as one unit."""
SHORT = 4
"""Letters that short words have on average at most."""

MOST_ALTERNATIVES = 8
"""Official terms of the thesaurus by which a query is read as well; the surest ones."""

KEPT_TERMS = 200
"""Words that are kept as they were read: one key changes one word of a query."""

_LATIN = re.compile("[A-Za-z]+")
_END_SHARE = 0.3
_PARTICLE_SHARE = 0.35
"""What the grams with a particle in them still tell of a Korean word."""
_PARTICLE = re.compile(
    "(?<=[가-힣]{2})(?:으로부터|에서는|에게서|으로는|에서도|이라도|이라는|까지|부터|에서|에는|에게|으로|하고|이나|라도|보다|처럼"
    "|은|는|이|가|을|를|에|로|의|도|와|과|만|요)$"
)
_LATER = 0.95
"""An official term is meant a little less than the words that were said, each further one of a row less again."""
Weights = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One word: its grams in titles and in answers with their weights, and the sums of these.

    `telling` is the sum of title weights without what everyday words share; `whole` is the share of the title mass from
    which the word is there in full, whatever particle it has.
    """

    word: str
    title: Weights
    title_mass: float
    answer: Weights
    answer_mass: float
    telling: float
    whole: float = 0.999
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Alternative:
    """Official words that the thesaurus knows for a part of a query.

    `term` has their grams as one; `weight` says how surely they are meant (0..1), `covers` the places of the plan's
    terms that they stand for, `mass` the weight of these, `everyday` the words that led here.
    """

    term: Term
    weight: float
    covers: frozenset[int]
    mass: float
    everyday: str


@dataclass(frozen=True)
class Plan:
    """A query as it was read. `telling`: it has words that say what it is about (always so when typed).

    `form` is the title form of all of it. `spoken`: it is speech, whose everyday grams bring no candidates.
    """

    terms: tuple[Term, ...]
    read_as: str = ""
    telling: bool = True
    alternatives: tuple[Alternative, ...] = ()
    form: str = ""
    spoken: bool = False

    @cached_property
    def in_short_words(self) -> bool:
        """Whether it is written in many short Latin words, as Vietnamese is: these say little one by one."""
        words = [term.word for term in self.terms]
        return (
            len(words) >= SHORT_WORDS
            and all(map(str.isascii, words))
            and sum(map(len, words)) <= SHORT * len(words)
        )

    @cached_property
    def title(self) -> dict[str, float]:
        """All title grams with their weights."""
        return {gram: weight for term in self.terms for gram, weight in term.title}

    @cached_property
    def answer(self) -> dict[str, float]:
        """All answer grams with their weights."""
        return {gram: weight for term in self.terms for gram, weight in term.answer}

    def wanted(self, field: str) -> dict[str, float]:
        """The grams to look for candidates by: all, of speech without everyday ones where it has others."""
        found = self.title if field == "title" else self.answer
        if not self.spoken:
            return found
        everyday = everyday_grams() if field == "title" else everyday_answer_grams()
        return {gram: weight for gram, weight in found.items() if gram not in everyday} or found

    @cached_property
    def total(self) -> float:
        """Sum of the words' title masses."""
        return sum(term.title_mass for term in self.terms)


def is_short(gram: str) -> bool:
    """A word on its way: fewer keys than a gram holds, so that it stands for every gram that begins with it."""
    return gram.startswith(grams.START) and len(gram) < 4


class QueryReader:
    """Reads queries against one pack."""

    def __init__(
        self, pack: Pack, thesaurus: Thesaurus, learned: Callable[[str], int] = lambda _gram: 0
    ) -> None:
        """`learned`: how many articles have a title gram in the wordings that the agent taught."""
        self._pack, self._thesaurus, self._learned = pack, thesaurus, learned
        self._official = lru_cache(maxsize=500)(self._read_official)
        self._term = lru_cache(maxsize=KEPT_TERMS)(self._read_term)

    def plan(self, query: str, mode: Mode) -> Plan:
        """The plan of any string; one without words gives a plan without terms."""
        text = grams.clean(query).strip()
        if mode == "transcript":
            return self._spoken(text[-LONGEST:])
        text = text[:LONGEST]
        read = " ".join(map(self._as_meant, text.split()))
        # The word under the cursor is not finished: its end counts for little.
        said = grams.words(read)
        words = list(dict.fromkeys(said))
        last = words[-1] if words and not text[-1:].isspace() else ""
        self._count(words)
        terms = _heaviest([self._term(word, word == last) for word in words])
        alternatives = self._alternatives(said, said, terms)
        return Plan(
            terms, read if read != " ".join(text.split()) else "", alternatives=alternatives, form=_form(said)
        )

    def _spoken(self, text: str) -> Plan:
        said = grams.words(text)
        read = list(map(without_everyday, said))
        words = list(dict.fromkeys(read))
        telling = [word for word in words if word not in SPOKEN and not _is_syllable(word)]
        self._count(telling or words)
        terms = _heaviest([self._spoken_term(word) for word in telling or words])
        alternatives = self._alternatives(said, read, terms)
        return Plan(
            terms,
            telling=bool(telling or alternatives),
            alternatives=alternatives,
            form=_form(said),
            spoken=True,
        )

    def _alternatives(
        self, said: Sequence[str], read: Sequence[str], terms: Sequence[Term]
    ) -> tuple[Alternative, ...]:
        """What the thesaurus knows for the words of a query, the surest first. `read`: the same words as in `terms`."""
        if not terms:
            return ()
        places = {term.word: place for place, term in enumerate(terms)}
        best: dict[str, Alternative] = {}
        for row in self._thesaurus.fired(said, self._pack.languages):
            covers = frozenset(places[read[at]] for at in row.words if read[at] in places)
            explained = sum(terms[place].title_mass for place in covers)
            for rank, official in enumerate(row.entry.official):
                term = self._official(official)
                if term is None:
                    continue
                weight = row.entry.weight * _LATER ** (rank + 1)
                known = best.get(official)
                if known is None or known.weight * known.mass < weight * explained:
                    best[official] = Alternative(term, weight, covers, explained, row.entry.everyday)
        ordered = sorted(best.values(), key=lambda found: -found.weight * found.mass)
        return tuple(ordered[:MOST_ALTERNATIVES])

    def _read_official(self, official: str) -> Term | None:
        """The words of an official term as one; None where no article has any of them."""
        words = grams.words(official)
        self._count(words)
        found = [self._term(word, False) for word in words]
        title = {gram: weight for term in found for gram, weight in term.title}
        answer = {gram: weight for term in found for gram, weight in term.answer}
        if not any(self._pack.grams.count("title", gram) for gram in title) and not any(
            self._pack.grams.count("answer", gram) for gram in answer
        ):
            return None
        return Term(
            official,
            tuple(title.items()),
            sum(title.values()) or 1.0,
            tuple(answer.items()),
            sum(answer.values()) or 1.0,
            sum(weight * telling_share(gram) for gram, weight in title.items()),
        )

    def _count(self, words: Sequence[str]) -> None:
        """Have the grams of all words counted in one reading; a reading for each takes longer."""
        self._pack.grams.counts("title", [gram for word in words for gram in grams.title_word(word)[1]])
        self._pack.grams.counts("answer", [gram for word in words for gram in grams.answer_word(word)[1]])

    def _weight(self, field: str, gram: str) -> float:
        if field == "title" and is_short(gram):
            holding = sum(self._pack.grams.counts(field, self._pack.grams.beginning(field, gram)))
            return postings.weight(self._pack.articles, min(holding, self._pack.articles))
        count = self._pack.grams.count(field, gram)
        if field == "title" and (learned := self._learned(gram)):
            count = min(count + learned, self._pack.articles)
        return postings.weight(self._pack.articles, count)

    def _read_term(self, word: str, unfinished: bool) -> Term:
        title = [(gram, self._weight("title", gram)) for gram in grams.title_word(word)[1]]
        if unfinished and word[-1:] and grams.title_word(word)[0].endswith(grams.END):
            title = self._unfinished(word)
        answer = [(gram, self._weight("answer", gram)) for gram in grams.answer_word(word)[1]]
        whole = 0.999
        if stem := _without_particle(word):
            kept = set(grams.title_word(stem)[1])
            title = _damped(title, kept)
            stem_mass = sum(weight for gram, weight in title if gram in kept)
            whole *= stem_mass / (sum(weight for _, weight in title) or 1.0) if stem_mass else 1.0
            answer = _damped(answer, set(grams.answer_word(stem)[1]))
        title_mass = sum(weight for _, weight in title) or 1.0
        telling = sum(weight * telling_share(gram) for gram, weight in title)
        answer_mass = sum(weight for _, weight in answer) or 1.0
        return Term(word, tuple(title), title_mass, tuple(answer), answer_mass, telling, whole)

    def _spoken_term(self, word: str) -> Term:
        """A word of speech: what callers say in every call counts for less."""
        term = self._term(word, False)
        share = term.telling / term.title_mass * (PREDICATE_SHARE if is_predicate(word) else 1.0) or 1.0
        return replace(
            term,
            title=tuple((gram, weight * share) for gram, weight in term.title),
            title_mass=term.title_mass * share,
            answer=tuple((gram, weight * share) for gram, weight in term.answer),
            answer_mass=term.answer_mass * share,
            share=share,
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
            bool(
                self._pack.grams.beginning("title", gram)
                if is_short(gram)
                else self._pack.grams.count("title", gram)
            )
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


def _form(words: Sequence[str]) -> str:
    return "".join(grams.title_word(word)[0] for word in words)


def _without_particle(word: str) -> str:
    """A Korean word without the particle at its end; "" where there is none."""
    found = _PARTICLE.search(word) if "가" <= word[-1:] <= "힣" else None
    return word[: found.start()] if found else ""


def _damped(weights: list[tuple[str, float]], kept: set[str]) -> list[tuple[str, float]]:
    """Grams beyond those of the stem say little: another particle may stand there."""
    return [(gram, weight if gram in kept else weight * _PARTICLE_SHARE) for gram, weight in weights]


def _is_syllable(word: str) -> bool:
    """One Hangul syllable says too little in speech, where every particle may stand alone."""
    return len(word) == 1 and "ㄱ" <= word <= "힣"


def _heaviest(terms: list[Term]) -> tuple[Term, ...]:
    if len(terms) > MOST_WORDS:
        terms = sorted(terms, key=lambda term: -term.title_mass)[:MOST_WORDS]
    return tuple(terms)
