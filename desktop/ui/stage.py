"""The stage: middle and right, or one of both, or one page of the window's own that fills it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop.ui.panes_contract import Panes, Place, Situation
from desktop.ui.theme.look import look
from desktop.ui.widgets import Scroll, Stack, row

_OWN_HAND: dict[Situation, Place] = {
    "talking": "middle",
    "abuse": "right",
    "crisis": "right",
    "report": "right",
}
"""What comes to the front with situations that the agent brings about, or that the focus goes to in any layout."""
_WITHOUT_FOCUS: dict[Situation, Place] = {"idle": "right", "wrap_up": "right", "ringing": "middle"}
"""What comes to the front with situations that come by themselves, while nobody works in the pane that is there."""
_UNLIMITED = 16777215


class Slot(Stack):
    """One pane's place: as large as the window gives, whatever is in it."""

    def __init__(self, widgets: Mapping[Situation, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._pages: dict[Situation, Scroll] = {}
        wrapped: dict[QWidget, Scroll] = {}
        for situation, widget in widgets.items():
            if widget not in wrapped:
                wrapped[widget] = Scroll(widget)
                self.addWidget(wrapped[widget])
            self._pages[situation] = wrapped[widget]

    def show_situation(self, situation: Situation) -> None:
        """Bring the widget of this situation to the front."""
        if situation in self._pages:
            self.setCurrentWidget(self._pages[situation])

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 120)


class Stage(Stack):
    """Page 0 holds the two panes; `settings` and `first_start` fill the stage.

    Folded, page 0 shows one place at a time: `front`. `first_focus` says where the focus goes in a place; it is asked
    only where the focus would be hidden.
    """

    front_changed = Signal()

    def __init__(self, panes: Panes, own: Mapping[Situation, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.middle, self.right = Slot(panes.middle), Slot(panes.right)
        self.first_focus: Callable[[Place], QWidget | None] = panes.focus
        self.front: Place = "right"
        self._notes: QWidget | None = None
        both = QWidget()
        self._line = row(both)
        self._line.addWidget(self.middle, 1)
        self._line.addWidget(self.right)
        self.addWidget(both)
        self._own: dict[Situation, Scroll] = {}
        for situation, widget in own.items():
            self._own[situation] = Scroll(widget)
            self.addWidget(self._own[situation])
        self.restyle()

    def restyle(self) -> None:
        width = look().column("task")
        self.right.setMinimumWidth(0 if look().folded else width)
        self.right.setMaximumWidth(_UNLIMITED if look().folded else width)
        flexible = QSizePolicy.Policy.Ignored if look().folded else QSizePolicy.Policy.Fixed
        self.right.setSizePolicy(flexible, QSizePolicy.Policy.Ignored)
        self._show_front()

    @property
    def page(self) -> QWidget | None:
        """The page that fills the stage, None while the panes are seen."""
        return None if self.currentIndex() == 0 else self.currentWidget()

    def lend(self, notes: QWidget | None) -> None:
        """The notes are a pane of the stage; None where the column has them back."""
        self._notes = notes
        if notes is not None:
            if self._holds_focus("left"):
                self.front = "left"
            self._line.addWidget(notes, 1)
        self._show_front()

    def bring(self, place: Place) -> None:
        """Folded: bring a place to the front; the focus goes along only where it would be hidden."""
        if look().folded and (place != "left" or self._notes is not None):
            self.front = place
            self._show_front()

    def shows(self, place: Place) -> bool:
        """Whether a place of page 0 can be seen."""
        return not look().folded or place == self.front or (place == "left" and self._notes is None)

    def show_situation(self, situation: Situation, by_itself: bool = False) -> None:
        """Switch in one step. `by_itself`: the other side has just hung up on an agent who writes."""
        if situation in self._own:
            self.setCurrentWidget(self._own[situation])
            return
        self.setCurrentIndex(0)
        self.middle.show_situation(situation)
        self.right.show_situation(situation)
        asked_for = _OWN_HAND.get(situation)
        wanted = None if by_itself else asked_for
        if wanted is None and not self._holds_focus(self.front):
            wanted = _WITHOUT_FOCUS.get(situation, asked_for)
        if wanted is not None:
            self.bring(wanted)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def _parts(self) -> dict[Place, QWidget]:
        parts: dict[Place, QWidget] = {"middle": self.middle, "right": self.right}
        if self._notes is not None:
            parts["left"] = self._notes
        return parts

    def _holds_focus(self, place: Place) -> bool:
        focus, part = QApplication.focusWidget(), self._parts().get(place)
        return focus is not None and part is not None and part.isAncestorOf(focus)

    def _show_front(self) -> None:
        parts = self._parts()
        if self.front not in parts:
            self.front = "right"
        lost = [place for place in parts if not self.shows(place)]
        for place, part in parts.items():
            if place not in lost:
                part.show()
        # The focus walks on before its pane is hidden: Qt would hand it to the next widget, which may be a call button.
        if any(self._holds_focus(place) for place in lost):
            target = self.first_focus(self.front)
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)
        for place in lost:
            parts[place].hide()
        self.front_changed.emit()
