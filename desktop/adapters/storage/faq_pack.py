"""Writing an answer pack: one SQLite file made with sqlite-utils, complete before it takes the place of the old one."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import sqlite_utils

from desktop.domain.faq import Article

_SCHEMA = """
create table meta (key text primary key, value text not null) without rowid;
create table faq (
    id integer primary key, article_id text not null unique, lang text not null, category text not null,
    question text not null, answer text not null, department text not null, law text not null, followup text not null,
    checks text not null, sample integer not null, checked_on text, audience text not null,
    versions text not null, phone text not null, owner text not null, valid_until text, links text not null,
    menu text not null
);
create table faq_alias (
    id integer primary key, faq_id integer not null references faq(id), kind text not null, text text not null
);
create table search_doc (
    id integer primary key references faq(id), title_form text not null, title_mass real not null,
    form_masses text not null, latin text not null, choseong text not null, size integer not null,
    title_key integer not null
);
create table search_array (name text primary key, data blob not null) without rowid;
create table gram_title (
    gram text primary key, n integer not null, postings blob, place integer, size integer, changes blob
) without rowid;
create table gram_answer (
    gram text primary key, n integer not null, postings blob, place integer, size integer, changes blob
) without rowid;
create table gram_choseong (
    gram text primary key, n integer not null, postings blob, place integer, size integer, changes blob
) without rowid;
create table gram_block (id integer primary key, data blob not null);
"""
_INDEXES = """
create index faq_versions on faq(versions);
create index faq_category on faq(category);
create index faq_alias_faq on faq_alias(faq_id);
"""
_DOCUMENT_INDEXES = "create index search_doc_title on search_doc(title_key)"
_INSERT_FAQ = f"insert into faq values ({','.join('?' * 19)})"
_INSERT_ALIAS = "insert into faq_alias (faq_id, kind, text) values (?,?,?)"
_INSERT_DOCUMENT = "insert into search_doc values (?,?,?,?,?,?,?,?)"
# The sum of two blobs is text to SQLite, of the same bytes.
_ADD_CHANGES = """
insert into {table} (gram, n, changes) values (?,?,?)
on conflict (gram) do update set n = n + excluded.n,
changes = cast(coalesce(changes, x'') || excluded.changes as blob)
"""

SUM_MODULUS = 1 << 512
"""Of a `content_sum`."""

_FIELDS = tuple(sorted(field.name for field in fields(Article)))
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_plain_json = json.JSONEncoder(ensure_ascii=False).encode


DocumentRow = tuple[int, str, float, str, str, str, int, int]
GramRow = tuple[str, int, bytes | None, int | None, int | None]


class PackIndex(Protocol):
    """The derived tables, as `desktop.adapters.search.indexing.Index` makes them."""

    @property
    def documents(self) -> Iterable[DocumentRow]: ...
    @property
    def tables(self) -> Mapping[str, Sequence[GramRow]]: ...
    @property
    def blocks(self) -> Sequence[bytes]: ...
    @property
    def arrays(self) -> Mapping[str, bytes]: ...
    @property
    def languages(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class PackFormat:
    """The marks by which the reader knows a pack: SQLite's application id and the schema number."""

    application_id: int
    schema: int


def built_now() -> str:
    """The time of building as packs have it: UTC, ISO 8601, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def text_size(article: Article) -> int:
    """About the bytes that an article's text takes in a pack."""
    return sum(len(str(value).encode("utf-8", "surrogatepass")) for value in _faq_row(article, 0))


def content_sum(articles: Iterable[Article]) -> int:
    """The sum of the SHA-512 of each article as canonical JSON, modulo 2^512.

    It does not depend on the order, and an update can correct it by the articles that it changes.
    """
    total = 0
    for article in articles:
        line = _canonical({name: getattr(article, name) for name in _FIELDS})
        total += int.from_bytes(hashlib.sha512(line.encode("utf-8", "surrogatepass")).digest(), "big")
    return total % SUM_MODULUS


def hash_of_sum(total: int) -> str:
    """The content hash (SHA-256, hex) that belongs to a `content_sum`."""
    return hashlib.sha256(total.to_bytes(64, "big")).hexdigest()


def content_hash(articles: Iterable[Article]) -> str:
    """Names the content of a pack, whatever the order of its articles.

    It tells packs apart and shows damage; as a sum it is no protection against somebody who forges articles.
    """
    return hash_of_sum(content_sum(articles))


@dataclass(frozen=True, slots=True)
class PackChanges:
    """What an update writes over a copy of a pack.

    `emptied` are the numbers whose rows go, `articles` and `documents` the rows that come. `tables` has for each gram
    of a field how many articles more hold it (less: below 0) and the bytes to add to its changes. `arrays` and `meta`
    take the place of what stands under their names.
    """

    emptied: Sequence[int]
    articles: Mapping[int, Article]
    documents: Iterable[DocumentRow]
    tables: Mapping[str, Iterable[tuple[str, int, bytes]]]
    arrays: Mapping[str, bytes]
    meta: Mapping[str, str]


def write_pack(path: Path, name: str, articles: Sequence[Article], index: PackIndex, form: PackFormat) -> int:
    """Write the pack (mode 0600) and put it in the place of `path` in one step; the old file stays if anything fails.

    Returns the bytes that the derived tables take. Raises OSError, or sqlite3.Error when the disk is full.
    """
    with _draft(path) as draft, _opened(draft) as database:
        return _fill(database, name, articles, index, form)


