"""A site's own thesaurus: one CSV file, read with all that is wrong with it named, never in the way of the desk."""

from __future__ import annotations

from pathlib import Path

from desktop.adapters.search import thesaurus
from desktop.adapters.search.thesaurus import Thesaurus
from desktop.domain.faq import OwnWords

MOST_BYTES = 8_000_000
"""A larger file is not read: the shipped rows of all languages together have a tenth of this."""


def read_own_words(path: Path) -> tuple[Thesaurus, OwnWords]:
    """The shipped rows with those of the file on top of them (the shipped ones alone where it cannot be read)."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return thesaurus.shipped(), OwnWords(str(path), problem=reason)
    if len(content) > MOST_BYTES:
        return thesaurus.shipped(), OwnWords(str(path), problem=f"it has more than {MOST_BYTES:,} bytes")
    entries, bad = thesaurus.read_csv(_text(content))
    first = bad[0] if bad else thesaurus.BadRow(0, "")
    return thesaurus.shipped(entries), OwnWords(str(path), len(entries), len(bad), first.line, first.reason)


def _text(content: bytes) -> str:
    """UTF-8, else the encoding of Korean Excel; a byte that fits neither spoils its own row only."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8-sig", "replace")
