"""Lines of results: one JSON object each with the figures of the product, of its named baselines, and the bar."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PRODUCT = "dasan-desk"
BARESIP, LINPHONE = "baresip", "linphonec"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share (0..1) of the values lies; 0 of none."""
    ascending = sorted(values)
    return ascending[min(len(ascending) - 1, int(len(ascending) * share))] if ascending else 0.0


def spread(values: Sequence[float]) -> dict[str, float]:
    """How some milliseconds lie: their number, median, 95th percentile and maximum."""
    shares = {
        "p50": percentile(values, 0.5),
        "p95": percentile(values, 0.95),
        "max": max(values, default=0.0),
    }
    return {"n": len(values), **{name: round(value, 2) for name, value in shares.items()}}


@dataclass(frozen=True, slots=True)
class Bar:
    """What the figure may at most be."""

    most: float

    def words(self, figure: float, measured: bool = True) -> dict[str, object]:
        """The bar, and whether it holds."""
        return {"bar": f"<= {self.most:g}", "holds": measured and figure <= self.most}


class Report:
    """Prints the lines, each with the load of the machine, and keeps count of the bars that did not hold."""

    def __init__(self, bench: str = "phone") -> None:
        self.missed, self._bench = 0, bench

    def line(self, part: str, measure: str, **figures: object) -> None:
        """One line; `holds` in it is counted."""
        self.missed += figures.get("holds") is False
        head = {"bench": self._bench, "part": part, "measure": measure}
        load = {"load": round(os.getloadavg()[0], 1)} if hasattr(os, "getloadavg") else {}
        print(json.dumps({**head, **figures, **load}, ensure_ascii=False), flush=True)

    def times(
        self,
        part: str,
        measure: str,
        by_system: Mapping[str, Sequence[float]],
        bar: Bar | None,
        **more: object,
    ) -> None:
        """Milliseconds by system; the product's 95th percentile is held against a bar, the ratio is of medians."""
        figures = {name: spread(values) for name, values in by_system.items()}
        own = figures[PRODUCT]
        held = bar.words(own["p95"], own["n"] > 0) if bar is not None else {}
        self.line(part, measure, unit="ms", **figures, **_ratio(figures), **held, **more)

    def amount(
        self,
        part: str,
        measure: str,
        unit: str,
        by_system: Mapping[str, float],
        bar: Bar | None,
        **more: object,
    ) -> None:
        """One amount by system, against the bar where there is one."""
        figures = {name: round(value, 3) for name, value in by_system.items()}
        ratios = {
            f"ratio_to_{name}": round(figures[PRODUCT] / value, 2)
            for name, value in figures.items()
            if name != PRODUCT and value
        }
        held = bar.words(by_system[PRODUCT]) if bar is not None else {}
        self.line(part, measure, unit=unit, **figures, **ratios, **held, **more)


def _ratio(figures: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    own = figures[PRODUCT]["p50"]
    return {
        f"ratio_to_{name}": round(own / other["p50"], 2)
        for name, other in figures.items()
        if name != PRODUCT and other["p50"]
    }
