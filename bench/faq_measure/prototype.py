"""The laboratory's two-stage search behind SEARCH.md, kept as the baseline that the product has to beat.

Stage one: posting lists of rare grams (title: four keys of the Hangul keyboard; answer: two syllables) name some dozens
of candidates. Stage two: word by word, how much of the query each candidate holds. Its constants stay as they were
measured; no synonyms. What the product does better must not be copied here.
"""

from __future__ import annotations

import math
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.faq_measure.fulltext import cut, quote, title_texts, words
from desktop.domain import hangul
from desktop.domain.faq import Article

TITLE_POOL, ANSWER_POOL, BUDGET = 60, 40, 30_000
POWER, ANSWER_SHARE, ANSWER_EXTRA, FULL, COVER, UNKNOWN, LENGTH = 1.3, 0.55, 0.15, 0.2, 0.1, 0.6, 0.2
EXPANDED = 40
CHOSEONG_POOL = 4000
FORM_BREAK = "\x1f"
EVERYDAY = Path(__file__).with_name("everyday_words.txt")

_RUN = re.compile(
    "([\u3040-\u30ff\u3400-\u9fff]+)|([\u0e00-\u0e7f]+)|([가-힣ㄱ-ㅎㅏ-ㅣ]+)"
    "|([^\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f가-힣ㄱ-ㅎㅏ-ㅣ]+)"
)
_KEPT_MARKS = re.compile("[\u0e00-\u0e7f\u3099\u309a]")


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.replace("đ", "d"))
    kept = (char for char in plain if not unicodedata.combining(char) or _KEPT_MARKS.match(char))
    return unicodedata.normalize("NFC", "".join(kept))


def _runs(word: str) -> Iterator[tuple[str, str]]:
    for paired, thai, korean, other in _RUN.findall(word if re.match("[가-힣ㄱ-ㅣ]", word) else _fold(word)):
        for kind, run in (("paired", paired), ("thai", thai), ("hangul", korean), ("other", other)):
            if run:
                yield kind, run


def _form(word: str) -> str:
    marked = {"hangul": lambda run: "^" + hangul.keys(run), "other": lambda run: f"^{run}$"}
    return "".join(marked[kind](run) if kind in marked else run for kind, run in _runs(word))


@lru_cache(maxsize=50_000)
def _title_grams(word: str) -> tuple[str, ...]:
    found: list[str] = []
    for kind, run in _runs(word):
        if kind == "hangul":
            found += cut("^" + hangul.keys(run), 4)
        elif kind == "other":
            found += cut(f"^{run}$", 4)
        else:
            found += cut(run, 2 if kind == "paired" else 3)
    return tuple(found)


def _answer_form(word: str) -> str:
    return "".join(f"^{run}$" if kind == "other" else run for kind, run in _runs(word))


@lru_cache(maxsize=50_000)
def _answer_grams(word: str) -> tuple[str, ...]:
    found: list[str] = []
    for kind, run in _runs(word):
        found += cut(f"^{run}$", 4) if kind == "other" else cut(run, 3 if kind == "thai" else 2)
    return tuple(found)


def _choseong(text: str) -> str:
    return hangul.choseong("".join(filter(hangul.is_syllable, text)))


def _idf(articles: int, holding: int) -> float:
    return math.log(1 + (articles - holding + 0.5) / (holding + 0.5))


def build(path: Path, articles: Sequence[Article]) -> None:
    """Write the prototype's index of these articles to `path`."""
    postings: dict[str, defaultdict[str, list[int]]] = {"t": defaultdict(list), "b": defaultdict(list)}
    for number, article in enumerate(articles, 1):
        titled = {
            gram for text in title_texts(article) for word in words(text) for gram in _title_grams(word)
        }
        answered = {gram for word in set(words(article.answer)) for gram in _answer_grams(word)}
        for field, found in (("t", titled), ("b", answered)):
            for gram in found:
                postings[field][gram].append(number)
    connection = sqlite3.connect(path)
    connection.execute("pragma journal_mode=off")
    connection.execute("create table d(id integer primary key, k, tj text, b text, c text, tm real, n int)")
    with connection:
        connection.executemany("insert into d values (?,?,?,?,?,?,?)", _documents(articles, postings["t"]))
        for field, table in postings.items():
            _write_postings(connection, field, table, len(articles))
        connection.execute("create virtual table fc using fts5(c, content='', detail=none)")
        for number, article in enumerate(articles, 1):
            pairs = [gram for text in title_texts(article) for gram in cut(_choseong(text), 2)]
            connection.execute(
                "insert into fc(rowid, c) values (?,?)", (number, " ".join(dict.fromkeys(pairs)))
            )
        connection.execute("insert into fc(fc) values ('optimize')")
    connection.execute("vacuum")
    connection.close()


