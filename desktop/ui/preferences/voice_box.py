"""What is done with the agent's voice before the other side hears it: three switches, effective at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.preferences.fields import FieldRow
from desktop.ui.widgets import Choices, col
from desktop.ui.window_hooks import WindowHooks

OPTIONS = ("echo_cancellation", "noise_suppression", "automatic_gain")


class VoiceBox(QWidget):
    """Each switch is an option of the settings; a change holds in the running call too."""

    def __init__(self, window: WindowHooks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self.switches = {name: Choices(["", ""], [], columns=2) for name in OPTIONS}
        self._rows = {name: FieldRow(switch) for name, switch in self.switches.items()}
        layout = col(self, gap="xs")
        for name, switch in self.switches.items():
            switch.setObjectName(name)
            switch.chosen.connect(lambda index, name=name: self._chosen(name, index == 1))
            layout.addWidget(self._rows[name])
        self.retranslate()

    def retranslate(self) -> None:
        """Words of the chosen language."""
        self._rows["echo_cancellation"].set_words(
            self.tr("Where the caller is heard"), self.tr("With a loudspeaker the caller would hear an echo.")
        )
        self.switches["echo_cancellation"].set_words([self.tr("Headset"), self.tr("Loudspeaker")])
        self._rows["noise_suppression"].set_words(
            self.tr("Noise around you"), self.tr("Your voice is a little less natural then.")
        )
        self.switches["noise_suppression"].set_words([self.tr("Is sent too"), self.tr("Is removed")])
        self._rows["automatic_gain"].set_words(
            self.tr("A quiet voice"), self.tr("Evens out how loud you are.")
        )
        self.switches["automatic_gain"].set_words([self.tr("Stays as it is"), self.tr("Is lifted")])

    def enter(self) -> None:
        """The page is seen: show what holds."""
        settings = self._window.settings.current
        for name, switch in self.switches.items():
            switch.set_index(1 if getattr(settings, name) else 0)

    def _chosen(self, name: str, on: bool) -> None:
        self._window.start(self._keep(name, on), "keep settings")

    async def _keep(self, name: str, on: bool) -> None:
        self._window.settings.change(**{name: on})
        self._window.settings_changed()
