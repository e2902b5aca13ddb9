"""The search of answers beside its baselines in one run: quality by class of query, and what it takes.

One JSON object a line, the bar it is held against and whether it is reached beside each figure.
`python3 dev.py bench faq [--size N ...] [--split a|b|all] [--bare] [--only PART ...]`
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.faq_measure import corpus, cost, languages, quality, rows  # noqa: E402
from bench.faq_measure.korean import Nouns  # noqa: E402
from bench.faq_measure.prototype import Prototype  # noqa: E402
from bench.faq_measure.queries import Query, QueryMaker, human  # noqa: E402
from bench.faq_measure.report import Report  # noqa: E402
from bench.faq_measure.systems import Built, Product, build_all  # noqa: E402

SIZES = (2600, 10_000)
PARTS = ("recall", "typing", "live", "suggestions", "cost", "languages", "rows")


def parser() -> argparse.ArgumentParser:
    """The arguments."""
    found = argparse.ArgumentParser(prog="bench faq", description=__doc__, allow_abbrev=False)
    found.add_argument("--size", type=int, nargs="+", default=SIZES, help="articles (default: 2600 10000)")
    found.add_argument(
        "--split", choices=("a", "b", "all"), default="b", help="a: for tuning, b: for reporting"
    )
    found.add_argument("--bare", action="store_true", help="articles without variants and keywords")
    found.add_argument("--only", choices=PARTS, nargs="+", default=PARTS, help="measure these parts alone")
    found.add_argument(
        "--no-plain", action="store_true", help="without the full-text baselines: product and prototype"
    )
    return found


def measure(size: int, args: argparse.Namespace, folder: Path) -> None:
    """Measure one size of corpus in a folder of its own."""
    articles = corpus.korean(size)
    nouns = Nouns.of(articles[: corpus.SAMPLED])
    if args.bare:
        articles = corpus.without_wordings(articles)
    queries = [*QueryMaker(articles, nouns).make(args.split), *human(args.split)]
    report = Report(size, args.split, args.bare)
    built = build_all(articles, folder, not args.no_plain)
    # The corpus and its queries are no part of a desk: without this, collecting them would count as somebody's key
    # or as part of an update.
    gc.collect()
    gc.freeze()
    if "cost" in args.only:
        cost.building(report, built, folder)
        cost.starting(report, built, queries)
        cost.changing(report, built[0].path, articles, folder)
    systems = [each.open() for each in built]
    if "recall" in args.only:
        quality.recall(report, systems, queries)
    if "typing" in args.only:
        quality.typing(report, systems, queries)
    if "live" in args.only:
        quality.live(report, systems, queries)
    if "suggestions" in args.only:
        sure = [system for system in systems if isinstance(system, Product | Prototype)]
        quality.suggestions(report, sure, queries, quality.chatter())
    for system in systems:
        system.close()
    if "rows" in args.only:
        every = [*QueryMaker(articles, nouns).make("all"), *human("all")]
        rows.measure(Report(size, "all", args.bare), built[0].path, every)
    gc.unfreeze()


def measure_languages(args: argparse.Namespace, folder: Path) -> None:
    """Measure the languages beside Korean."""
    articles = languages.corpus()
    whole = articles

    def asked(split: str) -> list[Query]:
        return [
            *languages.questions(split),
            *languages.held_out(split),
            *languages.inflected(whole, split),
        ]

    if args.bare:
        articles = corpus.without_wordings(articles)
    built: list[Built] = build_all(articles, folder, not args.no_plain)
    if "languages" in args.only:
        systems = [each.open() for each in built]
        languages.measure(Report(len(articles), args.split, args.bare), systems, asked(args.split))
        for system in systems:
            system.close()
    if "rows" in args.only:
        rows.measure(Report(len(articles), "all", args.bare), built[0].path, asked("all"))


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for."""
    args = parser().parse_args(arguments)
    for size in args.size if set(args.only) - {"languages"} else ():
        with tempfile.TemporaryDirectory() as folder:
            measure(size, args, Path(folder))
    if {"languages", "rows"} & set(args.only):
        with tempfile.TemporaryDirectory() as folder:
            measure_languages(args, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
