"""What the search takes: building, bytes, a start, memory, one changed article."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.faq_measure import bars
from bench.faq_measure.queries import Query
from bench.faq_measure.report import Report, percentile
from bench.faq_measure.systems import PRODUCT, PROTOTYPE, Built
from desktop.adapters.articles.writing import write_articles
from desktop.adapters.search.updating import update_pack
from desktop.domain.faq import Article

ROOT = Path(__file__).resolve().parents[2]
TEXT_TABLES = frozenset({"meta", "faq", "faq_alias"})
"""The tables of a pack that hold the articles themselves."""
PROBED_QUERIES = 200
STARTS = 5
CHANGES = 20


def index_bytes(pack: Path, folder: Path) -> int:
    """Bytes of a pack beyond what the same pack takes with the articles' own tables alone."""
    bare = folder / "text-only.sqlite"
    shutil.copyfile(pack, bare)
    connection = sqlite3.connect(bare, isolation_level=None)
    names = connection.execute("select name from sqlite_master where type='table'").fetchall()
    for (name,) in names:
        if name not in TEXT_TABLES and not name.startswith("sqlite_"):
            connection.execute(f'drop table if exists "{name}"')
    connection.execute("vacuum")
    connection.close()
    beyond = pack.stat().st_size - bare.stat().st_size
    bare.unlink()
    return beyond


def building(report: Report, built: Sequence[Built], folder: Path) -> None:
    """Lines for the full build and for the size of the index."""
    report.cost("build s", {each.name: each.seconds for each in built}, bars.BUILD_S.get(report.articles))
    cpu = {each.name: each.cpu_seconds for each in built}
    report.cost("build s of processor", cpu, bars.BUILD_S.get(report.articles))
    sizes = {
        each.name: (index_bytes(each.path, folder) if each.name == PRODUCT else each.path.stat().st_size)
        / 1e6
        for each in built
    }
    report.cost("index MB beyond the text", sizes, bars.INDEX_MB.get(report.articles))


def probe(built: Built, queries: Sequence[str]) -> dict[str, float]:
    """Start and memory of one system in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.faq_measure.probe", built.name, str(built.path)],
        input=json.dumps(queries),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def starting(report: Report, built: Sequence[Built], queries: Sequence[Query]) -> None:
    """Lines for the time to the first answer and for memory, medians of some fresh processes."""
    typed = [query.text for query in queries if not query.spoken]
    texts = [typed[place * len(typed) // PROBED_QUERIES] for place in range(PROBED_QUERIES)]
    probed = {
        each.name: [probe(each, texts) for _ in range(STARTS)]
        for each in built
        if each.name in (PRODUCT, PROTOTYPE)
    }
    for measure, key, bar in (
        ("start to first answer ms", "start_ms", bars.START_MS),
        ("start to first answer ms of processor", "start_cpu_ms", bars.START_MS),
        ("memory for search MB", "memory_mb", bars.MEMORY_MB),
    ):
        medians = {name: statistics.median(run[key] for run in runs) for name, runs in probed.items()}
        report.cost(measure, medians, bar)


def _copy(source: Path, target: Path) -> None:
    """A copy that is on the disk afterwards, as a new pack is."""
    shutil.copyfile(source, target)
    with open(target, "rb+") as copied:
        os.fsync(copied.fileno())


def changing(report: Report, pack: Path, articles: Sequence[Article], folder: Path) -> None:
    """Lines for one changed article, without the copying of the file: what an update says of itself, in this process
    and in a fresh one for each change.

    The copying cannot be taken off from outside: its own spread is wider than all that an update does beside it. The
    medians stand beside the figure, so that one sees whether anything was left out of it.
    """
    target = folder / "changed.faq"
    chosen = [articles[number * len(articles) // CHANGES] for number in range(CHANGES)]
    changed = [
        replace(article, answer=f"{article.answer} {other.answer}")
        for article, other in zip(chosen, articles, strict=False)
    ]
    taken, said, copying = [], [], []
    for article in changed:
        started = time.perf_counter()
        _copy(pack, target)
        copying.append((time.perf_counter() - started) * 1000)
        target.unlink()
        started = time.perf_counter()
        said.append(update_pack(pack, target, "bench", [article]).index_s * 1000)
        taken.append((time.perf_counter() - started) * 1000)
        target.unlink()
    medians = {
        f"{name}_median_ms": round(statistics.median(values), 2)
        for name, values in (("said", said), ("whole", taken), ("copying", copying))
    }
    beyond = {PRODUCT: percentile(said, 0.95)}
    report.cost("one article changed p95 ms", beyond, bars.CHANGE_P95_MS, **medians)
    built = [_built_ms(pack, target, article) for article in changed]
    median = round(statistics.median(built), 2)
    beyond = {PRODUCT: percentile(built, 0.95)}
    report.cost("one article changed by faq build p95 ms", beyond, bars.CHANGE_P95_MS, said_median_ms=median)


def _built_ms(pack: Path, target: Path, changed: Article) -> float:
    """What `faq build --update` says that the article took."""
    source = target.with_suffix(".jsonl")
    write_articles(source, [changed], {})
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "faq", "build", source, "--output", target, "--update", pack],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    source.unlink()
    target.unlink()
    summary: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return summary["index_ms_per_article"]
