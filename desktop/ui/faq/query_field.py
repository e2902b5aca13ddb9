"""The field to search answers in: every key counts, syllables that are still being composed too."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets import SearchField


class QueryField(SearchField):
    """`query_changed` carries the text as it is seen, composing text at the cursor included."""

    query_changed = Signal(str)
    step_requested = Signal(int)
    open_requested = Signal()
    turn_requested = Signal(int)
    up_requested = Signal()

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, parent)
        self._composing = ""
        self._told = ""
        self.textChanged.connect(lambda _text: self._tell())

    @property
    def query(self) -> str:
        """The text as it is seen."""
        at = self.cursorPosition()
        return self.text()[:at] + self._composing + self.text()[at:]

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed."""
        self._composing = event.preeditString()
        super().inputMethodEvent(event)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the list below, Enter opens; while a syllable is composed they belong to the input method.

        In the empty field Left and Right have nothing to move in: they go to the next shelf, and Backspace goes up.
        """
        if not self._composing and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if not self.text() and self._of_empty_field(event):
                return
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
            by = steps.get(Qt.Key(event.key()))
            if by is not None:
                self.step_requested.emit(by)
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.open_requested.emit()
                return
        super().keyPressEvent(event)

    def _of_empty_field(self, event: QKeyEvent) -> bool:
        turns = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        by = turns.get(Qt.Key(event.key()))
        if by is not None:
            self.turn_requested.emit(by)
        elif event.key() == Qt.Key.Key_Backspace:
            self.up_requested.emit()
        else:
            return False
        return True

    def _tell(self) -> None:
        if self.query != self._told:
            self._told = self.query
            self.query_changed.emit(self._told)
