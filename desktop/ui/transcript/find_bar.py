"""Find in the call: a field in the foot of the transcript."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets import Button, Label, SearchField, row


class FindBar(QWidget):
    """Each key searches; Enter goes to the next place, Shift+Enter to the one before, Esc closes."""

    query_changed = Signal(str)
    place_changed = Signal(int)
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: list[int] = []
        self._at = 0
        self.field = SearchField()
        self._count = Label("", "caption", "text3", tabular=True)
        self._close = Button("", "Esc", kind="quiet", height="small", strong=False)
        line = row(self)
        line.addWidget(self.field, 1)
        line.addWidget(self._count)
        line.addWidget(self._close)
        self.field.textChanged.connect(self.query_changed)
        self._close.clicked.connect(self.close_requested)
        self.retranslate()

    def retranslate(self) -> None:
        """Words changed."""
        self.field.setPlaceholderText(self.tr("Find in this call"))
        self.field.setAccessibleName(self.tr("Find in this call"))
        self._close.setText(self.tr("Close"))

    def show_places(self, places: Sequence[int]) -> None:
        """Rows that hold the query; the newest is shown first."""
        self._places = list(places)
        self._go(len(self._places) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks upwards, Shift+Enter downwards: the newest place comes first."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._go(self._at + (1 if back else -1))
            return
        super().keyPressEvent(event)

    def _go(self, place: int) -> None:
        if not self._places:
            none = self.tr("not found") if self.field.text().strip() else ""
            self._count.setText(none)
            return
        self._at = place % len(self._places)
        self._count.setText(f"{self._at + 1} / {len(self._places)}")
        self.place_changed.emit(self._places[self._at])
