"""Settings as the window reads and changes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop.settings import Problem, Settings, Value


class SettingsPort(Protocol):
    """The settings in force. `change` writes to disk before it returns."""

    @property
    def current(self) -> Settings:
        """All options with their values."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What was wrong with the file when it was read."""

    def change(self, **changes: Value) -> Settings:
        """Keep new values; returns what now holds. SettingsError: nothing changed, UnkeptError: only for this run."""
