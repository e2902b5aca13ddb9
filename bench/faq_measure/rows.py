"""What the rows of the thesaurus gain and cost, class by class: each query with all rows, with none, without each one.

A row is to blame for a query that is right without the thesaurus and wrong with it if the query is right again without
that row; where no single row does that, the rows that make it wrong alone; where none does, all that it fired.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.faq_measure import bars
from bench.faq_measure.quality import is_right
from bench.faq_measure.queries import Query
from bench.faq_measure.report import Report
from desktop.adapters.search import thesaurus
from desktop.adapters.search.index import FaqIndex
from desktop.adapters.search.thesaurus import Fired, Thesaurus

BASELINE = "no thesaurus"
COLLOQUIAL = "human"
"""The class that the rows are there for: only what they cost the others is held against them."""


class Choice(Thesaurus):
    """The rows of another thesaurus that are switched on."""

    def __init__(self, whole: Thesaurus) -> None:
        self._whole = whole
        self.only: frozenset[str] | None = None
        self.without: frozenset[str] = frozenset()
        self.last: tuple[str, ...] = ()

    def fired(self, words: Sequence[str], languages: Iterable[str]) -> list[Fired]:
        """The rows that are on; `last` keeps what they are called."""
        found = [
            row
            for row in self._whole.fired(words, languages)
            if row.entry.everyday not in self.without
            and (self.only is None or row.entry.everyday in self.only)
        ]
        self.last = tuple(dict.fromkeys(row.entry.everyday for row in found))
        return found


@dataclass(slots=True)
class Kind:
    """One class of queries: how many, right with all rows and with none, gained, and the queries lost by each row."""

    asked: int = 0
    whole: int = 0
    none: int = 0
    gained: int = 0
    lost: int = 0
    blamed: Counter[str] = field(default_factory=Counter)

    def costs(self) -> dict[str, float]:
        """What each blamed row costs: wrong answers as a share of the class's queries."""
        return {row: count / self.asked for row, count in self.blamed.most_common()}


class Trial:
    """Asks one pack with any choice of rows."""

    def __init__(self, pack: Path, whole: Thesaurus | None = None) -> None:
        self._choice = Choice(whole or thesaurus.shipped())
        self._index = FaqIndex.open(pack, self._choice)

    def right(
        self, query: Query, only: frozenset[str] | None = None, without: frozenset[str] = frozenset()
    ) -> bool:
        """Whether a right article is among the first three with these rows on; None is all of them."""
        self._choice.only, self._choice.without = only, without
        hits = self._index.search(query.text, limit=3, mode="transcript" if query.spoken else "typed")
        return is_right(query, [hit.article_id for hit in hits])

    def blamed(self, query: Query) -> tuple[str, ...]:
        """The rows that are to blame for a query that the thesaurus made wrong."""
        self.right(query)
        fired = self._choice.last
        found = tuple(row for row in fired if self.right(query, without=frozenset((row,))))
        return found or tuple(row for row in fired if not self.right(query, only=frozenset((row,)))) or fired

    def by_kind(self, queries: Iterable[Query]) -> dict[str, Kind]:
        """The classes of some queries."""
        kinds: dict[str, Kind] = {}
        for query in queries:
            kind = kinds.setdefault(query.kind, Kind())
            whole = self.right(query)
            none = self.right(query, only=frozenset()) if self._choice.last else whole
            kind.asked += 1
            kind.whole += whole
            kind.none += none
            kind.gained += whole > none
            kind.lost += whole < none
            if whole < none:
                kind.blamed.update(self.blamed(query))
        return kinds

    def close(self) -> None:
        """Close the pack."""
        self._index.close()


def measure(report: Report, pack: Path, queries: Sequence[Query]) -> None:
    """A line per class, then a line for each row that costs a class more than it may."""
    trial = Trial(pack)
    kinds = trial.by_kind(queries)
    trial.close()
    for name, kind in kinds.items():
        whole, none = kind.whole / kind.asked, kind.none / kind.asked
        most = max(kind.costs().values(), default=0.0)
        figures: dict[str, object] = {
            "product": round(whole, 4),
            BASELINE: round(none, 4),
            "baseline": BASELINE,
            "ratio_of_misses": round((1 - whole) / (1 - none), 3) if none < 1 else None,
            "gained": kind.gained,
            "lost": kind.lost,
            "rows_to_blame": len(kind.blamed),
            "dearest_row": round(most, 4),
        }
        figures |= {} if name == COLLOQUIAL else bars.ROW_COST.fields(round(most, 4))
        report.line("thesaurus, R@3", figures, **{"class": name, "queries": kind.asked})
    for name, kind in kinds.items():
        for row, cost in kind.costs().items() if name != COLLOQUIAL else ():
            if cost > bars.ROW_COST.floor:
                report.line(
                    "row of the thesaurus that costs too much",
                    {"row": row, "cost": round(cost, 4)},
                    **{"class": name},
                )
