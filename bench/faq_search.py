"""Search of answers beside its baseline, SQLite's FTS5 with unicode61 (words as prefixes, any of them), in one run.

One JSON line per size and query class: recall at three of both, and how much less often the product misses; then a line
of costs. `python bench/faq_search.py [articles ...]`, by default 2600 and 10000.
"""

from __future__ import annotations

import json
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.faq_corpus import Query, make_articles, make_queries  # noqa: E402
from desktop.adapters.search.index import FaqIndex  # noqa: E402
from desktop.adapters.search.indexing import build_index  # noqa: E402
from desktop.adapters.search.pack import APPLICATION_ID, SCHEMA  # noqa: E402
from desktop.adapters.storage.faq_pack import PackFormat, write_pack  # noqa: E402
from desktop.domain.faq import Article  # noqa: E402

BASELINE = "fts5 unicode61, prefix OR"
QUERIES_EACH = 60
Search = Callable[[Query], list[str]]


def baseline(articles: Sequence[Article], folder: Path) -> Search:
    """FTS5 as it comes, with the words of a query as prefixes."""
    connection = sqlite3.connect(folder / "baseline.sqlite")
    connection.execute("create virtual table f using fts5(id unindexed, q, a, tokenize='unicode61')")
    connection.executemany("insert into f values (?,?,?)", ((a.id, a.question, a.answer) for a in articles))
    connection.commit()

    def search(query: Query) -> list[str]:
        words = re.findall(r"\w+", query.text)
        match = " OR ".join(f'"{word}"*' for word in words)
        if not match:
            return []
        rows = connection.execute(
            "select id from f where f match ? order by bm25(f, 0, 5, 1) limit 3", (match,)
        )
        return [row[0] for row in rows]

    return search


def product(index: FaqIndex) -> Search:
    """The desk's own search."""
    return lambda query: [
        hit.article_id
        for hit in index.search(query.text, limit=3, mode="transcript" if query.spoken else "typed")
    ]


def measure(search: Search, queries: Sequence[Query]) -> tuple[dict[str, float], list[float]]:
    """Recall at three per class, and milliseconds per query in ascending order."""
    found: dict[str, list[bool]] = {}
    taken = []
    for query in queries:
        started = time.perf_counter()
        hits = search(query)
        taken.append((time.perf_counter() - started) * 1000)
        found.setdefault(query.kind, []).append(bool(query.right & set(hits)))
    return {kind: sum(good) / len(good) for kind, good in found.items()}, sorted(taken)


def keys_ms(index: FaqIndex, queries: Sequence[Query]) -> list[float]:
    """Milliseconds of every key while queries are typed, ascending."""
    from desktop.domain import hangul

    taken = []
    for query in [query for query in queries if query.kind == "kw2"][:30]:
        keys = hangul.keys(query.text)
        for count in range(1, len(keys) + 1):
            started = time.perf_counter()
            index.search(hangul.compose(keys[:count]))
            taken.append((time.perf_counter() - started) * 1000)
    return sorted(taken)


def percentile(ascending: Sequence[float], share: int) -> float:
    """The value below which `share` percent of the values lie, in hundredths."""
    return round(ascending[min(len(ascending) - 1, len(ascending) * share // 100)], 2)


def run(count: int, folder: Path) -> None:
    """Measure one size."""
    articles = make_articles(count)
    queries = make_queries(articles, QUERIES_EACH)
    path = folder / "bench.faq"
    started = time.perf_counter()
    index_bytes = write_pack(
        path, "bench", articles, build_index(articles), PackFormat(APPLICATION_ID, SCHEMA)
    )
    build_s = time.perf_counter() - started
    old_search = baseline(articles, folder)
    before = psutil.Process().memory_info().rss
    started = time.perf_counter()
    index = FaqIndex.open(path)
    index.search("여권")
    start_ms = (time.perf_counter() - started) * 1000
    ours, ours_ms = measure(product(index), queries)
    theirs, theirs_ms = measure(old_search, queries)
    for kind in ours:
        line = {"bench": "faq", "articles": count, "class": kind, "recall_at_3": round(ours[kind], 3)}
        ratio = round((1 - ours[kind] + 1e-9) / (1 - theirs[kind] + 1e-9), 3)
        print(json.dumps({**line, BASELINE: round(theirs[kind], 3), "ratio_of_misses": ratio}), flush=True)
    keys = keys_ms(index, queries)
    cost = {
        "bench": "faq",
        "articles": count,
        "build_s": round(build_s, 2),
        "index_mb": round(index_bytes / 1e6, 2),
        "start_ms": round(start_ms, 1),
        "query_p50_ms": round(statistics.median(ours_ms), 2),
        "query_p95_ms": percentile(ours_ms, 95),
        "key_p95_ms": percentile(keys, 95),
        "key_max_ms": round(keys[-1], 2),
        "memory_mb": round((psutil.Process().memory_info().rss - before) / 1e6, 1),
        f"{BASELINE} p95_ms": percentile(theirs_ms, 95),
    }
    print(json.dumps(cost), flush=True)
    index.close()


def main(sizes: Sequence[int]) -> int:
    """Measure each size in a folder of its own."""
    for count in sizes or (2600, 10_000):
        with tempfile.TemporaryDirectory() as folder:
            run(count, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main([int(text) for text in sys.argv[1:]]))
