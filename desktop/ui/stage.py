"""The stage: middle and right, or one page of the window's own that fills both."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from desktop.ui.panes_contract import Panes, Situation
from desktop.ui.theme.look import look
from desktop.ui.widgets import Scroll, row


class Slot(QStackedWidget):
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


class Stage(QStackedWidget):
    """Page 0 holds the two panes; `settings` and `first_start` fill the stage."""

    def __init__(self, panes: Panes, own: Mapping[Situation, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.middle, self.right = Slot(panes.middle), Slot(panes.right)
        self.right.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        both = QWidget()
        line = row(both)
        line.addWidget(self.middle, 1)
        line.addWidget(self.right)
        self.addWidget(both)
        self._own: dict[Situation, Scroll] = {}
        for situation, widget in own.items():
            self._own[situation] = Scroll(widget)
            self.addWidget(self._own[situation])
        self.restyle()

    def restyle(self) -> None:
        self.right.setFixedWidth(look().column("task"))

    def show_situation(self, situation: Situation) -> None:
        """Switch in one step."""
        if situation in self._own:
            self.setCurrentWidget(self._own[situation])
            return
        self.setCurrentIndex(0)
        self.middle.show_situation(situation)
        self.right.show_situation(situation)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 240)
