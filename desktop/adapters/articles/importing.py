"""From files of articles to a pack, with progress, and stoppable at any time without a trace."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, overload

from desktop.adapters.articles.reading import read_all
from desktop.domain.faq import Article
from desktop.domain.faq_import import (
    FileError,
    ImportStopped,
    ImportSummary,
    Preview,
    Progress,
    Row,
    Stage,
    preview,
    without_twins,
)

if TYPE_CHECKING:
    from desktop.adapters.search.updating import Summary

MOST_ARTICLES = 500_000
TELL_EVERY = 500
"""Articles between two words about progress."""

Cancelled = Callable[[], bool]


def not_cancelled() -> bool:
    """For an import that nobody can stop."""
    return False


def ignore(_: object) -> None:
    """For an import whose progress or rows nobody wants to know."""


class _Watched(Sequence[Article]):
    """Articles that tell how far somebody has walked through them, and stop the walk where the import is cancelled."""

    def __init__(
        self,
        articles: Sequence[Article],
        stage: Stage,
        tell: Callable[[Progress], None],
        cancelled: Cancelled,
    ) -> None:
        self._articles, self._stage, self._tell, self._cancelled = articles, stage, tell, cancelled
        self._told = -1

    def __len__(self) -> int:
        return len(self._articles)

    @overload
    def __getitem__(self, place: int) -> Article: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Article]: ...
    def __getitem__(self, place: int | slice) -> Article | Sequence[Article]:
        return self._articles[place]

    def __iter__(self) -> Iterator[Article]:
        for number, article in enumerate(self._articles):
            if number % TELL_EVERY == 0:
                if self._cancelled():
                    raise ImportStopped
                if number > self._told:
                    # The articles are walked through more than once: what was told is not told again.
                    self._told = number
                    self._tell(Progress(self._stage, number, len(self._articles)))
            yield article


def read_pack(path: Path, cancelled: Cancelled = not_cancelled) -> dict[str, Article]:
    """The articles of a pack by id, in order, as they are. Raises PackError, ImportStopped."""
    from desktop.adapters.search.index import FaqIndex

    found: dict[str, Article] = {}
    with closing(FaqIndex.open(path)) as index:
        for article in index.articles():
            if cancelled():
                raise ImportStopped
            found[article.id] = article
    return found


def preview_articles(
    files: Sequence[Path], present: Path | None, updating: bool = False, cancelled: Cancelled = not_cancelled
) -> Preview:
    """What importing the files would do to the pack that is there now, if any. Raises FileError, ImportStopped."""
    before = read_pack(present, cancelled) if present is not None else {}
    return preview(read_all(files, cancelled), before, updating)


def import_articles(
    files: Sequence[Path],
    output: Path,
    progress: Callable[[Progress], None] = ignore,
    cancelled: Cancelled = not_cancelled,
    *,
    update: Path | None = None,
    tell: Callable[[Row], None] = ignore,
) -> ImportSummary:
    """Read all files, then write the pack in one step; `update` begins with the articles of an older pack.

    `tell` gets every row that is refused or has warnings, at once. `progress` and `cancelled` are called from this
    thread, every `TELL_EVERY` articles or oftener. Raises ImportStopped soon after `cancelled` is true, FileError with
    a sentence for everything else; in both cases nothing is left and the old pack is as it was.
    """
    started = time.perf_counter()
    if not output.parent.is_dir():
        raise FileError(f"the folder {output.parent} does not exist; make it first")
    new, refused = _collect(read_all(files, cancelled), progress, cancelled, tell)
    if not new and update is None:
        raise FileError("no article could be read, so no pack was written; see what was refused")
    done = _write(output, new, update, progress, cancelled)
    return ImportSummary(
        articles=done.articles,
        refused=refused,
        seconds=time.perf_counter() - started,
        index_bytes=done.index_bytes,
        index_seconds=done.index_s,
        indexed=done.indexed,
    )


def _collect(
    rows: Iterable[Row],
    progress: Callable[[Progress], None],
    cancelled: Cancelled,
    tell: Callable[[Row], None],
) -> tuple[dict[str, Article], int]:
    """The good rows' articles by id, and how many rows were refused."""
    found: dict[str, Article] = {}
    refused = 0
    for count, row in enumerate(without_twins(rows), 1):
        if row.article is None or row.warnings:
            tell(row)
        if row.article is None:
            refused += 1
        else:
            found[row.article.id] = row.article
        if len(found) > MOST_ARTICLES:
            raise FileError(f"there are more than {MOST_ARTICLES} articles; make several packs of them")
        if count % TELL_EVERY == 0:
            if cancelled():
                raise ImportStopped
            progress(Progress("read", count))
    return found, refused


def _unwritten(output: Path, error: Exception) -> FileError:
    return FileError(f"the pack {output} could not be written: {error}; the old one is untouched")


def _write(
    output: Path,
    new: dict[str, Article],
    update: Path | None,
    progress: Callable[[Progress], None],
    cancelled: Cancelled,
) -> Summary:
    """Index the new articles, with those of the pack `update` that they leave, and write the pack in one step."""
    from desktop.adapters.search.indexing import build_index
    from desktop.adapters.search.pack import APPLICATION_ID, SCHEMA
    from desktop.adapters.search.updating import Summary, update_if_few
    from desktop.adapters.storage.faq_pack import PackFormat, write_pack

    if cancelled():
        raise ImportStopped
    try:
        if update is not None:
            done = update_if_few(output, output.stem, list(new.values()), (), update)
            if done is not None:
                return done
    except (OSError, sqlite3.Error) as error:
        raise _unwritten(output, error) from error
    old = read_pack(update, cancelled) if update is not None else {}
    articles = list((old | new).values())
    started = time.perf_counter()
    index = build_index(_Watched(articles, "index", progress, cancelled))
    watched = _Watched(articles, "write", progress, cancelled)
    try:
        size = write_pack(output, output.stem, watched, index, PackFormat(APPLICATION_ID, SCHEMA))
    except (OSError, sqlite3.Error) as error:
        raise _unwritten(output, error) from error
    return Summary(len(articles), len(articles), size, time.perf_counter() - started)
