"""The three places of the window and where the focus was last in each."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.panes_contract import Panes, Place, Situation
from desktop.ui.stage import Stage

_ORDER: tuple[Place, ...] = ("left", "middle", "right")
_HOME: dict[Situation, Place] = {
    "idle": "right",
    "ringing": "left",
    "talking": "left",
    "abuse": "left",
    "crisis": "right",
    "wrap_up": "left",
    "report": "right",
}


class Places(QObject):
    """Moves the focus between notes, middle and right; F6 comes back to where it was."""

    def __init__(self, window: QWidget, notes: QWidget, panes: Panes, stage: Stage) -> None:
        super().__init__(window)
        self._window, self._notes, self._panes, self._stage = window, notes, panes, stage
        stage.first_focus = self._first_focus

    def _first_focus(self, place: Place) -> QWidget | None:
        return self._notes if place == "left" else self._panes.focus(place)

    def current(self) -> Place | None:
        """The place that has the focus, None for bars and overlays."""
        focus = QApplication.focusWidget()
        if focus is None:
            return None
        if focus is self._notes:
            return "left"
        for place, widgets in (("middle", self._panes.middle), ("right", self._panes.right)):
            if any(widget is focus or widget.isAncestorOf(focus) for widget in widgets.values()):
                return "middle" if place == "middle" else "right"
        return None

    def go(self, place: Place) -> None:
        """Focus a place, which comes to the front; where it has nothing to focus, the focus stays."""
        self._stage.bring(place)
        target = self._first_focus(place)
        if target is not None and target.isVisibleTo(self._window):
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step(self, by: int) -> None:
        """F6 and Shift+F6; places without anything to focus are passed over."""
        here = self.current()
        start = _ORDER.index(here) if here else (-1 if by > 0 else 0)
        for distance in range(1, len(_ORDER) + 1):
            self.go(_ORDER[(start + by * distance) % len(_ORDER)])
            if self.current() != here:
                return

    def settle(self, situation: Situation) -> None:
        """After a switch: the focus stays where it can be seen, else goes where the hands are needed next."""
        focus = QApplication.focusWidget()
        stays = focus is not None and focus.isVisibleTo(self._window) and focus.isEnabled()
        if situation in ("report", "crisis") or not stays:
            home = _HOME.get(situation)
            if home is not None:
                self.go(home if self._stage.shows(home) else self._stage.front)
