"""A desktop portal on a session bus of the test's own; it keeps what it is asked and says what the test wants."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Iterator

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
APPEARANCE, CONTRAST = "org.freedesktop.appearance", "contrast"
SETTINGS = "org.freedesktop.portal.Settings"


@contextlib.contextmanager
def session_bus() -> Iterator[str]:
    """The address of a bus of its own."""
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"]
    bus = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert bus.stdout is not None
        yield bus.stdout.readline().strip()
    finally:
        bus.kill()
        bus.communicate()


class FakePortal:
    """Answers as xdg-desktop-portal does, on the bus at `address`; `shown` are (verb, arguments) of notifications."""

    def __init__(self, address: str, contrast: int) -> None:
        self.contrast = contrast
        self.shown: list[tuple[str, tuple[object, ...]]] = []
        self.asked, self._over = threading.Event(), threading.Event()
        self._connection: DBusConnection = open_dbus_connection(bus=address)
        self._connection.send_and_get_reply(message_bus.RequestName(NAME, 4))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Leave the bus."""
        self._over.set()
        self._thread.join(5)
        self._connection.close()

    def change(self, contrast: int) -> None:
        """The person at the desk changes the setting."""
        self.contrast = contrast
        place = DBusAddress(PATH, interface=SETTINGS)
        said = (APPEARANCE, CONTRAST, ("u", contrast))
        self._connection.send(new_signal(place, "SettingChanged", "ssv", said))

    def _serve(self) -> None:
        while not self._over.is_set():
            with contextlib.suppress(TimeoutError):
                message = self._connection.receive(timeout=0.2)
                if message.header.message_type is MessageType.method_call:
                    self._connection.send(self._answer(message))

    def _answer(self, message: Message) -> Message:
        verb = message.header.fields[HeaderFields.member]
        if verb.endswith("Notification"):
            self.shown.append((verb, message.body))
            return new_method_return(message)
        if verb == "Read" and message.body == (APPEARANCE, CONTRAST):
            self.asked.set()
            return new_method_return(message, "v", (("v", ("u", self.contrast)),))
        return new_error(message, "org.freedesktop.portal.Error.NotFound")
