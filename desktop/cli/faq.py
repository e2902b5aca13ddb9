"""`dasan-desk faq`: build an answer pack from files, search one, and look after packs."""

from __future__ import annotations

import argparse
import gc
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.options import add_common_again
from desktop.cli.output import CommandError, UsageError, emit, emit_event, say

if TYPE_CHECKING:
    from desktop.adapters.search.index import FaqIndex
    from desktop.adapters.search.thesaurus import Thesaurus

SUMMARY = "build, search, check and export answer packs; write what the agent proposes"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verbs of `faq` and their options."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    build = verbs.add_parser(
        "build", help="make a pack from YAML, JSONL, CSV or XLSX files, or from other packs"
    )
    build.add_argument("files", nargs="+", type=Path, metavar="FILE")
    build.add_argument("--output", type=Path, metavar="PACK")
    build.add_argument("--update", type=Path, metavar="OLD", help="start from the articles of this pack")
    build.add_argument("--preview", action="store_true", help="say what would be built, and write nothing")
    search = verbs.add_parser("search", help="search a pack")
    search.add_argument("--pack", required=True, type=Path)
    search.add_argument("--limit", type=_limit, default=10, help="most hits per query (1-1000, default 10)")
    search.add_argument("--mode", choices=("typed", "transcript"), default="typed")
    search.add_argument("--lang", help="only articles of this language")
    search.add_argument("--category", help="the call's category: its articles come a little earlier")
    search.add_argument("--thesaurus", type=Path, metavar="FILE", help="a site's own words (CSV), used too")
    search.add_argument("--batch", type=Path, metavar="FILE", help="one query a line")
    search.add_argument("query", nargs="*", metavar="QUERY")
    suggest = verbs.add_parser(
        "suggest", help="answer a call's transcript lines on standard input with cards"
    )
    suggest.add_argument("--pack", required=True, type=Path)
    check = verbs.add_parser(
        "check", help="look whether a pack is whole, and for old, empty and double articles"
    )
    check.add_argument("pack", type=Path, metavar="PACK")
    diff = verbs.add_parser("diff", help="what articles were added, removed and changed")
    diff.add_argument("old", type=Path, metavar="OLD")
    diff.add_argument("new", type=Path, metavar="NEW")
    export = verbs.add_parser(
        "export", help="write a pack's articles as .yaml, .jsonl, .csv, .xlsx, .sqlite or .db"
    )
    export.add_argument("pack", type=Path, metavar="PACK")
    export.add_argument("--output", required=True, type=Path, metavar="FILE")
    proposals = verbs.add_parser(
        "proposals", help="write flags and finished proposals to a file for the owner"
    )
    proposals.add_argument("--output", required=True, type=Path, metavar="FILE")
    for verb in verbs.choices.values():
        add_common_again(verb)


def _limit(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}", text, re.ASCII) or int(text) > 1000:
        raise argparse.ArgumentTypeError("give a number from 1 to 1000")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Do what was asked; 0, or CommandError. What a verb needs is loaded when it is asked for."""
    if args.verb == "search":
        return run_search(args)
    if args.verb == "build":
        from desktop.cli.faq_build import run_build, run_preview

        if args.preview:
            return run_preview(args.files, args.update)
        if args.output is None:
            raise UsageError("the following arguments are required: --output")
        return run_build(args.files, args.output, args.update)
    if args.verb == "suggest":
        from desktop.cli.faq_suggest import run_suggest

        return run_suggest(args.pack)
    if args.verb == "proposals":
        from desktop.cli.faq_proposals import run_proposals

        return run_proposals(args.data, args.output)
    from desktop.cli import faq_packs

    if args.verb == "check":
        return faq_packs.run_check(args.pack)
    if args.verb == "diff":
        return faq_packs.run_diff(args.old, args.new)
    return faq_packs.run_export(args.pack, args.output)


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
        index = FaqIndex.open(args.pack, _own_words(args.thesaurus) if args.thesaurus is not None else None)
        index.get_ready()
        # What is there now stays: looking through it again and again is no part of a query.
        gc.freeze()
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


def _own_words(path: Path) -> Thesaurus:
    """The shipped words with a site's own; rows that cannot be used are named on standard error."""
    from desktop.adapters.search.own_words import read_own_words

    words, read = read_own_words(path)
    if read.problem:
        raise CommandError(f"{path} cannot be read: {read.problem}")
    if read.left_out:
        say(f"{path}: {read.left_out} rows are left out, the first in line {read.line}: {read.reason}.")
    return words


def _answer(index: FaqIndex, query: str, args: argparse.Namespace) -> None:
    from desktop.adapters.search.index import suggests

    started = time.perf_counter()
    hits = index.search(
        query, limit=args.limit, mode=args.mode, lang=args.lang, category=args.category, marked=False
    )
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
