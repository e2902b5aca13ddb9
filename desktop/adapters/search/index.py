"""The search of one answer pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from desktop.adapters.search import aging, grams, highlight, postings, thesaurus
from desktop.adapters.search.pack import Head, Pack
from desktop.adapters.search.query import Alternative, Plan, QueryReader, Term
from desktop.adapters.search.ranking import LOOKED_AT, Ranked, Ranker
from desktop.adapters.search.thesaurus import Thesaurus
from desktop.adapters.search.weighing import BEST
from desktop.domain.faq import STALE_DAYS, Article, Hit, Mode, Reading, Suggestion, Why

SUGGEST_FROM = 0.52
"""A spoken query whose best hit scores at least this deserves a card."""

SURE_AT = 0.42
"""Evidence at which the desk is half sure of a suggestion: at most one sentence of small talk in twenty has it."""
LATER = 0.8
"""What the evidence for each further hit counts: words that order the hits say something too."""

MODES: tuple[Mode, ...] = ("typed", "transcript")
_CHOSEONG_POOL = 1500
_FEW_CONSONANTS = 100
"""So few articles are looked at rather than narrowed down by another list."""
_BEGINS = 0.8
"""Least score of a title that begins with the consonants typed."""


class _Consonants(NamedTuple):
    number: int
    score: float
    size: int


class FaqIndex:
    """Searches an open pack. Any string is a valid query. One thread at a time may use an object of this class.

    Errors: PackError from `open` when the file cannot be used, from any method when it turns out to be damaged.
    """

    def __init__(self, pack: Pack, words: Thesaurus | None) -> None:
        self._pack = pack
        self._ranker = Ranker(pack)
        self.use_words(words)

    @classmethod
    def open(cls, path: Path, words: Thesaurus | None = None) -> FaqIndex:
        """Open a pack read-only; PackError with a sentence for the agent if it is missing, damaged or too new.

        `words` are the people's words to read queries by; the shipped ones if None.
        """
        return cls(Pack(path), words)

    def close(self) -> None:
        """Close the file."""
        self._pack.close()

    def read_through(self) -> None:
        """Read all of a pack that was found, not built here; PackError where it is damaged."""
        self._pack.read_through()
        for number in (1, self.size) if self.size else ():
            (article,) = self._pack.articles_of([number]).values()
            self.search(article.question, limit=1)

    def get_ready(self) -> None:
        """Read now what the first query would have to read: tables of words, pages of the file."""
        question = next((each.question for each in self.browse(limit=1)), "")
        for mode in MODES:
            self.search(question, mode=mode, limit=1)

    @property
    def pack_name(self) -> str:
        """The pack's name."""
        return self._pack.meta["name"]

    @property
    def pack_id(self) -> str:
        """The SHA-256 of the pack's content."""
        return self._pack.meta["content_sha256"]

    @property
    def built_at(self) -> str:
        """UTC, ISO 8601."""
        return self._pack.meta["built_at"]

    @property
    def is_sample(self) -> bool:
        """Whether every article is a sample that no office has checked."""
        return self._pack.meta["sample"] == "1"

    @property
    def size(self) -> int:
        """Number of articles."""
        return self._pack.articles

    def learn(self, pairs: Iterable[tuple[str, str, int]]) -> None:
        """What the agent taught, see `taught.Taught`; in the place of all that was learned before."""
        self._ranker.taught.learn(pairs)
        self.use_words(self._words)

    def use_words(self, words: Thesaurus | None) -> None:
        """Read queries by these of the people's words from now on, by the shipped ones if None."""
        self._words = thesaurus.shipped() if words is None else words
        self._reader = QueryReader(self._pack, self._words, self._ranker.taught.holding)

    def use_counts(self, counts: Mapping[str, int]) -> None:
        """How often the agent used articles, by id; in the place of the counts before."""
        self._ranker.taught.use_counts(counts)

    def article(self, article_id: str) -> Article:
        """An article by its id; KeyError if the pack has none of that id."""
        number = self._pack.number_of(article_id)
        if number is None:
            raise KeyError(article_id)
        return self._pack.articles_of([number])[number]

    def leads_to(self, article: Article) -> bool:
        """Whether the index has each word of an article's question stand in that article."""
        number = self._pack.number_of(article.id)
        found = [gram for word in grams.words(article.question) for gram in grams.title_word(word)[1]]
        lists = self._pack.grams.lists("title", list(dict.fromkeys(found)))
        return all(number in ids for ids in lists)

    def articles(self) -> Iterator[Article]:
        """All articles in the pack's own order."""
        return self._pack.all_articles()

    def browse(self, category: str | None = None, limit: int = 50) -> list[Article]:
        """The first articles of a category, or of all, in the pack's own order."""
        return list(self._pack.articles_of(self._pack.numbers(limit, category)).values())

    def within(self, category: str, limit: int = 50) -> list[Article]:
        """The first articles of just this category, none of those below it."""
        return list(self._pack.articles_of(self._pack.numbers_in(category, limit)).values())

    def categories(self, lang: str | None = None) -> dict[str, int]:
        """Number of articles by category in the pack's own order; of one language if given."""
        return self._pack.categories(lang)

    def versions(self, group: str) -> list[Article]:
        """The language versions that share a group; none for ""."""
        return list(self._pack.articles_of(self._pack.numbers_grouped(group)).values()) if group else []

    def frequent(self, limit: int = 10, used: Iterable[str] = ()) -> list[Article]:
        """Articles for an empty search field: `used` (ids, best first), filled up with the pack's first ones."""
        numbers = [number for article_id in used if (number := self._pack.number_of(article_id)) is not None]
        chosen = list(dict.fromkeys([*numbers, *self._pack.numbers(limit)]))[:limit]
        found = self._pack.articles_of(chosen)
        return [found[number] for number in chosen]

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        mode: Mode = "typed",
        lang: str | None = None,
        category: str | None = None,
        today: date | None = None,
        stale_days: int = STALE_DAYS,
        marked: bool = True,
    ) -> list[Hit]:
        """The best articles, best first. `lang` keeps only that language; `category` lifts its articles a little.

        In transcript mode the score says how sure the desk is that this is what was asked. What was valid until before
        `today`, or was checked more than `stale_days` ago, sinks a little. `marked`: with what a list shows of a hit,
        its passage and marks; who asks for ids and scores alone need not wait for them.
        """
        if limit < 1:
            return []
        if mode == "typed" and (coded := grams.choseong_query(grams.clean(query[:200]))):
            found = self._by_consonants(coded, limit, lang)
            if found:
                return self._consonant_hits(found, coded, query)
        plan = self._reader.plan(query, mode)
        if not plan.terms:
            return self._exact(query, limit, lang)
        past = aging.past(self._pack, today or date.today(), stale_days)
        ranked = self._ranker.rank(plan, lang, category, mode == "transcript", max(limit, LOOKED_AT), past)
        if mode == "transcript":
            return self._hits(plan, _surest_first(ranked)[:limit], marked)
        return self._hits(plan, [(hit, min(1.0, hit.score / BEST)) for hit in ranked[:limit]], marked)

    def suggestion(self, text: str) -> Suggestion | None:
        """The article that a spoken text asks for, or None where the desk is not sure enough."""
        hits = self.search(text, limit=1, mode="transcript")
        if not hits or not suggests(hits):
            return None
        return Suggestion(hits[0].article_id, hits[0].question, text, hits[0].score)

    def sureness(self, text: str, article_id: str) -> float:
        """How sure a spoken text makes the desk of one article, 0..1."""
        hits = self.search(text, limit=5, mode="transcript")
        return max((hit.score for hit in hits if hit.article_id == article_id), default=0.0)

    def is_telling(self, text: str) -> bool:
        """Whether a spoken text holds any word beyond everyday ones."""
        return self._reader.plan(text, "transcript").telling

    def _exact(self, query: str, limit: int, lang: str | None) -> list[Hit]:
        """A query without a single word can still be an article's whole question."""
        numbers = self._pack.numbers_titled(grams.clean(query).strip())
        articles = [head for head in self._pack.heads(numbers).values() if lang is None or head.lang == lang]
        return [_hit(article, 1.0, "title", Plan(())) for article in articles[:limit]]

    def _by_consonants(self, coded: str, limit: int, lang: str | None) -> list[_Consonants]:
        pack = self._pack
        pairs = sorted(set(grams.cut(coded, 2)), key=lambda gram: pack.grams.count("choseong", gram))
        everywhere = pack.grams.ids("choseong", pairs[0])
        for gram in pairs[1:5]:
            if everywhere.size <= _FEW_CONSONANTS:
                break
            everywhere = postings.both(everywhere, pack.grams.ids("choseong", gram))
        starting = postings.both(pack.grams.ids("choseong", grams.START + coded[:2]), everywhere)
        found = self._holding(coded, starting[:_CHOSEONG_POOL].tolist(), lang)
        if sum(hit.score >= _BEGINS for hit in found) < limit:
            # What does not begin so comes after all that does.
            known = set(starting.tolist())
            others = [number for number in everywhere[:_CHOSEONG_POOL].tolist() if number not in known]
            found += self._holding(coded, others, lang)
        return sorted(found, key=lambda hit: (-hit.score, hit.size, hit.number))[:limit]

    def _holding(self, coded: str, numbers: list[int], lang: str | None) -> list[_Consonants]:
        pack, found = self._pack, []
        begins = grams.START + coded
        for number, forms in pack.choseong(numbers):
            if coded not in forms:
                continue
            if lang is not None and pack.languages[int(pack.lang[number - 1])] != lang:
                continue
            # The shortest form of those that begin so is the best, then the shortest of all that hold it.
            matching = [form for form in forms.split(grams.FORM_BREAK) if coded in form]
            form = min([form for form in matching if form.startswith(begins)] or matching, key=len)
            found.append(_Consonants(number, _consonant_score(coded, form), len(form)))
        return found

    def _consonant_hits(self, found: list[_Consonants], coded: str, query: str) -> list[Hit]:
        articles = self._pack.heads(hit.number for hit in found)
        return [
            Hit(
                article_id=article.article_id,
                score=round(hit.score, 4),
                question=article.question,
                passage=article.answer[: highlight.WINDOW],
                why="choseong",
                words=(grams.clean(query).strip(),),
                question_marks=highlight.choseong_marks(coded, article.question),
                category=article.category,
                department=article.department,
                lang=article.lang,
                sample=article.sample,
            )
            for hit in found
            if (article := articles.get(hit.number))
        ]

    def _hits(self, plan: Plan, scored: list[tuple[Ranked, float]], marked: bool) -> list[Hit]:
        articles = self._pack.heads(ranked.number for ranked, _ in scored)
        return [
            _hit(articles[ranked.number], score, _why(ranked), plan, ranked, marked)
            for ranked, score in scored
            if ranked.number in articles
        ]


