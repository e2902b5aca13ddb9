"""What the window offers to its own parts, beyond what the panes get."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop.services.desk_services import DeskServices
from desktop.ui.panes_contract import PaneHooks
from desktop.ui.shortcuts import KeyProblem


class WindowHooks(PaneHooks, Protocol):
    """The window, as the left column, bars, settings and practice see it."""

    @property
    def services(self) -> DeskServices:
        """The services behind the window."""

    @property
    def key_problems(self) -> Sequence[KeyProblem]:
        """Which of the changed keys in the settings do not hold."""

    def settings_changed(self) -> None:
        """Settings have new values."""

    def open_settings(self, page: str) -> None:
        """Show a page of the settings."""

    def finish_first_start(self) -> None:
        """The agent has chosen how to begin."""

    def retranslate(self) -> None:
        """Title and actions in the language of now."""
