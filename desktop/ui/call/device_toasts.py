"""Says that a sound device came or went and what is used instead; the agent may take that back."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.domain.events import DevicesReplaced
from desktop.domain.sound import Replaced
from desktop.services.desk_services import DeskServices
from desktop.ui.window_hooks import WindowHooks


class DeviceToasts(QObject):
    """The preference in the settings stays as it is, whatever happens here."""

    def __init__(self, services: DeskServices, window: WindowHooks, parent: QObject) -> None:
        super().__init__(parent)
        self._devices, self._window = services.line_watch.devices, window
        services.bus.subscribe(DevicesReplaced, self._replaced)

    def _replaced(self, event: DevicesReplaced) -> None:
        devices = event.devices
        text = " ".join(self._sentence(each) for each in devices)
        self._window.show_toast(text, lambda: self._stay(devices))

    def _stay(self, devices: tuple[Replaced, ...]) -> None:
        self._window.start(self._devices.stay(devices), "stay with a sound device")
        names = dict.fromkeys(each.before for each in devices)
        if any(each.gone for each in devices):
            text = self.tr("Nothing is used in place of {name} until this call ends.")
        else:
            text = self.tr("{name} is used until this call ends.")
        self._window.show_toast(text.format(name=", ".join(names)), lambda: self._go_along(devices))

    def _go_along(self, devices: tuple[Replaced, ...]) -> None:
        self._window.start(self._devices.go_along(devices), "use the other sound device")

    def _sentence(self, device: Replaced) -> str:
        hearing = device.part == "speaker"
        if device.gone:
            gone = self.tr("{before} is gone: you hear through {after} now.")
            text = gone if hearing else self.tr("{before} is gone: you speak into {after} now.")
        elif device.back:
            back = self.tr("You hear through {after} again.")
            text = back if hearing else self.tr("You speak into {after} again.")
        else:
            other = self.tr("You hear through {after} now.")
            text = other if hearing else self.tr("You speak into {after} now.")
        return text.format(before=device.before, after=device.after)
