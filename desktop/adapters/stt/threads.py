"""How many threads decode: measured, because more of them are slower on some machines than one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from desktop.adapters.system.machine import cores

MOST = 4
TOKENS = 20

log = logging.getLogger(__name__)


class Timed(Protocol):
    """An engine that can say how long it takes."""

    def time_tokens(self, count: int) -> float:
        """Seconds for this many tokens."""
        ...


def most_threads() -> int:
    """Threads that decoding may have: one core is left to the call and the window."""
    return max(1, min(MOST, cores() - 1))


def choose_threads(engine: Timed, set_threads: Callable[[int], None], most: int | None = None) -> int:
    """Time some tokens with one thread and with `most`, keep what was faster, and say which."""
    most = most_threads() if most is None else most
    set_threads(1)
    if most == 1:
        return 1
    alone = engine.time_tokens(TOKENS)
    set_threads(most)
    engine.time_tokens(1)  # starts the threads
    together = engine.time_tokens(TOKENS)
    chosen = most if together < alone else 1
    set_threads(chosen)
    per_token = 1000 / TOKENS
    log.info(
        "a token takes %.1f ms with one thread, %.1f ms with %d: decoding with %d",
        *(alone * per_token, together * per_token, most, chosen),
    )
    return chosen
