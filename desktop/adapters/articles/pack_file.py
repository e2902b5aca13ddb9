"""Articles out of a pack, or out of the plain database that `faq export` makes. Both may come from outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.adapters.articles.rows import fields_of, row_of
from desktop.adapters.articles.source import Source
from desktop.adapters.search.index import FaqIndex
from desktop.adapters.search.pack import PackError
from desktop.adapters.storage.plain_articles import is_plain, read_plain
from desktop.domain.faq_import import FileError, Row


def read(source: Source) -> Iterator[Row]:
    """The rows of a file, in its own order; each is checked like a row of any file."""
    found = read_plain(source.path) if is_plain(source.path) else _of_pack(source)
    for number, fields in enumerate(found, 1):
        source.go_on()
        yield row_of(number, number, fields)


def _of_pack(source: Source) -> Iterator[Mapping[str, object]]:
    try:
        index = FaqIndex.open(source.path)
        try:
            yield from map(fields_of, index.articles())
        finally:
            index.close()
    except PackError as error:
        raise FileError(str(error)) from error
