"""The choice of a working state: opens in the top bar with Alt+S, a digit chooses, Esc leaves. It covers nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.agent import CHOOSABLE, AgentState
from desktop.ui.call.words import state_word
from desktop.ui.theme.look import look
from desktop.ui.widgets import Choices, Label, row
from desktop.ui.widgets.focus import give_focus


class StateMenu(QWidget):
    """Takes the place of clock and counts while it is open, and gives the focus back to where it was."""

    chosen = Signal(AgentState)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: QWidget | None = None
        self._during_call = False
        self._title = Label("", "captionStrong", "text2")
        self.choices = Choices(
            [state_word(state) for state in CHOOSABLE], ["1", "2", "3"], columns=3, folds=False
        )
        self.choices.chosen.connect(self._chosen)
        layout = row(self)
        layout.addWidget(self._title)
        layout.addWidget(self.choices)
        self.hide()
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        self._title.setText(self.tr("After this call") if self._during_call else self.tr("Working state"))
        self.choices.set_question(self._title.text())
        self.choices.set_words([state_word(state) for state in CHOOSABLE])

    def restyle(self) -> None:
        self._title.setVisible(not look().folded)
        self.choices.setFixedWidth(look().size(360 if look().folded else 420))

    @property
    def is_open(self) -> bool:
        """Whether the choice is offered."""
        return not self.isHidden()

    @property
    def wide(self) -> int:
        """Width in pixels that it takes while it is open."""
        title = 0 if self._title.isHidden() else self._title.sizeHint().width() + look().space("s")
        return title + self.choices.width()

    def open_menu(self, state: AgentState, during_call: bool) -> None:
        """Show with `state` chosen; during a call or write-up the choice is what follows it."""
        self._before = QApplication.focusWidget()
        self._during_call = during_call
        self.retranslate()
        index = CHOOSABLE.index(state) if state in CHOOSABLE else 0
        self.choices.set_index(index)
        self.show()
        self.choices.buttons[index].setFocus(Qt.FocusReason.PopupFocusReason)

    def close_menu(self) -> None:
        """Hide and give the focus back."""
        before, self._before = self._before, None
        give_focus(before)
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - int(Qt.Key.Key_1)
        if 0 <= number < len(CHOOSABLE):
            self.choices.choose(number)
        else:
            super().keyPressEvent(event)

    def _chosen(self, index: int) -> None:
        self.close_menu()
        self.chosen.emit(CHOOSABLE[index])