def _documents(
    articles: Sequence[Article], postings: dict[str, list[int]]
) -> Iterator[tuple[int, str, str, str, str, float, int]]:
    for number, article in enumerate(articles, 1):
        texts = title_texts(article)
        question = words(article.question)
        held = {gram for word in question for gram in _title_grams(word)}
        yield (
            number,
            article.id,
            FORM_BREAK.join("".join(map(_form, words(text))) for text in texts),
            "".join(" " + _answer_form(word) for word in words(article.answer)),
            FORM_BREAK.join(map(_choseong, texts)),
            sum(_idf(len(articles), len(postings[gram])) for gram in held),
            sum(map(len, question)),
        )


def _write_postings(
    connection: sqlite3.Connection, field: str, table: dict[str, list[int]], articles: int
) -> None:
    connection.execute(f"create table g{field}(g text primary key, n int, p blob) without rowid")
    connection.executemany(
        f"insert into g{field} values (?,?,?)",
        ((gram, len(ids), np.array(ids, dtype=np.uint32).tobytes()) for gram, ids in sorted(table.items())),
    )
    lengths = np.zeros(articles + 1, dtype=np.uint16)
    for ids in table.values():
        lengths[ids] += 1
    connection.execute(f"create table l{field}(p blob)")
    connection.execute(f"insert into l{field} values (?)", (lengths.tobytes(),))


@dataclass(frozen=True, slots=True)
class _Term:
    """A word of a query: title grams and answer grams with weights, and the sums of these."""

    title: list[tuple[str, float]]
    title_mass: float
    answer: list[tuple[str, float]]
    answer_mass: float


@dataclass(frozen=True, slots=True)
class Found:
    """An article with its normalised score, the mass of what matched, and the share of its title that is covered."""

    article_id: str
    score: float
    mass: float
    cover: float


