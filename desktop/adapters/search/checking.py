"""Looking a pack over: is it whole, does its index find its articles, which articles need their owner's eye."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from desktop.adapters.search.index import FaqIndex
from desktop.adapters.search.pack import PackError
from desktop.adapters.storage.faq_pack import content_hash
from desktop.domain.faq import STALE_DAYS, Article

MOST_SEARCHED = 500
"""Articles of a larger pack that are looked for in its index, spread evenly over it."""
_LIMIT = 30
_MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, of one article or of the whole pack (id ""); `broken` where the pack must not be used so."""

    kind: str
    detail: str
    article_id: str = ""
    broken: bool = False


def check_pack(path: Path, index: FaqIndex, today: date) -> Iterator[Finding]:
    """Everything that is wrong with the open pack in the file `path`, what breaks it first."""
    try:
        for problem in _file_problems(path):
            yield Finding("integrity", problem, broken=True)
        found: list[Finding] = []
        seen = _Seen(index, today, found)
        if content_hash(map(seen.look, index.articles())) != index.pack_id:
            yield Finding("content", "the articles are not those that the pack was built from", broken=True)
        if seen.count != index.size:
            yield Finding("count", f"the pack says {index.size} articles and holds {seen.count}", broken=True)
        yield from sorted(found, key=lambda finding: not finding.broken)
    except PackError as error:
        yield Finding("damage", str(error), broken=True)


def _file_problems(path: Path) -> list[str]:
    """What SQLite finds wrong with the file, in its words."""
    try:
        with closing(
            sqlite3.connect(path.resolve().as_uri() + "?mode=ro&immutable=1", uri=True)
        ) as connection:
            connection.execute("pragma trusted_schema=off")
            rows = connection.execute(f"pragma integrity_check({_MOST_PROBLEMS})").fetchall()
    except sqlite3.Error as error:
        return [str(error)]
    return [str(row[0]) for row in rows if row[0] != "ok"]


class _Seen:
    """Looks at one article after another."""

    def __init__(self, index: FaqIndex, today: date, found: list[Finding]) -> None:
        self._index, self._found = index, found
        self._today, self._oldest = today.isoformat(), (today - timedelta(days=STALE_DAYS)).isoformat()
        self._step = max(1, index.size // MOST_SEARCHED)
        self._first_with: dict[tuple[str, str], str] = {}
        self.count = 0

    def look(self, article: Article) -> Article:
        """Note what is to be said about an article."""
        if self.count % self._step == 0:
            self._find(article)
        self.count += 1
        if not article.answer:
            self._found.append(Finding("empty", "it has no answer", article.id))
        self._found += _stale(article, self._today, self._oldest)
        same = " ".join(article.question.casefold().split()).rstrip("?.! ")
        first = self._first_with.setdefault((article.lang, same), article.id)
        if first != article.id:
            self._found.append(Finding("duplicate", f"it asks the same as {first}", article.id))
        return article

    def _find(self, article: Article) -> None:
        """The words of its question must lead to an article, and the whole question to it among the first hits."""
        hits = self._index.search(article.question, limit=_LIMIT)
        named = any(hit.article_id == article.id or hit.question == article.question for hit in hits)
        if not (named and self._index.leads_to(article)):
            detail = "its own question does not find it: the index does not fit the articles"
            self._found.append(Finding("index", detail, article.id, broken=True))


def _stale(article: Article, today: str, oldest: str) -> Iterator[Finding]:
    if article.valid_until and article.valid_until < today:
        yield Finding("stale", f"it was valid until {article.valid_until}", article.id)
    elif article.checked_on and article.checked_on < oldest:
        yield Finding("stale", f"it was checked last on {article.checked_on}", article.id)
