"""How much memory the speech process may take: a model that grows must not take the machine, and the call, with it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from desktop.adapters.system.own_memory import held_memory, limit_memory
from desktop.processes.speech_output import Output, leave

OVERFED = 75
"""The exit code."""

WITHOUT_MODEL = 700 << 20
TIMES_OF_FILE = 4
"""torch and all around it held 320 MB, and half-precision weights are twice as large in use; loading takes as much
again for a moment."""
SUDDEN = 1.5
"""What is asked for at once, between two looks, is refused at so many times the limit."""

log = logging.getLogger("desktop.speech")


class MemoryKeeper:
    """Looks at what the process holds; ends it in good order, with a word to the desk, where that is too much."""

    def __init__(
        self,
        output: Output,
        held: Callable[[], int] = held_memory,
        limit: Callable[[int], bool] = limit_memory,
        leave: Callable[[int], NoReturn] = leave,
    ) -> None:
        self._output, self._held, self._limit, self._leave = output, held, limit, leave
        self._most = WITHOUT_MODEL

    def allow(self, *models: str) -> None:
        """Room for these model files, "" for none."""
        sizes = 0
        for model in filter(None, models):
            try:
                sizes += Path(model).stat().st_size
            except OSError:
                continue
        self._most = WITHOUT_MODEL + TIMES_OF_FILE * sizes
        if not self._limit(round(self._most * SUDDEN)):
            log.info("no hard limit of memory on this machine")

    def look(self) -> None:
        """To be called several times a second."""
        if self._held() > self._most:
            self.give_up()

    def give_up(self) -> NoReturn:
        """There is no memory: say so and end."""
        log.error("%d MB held of %d allowed; ending", self._held() >> 20, self._most >> 20)
        self._output.event("overfed", held=self._held(), allowed=self._most)
        self._leave(OVERFED)