def suggests(hits: list[Hit]) -> bool:
    """Whether the desk would show a card for a spoken query that found these."""
    return bool(hits) and hits[0].score >= SUGGEST_FROM


def _consonant_score(coded: str, form: str) -> float:
    """Titles that begin so come first, then those of which more is typed: .5 to 1."""
    begins = form.startswith(grams.START + coded)
    return (_BEGINS if begins else 0.5) + 0.2 * min(1.0, len(coded) / max(1, len(form) - 1))


def _surest_first(ranked: list[Ranked]) -> list[tuple[Ranked, float]]:
    """Hits of a spoken query with how sure the desk is of each, 0..1: the one to suggest first, then by rank.

    A hit is never surer than the one above it, so that order and score agree.
    """
    sure = [hit.sure * LATER**place for place, hit in enumerate(ranked[:LOOKED_AT])]
    first = max(range(len(sure)), key=sure.__getitem__, default=0)
    scored: list[tuple[Ranked, float]] = []
    for place in [first, *(place for place in range(len(ranked)) if place != first)][: len(ranked)]:
        evidence = sure[place] if place < LOOKED_AT else 0.0
        score = evidence / (evidence + SURE_AT)
        scored.append((ranked[place], min([score, *(last for _, last in scored[-1:])])))
    return scored


