"""What comes of reading files of articles: good and refused rows, a preview, and how two sets of articles differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal

from desktop.domain.errors import DeskError
from desktop.domain.faq import Article

Stage = Literal["read", "index", "write"]
ChangeKind = Literal["added", "removed", "changed"]

_FIELDS = tuple(field.name for field in fields(Article))
_TELLING_REFUSED = 200


class FileError(DeskError):
    """A whole file cannot be read or written; the message is a sentence with the file's name."""


class ImportStopped(DeskError):
    """The import was cancelled; nothing was written."""

    def __init__(self) -> None:
        super().__init__("The import was stopped; nothing was written.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its number from 1 among the articles, its line, and the article or the reason for refusing.

    In a spreadsheet `line` is the sheet's own row. `warnings` go with an article that is taken.
    """

    number: int
    line: int
    article: Article | None = None
    reason: str = ""
    warnings: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is. `total` is 0 while it is not known."""

    stage: Stage
    done: int
    total: int = 0


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """A pack was written. `index_seconds` is the time that `indexed` articles took; `index_bytes` what search adds."""

    articles: int
    refused: int
    seconds: float
    index_bytes: int
    index_seconds: float
    indexed: int


@dataclass(frozen=True, slots=True)
class Change:
    """An article that differs between two sets, with the names of the fields that do (of `Article`)."""

    article_id: str
    kind: ChangeKind
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. `first` and `refused` are the first rows only; the counts are of all.

    `changes` are against the present pack; `same` articles are in both and equal.
    """

    articles: int
    refused_count: int
    warned_count: int
    first: tuple[Article, ...]
    refused: tuple[Row, ...]
    changes: tuple[Change, ...]
    same: int

    def count(self, kind: ChangeKind) -> int:
        """How many articles change in this way."""
        return sum(change.kind == kind for change in self.changes)


def without_twins(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows in order; one whose id was there before is refused, with the place of the first."""
    seen: dict[str, tuple[str, int]] = {}
    for row in rows:
        if row.article is None:
            yield row
            continue
        first = seen.get(row.article.id)
        if first is None:
            seen[row.article.id] = (row.file, row.number)
            yield row
            continue
        where = f"row {first[1]}" + (f" of {first[0]}" if first[0] != row.file else "")
        yield replace(
            row,
            article=None,
            reason=f"the id {row.article.id!r} occurs twice (first in {where})",
            warnings=(),
        )


def changes(old: Mapping[str, Article], new: Mapping[str, Article]) -> Iterator[Change]:
    """How the new articles differ from the old, by id: in the order of the new ones, then what is gone."""
    for article_id, article in new.items():
        before = old.get(article_id)
        if before is None:
            yield Change(article_id, "added")
        elif before != article:
            differing = tuple(name for name in _FIELDS if getattr(before, name) != getattr(article, name))
            yield Change(article_id, "changed", differing)
    for article_id in old:
        if article_id not in new:
            yield Change(article_id, "removed")


def preview(
    rows: Iterable[Row], present: Mapping[str, Article], updating: bool = False, first: int = 20
) -> Preview:
    """What importing these rows would do to the present articles; `updating` keeps those that no row names."""
    found: dict[str, Article] = {}
    refused: list[Row] = []
    refused_count = warned_count = 0
    for row in without_twins(rows):
        if row.article is None:
            refused_count += 1
            if len(refused) < _TELLING_REFUSED:
                refused.append(row)
        else:
            found[row.article.id] = row.article
            warned_count += bool(row.warnings)
    differing = tuple(
        change for change in changes(present, found) if not (updating and change.kind == "removed")
    )
    moved = sum(change.kind != "removed" for change in differing)
    return Preview(
        articles=len(found),
        refused_count=refused_count,
        warned_count=warned_count,
        first=tuple(list(found.values())[:first]),
        refused=tuple(refused),
        changes=differing,
        same=len(found) - moved,
    )
