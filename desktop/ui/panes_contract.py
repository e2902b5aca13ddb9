"""What the window and its middle and right panes know of each other.

`desktop.ui.panes.build_panes(services, hooks)` returns a `Panes`. The window owns the left column, the bars, every
QAction and the switch between situations; the panes own everything in the middle and on the right.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Literal, Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.ui.settings_port import SettingsPort

Situation = Literal[
    "idle", "ringing", "talking", "abuse", "crisis", "wrap_up", "report", "settings", "first_start"
]
"""What the middle and the right show. `settings` and `first_start` are the window's own and fill both."""

PANE_SITUATIONS: tuple[Situation, ...] = (
    "idle",
    "ringing",
    "talking",
    "abuse",
    "crisis",
    "wrap_up",
    "report",
)
"""Situations that the panes bring a middle and a right widget for; one widget may serve many."""

Place = Literal["left", "middle", "right"]


class PaneHooks(Protocol):
    """The window, as the panes see it."""

    @property
    def settings(self) -> SettingsPort:
        """Settings as they stand; mind `mask_numbers`."""

    @property
    def situation(self) -> Situation:
        """The situation now."""

    def action(self, name: str) -> QAction:
        """A user action by its name in `key_table.KEYS`: connect `triggered`, enable what the panes own."""

    def start(self, work: Coroutine[Any, Any, object], doing: str = "") -> None:
        """Run `work`; a DeskError becomes a toast with its sentence. `doing` names the work in the log."""

    def show_toast(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """One toast at the bottom of the middle, 6 s; `undo` is offered on Alt+U (async work: use `start` in it)."""

    def insert_into_notes(self, text: str) -> bool:
        """Add a paragraph to the notes of the call, saved like typed text; False where no call takes notes."""

    def take_out_of_notes(self, text: str) -> None:
        """Take back what `insert_into_notes` has put there; what the agent has changed in it meanwhile stays."""

    def focus_notes(self) -> None:
        """Put the cursor at the end of the notes."""

    def open_report(self) -> None:
        """Show the report form (situation `report`)."""

    def close_report(self) -> None:
        """Leave the report: back to talking, wrap_up or idle, whatever runs."""

    def announce(self, text: str, assertive: bool = False) -> None:
        """Let a screen reader say it."""


class WrapUpDriver(Protocol):
    """The write-up, as a program may drive it."""

    def choose(self, category: str, result: str) -> None:
        """Set both; `result` is a value of `domain.wrapup.Result`."""


class AnswersDriver(Protocol):
    """The answers, as a program may drive them."""

    @property
    def read_article_id(self) -> str:
        """The article being read, "" for none."""


class Panes(Protocol):
    """Both panes of every situation, and where shared keys go."""

    @property
    def middle(self) -> Mapping[Situation, QWidget]:
        """One widget for each of PANE_SITUATIONS."""

    @property
    def right(self) -> Mapping[Situation, QWidget]:
        """One widget for each of PANE_SITUATIONS."""

    @property
    def wrap_up(self) -> WrapUpDriver:
        """Drives the write-up."""

    @property
    def faq(self) -> AnswersDriver:
        """Drives the answers."""

    def entered(self, situation: Situation, before: Situation) -> None:
        """The window has switched; widgets are in place. Set the enabled states of your actions here."""

    def confirm(self) -> str:
        """Which action Ctrl+Enter triggers now: copy_to_notes, done, send_report, or "".

        The window asks with the focus where it is; while the focus is in the notes during wrap_up it triggers `done`
        itself. It asks nobody in the first second after a call's end.
        """

    def choose(self, digit: int) -> bool:
        """Ctrl+1..9 was pressed; whether it meant something."""

    def escape(self) -> bool:
        """Esc was pressed and no layer of the window took it; whether it meant something here."""

    def focus(self, place: Place) -> QWidget | None:
        """Where Alt+2 (`middle`) or Alt+3 (`right`) puts the focus now: the place last used, else the first."""
