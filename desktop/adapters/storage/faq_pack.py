"""Writing an answer pack: one SQLite file made with sqlite-utils, complete before it takes the place of the old one."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
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
create index faq_versions on faq(versions);
create index faq_category on faq(category);
create table faq_alias (
    id integer primary key, faq_id integer not null references faq(id), kind text not null, text text not null
);
create index faq_alias_faq on faq_alias(faq_id);
create table search_doc (
    id integer primary key references faq(id), title_form text not null, title_mass real not null,
    form_masses text not null, latin text not null, choseong text not null, size integer not null
);
create table search_array (name text primary key, data blob not null) without rowid;
create table gram_title (gram text primary key, n integer not null, postings blob not null) without rowid;
create table gram_answer (gram text primary key, n integer not null, postings blob not null) without rowid;
create table gram_choseong (gram text primary key, n integer not null, postings blob not null) without rowid;
"""


class PackIndex(Protocol):
    """The derived tables, as `desktop.adapters.search.indexing.Index` makes them."""

    @property
    def documents(self) -> list[tuple[int, str, float, str, str, str, int]]: ...
    @property
    def arrays(self) -> dict[str, bytes]: ...
    @property
    def languages(self) -> tuple[str, ...]: ...
    def gram_rows(self, field: str) -> Iterator[tuple[str, int, bytes]]: ...


@dataclass(frozen=True, slots=True)
class PackFormat:
    """The marks by which the reader knows a pack: SQLite's application id and the schema number."""

    application_id: int
    schema: int


def content_hash(articles: Iterable[Article]) -> str:
    """SHA-256 (hex) of the articles as canonical JSON lines, in their order."""
    digest = hashlib.sha256()
    for article in articles:
        line = json.dumps(asdict(article), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def write_pack(path: Path, name: str, articles: Sequence[Article], index: PackIndex, form: PackFormat) -> int:
    """Write the pack (mode 0600) and put it in the place of `path` in one step; the old file stays if anything fails.

    Returns the bytes that the derived tables take. Raises OSError, or sqlite3.Error when the disk is full.
    """
    handle, draft = tempfile.mkstemp(prefix=path.name + ".", suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        database = sqlite_utils.Database(draft)
        try:
            index_bytes = _fill(database, name, articles, index, form)
        finally:
            database.close()
        with open(draft, "rb+") as written:
            os.fsync(written.fileno())
        os.replace(draft, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise
    return index_bytes


def _fill(
    database: sqlite_utils.Database,
    name: str,
    articles: Sequence[Article],
    index: PackIndex,
    form: PackFormat,
) -> int:
    connection = database.conn
    connection.execute("pragma journal_mode=off")
    connection.execute("pragma synchronous=off")
    connection.executescript(_SCHEMA)
    connection.execute(f"pragma application_id={form.application_id}")
    connection.execute(f"pragma user_version={form.schema}")
    with connection:
        database.table("faq").insert_all(map(_faq_row, articles, range(1, len(articles) + 1)), batch_size=500)
        database.table("faq_alias").insert_all(_alias_rows(articles), batch_size=500)
        database.table("meta").insert_all(_meta_rows(name, articles, index))
    text_bytes = _size(database)
    with connection:
        connection.executemany("insert into search_doc values (?,?,?,?,?,?,?)", index.documents)
        connection.executemany("insert into search_array values (?,?)", index.arrays.items())
        for field in ("title", "answer", "choseong"):
            connection.executemany(f"insert into gram_{field} values (?,?,?)", index.gram_rows(field))
    return _size(database) - text_bytes


def _size(database: sqlite_utils.Database) -> int:
    pages: int = database.execute("pragma page_count").fetchone()[0]
    page: int = database.execute("pragma page_size").fetchone()[0]
    return pages * page


def _faq_row(article: Article, number: int) -> dict[str, object]:
    return {
        "id": number,
        "article_id": article.id,
        "lang": article.lang,
        "category": article.category,
        "question": article.question,
        "answer": article.answer,
        "department": article.department,
        "law": article.law,
        "followup": json.dumps(article.followup, ensure_ascii=False),
        "checks": json.dumps(article.checks, ensure_ascii=False),
        "sample": int(article.sample),
        "checked_on": article.checked_on,
        "audience": article.audience,
        "versions": article.group,
        "phone": article.phone,
        "owner": article.owner,
        "valid_until": article.valid_until,
        "links": json.dumps(article.links, ensure_ascii=False),
        "menu": json.dumps(article.menu, ensure_ascii=False),
    }


def _alias_rows(articles: Sequence[Article]) -> Iterator[dict[str, object]]:
    for number, article in enumerate(articles, 1):
        for kind, texts in (("variant", article.variants), ("keyword", article.keywords)):
            for text in texts:
                yield {"faq_id": number, "kind": kind, "text": text}


def _meta_rows(name: str, articles: Sequence[Article], index: PackIndex) -> list[dict[str, str]]:
    values = {
        "name": name,
        "content_sha256": content_hash(articles),
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "sample": str(int(all(article.sample for article in articles))),
        "articles": str(len(articles)),
        "languages": json.dumps(index.languages),
    }
    return [{"key": key, "value": value} for key, value in values.items()]
