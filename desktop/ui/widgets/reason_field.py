"""A line that asks why: hidden until it is wanted, Enter gives the reason, Esc takes the line away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.field import Field


class ReasonField(Field):
    """`given` carries a reason that is not blank. Whoever asked closes the line once the reason has been taken."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hide()
        self.returnPressed.connect(self._give)

    @property
    def asking(self) -> bool:
        """Whether the reason is asked for just now."""
        return not self.isHidden()

    def set_words(self, words: str) -> None:
        """What to write and what Enter does."""
        self.setPlaceholderText(words)
        self.setAccessibleName(words)

    def ask(self) -> None:
        """The cursor goes into the line; what was begun stays."""
        if not self.asking:
            self.clear()
        self.show()
        self.setFocus()

    def close_to(self, home: QWidget) -> bool:
        """Take the line away, and the focus that it had to `home`; whether it was there."""
        if not self.asking:
            return False
        focused = self.hasFocus()
        self.hide()
        if focused:
            home.setFocus()
        return True

    def _give(self) -> None:
        if self.text().strip():
            self.given.emit(self.text())
