"""Lines of results: one JSON object each with the figures of the product, its named baselines, and the bar."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence

PRODUCT, BARESIP, OFF = "dasan-desk", "baresip", "off"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share (0..1) of the values lies; 0 of none."""
    ascending = sorted(values)
    return ascending[min(len(ascending) - 1, int(len(ascending) * share))] if ascending else 0.0


def line(part: str, measure: str, **figures: object) -> None:
    """Print one line, with the load of the machine."""
    head = {"bench": "sound", "part": part, "measure": measure}
    load = {"load": round(os.getloadavg()[0], 1)} if hasattr(os, "getloadavg") else {}
    print(json.dumps({**head, **figures, **load}, ensure_ascii=False), flush=True)
