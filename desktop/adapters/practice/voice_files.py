"""Where the spoken lines of the practice scenarios lie; light, so that the window's process can ask."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.practice import Who
from desktop.paths import resources


def voices() -> Path:
    """The folder of the shipped voices."""
    return resources() / "practice" / "voices"


def voice_file(folder: Path, scenario_id: str, number: int, who: Who) -> Path:
    """The line of turn `number`, counted from 1; of the agent: a good answer."""
    return folder / scenario_id / f"{number:02d}-{who}.flac"
