"""How often the right article is found: by class, while typing, in a live transcript, as the one card."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.faq_measure import bars
from bench.faq_measure.queries import CLASSES, Query, half, typed_keys
from bench.faq_measure.report import Report, percentile
from bench.faq_measure.systems import PRODUCT, Product, Suggesting, System

TYPED_QUERIES = 200
FALSE_SHARE = 0.05
CHATTER = Path(__file__).resolve().parents[2] / "tests" / "data" / "faq" / "chatter-ko.txt"


@dataclass(slots=True)
class Times:
    """Milliseconds of single searches, by the clock and by the processor."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def search(self, system: System, text: str, spoken: bool = False) -> list[str]:
        """Search and keep the time."""
        worked, started = time.thread_time(), time.perf_counter()
        found = system.search(text, spoken)
        self.clock.append((time.perf_counter() - started) * 1000)
        self.processor.append((time.thread_time() - worked) * 1000)
        return found


def is_right(query: Query, found: Sequence[str]) -> bool:
    """Whether one of the found articles answers the query."""
    return not query.right.isdisjoint(found)


def recall(report: Report, systems: Sequence[System], queries: Sequence[Query]) -> None:
    """A line per class with every system, a line with the mean of the thirteen, a line with the time of any query."""
    means: dict[str, float] = {}
    clock: dict[str, float] = {}
    processor: dict[str, float] = {}
    shares: dict[str, dict[str, float]] = {}
    for system in systems:
        times = Times()
        found: dict[str, list[bool]] = {}
        for query in queries:
            hit = is_right(query, times.search(system, query.text, query.spoken))
            found.setdefault(query.kind, []).append(hit)
        for kind, hits in found.items():
            shares.setdefault(kind, {})[system.name] = sum(hits) / len(hits)
        thirteen = [sum(hits) / len(hits) for kind, hits in found.items() if kind != "human"]
        means[system.name] = sum(thirteen) / len(thirteen)
        clock[system.name] = percentile(times.clock, 0.95)
        processor[system.name] = percentile(times.processor, 0.95)
    for kind in (each for each in CLASSES if each in shares):
        asked = sum(query.kind == kind for query in queries)
        slack = bars.HUMAN_SLACK if kind == "human" else bars.CLASS_SLACK
        bar = bars.RECALL.get(kind, {}).get(report.articles)
        report.recall("R@3", shares[kind], bar, slack, **{"class": kind, "queries": asked})
    report.recall("R@3, mean of 13", means, bars.RECALL["mean of 13"].get(report.articles), 0.0)
    report.cost("any query p95 ms", clock, bars.QUERY_P95_MS)
    report.cost("any query p95 ms of processor", processor, bars.QUERY_P95_MS)


def keys_needed(system: System, query: Query, times: Times) -> tuple[int, int, bool]:
    """Keys until a right article is in the first three and stays, all keys, and whether it is there at the end."""
    states = typed_keys(query)
    right = [is_right(query, times.search(system, state)) for state in states]
    needed = len(states)
    while needed > 1 and right[needed - 1] and right[needed - 2]:
        needed -= 1
    return needed, len(states), right[-1]


def typing(report: Report, systems: Sequence[System], queries: Sequence[Query]) -> None:
    """The share of all keys that have to be typed, and what each key costs."""
    chosen = [query for query in queries if query.kind == "kw2"][: TYPED_QUERIES // 2]
    chosen += [query for query in queries if query.kind == "kw3"][: TYPED_QUERIES // 2]
    share: dict[str, float] = {}
    never: dict[str, int] = {}
    times = {system.name: Times() for system in systems}
    for system in systems:
        needed = [keys_needed(system, query, times[system.name]) for query in chosen]
        share[system.name] = sum(keys for keys, _, _ in needed) / max(1, sum(every for _, every, _ in needed))
        never[system.name] = sum(not found for _, _, found in needed)
    bar = bars.KEYS_SHARE.get(report.articles)
    report.cost("keys typed, share of all", share, bar, queries=len(chosen), never_found=never)
    for name, part in (("p95", 0.95), ("p99", 0.99), ("max", 1.0)):
        clock = {system: percentile(kept.clock, part) for system, kept in times.items()}
        report.cost(f"key {name} ms", clock, bars.KEY_MS[name])
        processor = {system: percentile(kept.processor, part) for system, kept in times.items()}
        report.cost(f"key {name} ms of processor", processor, bars.KEY_MS[name])


def live(report: Report, systems: Sequence[System], queries: Sequence[Query]) -> None:
    """The right article in the first three after half of the words of a spoken query."""
    for kind, bar in bars.LIVE.items():
        asked = [query for query in queries if query.kind == kind]
        shares = {
            system.name: sum(is_right(query, system.search(half(query), True)) for query in asked)
            / max(1, len(asked))
            for system in systems
        }
        report.recall("live transcript, half of the words", shares, bar, None, **{"class": kind})


def chatter(path: Path = CHATTER) -> list[str]:
    """Spoken sentences that ask for nothing, one a line; none while the file does not exist."""
    return path.read_text("utf-8").split("\n") if path.is_file() else []


def threshold(scores: Sequence[float], share: float = FALSE_SHARE) -> float:
    """The score that at most `share` of the given ones exceed."""
    descending = sorted(scores, reverse=True)
    return descending[int(len(descending) * share)] if descending else 0.0


def suggestions(
    report: Report, systems: Sequence[Suggesting], queries: Sequence[Query], idle: Sequence[str]
) -> None:
    """How many spoken queries get their right card: with one for 5 % of small talk, and at the desk's threshold."""
    idle = [line for line in idle if line.strip()]
    if not idle:
        report.line("suggestion recall", {"skipped": "there is no small talk to hold against"})
        return
    limits = {
        system.name: threshold([found[1] if (found := system.sureness(line)) else 0.0 for line in idle])
        for system in systems
    }
    product = next((system for system in systems if isinstance(system, Product)), None)
    wrongly = sum(product.card(line) is not None for line in idle) / len(idle) if product else 0.0
    for kind, bar in bars.SUGGESTION.items():
        asked = [query for query in queries if query.kind == kind]
        shares = {
            system.name: sum(_offered(system, query, limits[system.name]) for query in asked)
            / max(1, len(asked))
            for system in systems
        }
        report.recall(
            "suggestion recall at 5 % false", shares, bar, None, **{"class": kind, "small talk": len(idle)}
        )
        if product:
            cards = [product.card(query.text) for query in asked]
            given = sum(card is not None for card in cards)
            right = sum(card in query.right for card, query in zip(cards, asked, strict=True) if card)
            figures = {
                PRODUCT: round(right / max(1, len(asked)), 4),
                "precision": round(right / max(1, given), 4),
                "false_on_small_talk": round(wrongly, 4),
                "threshold_at_5_percent": round(limits[PRODUCT], 4),
            }
            report.line("suggestion recall at the desk's threshold", figures, **{"class": kind})


def _offered(system: Suggesting, query: Query, limit: float) -> bool:
    found = system.sureness(query.text)
    return found is not None and found[1] > limit and found[0] in query.right