def write_update(old: Path, path: Path, changes: PackChanges) -> float:
    """Write a copy of `old` with changes in the way of `write_pack`. Returns the seconds of all but the copying.

    Raises OSError, or sqlite3.Error when the disk is full or the old pack is damaged.
    """
    with _draft(path) as draft:
        shutil.copyfile(old, draft)
        started = time.perf_counter()
        with _opened(draft) as database:
            _change(database.conn, changes)
        return time.perf_counter() - started


@contextlib.contextmanager
def _draft(path: Path) -> Iterator[str]:
    """A file beside `path` that takes its place once it is complete, and vanishes if anything fails."""
    handle, draft = tempfile.mkstemp(prefix=path.name + ".", suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        yield draft
        with open(draft, "rb+") as written:
            os.fsync(written.fileno())
        os.replace(draft, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise


@contextlib.contextmanager
def _opened(draft: str) -> Iterator[sqlite_utils.Database]:
    """The draft as a database without a journal: nobody else sees it, and half of it is of no use to anybody."""
    database = sqlite_utils.Database(draft, execute_plugins=False)
    try:
        database.conn.execute("pragma journal_mode=off")
        database.conn.execute("pragma synchronous=off")
        database.conn.execute("pragma cache_size=-32000")
        database.conn.execute("pragma trusted_schema=off")
        yield database
    finally:
        database.close()


def _change(connection: sqlite3.Connection, changes: PackChanges) -> None:
    gone = [(number,) for number in changes.emptied]
    rows = [_faq_row(article, number) for number, article in changes.articles.items()]
    with connection:
        for table, key in (("faq", "id"), ("faq_alias", "faq_id"), ("search_doc", "id")):
            connection.executemany(f"delete from {table} where {key}=?", gone)
        connection.executemany(_INSERT_FAQ, rows)
        connection.executemany(_INSERT_ALIAS, _alias_rows(changes.articles.items()))
        connection.executemany(_INSERT_DOCUMENT, changes.documents)
        for field, table_rows in changes.tables.items():
            connection.executemany(_ADD_CHANGES.format(table=f"gram_{field}"), table_rows)
        connection.executemany("replace into search_array values (?,?)", changes.arrays.items())
        connection.executemany("replace into meta values (?,?)", changes.meta.items())


def _fill(
    database: sqlite_utils.Database,
    name: str,
    articles: Sequence[Article],
    index: PackIndex,
    form: PackFormat,
) -> int:
    connection = database.conn
    connection.executescript(_SCHEMA)
    connection.execute(f"pragma application_id={form.application_id}")
    connection.execute(f"pragma user_version={form.schema}")
    with connection:
        connection.executemany(_INSERT_FAQ, map(_faq_row, articles, range(1, len(articles) + 1)))
        connection.executemany(_INSERT_ALIAS, _alias_rows(enumerate(articles, 1)))
        connection.executescript(_INDEXES)
        database.table("meta").insert_all(_meta_rows(name, articles, index))
    text_bytes = _size(database)
    with connection:
        connection.execute("insert into meta values ('text_bytes', ?)", (str(text_bytes),))
        connection.executemany(_INSERT_DOCUMENT, index.documents)
        connection.execute(_DOCUMENT_INDEXES)
        connection.executemany("insert into search_array values (?,?)", sorted(index.arrays.items()))
        for field, rows in index.tables.items():
            connection.executemany(
                f"insert into gram_{field} (gram, n, postings, place, size) values (?,?,?,?,?)", rows
            )
        connection.executemany("insert into gram_block values (?,?)", enumerate(index.blocks))
    return _size(database) - text_bytes


def _size(database: sqlite_utils.Database) -> int:
    pages: int = database.execute("pragma page_count").fetchone()[0]
    page: int = database.execute("pragma page_size").fetchone()[0]
    return pages * page


def _faq_row(article: Article, number: int) -> tuple[object, ...]:
    return (
        number,
        article.id,
        article.lang,
        article.category,
        article.question,
        article.answer,
        article.department,
        article.law,
        _list(article.followup),
        _list(article.checks),
        int(article.sample),
        article.checked_on,
        article.audience,
        article.group,
        article.phone,
        article.owner,
        article.valid_until,
        _list(article.links),
        _list(article.menu),
    )


def _list(texts: tuple[str, ...]) -> str:
    return _plain_json(texts) if texts else "[]"


def _alias_rows(articles: Iterable[tuple[int, Article]]) -> Iterator[tuple[int, str, str]]:
    for number, article in articles:
        for kind, texts in (("variant", article.variants), ("keyword", article.keywords)):
            for text in texts:
                yield number, kind, text


def _meta_rows(name: str, articles: Sequence[Article], index: PackIndex) -> list[dict[str, str]]:
    total = content_sum(articles)
    values = {
        "name": name,
        "content_sum": f"{total:x}",
        "content_sha256": hash_of_sum(total),
        "built_at": built_now(),
        "sample": str(int(all(article.sample for article in articles))),
        "articles": str(len(articles)),
        "languages": json.dumps(index.languages),
        "changed": "0",
    }
    return [{"key": key, "value": value} for key, value in values.items()]
