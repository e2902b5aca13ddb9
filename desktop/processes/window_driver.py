"""The window as a program may press it: what the autopilot of a practice call holds in its hands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.paths import private_folder
from desktop.ui.main_window import MainWindow

DIGITS = "0123456789"


class WindowDriver:
    """Implements `processes.autopilot.Window`. `pictures` is the folder for screenshots, None for none."""

    def __init__(self, window: MainWindow, pictures: Path | None) -> None:
        self._window, self._pictures = window, pictures
        self._count = 0

    def on_closing(self, then: Callable[[], None]) -> None:
        """Call `then` when the person at the window wants to close it."""
        self._window.closing.connect(then)

    def press(self, action: str) -> bool:
        """Trigger an action by its name; False where it is disabled."""
        wanted = self._window.action(action)
        if not wanted.isEnabled():
            return False
        wanted.trigger()
        return True

    @property
    def situation(self) -> str:
        """What the window shows now."""
        return self._window.situation

    def choose(self, digit: int) -> bool:
        """What Ctrl+1..9 means at the right."""
        return self._window.panes.choose(digit)

    def escape(self) -> bool:
        """What Esc means where no layer of the window takes it."""
        return self._window.panes.escape()

    def type_right(self, text: str) -> None:
        """Keys into what has, or last had, the focus at the right; nothing where nothing there takes keys."""
        target = self._window.panes.focus("right")
        if target is None:
            return
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        for sign in text:
            key = Qt.Key(ord(sign)) if sign in DIGITS else Qt.Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign))

    def type_notes(self, text: str) -> None:
        """Type into the notes."""
        self._window.notes.type_text(text)

    def choose_wrap_up(self, category: str, result: str) -> None:
        """Choose in the write-up."""
        self._window.wrap_up.choose(category, result)

    def take_picture(self, name: str) -> None:
        """A screenshot as it is painted now, numbered in order."""
        if self._pictures is None:
            return
        self._count += 1
        self._window.repaint()
        self._window.grab().save(str(private_folder(self._pictures) / f"{self._count:02d}-{name}.png"))

    def close(self) -> None:
        """Close the window for good."""
        self._window.let_close()
        application = QApplication.instance()
        if application is not None:
            application.sendPostedEvents()
