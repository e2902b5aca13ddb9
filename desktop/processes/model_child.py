"""What the processes have in common that open a model file and end: it may be hostile, and the call comes first."""

from __future__ import annotations

import os
from pathlib import Path

from desktop.adapters.stt.environment import speech_environment
from desktop.adapters.system.own_memory import limit_memory
from desktop.adapters.system.priority import lower_priority

MEMORY_BESIDE = 2 << 30
MEMORY_PER_BYTE = 6
"""A checkpoint of half precision is in memory once as it is and twice as wide, in two copies while it is loaded."""


def be_careful(model: Path) -> None:
    """Before torch is imported: threads that sleep while they wait, behind other programs, and bounded memory."""
    for name, value in speech_environment().items():
        os.environ.setdefault(name, value)
    lower_priority()
    size = model.stat().st_size if model.is_file() else 0
    limit_memory(MEMORY_BESIDE + MEMORY_PER_BYTE * size)
