"""The settings of this run: read from the file once, written at every change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop import settings
from desktop.settings import Problem, Settings, Value


class FileSettings:
    """Implements the window's `SettingsPort`. `defaults` fill what the file leaves at its default, for this run only.

    `on_change` hears every change: all options, and the names of the changed ones.
    """

    def __init__(self, file: Path, defaults: Mapping[str, Value] | None = None) -> None:
        self._file = file
        self.on_change: list[Callable[[Settings, frozenset[str]], None]] = []
        loaded = settings.load(file)
        self._problems = loaded.problems
        known: dict[str, Any] = dict(defaults or {})
        missing = {name: value for name, value in known.items() if getattr(loaded.settings, name) == _default(name)}
        self._current = replace(loaded.settings, **missing)

    @property
    def current(self) -> Settings:
        """All options with their values."""
        return self._current

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with the file when it was read."""
        return self._problems

    def change(self, **changes: Value) -> Settings:
        """Keep new values on disk; returns what now holds. Raises SettingsError, with nothing changed."""
        kept = settings.save(self._file, changes)
        self._current = replace(self._current, **{name: getattr(kept, name) for name in changes})
        for receiver in self.on_change:
            receiver(self._current, frozenset(changes))
        return self._current


def _default(name: str) -> Value:
    return settings.options()[name][0]
