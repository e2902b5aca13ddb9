"""The sample articles inflated to any size by plausible neighbours: titles spliced from two, answers from several.

Deterministic, and a smaller corpus is the beginning of a larger one: the same queries can be asked of both.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from bench.faq_measure import parts
from bench.faq_measure.korean import ROLES, Nouns, attach, bare_words, swap
from desktop.adapters.articles.reading import read_articles
from desktop.domain.faq import CATEGORY_BREAK, Article

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "faq" / "sample"
SAMPLED = 322
"""How many of the first articles are the sample's own."""
BEGUN_WITH = {"ko": SAMPLED, "ja": 45, "en": 42, "vi": 42, "th": 42, "mn": 42}
"""The articles that corpora are made of. The sample grows, and every new one would draw all neighbours and queries
anew, so that no figure could be compared with an earlier one: two more moved the mean from .985 to .979."""
ANSWER_SENTENCES = (5, 9)
NEIGHBOUR = "N"
"""What the ids of neighbours begin with."""
SHARE_WITH_WORDINGS = 0.5
"""Share of the neighbours that have variants or keywords."""

_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_ENDINGS = (
    "{thing:topic} 어떻게 하나요?",
    "{thing} 방법이 궁금해요.",
    "{thing:object} 하려면 어디로 가나요?",
    "{thing:subject} 되는지 알고 싶어요.",
    "{thing:topic} 언제까지 해야 하나요?",
    "{thing:object} 대신 할 수 있나요?",
    "{thing} {matter:subject} 어떻게 되나요?",
    "{thing}에 필요한 {matter:topic} 무엇인가요?",
    "{thing:subject} 안 되는 이유가 뭔가요?",
    "{thing} {matter:object} 알려 주세요.",
)


Kind = TypeVar("Kind")


