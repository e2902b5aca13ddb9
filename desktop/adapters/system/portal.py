"""freedesktop's desktop portal, for what Qt does not ask on every Linux desktop: high contrast, and notifications.

https://flatpak.github.io/xdg-desktop-portal: the interfaces Settings and Notification. Where there is no session bus or
no portal, nothing is asked for and nothing is shown.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant

PLACE = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop")
SETTINGS, NOTIFICATION = "org.freedesktop.portal.Settings", "org.freedesktop.portal.Notification"
CONTRAST = ["org.freedesktop.appearance", "contrast"]
HIGH = 1
"""The setting's value that asks for high contrast; 0 is no preference."""
OURS = "call"
"""The one notification of this desk: a later one takes the place of an earlier one."""


def _plain(value: object) -> object:
    while isinstance(value, QDBusVariant):
        value = value.variant()
    return value


class ContrastWatch(QObject):
    """Calls `told` with whether the system asks for high contrast, soon after the start and when that changes."""

    def __init__(self, told: Callable[[bool], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = told
        self._bus = QDBusConnection.sessionBus()
        if not self._bus.isConnected():
            return
        # PySide's macro gives text, as its own examples pass it; its stubs want bytes.
        slot = SLOT("changed(QDBusMessage)")
        self._bus.connect(*PLACE, SETTINGS, "SettingChanged", self, slot)  # type: ignore[call-overload]
        question = QDBusMessage.createMethodCall(*PLACE, SETTINGS, "Read")
        question.setArguments(CONTRAST)
        self._answer = QDBusPendingCallWatcher(self._bus.asyncCall(question), self)
        self._answer.finished.connect(self._answered)

    @Slot("QDBusMessage")
    def changed(self, message: QDBusMessage) -> None:
        """Some setting has another value: namespace, key, value."""
        arguments = message.arguments()
        if arguments[:2] == CONTRAST and len(arguments) == 3:
            self._told(_plain(arguments[2]) == HIGH)

    def _answered(self) -> None:
        reply = self._answer.reply()
        if reply.type() is QDBusMessage.MessageType.ReplyMessage and reply.arguments():
            self._told(_plain(reply.arguments()[0]) == HIGH)


def notify(text: str) -> None:
    """Let the system show a sentence above other programs' windows, in the place of the one before; "" for none."""
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return
    message = QDBusMessage.createMethodCall(
        *PLACE, NOTIFICATION, "AddNotification" if text else "RemoveNotification"
    )
    message.setArguments([OURS, {"title": text, "priority": "urgent"}] if text else [OURS])
    bus.send(message)
