"""Run in a process of its own: what it takes to the first answer, and the memory that search adds.

`python -m bench.faq_measure.probe SYSTEM INDEX`, queries as a JSON list on standard input; prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil


def _open(system: str, path: Path) -> Callable[[str], object]:
    # Imported here: loading the code belongs to the start and to the memory.
    if system == "product":
        from desktop.adapters.search.index import FaqIndex

        return FaqIndex.open(path).search
    from bench.faq_measure.prototype import Prototype

    return Prototype(path).search


def main(system: str, path: Path) -> int:
    """Measure one system."""
    queries: list[str] = json.load(sys.stdin)
    process = psutil.Process()
    before = process.memory_info().rss
    worked, started = time.process_time(), time.perf_counter()
    search = _open(system, path)
    search(queries[0])
    start = time.perf_counter() - started
    start_cpu = time.process_time() - worked
    for query in queries:
        search(query)
    found = {
        "start_ms": start * 1000,
        "start_cpu_ms": start_cpu * 1000,
        "memory_mb": (process.memory_info().rss - before) / 1e6,
    }
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
