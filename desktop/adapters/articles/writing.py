"""Articles into a file: YAML, JSONL, CSV, XLSX or a plain database, such that reading it gives the same articles."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from desktop.adapters.articles.rows import LISTS, fields_of
from desktop.adapters.articles.tables import cell_of
from desktop.domain.faq import Article
from desktop.domain.faq_import import FileError

ALWAYS = ("id", "lang", "category", "question", "answer", "variants", "keywords")
"""The keys that every article is written with, needed or not."""
COLUMNS = (
    *ALWAYS, "department", "law", "followup", "check", "sample", "checked_on", "audience", "group", "phone", "owner",
    "valid_until", "links", "menu",
)  # fmt: skip

Facts = Mapping[str, str]
"""What is known of the whole: `name`, `content_sha256`."""

# Inside quotation marks YAML takes JSON's escapes, but folds these line breaks and refuses these characters.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def write_articles(path: Path, articles: Iterable[Article], facts: Facts) -> int:
    """Write a file of the kind that its name ends in; returns the number of articles.

    The file is complete (mode 0600) before it takes the place of an older one. Raises FileError with a sentence.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise FileError(
            f"{path.name} ends in no kind of file that can be written; use .yaml, .jsonl, .csv, .xlsx, .sqlite or .db."
        )
    if not path.parent.is_dir():
        raise FileError(f"the folder {path.parent} does not exist; make it first.")
    try:
        with _replacing(path) as draft:
            return writer(draft, articles, facts)
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise FileError(f"{path} could not be written: {reason}.") from error


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    handle, name = tempfile.mkstemp(prefix=path.name + ".", suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        yield Path(name)
        with open(name, "rb+") as written:
            os.fsync(written.fileno())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _fields(article: Article) -> dict[str, object]:
    """The article's keys without those that say nothing."""
    return {
        key: value
        for key, value in fields_of(article).items()
        if key in ALWAYS or (value and (key, value) != ("audience", "all"))
    }


def _jsonl(path: Path, articles: Iterable[Article], facts: Facts) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for article in articles:
            file.write(json.dumps(_fields(article), ensure_ascii=False) + "\n")
            count += 1
    return count


def _yaml(path: Path, articles: Iterable[Article], facts: Facts) -> int:
    """A list of articles, every text quoted, so that no program takes "no" or "010" for something else."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for article in articles:
            count += 1
            for place, (key, value) in enumerate(_fields(article).items()):
                text = _NOT_IN_YAML.sub(_escaped, json.dumps(value, ensure_ascii=False))
                file.write(f"{'  ' if place else '- '}{key}: {text}\n")
        if not count:
            file.write("[]\n")
    return count


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def cells(articles: Iterable[Article]) -> Iterator[list[str]]:
    """A row of column names, then a row an article."""
    yield list(COLUMNS)
    for article in articles:
        fields = fields_of(article)
        fields["sample"] = "true" if article.sample else ""
        yield [cell_of([*_texts(fields[key])]) if key in LISTS else str(fields[key]) for key in COLUMNS]


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _csv(path: Path, articles: Iterable[Article], facts: Facts) -> int:
    count = -1
    # Spreadsheet programs take a file without the mark for one of the system's own encoding.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for row in cells(articles):
            writer.writerow(row)
            count += 1
    return count


def _xlsx(path: Path, articles: Iterable[Article], facts: Facts) -> int:
    from desktop.adapters.articles.xlsx_writing import write_sheet

    return write_sheet(path, cells(articles)) - 1


def _plain(path: Path, articles: Iterable[Article], facts: Facts) -> int:
    from desktop.adapters.storage.plain_articles import write_plain

    return write_plain(path, facts, articles)


WRITERS: Mapping[str, Callable[[Path, Iterable[Article], Facts], int]] = {
    ".yaml": _yaml,
    ".yml": _yaml,
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".sqlite": _plain,
    ".db": _plain,
}
"""The writer of each ending."""