class Prototype:
    """An open index of the prototype."""

    name = "prototype"

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.execute("pragma cache_size=-16000")
        self._articles = int(self._connection.execute("select count(*) from d").fetchone()[0])
        self._unknown = math.log(1 + (self._articles + 0.5) / 0.5) * UNKNOWN
        self._norms = {field: self._norm(field) for field in "tb"}
        self._everyday = frozenset(EVERYDAY.read_text("utf-8").split())
        self._count = lru_cache(20_000)(self._holding)
        self._expand = lru_cache(5_000)(self._beginning)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def search(self, text: str, spoken: bool = False, limit: int = 3) -> list[str]:
        """Ids of the best articles; everyday words are dropped from speech alone."""
        return [hit.article_id for hit in self.found(text, spoken, limit)]

    def sureness(self, text: str) -> tuple[str, float] | None:
        """The best article for speech and the matched mass times the covered share of its title."""
        hits = self.found(text, True, 1)
        return (hits[0].article_id, hits[0].mass * hits[0].cover) if hits else None

    def found(self, text: str, spoken: bool = False, limit: int = 3) -> list[Found]:
        """The best articles, best first."""
        query = unicodedata.normalize("NFC", text).strip()
        together = "".join(query.split())
        if len(together) > 1 and all(map(hangul.is_consonant, together)):
            hits = self._by_consonants(together, limit)
            if hits:
                return hits
        terms = list(dict.fromkeys(words(self._meant(query))))
        if spoken:
            terms = [word for word in terms if word not in self._everyday] or terms
        return self._ranked([self._term(word) for word in terms], limit)

    def _norm(self, field: str) -> NDArray[np.float32]:
        blob = self._connection.execute(f"select p from l{field}").fetchone()[0]
        lengths = np.frombuffer(blob, dtype=np.uint16).astype(np.float32)
        mean = max(1.0, float(lengths[1:].mean())) if len(lengths) > 1 else 1.0
        norm: NDArray[np.float32] = (1 / (1 - LENGTH + LENGTH * lengths / mean)).astype(np.float32)
        return norm

    def _holding(self, gram: str, field: str) -> int:
        row = self._connection.execute(f"select n from g{field} where g=?", (gram,)).fetchone()
        return int(row[0]) if row else 0

    def _beginning(self, gram: str, field: str) -> list[str]:
        rows = self._connection.execute(
            f"select g from g{field} where g>=? and g<? order by n desc limit {EXPANDED}",
            (gram, gram + "\uffff"),
        )
        return [row[0] for row in rows]

    def _weight(self, gram: str, field: str) -> float:
        holding = self._count(gram, field)
        return _idf(self._articles, holding) if holding else self._unknown

    def _term(self, word: str) -> _Term:
        title = [(gram, self._weight(gram, "t")) for gram in dict.fromkeys(_title_grams(word))]
        answer = [(gram, self._weight(gram, "b")) for gram in dict.fromkeys(_answer_grams(word))]
        return _Term(
            title, sum(weight for _, weight in title) or 1, answer, sum(weight for _, weight in answer) or 1
        )

    def _rare(self, field: str, found: Iterable[str]) -> list[tuple[str, int]]:
        wanted: dict[str, None] = {}
        for gram in found:
            short = field == "t" and gram[0] == "^" and len(gram) < 4
            wanted.update(dict.fromkeys(self._expand(gram, field) if short else [gram]))
        used: list[tuple[str, int]] = []
        spent = 0
        for holding, gram in sorted((self._count(gram, field), gram) for gram in wanted):
            if not holding:
                continue
            if spent + holding > BUDGET and len(used) >= 2:
                break
            spent += holding
            used.append((gram, holding))
        return used

    def _stage(self, field: str, found: Iterable[str], most: int) -> list[int]:
        lists, weights = [], []
        for gram, holding in self._rare(field, found):
            blob = self._connection.execute(f"select p from g{field} where g=?", (gram,)).fetchone()[0]
            lists.append(np.frombuffer(blob, dtype=np.uint32))
            weights.append(np.full(len(lists[-1]), _idf(self._articles, holding)))
        if not lists:
            return []
        counted = np.bincount(np.concatenate(lists), weights=np.concatenate(weights))
        sums = counted * self._norms[field][: len(counted)]
        if len(sums) > most:
            best = np.argpartition(-sums, most)[:most]
            return [int(number) for number in best if sums[number] > 0]
        return [int(number) for number in np.nonzero(sums)[0]]

    def _by_consonants(self, consonants: str, limit: int) -> list[Found]:
        match = " AND ".join(quote(gram) for gram in dict.fromkeys(cut(consonants, 2)))
        rows = self._connection.execute(
            f"select d.k, d.c from (select rowid from fc where fc match ? limit {CHOSEONG_POOL}) r"
            " join d on d.id=r.rowid where instr(d.c, ?)",
            (match, consonants),
        )
        best = sorted(
            (
                min(
                    (form.find(consonants) != 0, len(form))
                    for form in forms.split(FORM_BREAK)
                    if consonants in form
                ),
                id_,
            )
            for id_, forms in rows.fetchall()
        )
        return [Found(id_, 1.0, 0.0, 0.0) for _, id_ in best[:limit]]

    def _meant(self, query: str) -> str:
        """The Hangul reading of Latin letters where the index knows it better than the Latin one."""
        typed = query.split()
        if not typed or not all(re.fullmatch("[A-Za-z]+", word) for word in typed):
            return query
        read = [hangul.from_latin(word) for word in typed]
        if not all(word and all(map(hangul.is_syllable, word[:-1])) for word in read):
            return query

        def known(terms: list[str]) -> float:
            found = [gram for word in terms for gram in _title_grams(word)]
            return sum(self._count(gram, "t") > 0 for gram in found) / len(found)

        return " ".join(read) if known(read) > known([word.lower() for word in typed]) else query

    def _ranked(self, terms: list[_Term], limit: int) -> list[Found]:
        title = {gram: weight for term in terms for gram, weight in term.title}
        answer = {gram: weight for term in terms for gram, weight in term.answer}
        candidates = dict.fromkeys(
            [*self._stage("t", title, TITLE_POOL), *self._stage("b", answer, ANSWER_POOL)]
        )
        if not candidates:
            return []
        total = sum(term.title_mass for term in terms)
        rows = self._connection.execute(
            f"select id, k, tj, b, tm, n from d where id in ({','.join(map(str, candidates))})"
        )
        scored = []
        for number, id_, forms, body, mass, size in rows:
            answered = [
                sum([w for gram, w in term.answer if gram in body]) / term.answer_mass for term in terms
            ]
            best = max(_form_score(form, terms, answered, total) for form in forms.split(FORM_BREAK))
            cover = min(1, sum([weight for gram, weight in title.items() if gram in forms]) / (mass + 1e-6))
            score = best / total + COVER * cover
            scored.append((-score, size, number, Found(id_, score, best, cover)))
        return [hit for *_, hit in sorted(scored, key=lambda row: row[:3])[:limit]]


def _form_score(form: str, terms: list[_Term], answered: list[float], total: float) -> float:
    score, full = 0.0, 0
    for term, share in zip(terms, answered, strict=True):
        titled = sum([weight for gram, weight in term.title if gram in form]) / term.title_mass
        body = ANSWER_SHARE * share**POWER
        score += term.title_mass * (max(titled**POWER, body) + ANSWER_EXTRA * body)
        full += titled > 0.999 or share > 0.999
    return score + FULL * total if full == len(terms) else score
