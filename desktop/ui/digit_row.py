"""Ctrl with a key of the row of digits, on layouts that have no digits there: Thai, Vietnamese, French."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

FIRST_SCAN_CODE = {"windows": 2}
"""Scan code of the key "1" by platform; X11 and Wayland count from 8."""
OTHER_FIRST_SCAN_CODE = 10
DIGITS = 9


class DigitRow(QObject):
    """`pressed` carries 1 to 9. Only keys that meant nothing else come here, so that none is taken twice.

    A shortcut with the digit itself is served before; what the layout has in its place comes up to the window as a key
    that neither a shortcut nor the focused widget took.
    """

    pressed = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._first = FIRST_SCAN_CODE.get(QGuiApplication.platformName(), OTHER_FIRST_SCAN_CODE)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key that nobody took."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            digit = event.nativeScanCode() - self._first + 1
            alone = event.modifiers() == Qt.KeyboardModifier.ControlModifier and not event.isAutoRepeat()
            if alone and 1 <= digit <= DIGITS:
                self.pressed.emit(digit)
                return True
        return super().eventFilter(watched, event)
