"""Lines of results: one JSON object each, the product beside the others, the ratio to the named baseline, the bar."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.faq_measure.bars import CLASS_SLACK, Bar
from bench.faq_measure.systems import PRODUCT, PROTOTYPE

_LEAST = 1e-9


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share (0..1) of the values lies; 0 of none."""
    ascending = sorted(values)
    return ascending[min(len(ascending) - 1, int(len(ascending) * share))] if ascending else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """Prints lines that all say which corpus and which half of the queries they are about."""

    articles: int
    split: str
    bare: bool = False

    def line(self, measure: str, figures: Mapping[str, object], **more: object) -> None:
        """One line."""
        head: dict[str, object] = {"bench": "faq", "articles": self.articles, "split": self.split}
        if self.bare:
            head["wordings"] = "none"
        print(json.dumps({**head, "measure": measure, **more, **figures}, ensure_ascii=False), flush=True)

    def recall(
        self,
        measure: str,
        by_system: Mapping[str, float],
        bar: Bar | None,
        slack: float | None = CLASS_SLACK,
        **more: object,
    ) -> None:
        """Shares of right answers; the ratio is of the misses, below 1 where the product misses less.

        With `slack` the line says whether the product is not that far below the prototype.
        """
        figures: dict[str, object] = {name: round(share, 4) for name, share in by_system.items()}
        product = by_system[PRODUCT]
        if PROTOTYPE in by_system:
            lab = by_system[PROTOTYPE]
            figures |= {
                "baseline": PROTOTYPE,
                "ratio_of_misses": round((1 - product + _LEAST) / (1 - lab + _LEAST), 3) if lab < 1 else None,
            }
            if slack is not None:
                figures["not_below_baseline"] = product >= lab - slack - _LEAST
        self.line(measure, figures | (bar.fields(round(product, 4)) if bar else {}), **more)

    def cost(self, measure: str, by_system: Mapping[str, float], bar: Bar | None, **more: object) -> None:
        """What something takes; the ratio is product to prototype, below 1 where the product takes less."""
        figures: dict[str, object] = {name: round(value, 3) for name, value in by_system.items()}
        if by_system.get(PROTOTYPE):
            ratio = by_system[PRODUCT] / by_system[PROTOTYPE]
            figures |= {"baseline": PROTOTYPE, "ratio": round(ratio, 3)}
        self.line(measure, figures | (bar.fields(by_system[PRODUCT]) if bar else {}), **more)
