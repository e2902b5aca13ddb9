"""`dasan-desk faq build`: files to a pack, with every refused row named; standard error tells how far it is."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType

from desktop.adapters.articles.importing import import_articles, preview_articles
from desktop.cli.output import emit, emit_event, say
from desktop.domain.faq_import import Progress, Row

TELL_EVERY_S = 2.0
_STAGES = {"read": "read", "index": "indexed", "write": "written"}


def run_build(files: Sequence[Path], output: Path, update: Path | None) -> int:
    """Read all files, then write the pack in one step."""
    with stoppable() as cancelled:
        summary = import_articles(files, output, _Teller(), cancelled, update=update, tell=tell_row)
    emit_event(
        "summary",
        articles=summary.articles,
        refused=summary.refused,
        seconds=round(summary.seconds, 3),
        index_mb=round(summary.index_bytes / 1e6, 3),
        index_ms_per_article=round(summary.index_seconds * 1000 / max(1, summary.indexed), 4),
    )
    return 0


def run_preview(files: Sequence[Path], present: Path | None) -> int:
    """Say what a build would do: the refused rows, each change against the present pack, the first articles."""
    with stoppable() as cancelled:
        found = preview_articles(files, present, present is not None, cancelled)
    for row in found.refused:
        tell_row(row)
    for change in found.changes:
        emit({"id": change.article_id, "change": change.kind, "fields": list(change.fields)})
    emit_event(
        "preview",
        articles=found.articles,
        refused=found.refused_count,
        warnings=found.warned_count,
        added=found.count("added"),
        changed=found.count("changed"),
        removed=found.count("removed"),
        same=found.same,
        first=[
            {"id": each.id, "lang": each.lang, "category": each.category, "question": each.question}
            for each in found.first
        ],
    )
    return 0


def tell_row(row: Row) -> None:
    """Name what is refused or odd, for programs and for people."""
    place = f"{row.file}: row {row.number} (line {row.line})"
    if row.article is None:
        emit_event("refused", file=row.file, row=row.number, line=row.line, reason=row.reason)
        say(f"{place} refused: {row.reason}")
    for warning in row.warnings:
        emit_event("warning", file=row.file, row=row.number, line=row.line, reason=warning)
        say(f"{place}: {warning}")


class _Teller:
    """Says on standard error how far a long import is."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if not progress.done or now - self._said < TELL_EVERY_S:
            return
        self._said = now
        of = f" of {progress.total}" if progress.total else ""
        say(f"{progress.done}{of} articles {_STAGES[progress.stage]}")


@contextlib.contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl+C was pressed: the first time asks the work to end, the second ends it at once."""
    stop = threading.Event()

    def interrupted(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield stop.is_set
        return
    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield stop.is_set
    finally:
        signal.signal(signal.SIGINT, before)
