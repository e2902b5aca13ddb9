"""Articles as a plain SQLite file for other programs (Datasette and the like): tables of text, no blobs, no index."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path

import sqlite_utils

from desktop.domain.faq import CATEGORY_BREAK, Article

LISTS = {
    "variants": "variants",
    "keywords": "keywords",
    "followup": "followup",
    "check": "checks",
    "links": "links",
    "menu": "menu",
}
"""The table of each list, and the field of `Article` that it holds."""
_LEVELS = ("category_1", "category_2", "category_3")
_TEXTS = (
    "id", "lang", "category", "question", "answer", "department", "law", "checked_on", "audience", "group", "phone",
    "owner", "valid_until", "sample",
)  # fmt: skip
_BATCH = 500
_LONGEST = 4_000_000
"""Bytes of a value or row that is read."""


def write_plain(path: Path, facts: Mapping[str, str], articles: Iterable[Article]) -> int:
    """Fill an empty file, `facts` of the whole into the table `pack`; returns the number of articles.

    Raises OSError or sqlite3.Error.
    """
    database = sqlite_utils.Database(str(path))
    try:
        database.conn.execute("pragma journal_mode=off")
        database.conn.execute("pragma synchronous=off")
        with database.atomic():
            return _fill(database, facts, articles)
    finally:
        database.close()


def _fill(database: sqlite_utils.Database, facts: Mapping[str, str], articles: Iterable[Article]) -> int:
    columns = dict.fromkeys(("id", "lang", "category", *_LEVELS, *_TEXTS[3:-1]), str)
    kinds = {"position": int, **columns, "sample": int}
    database.table("articles").create(kinds, pk="id", not_null=("position", *_TEXTS[:5]))
    for table in LISTS:
        database.table(table).create(
            {"article_id": str, "position": int, "text": str},
            pk=("article_id", "position"),
            foreign_keys=[("article_id", "articles", "id")],
        )
    count = 0
    stream = iter(articles)
    while batch := list(islice(stream, _BATCH)):
        numbered = list(enumerate(batch, count + 1))
        database.table("articles").insert_all([_row(number, article) for number, article in numbered])
        for table, field in LISTS.items():
            texts = [
                {"article_id": article.id, "position": place, "text": text}
                for article in batch
                for place, text in enumerate(getattr(article, field), 1)
            ]
            if texts:
                database.table(table).insert_all(texts)
        count += len(batch)
    database.table("articles").create_index(["category"])
    database.table("pack").insert_all(
        [{"key": key, "value": value} for key, value in facts.items()], pk="key"
    )
    return count


def _row(number: int, article: Article) -> dict[str, object]:
    levels = article.category.split(CATEGORY_BREAK)
    return {
        "position": number,
        **{name: getattr(article, name) for name in _TEXTS[:-1]},
        **dict(zip(_LEVELS, [*levels, None, None], strict=False)),
        "sample": int(article.sample),
    }


def is_plain(path: Path) -> bool:
    """Whether a file is a database with the tables that `write_plain` makes. Raises OSError or sqlite3.Error."""
    wanted = ("articles", *LISTS)
    with closing(_opened(path)) as connection:
        # A view or a virtual table under such a name could compute without end.
        found = connection.execute(
            "select count(*) from sqlite_master where type='table' and sql not like 'create virtual%'"
            f" and name in ({', '.join('?' * len(wanted))})",
            wanted,
        )
        return bool(found.fetchone()[0] == len(wanted))


def read_plain(path: Path) -> Iterator[Mapping[str, object]]:
    """The articles in order, as mappings with the keys of an article's file; values are what the file holds.

    Raises OSError, or sqlite3.Error for a file that is damaged or has other tables.
    """
    with closing(_opened(path)) as connection:
        names = ", ".join(f'a."{name}"' for name in _TEXTS)
        lists = ", ".join(
            f'(select json_group_array(text) from (select text from "{table}" where article_id=a.id order by position))'
            for table in LISTS
        )
        for row in connection.execute(f"select {names}, {lists} from articles a order by position, id"):
            fields: dict[str, object] = dict(zip(_TEXTS, row, strict=False))
            fields["sample"] = bool(fields["sample"])
            yield fields | {
                table: json.loads(text) for table, text in zip(LISTS, row[len(_TEXTS) :], strict=True)
            }


def _opened(path: Path) -> sqlite3.Connection:
    with path.open("rb"):
        pass  # a missing file is told as such, and not made
    connection = sqlite3.connect(path.resolve().as_uri() + "?mode=ro", uri=True)
    for pragma in ("trusted_schema=off", "cell_size_check=on", "query_only=on"):
        connection.execute(f"pragma {pragma}")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    return connection