def _why(ranked: Ranked) -> Why:
    if ranked.answer_part > ranked.title_part:
        return "body"
    if ranked.form == 0:
        return "title"
    return "keyword" if ranked.form == ranked.forms - 1 else "variant"


def _readings(plan: Plan, used: Sequence[Alternative]) -> tuple[Reading, ...]:
    """What the people's words led from and to: the words as said, or the row's own where these were not looked at."""
    return tuple(
        Reading(
            " ".join(plan.terms[place].word for place in sorted(each.covers)) or each.everyday, each.term.word
        )
        for each in used
    )


def _hit(
    article: Head, score: float, why: Why, plan: Plan, ranked: Ranked | None = None, marked: bool = True
) -> Hit:
    used = ranked.used if ranked is not None else ()
    hit = Hit(
        article_id=article.article_id,
        score=round(score, 4),
        question=article.question,
        passage=article.answer[: highlight.WINDOW],
        why=why,
        words=ranked.words if ranked is not None else (),
        read_as=plan.read_as,
        category=article.category,
        department=article.department,
        lang=article.lang,
        sample=article.sample,
        meant=_readings(plan, used),
    )
    return _marked(hit, article.answer, (*plan.terms, *(each.term for each in used))) if marked else hit


def _marked(hit: Hit, answer: str, terms: Sequence[Term]) -> Hit:
    """With the marks of the words that were found, and the passage that has most of them."""
    marks = highlight.answer_marks(terms, answer)
    first, last = highlight.best_window(answer, marks)
    return replace(
        hit,
        passage=answer[first:last],
        question_marks=highlight.question_marks(terms, hit.question),
        passage_marks=highlight.within(marks, (first, last)),
        answer_marks=marks,
        passage_start=first,
    )
