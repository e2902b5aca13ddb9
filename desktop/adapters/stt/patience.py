"""When a process that says nothing is taken for dead: a busy machine is no reason, and neither is one that slept.

Pure logic; moments and lengths in seconds.
"""

from __future__ import annotations

LOOK_EVERY = 0.1
LONGEST_LOOK = 0.25
"""A look that comes later than this says that the desk itself did not run: the child may not have either."""

STOPPED_FOR = 0.8
SILENT_FOR = 2.5
LOADING_FOR = 60.0
"""Of a process that says something every 0.2 s: one that the system calls stopped, one that runs, and one that loads
a model from a slow disk."""


class Patience:
    """Counts the silence of one child in the time that the desk was there to hear it."""

    def __init__(self, now: float) -> None:
        self._looked = now
        self._silent = 0.0

    def hear(self) -> None:
        """The child has said something."""
        self._silent = 0.0

    def ends(self, now: float, stopped: bool, loading: bool) -> bool:
        """Look, about every tenth of a second; True where the child is to be ended."""
        self._silent += min(LONGEST_LOOK, max(0.0, now - self._looked))
        self._looked = now
        if stopped and self._silent > STOPPED_FOR:
            return True
        return self._silent > (LOADING_FOR if loading else SILENT_FOR)
