"""`dasan-desk faq`: build an answer pack from files, and search one."""

from __future__ import annotations

import argparse
import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.output import CommandError, UsageError, emit, emit_event, say

if TYPE_CHECKING:
    from desktop.adapters.search.index import FaqIndex
    from desktop.domain.faq import Article

SUMMARY = "build and search the answer pack"
LATER = {"suggest": ("--pack",), "check": ("pack",), "diff": ("old", "new"), "export": ("pack", "--output")}
"""Verbs that the contract names and this version refuses, with what they will take."""
_LATER_FILES = (".csv", ".xlsx", ".xls")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verbs of `faq` and their options."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    build = verbs.add_parser("build", help="make a pack from YAML or JSONL files")
    build.add_argument("files", nargs="+", type=Path, metavar="FILE")
    build.add_argument("--output", required=True, type=Path, metavar="PACK")
    build.add_argument("--update", type=Path, metavar="OLD", help="start from the articles of this pack")
    search = verbs.add_parser("search", help="search a pack")
    search.add_argument("--pack", required=True, type=Path)
    search.add_argument("--limit", type=_limit, default=10, help="most hits per query (1-1000, default 10)")
    search.add_argument("--mode", choices=("typed", "transcript"), default="typed")
    search.add_argument("--lang", help="only articles of this language")
    search.add_argument("--category", help="the call's category: its articles come a little earlier")
    search.add_argument("--batch", type=Path, metavar="FILE", help="one query a line")
    search.add_argument("query", nargs="*", metavar="QUERY")
    for name, arguments in LATER.items():
        later = verbs.add_parser(name, help="not available in this version")
        for argument in arguments:
            later.add_argument(argument)
    for verb in verbs.choices.values():
        _add_common(verb)


def _add_common(verb: argparse.ArgumentParser) -> None:
    """The common options once more, so that they may stand behind the verb too."""
    for option in ("--json", "--verbose"):
        verb.add_argument(option, action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    for option in ("--data", "--config"):
        verb.add_argument(option, type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _limit(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}", text, re.ASCII) or int(text) > 1000:
        raise argparse.ArgumentTypeError("give a number from 1 to 1000")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Do what was asked; 0, or CommandError."""
    if args.verb in LATER:
        raise UsageError(f"faq {args.verb} is not available in this version")
    return run_build(args.files, args.output, args.update) if args.verb == "build" else run_search(args)


def run_build(files: Sequence[Path], output: Path, update: Path | None) -> int:
    """Read all files, then write the pack in one step."""
    from desktop.adapters.search.pack import PackError
    from desktop.adapters.search.updating import build, rebuild

    started = time.perf_counter()
    for path in files:
        if path.suffix.lower() in _LATER_FILES:
            raise UsageError(
                f"{path.name}: {path.suffix[1:].upper()} is not read by this version; use YAML or JSONL"
            )
    if not output.parent.is_dir():
        raise CommandError(f"the folder {output.parent} does not exist; make it first")
    articles: dict[str, Article] = {}
    refused = _collect(files, articles)
    if not articles and update is None:
        raise CommandError("no article could be read, so no pack was written; see the reasons above")
    ordered = list(articles.values())
    try:
        if update is None:
            done = build(output, output.stem, ordered)
        else:
            done = rebuild(output, output.stem, ordered, (), update)
    except PackError as error:
        raise CommandError(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        raise CommandError(
            f"the pack {output} could not be written: {error}; the old one is untouched"
        ) from error
    emit_event(
        "summary",
        articles=done.articles,
        refused=refused,
        seconds=round(time.perf_counter() - started, 3),
        index_mb=round(done.index_bytes / 1e6, 3),
        index_ms_per_article=round(done.index_s * 1000 / max(1, done.indexed), 4),
    )
    return 0


def _collect(files: Sequence[Path], articles: dict[str, Article]) -> int:
    """Add the files' articles, telling what is refused or odd; returns the number of refused rows."""
    from desktop.adapters.search.article_files import FileError, read_articles

    refused = 0
    seen: set[str] = set()
    for path in files:
        try:
            for row in read_articles(path):
                reason = row.reason
                if row.article is not None and row.article.id in seen:
                    reason = f"the id {row.article.id!r} occurs twice"
                if reason or row.article is None:
                    refused += 1
                    emit_event("refused", file=path.name, row=row.number, line=row.line, reason=reason)
                    say(f"{path.name}: row {row.number} (line {row.line}) refused: {reason}")
                    continue
                for warning in row.warnings:
                    emit_event("warning", file=path.name, row=row.number, line=row.line, reason=warning)
                    say(f"{path.name}: row {row.number} (line {row.line}): {warning}")
                seen.add(row.article.id)
                articles[row.article.id] = row.article
        except FileError as error:
            raise CommandError(str(error)) from error
    return refused


def run_search(args: argparse.Namespace) -> int:
    """Answer one query, or each line of a file."""
    started = time.perf_counter()
    from desktop.adapters.search.index import FaqIndex
    from desktop.adapters.search.pack import PackError

    if args.batch is not None and args.query:
        raise UsageError("give a query or --batch, not both")
    if args.batch is None and not args.query:
        raise UsageError("give a query, or --batch with a file of queries")
    try:
        index = FaqIndex.open(args.pack)
        index.search("", mode=args.mode)
        start_ms = (time.perf_counter() - started) * 1000
        queries = _batch(args.batch) if args.batch is not None else iter([_readable(" ".join(args.query))])
        count = 0
        for query in queries:
            _answer(index, query, args)
            count += 1
    except PackError as error:
        raise CommandError(str(error)) from error
    emit_event("summary", queries=count, start_ms=round(start_ms, 3))
    return 0


def _answer(index: FaqIndex, query: str, args: argparse.Namespace) -> None:
    from desktop.adapters.search.index import suggests

    started = time.perf_counter()
    hits = index.search(query, limit=args.limit, mode=args.mode, lang=args.lang, category=args.category)
    taken = (time.perf_counter() - started) * 1000
    emit(
        {
            "query": query,
            "hits": [{"id": hit.article_id, "score": hit.score} for hit in hits],
            "ms": round(taken, 3),
            "suggest": args.mode == "transcript" and suggests(hits),
        }
    )


def _readable(query: str) -> str:
    """Bytes of the command line that are no text become replacement characters: others must be able to read JSON."""
    return query.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _batch(path: Path) -> Iterator[str]:
    """The lines of a file; bytes that are not UTF-8 become replacement characters, as any string is a valid query."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as lines:
            for line in lines:
                yield line.rstrip("\r\n")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror or error}") from error
