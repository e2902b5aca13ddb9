"""Which model a busy machine falls back to: one that lies beside the chosen one and is clearly smaller."""

from __future__ import annotations

from pathlib import Path

from desktop.adapters.stt.model_file import SMALLEST, known_scenarios

CLEARLY = 0.7


def smaller_model(chosen: Path) -> Path | None:
    """The largest checkpoint of at most 70 % of the size of `chosen` in its folder, None where there is none.

    Models that only know some practice calls are never used for others.
    """
    found: list[tuple[int, Path]] = []
    try:
        most = chosen.stat().st_size * CLEARLY
        for path in sorted(chosen.parent.glob("*.pt")):
            size = path.stat().st_size
            if SMALLEST <= size <= most and not known_scenarios(path):
                found.append((size, path))
    except OSError:
        return None
    return max(found)[1] if found else None
