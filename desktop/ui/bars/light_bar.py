"""The lights: telephone, microphone, sound both ways, transcript; reports left and on their way; pack, clock, keys."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.bars.bar import Bar
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import KeyCap, Label, Light, row


class LightBar(Bar):
    """Passive."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0.84, line_on_top=True, parent=parent)
        self.phone = Light()
        self.microphone = Light(bars=True)
        self.caller = Light(bars=True)
        self.sent = Light()
        self.transcript = Light()
        self.records = Light()
        self.settings = Light()
        self.delivery = Light()
        self.reports = Label("", "captionStrong", "warnText")
        self._pack = Label("", "caption", "text3", tabular=True)
        self._time = Label("", "captionStrong", "text2", tabular=True)
        self._keys = Label("", "caption", "text2")
        layout = row(self, gap="l", margins=("m", "", "m", ""))
        for light in (self.phone, self.microphone, self.caller, self.sent, self.transcript):
            layout.addWidget(light)
        for light in (self.records, self.settings):
            layout.addWidget(light)
        # The first is there in a call only, these two only when something is wrong.
        self.sent.hide()
        self.records.hide()
        self.settings.hide()
        layout.addWidget(self.reports)
        layout.addWidget(self.delivery)
        self.delivery.hide()
        layout.addStretch(1)
        for widget in (self._pack, self._time, KeyCap(shown("keys")), self._keys):
            layout.addWidget(widget)
        self.retranslate()

    def retranslate(self) -> None:
        self._keys.setText(self.tr("Keys"))

    def show_pack(self, text: str, wrong: str = "") -> None:
        """Which answers are in use; `wrong` is why not those that were chosen."""
        self._pack.setText(text)
        self._pack.setToolTip(wrong)
        self._pack.set_colour("warnText" if wrong else "text3")

    def show_time(self, text: str) -> None:
        """Time of day."""
        if text != self._time.text():
            self._time.setText(text)
