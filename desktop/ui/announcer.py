"""What a screen reader is to say by itself; the rest it reads where the focus is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.services.ports import Clock

AGAIN_S = 1.0
"""A toast that only repeats what was said within that time is shown, not said."""


def say(widget: QWidget, text: str, assertive: bool = False) -> None:
    """Let a screen reader say it: at once where `assertive`, else when it has finished."""
    event = QAccessibleAnnouncementEvent(widget, text)
    if assertive:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


class Announcer:
    """Speaks for a window. Readers drop what comes from behind other windows: `behind` shows the urgent, "" nothing."""

    def __init__(self, window: QWidget, clock: Clock, behind: Callable[[str], object]) -> None:
        self._window, self._clock, self._behind = window, clock, behind
        self._last, self._said_at = "", float("-inf")
        self._shown = False

    def look(self) -> None:
        """The window may be in front again: then what the system shows of it is taken away."""
        if self._shown and self._window.isActiveWindow():
            self._shown = False
            self._behind("")

    def say(self, text: str, assertive: bool = False) -> None:
        """Say it now."""
        self._last, self._said_at = text.rstrip("."), self._clock.mono()
        say(self._window, text, assertive)
        if assertive and not self._window.isActiveWindow():
            self._shown = True
            self._behind(text)
            QApplication.alert(self._window)

    def say_toast(self, text: str) -> None:
        """Say what a toast shows, unless those very words were said just now."""
        if text.rstrip(".") != self._last or self._clock.mono() - self._said_at >= AGAIN_S:
            self.say(text)
