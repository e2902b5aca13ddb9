"""Plain full-text search as SQLite offers it: the baselines, each one way of cutting text for FTS5."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.faq import Article

_WORD = re.compile(
    "[0-9a-z가-힣ㄱ-ㅎㅏ-ㅣ\u00c0-\u024f\u1e00-\u1eff\u0400-\u04ff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+"
)
_TITLE_WEIGHT, _ANSWER_WEIGHT = 5, 1


def words(text: str) -> list[str]:
    """Words in NFC and lower case, punctuation dropped."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def cut(text: str, size: int) -> list[str]:
    """Stretches of `size` characters; a shorter text is its own only one."""
    return [text[at : at + size] for at in range(len(text) - size + 1)] if len(text) >= size else [text]


def quote(token: str) -> str:
    """A token as a string of FTS5's query language."""
    return '"' + token.replace('"', '""') + '"'


def title_texts(article: Article) -> list[str]:
    """What a system may count as title: question, variants, keywords as one."""
    return [article.question, *article.variants, " ".join(article.keywords)]


@dataclass(frozen=True, slots=True)
class Way:
    """How text becomes tokens of FTS5 and a query its match expression."""

    name: str
    tokenizer: str
    text: Callable[[str], str]
    match: Callable[[str], str]


def _any(tokens: Sequence[str], after: str = "") -> str:
    return " OR ".join(quote(token) + after for token in dict.fromkeys(tokens))


def _bigrams(text: str) -> list[str]:
    return [gram for word in words(text) for gram in cut(word, 2)]


WAYS = (
    Way(
        "unicode61 prefix OR",
        "unicode61 remove_diacritics 2",
        lambda text: " ".join(words(text)),
        lambda query: _any(words(query), "*"),
    ),
    Way(
        "trigram OR",
        "trigram",
        lambda text: " ".join(words(text)),
        lambda query: _any([gram for word in words(query) if len(word) > 2 for gram in cut(word, 3)]),
    ),
    Way(
        "bigrams OR",
        "unicode61",
        lambda text: " ".join(_bigrams(text)),
        lambda query: _any(_bigrams(query)),
    ),
)


class FullText:
    """One FTS5 index over title and answer, ranked by bm25."""

    def __init__(self, way: Way, path: Path) -> None:
        self.name = way.name
        self._way = way
        self._connection = sqlite3.connect(path)
        self._connection.execute("pragma cache_size=-64000")

    @classmethod
    def build(cls, way: Way, path: Path, articles: Sequence[Article]) -> FullText:
        """Write the index of these articles to `path`."""
        found = cls(way, path)
        connection = found._connection
        connection.execute("pragma journal_mode=off")
        connection.execute("create table d(id integer primary key, k text)")
        connection.execute(
            f"create virtual table f using fts5(t, b, content='', tokenize=\"{way.tokenizer}\")"
        )
        with connection:
            for number, article in enumerate(articles, 1):
                title = way.text(" ".join(title_texts(article)))
                connection.execute("insert into d values (?,?)", (number, article.id))
                connection.execute(
                    "insert into f(rowid, t, b) values (?,?,?)", (number, title, way.text(article.answer))
                )
            connection.execute("insert into f(f) values ('optimize')")
            connection.execute(
                "insert into f(f, rank) values ('rank', ?)", (f"bm25({_TITLE_WEIGHT},{_ANSWER_WEIGHT})",)
            )
        return found

    def search(self, text: str, spoken: bool = False, limit: int = 3) -> list[str]:
        """Ids of the best articles; speech is read as typed text is."""
        match = self._way.match(text)
        if not match:
            return []
        rows = self._connection.execute(
            "select d.k from (select rowid from f where f match ? order by rank limit ?) r"
            " join d on d.id=r.rowid",
            (match, limit),
        )
        return [row[0] for row in rows]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
