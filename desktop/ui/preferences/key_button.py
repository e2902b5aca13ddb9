"""A button that shows an action's key and takes another one: press it, then the key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.key_rules import text_of
from desktop.ui.theme.look import look
from desktop.ui.widgets import Button


class KeyButton(Button):
    """`caught` carries the portable name of the key that was pressed while it listens.

    `passes` says of a key whether it goes on to the desk all the same, so that no listening button is ever between an
    agent and a call. Esc, Tab and a focus that goes elsewhere end the listening with nothing changed.
    """

    caught = Signal(str)
    stopped = Signal()

    listening = False  # the base class asks for events before it is made

    def __init__(self, passes: Callable[[str], bool], parent: QWidget | None = None) -> None:
        self._passes = passes
        super().__init__("", height="small", strong=False, parent=parent)
        self.clicked.connect(self.listen)

    def sizeHint(self) -> QSize:
        """As wide as its neighbours, listening or not."""
        hint = super().sizeHint()
        hint.setWidth(max(hint.width(), look().size(150)))
        return hint

    def listen(self) -> None:
        """The next key is the new one."""
        if not self.listening:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.listening = True
            self.set_kind("chosen")
            self.setText(self.tr("Press a key"))

    def stop(self) -> None:
        """Listen no more."""
        if self.listening:
            self.listening = False
            self.set_kind("normal")
            self.stopped.emit()

    def event(self, event: QEvent) -> bool:
        """While it listens, a key is no shortcut."""
        if self.listening and isinstance(event, QKeyEvent):
            name = text_of(event.keyCombination())
            if event.type() is QEvent.Type.ShortcutOverride and not self._passes(name):
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                if not event.isAutoRepeat():
                    self._take(name)
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever looks elsewhere wants no other key."""
        self.stop()
        super().focusOutEvent(event)

    def _take(self, name: str) -> None:
        if name in ("Esc", "Tab", "Shift+Backtab", "Shift+Tab"):
            self.stop()
        elif name:
            self.caught.emit(name)
