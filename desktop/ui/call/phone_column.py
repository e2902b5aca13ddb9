"""The left column: card, notes, red button. Covered by nothing, the same pixels in every situation."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

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
        self._layout = col(self)
        self.take_back()
        self.restyle()

    def take_back(self) -> None:
        """All three parts stand in the column."""
        self.card.fold(None)
        self._layout.addWidget(self.card)
        self._layout.addWidget(self.notes, 1)
        self._layout.addWidget(self.red)
        self.red.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().column("phone"), 0)

    def restyle(self) -> None:
        self.setFixedWidth(look().column("phone"))
