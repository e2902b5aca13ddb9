"""The choice of a working state: opens with Alt+S under its button, a digit chooses, Esc leaves."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from desktop.domain.agent import CHOOSABLE, AgentState
from desktop.ui.call.words import state_word
from desktop.ui.theme.look import look
from desktop.ui.widgets import Choices, Label, col


class StateMenu(QFrame):
    """A layer over the window's top; it gives the focus back to where it was."""

    chosen = Signal(AgentState)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("card", True)
        self._before: QWidget | None = None
        self._title = Label("", "captionStrong", "text2")
        self.choices = Choices([state_word(state) for state in CHOOSABLE], ["1", "2", "3"])
        self.choices.chosen.connect(self._chosen)
        layout = col(self, margins=("m", "m", "m", "m"))
        layout.addWidget(self._title)
        layout.addWidget(self.choices)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Working state"))
        self.setAccessibleName(self.tr("Working state"))
        self.choices.set_words([state_word(state) for state in CHOOSABLE])

    def open_menu(self, corner: QPoint, state: AgentState, during_call: bool) -> None:
        """Show at `corner` of the window with `state` chosen; during a call the choice is what follows it."""
        self._before = QApplication.focusWidget()
        self._title.setText(self.tr("After this call") if during_call else self.tr("Working state"))
        index = CHOOSABLE.index(state) if state in CHOOSABLE else 0
        self.choices.set_index(index)
        self.setFixedWidth(look().size(240))
        self.move(corner)
        self.adjustSize()
        self.show()
        self.raise_()
        self.choices.buttons[index].setFocus(Qt.FocusReason.PopupFocusReason)

    def close_menu(self) -> None:
        """Hide and give the focus back."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - int(Qt.Key.Key_1)
        if 0 <= number < len(CHOOSABLE):
            self.choices.choose(number)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            focus = QApplication.focusWidget()
            buttons = self.choices.buttons
            here = next((i for i, button in enumerate(buttons) if button is focus), 0)
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            buttons[(here + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _chosen(self, index: int) -> None:
        self.close_menu()
        self.chosen.emit(CHOOSABLE[index])