class Noun(str):
    """A noun that takes its particle in a format: `f"{Noun('여권'):object}"` is "여권을"."""

    def __format__(self, role: str) -> str:
        return attach(str(self), role) if role else str(self)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sample article cut for splicing: what its title is about, and what it asks about that with the particle."""

    source: Article
    subject: str
    role: str
    tail: str
    sentences: tuple[str, ...]


def sample(lang: str) -> list[Article]:
    """The sample articles of one language that corpora are made of, in the order of their ids."""
    return [article for article in _whole_sample() if article.lang == lang][: BEGUN_WITH[lang]]


@cache
def _whole_sample() -> tuple[Article, ...]:
    rows = [row for path in sorted(SAMPLE.glob("*.yaml")) for row in read_articles(path)]
    refused = [row.reason for row in rows if row.article is None]
    if refused:
        raise ValueError(f"the sample has rows that are refused: {refused[:3]}")
    articles = [row.article for row in rows if row.article is not None]
    return tuple(sorted(articles, key=lambda article: article.id))


def split_of(article_id: str) -> str:
    """The half that an article's queries belong to: "a" for tuning, "b" for reporting."""
    return "ab"[hashlib.sha256(article_id.encode()).digest()[0] % 2]


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of an answer."""
    return tuple(part for part in _SENTENCE.split(text.strip()) if part)


def without_wordings(articles: Sequence[Article]) -> list[Article]:
    """The same articles as a city without variants and keywords would have them."""
    return [replace(article, variants=(), keywords=()) for article in articles]


def korean(size: int, seed: int = 1) -> list[Article]:
    """The Korean sample and as many neighbours as make `size` articles; all questions differ."""
    articles = sample("ko")[:size]
    asked = {article.question for article in articles}
    for neighbour in _Splicer(articles, random.Random(seed)).neighbours(asked):
        if len(articles) >= size:
            break
        articles.append(neighbour)
    return articles


class _Splicer:
    """Makes neighbours without end."""

    def __init__(self, articles: Sequence[Article], chance: random.Random) -> None:
        self._chance = chance
        self._nouns = Nouns.of(articles)
        self._pieces = [piece for article in articles if (piece := self._cut(article))]
        self._by_field: dict[str, list[Piece]] = {}
        for piece in self._pieces:
            self._by_field.setdefault(piece.source.category.split(CATEGORY_BREAK)[0], []).append(piece)
        self._things = [
            (keyword, article)
            for article in articles
            for keyword in article.keywords[:3]
            if all(word in self._nouns.known for word in bare_words(keyword)) and len(keyword) > 1
        ]
        chance.shuffle(self._things)
        self._sources = list(articles)
        self._ways: tuple[tuple[float, Callable[[], tuple[str, str, Article, Article]]], ...] = (
            (0.45, self._other_tail),
            (0.30, self._aspect),
            (0.10, self._pair),
            (0.15, self._elsewhere),
        )

    def neighbours(self, asked: set[str]) -> Iterator[Article]:
        """Articles with questions that are not in `asked`, which takes them up."""
        number = 0
        weights = [weight for weight, _ in self._ways]
        while True:
            way = self._chance.choices(self._ways, weights)[0][1]
            question, thing, about, other = way()
            if question in asked:
                continue
            asked.add(question)
            number += 1
            yield self._article(f"{NEIGHBOUR}{number:06}", question, thing, about, other)

    def _cut(self, article: Article) -> Piece | None:
        """The article's title behind its first nouns; None where it does not begin with a noun and its particle."""
        words = article.question.split(" ")
        for place, word in enumerate(words[:3]):
            read = self._nouns.read(word)
            if read is None:
                return None
            noun, role = read
            if role in ROLES and role != "or":
                subject, tail = " ".join([*words[:place], noun]), " ".join(words[place + 1 :])
                return Piece(article, subject, role, tail, sentences_of(article.answer)) if tail else None
        return None

    def _often(self, things: Sequence[Kind]) -> Kind:
        """One of some things, the first ones more often: a city has many articles about a few matters."""
        return things[int(len(things) * self._chance.random() ** 2)]

    def _piece_near(self, article: Article) -> Piece:
        """A piece, more often than not from the same field of a city's work."""
        field = article.category.split(CATEGORY_BREAK)[0]
        near = self._by_field.get(field, self._pieces)
        return self._chance.choice(near if self._chance.random() < 0.6 else self._pieces)

    def _context(self) -> str:
        chance = self._chance
        return chance.choice(
            (
                chance.choice(parts.TIMES),
                chance.choice(parts.PLACES) + "에서",
                chance.choice(parts.PEOPLE) + "의 경우",
                attach(chance.choice(parts.PEOPLE), "subject"),
                chance.choice(parts.PEOPLE) + "도",
            )
        )

    def _maybe_context(self, share: float) -> str:
        return self._context() + " " if self._chance.random() < share else ""

    def _other_tail(self) -> tuple[str, str, Article, Article]:
        """What one title asks, asked about the subject of another."""
        thing, about = self._often(self._things)
        piece = self._piece_near(about)
        question = f"{self._maybe_context(0.3)}{attach(thing, piece.role)} {piece.tail}"
        return question, thing, about, piece.source

    def _aspect(self) -> tuple[str, str, Article, Article]:
        """Something that offices do, done to the subject of one."""
        thing, about = self._often(self._things)
        doing = f"{thing} {self._often(parts.ASPECTS)}"
        matter = Noun(self._chance.choice(parts.MATTERS))
        ending = self._chance.choice(_ENDINGS).format(thing=Noun(doing), matter=matter)
        return f"{self._maybe_context(0.4)}{ending}", thing, about, self._chance.choice(self._sources)

    def _pair(self) -> tuple[str, str, Article, Article]:
        """Two subjects together."""
        (thing, about), (second, other) = self._often(self._things), self._chance.choice(self._things)
        piece = self._piece_near(other)
        question = f"{attach(thing, 'with')} {attach(second, piece.role)} {piece.tail}"
        return question, thing, about, other

    def _elsewhere(self) -> tuple[str, str, Article, Article]:
        """A real question for other people, at another place or time."""
        about = self._chance.choice(self._sources)
        thing = next(iter(about.keywords), "민원")
        return f"{self._context()} {about.question}", thing, about, self._chance.choice(self._sources)

    def _article(self, id_: str, question: str, thing: str, about: Article, other: Article) -> Article:
        answer = self._answer(thing, about, other)
        variants: tuple[str, ...] = ()
        keywords: tuple[str, ...] = ()
        if self._chance.random() < SHARE_WITH_WORDINGS:
            keywords = (thing, *self._chance.sample(other.keywords, min(2, len(other.keywords))))
            if self._chance.random() < SHARE_WITH_WORDINGS:
                told = self._chance.choice(("하려고 하는데요", "때문에 전화했어요", "알아보려고요"))
                variants = (f"{self._context()} {thing} {self._chance.choice(parts.ASPECTS)} {told}",)
        return Article(
            id_, "ko", about.category, question, answer, variants, tuple(dict.fromkeys(keywords)), sample=True
        )

    def _answer(self, thing: str, about: Article, other: Article) -> str:
        """Sentences of both articles and of some third ones, about `thing` where they were about something else."""
        chance = self._chance
        count = chance.randint(*ANSWER_SENTENCES)
        own, borrowed = list(sentences_of(about.answer)), list(sentences_of(other.answer))
        told = chance.sample(own, min(2, len(own)))
        theme = next(iter(other.keywords), "")
        told += [swap(text, theme, thing) if theme else text for text in borrowed[: chance.randint(1, 2)]]
        while len(told) < count:
            if chance.random() < 0.4:
                told.append(self._made_up(thing))
                continue
            third = chance.choice(self._sources)
            theme = third.keywords[0] if third.keywords else ""
            text = chance.choice(sentences_of(third.answer))
            told.append(swap(text, theme, thing) if theme and chance.random() < 0.5 else text)
        return " ".join(dict.fromkeys(told))

    def _made_up(self, thing: str) -> str:
        chance = self._chance
        return chance.choice(parts.SENTENCES).format(
            thing=Noun(thing),
            aspect=Noun(chance.choice(parts.ASPECTS)),
            matter=Noun(chance.choice(parts.MATTERS)),
            place=Noun(chance.choice(parts.PLACES)),
            person=Noun(chance.choice(parts.PEOPLE)),
            time=chance.choice(parts.TIMES),
        )
