"""Queries of fourteen classes made from the articles of a corpus, with their right answers (recipes: SEARCH.md 2)."""

from __future__ import annotations

import csv
import random
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from bench.faq_measure import noise, spoken
from bench.faq_measure.corpus import NEIGHBOUR, split_of
from bench.faq_measure.fulltext import title_texts
from bench.faq_measure.korean import Nouns, attach
from desktop.domain import hangul
from desktop.domain.faq import Article

CLASSES = (
    "title", "kw1", "kw2", "kw3", "kw_josa", "partial", "choseong", "wrongkb", "typo", "space", "stt", "stt_long",
    "body", "human",
)  # fmt: skip
SPOKEN = frozenset({"stt", "stt_long"})
"""Classes that are asked in transcript mode."""
BASE = 2600
"""The articles that queries are made from: the first ones, so that a larger corpus is asked the same."""
EACH = 320
HUMAN = Path(__file__).resolve().parents[2] / "tests" / "data" / "faq" / "colloquial-ko.csv"

_PARTICLES = ("topic", "subject", "object", "with", "by", "에", "에서", "도", "의")
_SPACES = re.compile(r"[^0-9A-Za-z가-힣]+")
_COUNTS = {
    "kw1": (1,), "kw2": (2,), "kw3": (3,), "partial": (1, 2, 2, 3), "wrongkb": (1, 2, 2, 3), "stt": (2, 3, 3, 4),
    "stt_long": (2, 3, 3, 4),
}  # fmt: skip
"""How many words of a title a query takes, two or three where nothing is said; speech makes do with fewer."""


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asks. `right`: ids of the articles that answer it; `source`: the article that it was made from."""

    kind: str
    text: str
    right: frozenset[str]
    source: str
    words: tuple[str, ...] = ()

    @property
    def spoken(self) -> bool:
        """Whether it is asked in transcript mode."""
        return self.kind in SPOKEN


def bare(text: str) -> str:
    """A text without spaces and punctuation, as right answers are looked for."""
    return _SPACES.sub("", text)


class Holding:
    """Which articles have a text that holds some strings; an article may have several texts."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """`texts`: article id and text."""
        pairs = list(texts)
        self._ids = [id_ for id_, _ in pairs]
        self._starts = list(accumulate((len(text) + 1 for _, text in pairs), initial=0))
        self._all = "\n".join(text for _, text in pairs)
        self._of = lru_cache(maxsize=None)(self._places)

    def _places(self, part: str) -> frozenset[int]:
        found = set()
        place = self._all.find(part)
        while place >= 0:
            at = bisect_right(self._starts, place) - 1
            found.add(at)
            place = self._all.find(part, self._starts[at + 1])
        return frozenset(found)

    def all_of(self, parts: Sequence[str]) -> frozenset[str]:
        """Ids of the articles that have one text with every part."""
        return frozenset(self._ids[place] for place in frozenset.intersection(*map(self._of, parts)))


class QueryMaker:
    """Makes the queries that are derived from articles; the same for every corpus that begins with the same ones."""

    def __init__(self, articles: Sequence[Article], nouns: Nouns, base: int = BASE, seed: int = 2) -> None:
        self._base = list(articles[:base])
        self._nouns = nouns
        self._seed = seed
        self._sampled = [article for article in self._base if not article.id.startswith(NEIGHBOUR)]
        forms = [(article.id, form) for article in articles for form in title_texts(article)]
        self._titles = Holding((id_, bare(form)) for id_, form in forms)
        self._consonants = Holding((id_, _consonants(form)) for id_, form in forms)
        self._whole = Holding(
            (article.id, bare("|".join([*title_texts(article), article.answer]))) for article in articles
        )
        self._named = Counter(stem for article in self._base for stem in nouns.stems(article.question))
        self._asked: dict[str, set[str]] = {}
        for article in articles:
            self._asked.setdefault(article.question, set()).add(article.id)

    def make(self, split: str, each: int = EACH) -> list[Query]:
        """`each` queries of every derived class over both halves; those of one split ("a", "b" or "all")."""
        makers: dict[str, Callable[[Article, random.Random], Query | None]] = {
            "title": self._title,
            "choseong": self._choseong,
            "body": self._body,
            **{
                kind: self._keyed(kind)
                for kind in CLASSES
                if kind not in ("title", "choseong", "body", "human")
            },
        }
        queries: list[Query] = []
        for kind, maker in makers.items():
            chance = random.Random(f"{self._seed} {kind}")
            made: set[str] = set()
            while len(made) < each:
                # Every second one from a real title: neighbours are many, and their titles are not as people write.
                pool = self._base if len(made) % 2 or not self._sampled else self._sampled
                article = chance.choice(pool)
                query = maker(article, random.Random(chance.random()))
                if query is None or query.text in made:
                    continue
                made.add(query.text)
                if split in ("all", split_of(article.id)):
                    queries.append(query)
        return queries

    def _title(self, article: Article, chance: random.Random) -> Query:
        right = frozenset(self._asked[article.question])
        return Query("title", article.question, right, article.id)

    def _choseong(self, article: Article, chance: random.Random) -> Query | None:
        syllables = _syllables(article.question)
        length = chance.randint(4, 10)
        if len(syllables) < length:
            return None
        start = chance.randint(0, len(syllables) - length)
        consonants = hangul.choseong(syllables[start : start + length])
        text = consonants
        if chance.random() < 0.25:
            cut = chance.randint(1, length - 1)
            text = f"{consonants[:cut]} {consonants[cut:]}"
        return Query("choseong", text, self._consonants.all_of([consonants]), article.id)

    def _body(self, article: Article, chance: random.Random) -> Query | None:
        title = bare(article.question)
        stems = [stem for stem in self._nouns.stems(article.answer) if stem not in title]
        count = chance.randint(2, 3)
        if len(stems) < count:
            return None
        words = chance.sample(stems, count)
        return Query("body", " ".join(words), self._whole.all_of(words), article.id, tuple(words))

    def _keyed(self, kind: str) -> Callable[[Article, random.Random], Query | None]:
        def make(article: Article, chance: random.Random) -> Query | None:
            stems = self._nouns.stems(article.question)
            count = chance.choice(_COUNTS.get(kind, (2, 3)))
            if kind in SPOKEN:
                count = max(2, min(count, len(stems)))
            if len(stems) < count:
                return None
            places = sorted(chance.sample(range(len(stems)), count))
            if kind in SPOKEN:
                # Whoever speaks a whole sentence names the thing: the rarest noun is never left out.
                rarest = min(range(len(stems)), key=lambda place: self._named[stems[place]])
                others = [place for place in places if place != rarest]
                places = sorted([rarest, *others[: count - 1]])
            if chance.random() < 0.15:
                chance.shuffle(places)
            words = [stems[place] for place in places]
            text = _changed(kind, words, chance)
            if text is None:
                return None
            return Query(kind, text, self._titles.all_of(words), article.id, tuple(words))

        return make


def _changed(kind: str, words: list[str], chance: random.Random) -> str | None:
    text = " ".join(words)
    if kind == "stt":
        return spoken.short(words, chance)
    if kind == "stt_long":
        return spoken.long(words, chance)
    if kind == "kw_josa":
        always = chance.randrange(len(words))
        return " ".join(
            attach(word, chance.choice(_PARTICLES)) if place == always or chance.random() < 0.6 else word
            for place, word in enumerate(words)
        )
    if kind == "wrongkb":
        return hangul.to_latin(text)
    makers = {"partial": noise.partial, "typo": noise.typo, "space": noise.spacing}
    if kind not in makers:
        return text
    changed = makers[kind](text, chance)
    return None if changed == text else changed


def _syllables(text: str) -> str:
    return "".join(filter(hangul.is_syllable, text))


def _consonants(text: str) -> str:
    return hangul.choseong(_syllables(text))


def human(split: str, path: Path = HUMAN) -> list[Query]:
    """Colloquial questions with the articles that answer them, judged by hand; none while the file does not exist."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    queries = []
    for row in rows:
        ids = row["ids"].split("|")
        if split in ("all", split_of(ids[0])):
            queries.append(Query("human", row["query"], frozenset(ids), ids[0]))
    return queries


def typed_keys(query: Query) -> list[str]:
    """What stands in the field after each key of a query, the input method's open syllable included."""
    keys = hangul.keys(query.text)
    return [hangul.compose(keys[:count]) for count in range(1, len(keys) + 1)]


def half(query: Query) -> str:
    """The first half of the words of a spoken query."""
    words = query.text.split()
    return " ".join(words[: -(-len(words) // 2)])
