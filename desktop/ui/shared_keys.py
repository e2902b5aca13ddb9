"""Keys that mean different things at different times: Ctrl+Enter, Ctrl+1..9 and Esc, bound once for the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.events import CallEnded
from desktop.services.desk_services import DeskServices
from desktop.ui.actions import Actions, commit_composition
from desktop.ui.digit_row import DigitRow
from desktop.ui.panes_contract import Panes, Situation
from desktop.ui.places import Places

QUIET_AFTER_END_S = 1.0
"""After the end of a call Ctrl+Enter and Ctrl+digits do nothing for this long."""


@dataclass(frozen=True, slots=True)
class Layers:
    """What the window says: the situation, whether something covers the panes, and how its own top layer is closed
    (False where there is none)."""

    situation: Callable[[], Situation]
    covered: Callable[[], bool]
    close: Callable[[], bool]
    bring_right: Callable[[], None]


class SharedKeys(QObject):
    """Asks the panes what a key means at the moment; the composed syllable is ended before."""

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        services: DeskServices,
        panes: Panes,
        places: Places,
        layers: Layers,
    ) -> None:
        super().__init__(window)
        self._window, self._actions, self._services = window, actions, services
        self._panes, self._places, self._layers = panes, places, layers
        self._ended_at = float("-inf")
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            self._bind(key, self._confirm)
        self._bind("Esc", self._escape)
        for digit in range(1, 10):
            self._bind(f"Ctrl+{digit}", partial(self._choose, digit))
        DigitRow(window).pressed.connect(self._choose)
        services.bus.subscribe(CallEnded, self._call_ended)

    def confirms(self) -> str:
        """Which action Ctrl+Enter means now, "" for none."""
        if self._layers.covered():
            return ""
        name = self._panes.confirm()
        if not name and self._layers.situation() == "wrap_up" and self._places.current() == "left":
            return "done"
        return name

    def rests(self) -> bool:
        """Whether the other side has ended a call within the last second."""
        return self._services.clock.mono() - self._ended_at < QUIET_AFTER_END_S

    def _bind(self, key: str, work: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self._window)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(work)

    def _confirm(self) -> None:
        commit_composition()
        name = self.confirms()
        if name and not self.rests() and self._actions[name].isEnabled():
            self._actions[name].trigger()

    def _choose(self, digit: int) -> None:
        commit_composition()
        if not self.rests() and not self._layers.covered() and self._panes.choose(digit):
            self._layers.bring_right()

    def _escape(self) -> None:
        if not self._layers.close():
            self._panes.escape()

    def _call_ended(self, event: CallEnded) -> None:
        if event.call.ended_by != "local" and not event.behind:
            self._ended_at = self._services.clock.mono()
