"""The left column: card, notes, red button. Covered by nothing, the same pixels in every situation."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.actions import Actions
from desktop.ui.call.call_card import CallCard
from desktop.ui.call.notes_view import NotesView
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import look
from desktop.ui.widgets import Button, col


class PhoneColumn(QWidget):
    """As wide as its token says."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = CallCard(actions)
        self.notes = NotesView()
        self.red = Button(key=shown("red_button"), icon="shield", height="red", left=True, fixed=True)
        self.red.setObjectName("red_button")
        self.red.bind(actions["red_button"])
        layout = col(self)
        layout.addWidget(self.card)
        layout.addWidget(self.notes, 1)
        layout.addWidget(self.red)
        self.restyle()

    def restyle(self) -> None:
        self.setFixedWidth(look().column("phone"))
