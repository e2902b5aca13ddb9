"""Which model a busy machine falls back to: one that lies beside the chosen one and is clearly smaller."""

from __future__ import annotations

from pathlib import Path

from desktop.adapters.stt.model_file import SMALLEST, installed_beside, known_scenarios

CLEARLY = 0.7


def smaller_model(chosen: Path) -> Path | None:
    """The largest checkpoint of at most 70 % of the size of `chosen` in its folder, None where there is none.

    Models that only know some practice calls are never used for others.
    """
    try:
        most = chosen.stat().st_size * CLEARLY
    except OSError:
        return None
    fitting = [
        (model.size, model.name)
        for model in installed_beside(chosen)
        if SMALLEST <= model.size <= most and not known_scenarios(model.name)
    ]
    return max(fitting)[1] if fitting else None
