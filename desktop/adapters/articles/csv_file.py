"""Articles in CSV: UTF-8 or CP949, with comma, semicolon or tab, line breaks within quotes."""

from __future__ import annotations

import csv
import itertools
import re
from collections import deque
from collections.abc import Iterator
from typing import TextIO

from desktop.adapters.articles import tables
from desktop.adapters.articles.source import Source
from desktop.adapters.articles.tables import Header, Line
from desktop.domain.faq_import import FileError, Row

DELIMITERS = (",", ";", "\t")
LONGEST_CELL = 400_000
MOST_LINES_OF_A_ROW = 5_000
_LONGEST_LINE = 4_000_000
_HEADER_LINES = 200
_HALF = re.compile("[\udc80-\udcff]")
_REASONS = {
    "unexpected end of data": "a quotation mark is opened and never closed",
    "field larger": f"a cell is longer than {LONGEST_CELL} characters, or a quotation mark is never closed",
    "expected after": "text stands behind a closing quotation mark; inside a cell write the mark twice",
}


def read(source: Source) -> Iterator[Row]:
    """The rows of a file, in order."""
    encoding = source.marked_encoding() or source.likely_encoding()
    # What is not in the encoding becomes half characters, by which its row is refused and no other.
    with source.path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        start = list(itertools.islice(_lines(file), _HEADER_LINES))
    header, place, delimiter = _header(start)
    if not header.complete:
        named = f"no column for {', '.join(header.missing)}" if place else "no row of column names"
        raise FileError(
            f"{source.path.name} has {named}; the first row must name id, lang, category, question and answer."
        )
    with source.path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        lines = _records(_watched(source, file), delimiter)
        yield from tables.rows((line for line in lines if line.number > place), header)


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(_LONGEST_LINE):
        yield line


def _watched(source: Source, file: TextIO) -> Iterator[str]:
    for line in _lines(file):
        source.go_on()
        yield line


def _header(start: list[str]) -> tuple[Header, int, str]:
    """The best header that any delimiter gives, its line, and the delimiter."""
    found = [(*tables.find_header(_records(iter(start), each)), each) for each in DELIMITERS]
    return max(found, key=lambda one: (one[0].complete, one[0].known))


class _Feed:
    """Lines for the parser that can be taken back: after a broken row, reading goes on with the line behind its first.

    A mark that is never closed would otherwise swallow the good rows below it.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self._again = lines, deque[str]()
        self._taken: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self._taken) >= MOST_LINES_OF_A_ROW:
            raise csv.Error("unexpected end of data")
        line = self._again.popleft() if self._again else next(self._lines)
        self._taken.append(line)
        self.number += 1
        return line

    def begin(self) -> None:
        """A new row begins."""
        self._taken = []

    def give_back(self) -> None:
        """All lines of this row but the first are read again."""
        self._again.extendleft(reversed(self._taken[1:]))
        self.number -= max(0, len(self._taken) - 1)


def _records(lines: Iterator[str], delimiter: str) -> Iterator[Line]:
    csv.field_size_limit(LONGEST_CELL)
    feed = _Feed(lines)
    parser = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        feed.begin()
        first = feed.number + 1
        try:
            cells = next(parser)
        except StopIteration:
            return
        except csv.Error as error:
            feed.give_back()
            parser = csv.reader(feed, delimiter=delimiter, strict=True)
            yield Line(first, (), _reason(str(error)))
            continue
        broken = any(map(_HALF.search, cells))
        yield Line(first, cells, "the row is neither UTF-8 nor CP949" if broken else "")


def _reason(message: str) -> str:
    return next(
        (said for part, said in _REASONS.items() if part in message), f"the row is not CSV: {message}"
    )
