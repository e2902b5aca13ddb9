"""The sound page: devices, the microphone's level, a tone."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.preferences.fields import FieldRow
from desktop.ui.preferences.sound_check_port import SoundCheckPort, SoundDevice
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import Button, Combo, Light, Rule, col
from desktop.ui.window_hooks import WindowHooks

METER_MS = 100
QUIET_DB = -60.0


class SoundPage(QWidget):
    """Devices are opened while the page is seen and closed when it is left."""

    def __init__(self, port: SoundCheckPort, window: WindowHooks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._port, self._window = port, window
        self._microphone, self._speaker = Combo(), Combo()
        self._level = Light(bars=True)
        self._tone = Button(key=shown("sound_check"), icon="speaker", left=True)
        self._tone.setObjectName("sound_check")
        self._rows = (
            FieldRow(self._microphone),
            FieldRow(self._level),
            FieldRow(self._speaker),
            FieldRow(self._tone),
        )
        layout = col(self, gap="xs")
        for field in self._rows[:2]:
            layout.addWidget(field)
        layout.addWidget(Rule())
        for field in self._rows[2:]:
            layout.addWidget(field)
        layout.addStretch()
        self._loudest = QUIET_DB
        self._microphone.activated.connect(lambda _index: self._chosen("microphone", self._microphone))
        self._speaker.activated.connect(lambda _index: self._chosen("speaker", self._speaker))
        self._tone.clicked.connect(self.play)
        self._meter = QTimer(self)
        self._meter.timeout.connect(self._measure)
        self.retranslate()

    def retranslate(self) -> None:
        microphone, level, speaker, tone = self._rows
        microphone.set_words(self.tr("Microphone"), self.tr("Speak: the bars move."))
        level.set_words(self.tr("Input level"))
        speaker.set_words(self.tr("Call speaker"))
        tone.set_words(self.tr("Sound check"), self.tr("A soft tone of one second."))
        self._tone.setText(self.tr("Play a tone"))
        self._level.set(self.tr("Waiting for sound"), "off")

    def enter(self) -> None:
        """The page is seen: list devices, open the microphone."""
        self._window.start(self._open(), "sound check")

    def play(self) -> None:
        """The tone."""
        self._window.start(self._port.play_tone(self._speaker.currentData() or ""), "sound check tone")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._meter.isActive():
            self._meter.stop()
            self._window.start(self._port.stop(), "end sound check")

    async def _open(self) -> None:
        settings = self._window.settings.current
        self._fill(self._microphone, await self._port.microphones(), settings.microphone_id)
        self._fill(self._speaker, await self._port.speakers(), settings.speaker_id)
        self._loudest = QUIET_DB
        if self.isVisible():
            self._meter.start(METER_MS)
            await self._port.listen(settings.microphone_id)

    def _fill(self, combo: Combo, devices: object, chosen: str) -> None:
        combo.clear()
        combo.addItem(self.tr("The system's own"), "")
        assert isinstance(devices, list | tuple)
        for device in devices:
            assert isinstance(device, SoundDevice)
            combo.addItem(device.name, device.id)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))

    def _chosen(self, which: str, combo: Combo) -> None:
        device_id = combo.currentData() or ""
        name = combo.currentText() if device_id else ""
        self._window.start(self._keep(which, device_id, name), "choose device")

    async def _keep(self, which: str, device_id: str, name: str) -> None:
        self._window.settings.change(**{f"{which}_id": device_id, f"{which}_name": name})
        if which == "microphone":
            await self._port.stop()
            await self._port.listen(device_id)

    def _measure(self) -> None:
        level = self._port.level_db()
        if level is None:
            self._level.set(self.tr("No microphone"), "fail")
            return
        self._level.set_level(1 - level / QUIET_DB)
        self._loudest = max(self._loudest, level)
        if self._loudest > QUIET_DB / 1.5:
            self._level.set(self.tr("Your microphone is heard"), "ok")
        else:
            self._level.set(self.tr("Waiting for sound"), "off")
