"""The three places of the window and where the focus was last in each."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QTextEdit, QWidget

from desktop.services.ports import Clock
from desktop.ui.panes_contract import Panes, Place, Situation
from desktop.ui.stage import Stage

TYPING_S = 10.0
"""So long after the last key in a field the agent writes in it."""
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


def _bring_in_sight(widget: QWidget) -> None:
    """Scroll to what has the focus, through every pane that scrolls; what is higher than its pane stays as it is."""
    parent = widget.parentWidget()
    while parent is not None:
        content = parent.widget() if isinstance(parent, QScrollArea) else None
        if isinstance(parent, QScrollArea) and content and widget.height() <= parent.viewport().height():
            # Qt's own `ensureWidgetVisible` is content with the line of the cursor.
            middle = widget.mapTo(content, widget.rect().center())
            parent.ensureVisible(middle.x(), middle.y(), 0, widget.height() // 2 + 1)
        parent = parent.parentWidget()


class Places(QObject):
    """Moves the focus between notes, middle and right; F6 comes back to where it was."""

    def __init__(self, window: QWidget, notes: QWidget, panes: Panes, stage: Stage, clock: Clock) -> None:
        super().__init__(window)
        self._clock, self._typed_at = clock, float("-inf")
        self._field: QLineEdit | QTextEdit | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
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

    def can_be_seen(self, place: Place) -> bool:
        """Whether a page that fills the stage leaves this place free."""
        return self._stage.page is None or (place == "left" and self._notes.isVisibleTo(self._window))

    def go(self, place: Place) -> None:
        """Focus a place, which comes to the front; where it has nothing to focus, the focus stays."""
        self._stage.bring(place)
        self._focus(self._first_focus(place))

    def _focus(self, target: QWidget | None) -> None:
        if target is not None and target.isVisibleTo(self._window):
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step(self, by: int) -> None:
        """F6 and Shift+F6; places without anything to focus are passed over. A page that fills the stage is one."""
        if self._stage.page is not None:
            self._step_from_page(self._stage.page)
            return
        here = self.current()
        start = _ORDER.index(here) if here else (-1 if by > 0 else 0)
        for distance in range(1, len(_ORDER) + 1):
            self.go(_ORDER[(start + by * distance) % len(_ORDER)])
            if self.current() != here:
                return

    def _step_from_page(self, page: QWidget) -> None:
        """Between a page that fills the stage and the notes, where they stand beside it."""
        if self.current() == "left":
            self._focus(page.focusWidget() or page.nextInFocusChain())
        elif self.can_be_seen("left"):
            self._focus(self._notes)

    @property
    def typing(self) -> bool:
        """Whether the agent has written in the field that has the focus just now."""
        return self._clock.mono() - self._typed_at < TYPING_S

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._typed_at = float("-inf")
        if self._field is not None:
            with suppress(RuntimeError):  # it is gone, and the connection with it
                self._field.textChanged.disconnect(self._typed)
        self._field = new if isinstance(new, QLineEdit | QTextEdit) else None
        if self._field is not None:
            self._field.textChanged.connect(self._typed)
        if new is not None and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            # When the layout stands. Under a button of the mouse nothing moves.
            QTimer.singleShot(0, new, partial(_bring_in_sight, new))

    def _typed(self) -> None:
        self._typed_at = self._clock.mono()

    def settle(self, situation: Situation, by_itself: bool = False, done: bool = False) -> None:
        """After a switch: the focus stays where it can be seen, else goes where the hands are needed next.

        Into a report or a crisis, which the agent asks for, it goes from anywhere. `by_itself`: the other side has
        just hung up on an agent who writes and goes on writing. `done`: the agent has finished a write-up, so the
        notes take no more keys.
        """
        focus = QApplication.focusWidget()
        stays = focus is not None and focus.isVisibleTo(self._window) and focus.isEnabled()
        if done and focus is self._notes:
            self.go(_HOME[situation])
            return
        asked_for = situation in ("report", "crisis") and not by_itself
        if asked_for or not stays:
            home = _HOME.get(situation)
            if home is not None:
                self.go(home if self._stage.shows(home) else self._stage.front)
