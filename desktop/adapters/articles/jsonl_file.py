"""Articles in JSONL: one object a line, in UTF-8 or, where the whole file is that, CP949."""

from __future__ import annotations

import json
from collections.abc import Iterator

from desktop.adapters.articles.rows import row_of
from desktop.adapters.articles.source import NAMES, Source
from desktop.domain.faq_import import Row

LONGEST_LINE = 4_000_000
"""Bytes; an article with every field at its longest has fewer."""
_BLANK = b" \t\r\n\xef\xbb\xbf"


def read(source: Source) -> Iterator[Row]:
    """The rows of a file, in order; blank lines are none."""
    encoding = source.likely_encoding()
    number = line = 0
    with source.path.open("rb") as file:
        while raw := file.readline(LONGEST_LINE):
            line += 1
            source.go_on()
            if not raw.strip(_BLANK):
                continue
            number += 1
            if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
                while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                    source.go_on()
                yield Row(number, line, reason=f"the line is longer than {LONGEST_LINE} bytes")
                continue
            try:
                value = json.loads(raw.decode(encoding))
            except UnicodeDecodeError:
                yield Row(number, line, reason=f"the line is not {NAMES[encoding]}")
            except (ValueError, RecursionError):
                yield Row(number, line, reason="the line is not JSON")
            else:
                yield row_of(number, line, value)
