"""The sound page: devices and their volumes, the microphone's level, where it rings, a tone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.events import SoundChanged
from desktop.domain.sound import LOUDEST, LOUDEST_RING, QUIETEST, STEP
from desktop.settings import Value
from desktop.ui.preferences.fields import FieldRow
from desktop.ui.preferences.sound_check_port import SoundCheckPort, SoundDevice
from desktop.ui.preferences.voice_box import VoiceBox
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import Button, Choices, Combo, Light, Rule, col
from desktop.ui.window_hooks import WindowHooks

METER_MS, LIST_MS = 100, 2000
VOICE_MS = 25
QUIET_DB = -60.0
PARTS = ("microphone", "speaker", "ring")
DEVICE_OPTION = {"microphone": "microphone", "speaker": "speaker", "ring": "ring_device"}


class SoundPage(QWidget):
    """Devices are opened while the page is seen and closed when it is left."""

    def __init__(self, port: SoundCheckPort, window: WindowHooks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._port, self._window = port, window
        self.devices = {part: Combo() for part in PARTS}
        self.volumes = {part: Combo() for part in PARTS}
        self.both = Choices(["", ""], [], columns=2)
        self._level = Light(bars=True)
        self._tone = Button(key=shown("sound_check"), icon="speaker", left=True)
        self._tone.setObjectName("sound_check")
        self._device_rows = {part: FieldRow(self.devices[part]) for part in PARTS}
        self._volume_rows = {part: FieldRow(self.volumes[part]) for part in PARTS}
        self._level_row, self._both_row, self._tone_row = (
            FieldRow(control) for control in (self._level, self.both, self._tone)
        )
        self._lay_out()
        self._loudest = QUIET_DB
        for part in PARTS:
            self.devices[part].activated.connect(lambda _index, part=part: self._chosen(part))
            self.volumes[part].activated.connect(lambda _index, part=part: self._turned(part))
        self.both.chosen.connect(lambda index: self._start(ring_both=index == 1))
        self._tone.clicked.connect(self.play)
        self._meter = QTimer(self)
        self._meter.timeout.connect(self._measure)
        self._listing = QTimer(self)
        self._listing.timeout.connect(self.look_again)
        self._listed: tuple[list[SoundDevice], list[SoundDevice]] = ([], [])
        window.services.bus.subscribe(SoundChanged, lambda _event: self._name_devices())
        self.retranslate()

    def _lay_out(self) -> None:
        layout = col(self, gap="xs")
        for field in (self._device_rows["microphone"], self._volume_rows["microphone"], self._level_row):
            layout.addWidget(field)
        layout.addWidget(Rule())
        for field in (self._device_rows["speaker"], self._volume_rows["speaker"]):
            layout.addWidget(field)
        layout.addWidget(Rule())
        ring = (self._device_rows["ring"], self._both_row, self._volume_rows["ring"], self._tone_row)
        for field in ring:
            layout.addWidget(field)
        layout.addWidget(Rule())
        layout.addStretch()
        self._layout = layout
        QTimer.singleShot(VOICE_MS, self, lambda: self.voice)

    @cached_property
    def voice(self) -> VoiceBox:
        """The lowest part of the page: made when the rest has been painted, so that no key waits for it."""
        box = VoiceBox(self._window)
        self._layout.insertWidget(self._layout.count() - 1, box)
        box.enter()
        return box

    def retranslate(self) -> None:
        louder, quieter = shown("louder"), shown("quieter")
        keys = self.tr("{louder} and {quieter}")
        in_call = self.tr("In a call: {keys}").format(keys=keys.format(louder=louder, quieter=quieter))
        between = self.tr("Between calls: {keys}").format(keys=keys.format(louder=louder, quieter=quieter))
        louder, quieter = shown("microphone_louder"), shown("microphone_quieter")
        self._volume_rows["microphone"].set_words(
            self.tr("Microphone volume"), keys.format(louder=louder, quieter=quieter)
        )
        self._volume_rows["speaker"].set_words(self.tr("Caller volume"), in_call)
        self._volume_rows["ring"].set_words(self.tr("Ring volume"), between)
        self._level_row.set_words(self.tr("Input level"))
        self._both_row.set_words(
            self.tr("Ring on both"), self.tr("A second caller is a quiet tone in your ear in any case.")
        )
        self.both.set_words([self.tr("Only there"), self.tr("Where calls are heard, too")])
        self._tone_row.set_words(self.tr("Sound check"), self.tr("A soft tone of one second."))
        self._tone.setText(self.tr("Play a tone"))
        self._level.set(self.tr("Waiting for sound"), "off")
        self._name_devices()

    def _name_devices(self) -> None:
        """What each device is for, and which one stands in for it now."""
        sound = self._window.services.calls.sound
        words = {
            "microphone": (self.tr("Microphone"), self.tr("Speak: the bars move."), sound.microphone),
            "speaker": (self.tr("Call speaker"), "", sound.speaker),
            "ring": (self.tr("It rings on"), "", ""),
        }
        for part, (name, hint, used) in words.items():
            wished = getattr(self._window.settings.current, f"{DEVICE_OPTION[part]}_name")
            if sound.use is not None and wished and used and used != wished:
                hint = self.tr("In use now: {name}").format(name=used)
            self._device_rows[part].set_words(name, hint)

    def enter(self) -> None:
        """The page is seen: list devices, open the microphone."""
        if "voice" in self.__dict__:
            self.voice.enter()
        self._window.start(self._open(), "sound check")

    def play(self) -> None:
        """The tone, where it would ring."""
        now = self._window.settings.current
        device = now.ring_device_id or now.speaker_id
        self._window.start(self._port.play_tone(device, now.ring_volume), "sound check tone")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._listing.stop()
        if self._meter.isActive():
            self._meter.stop()
            self._window.start(self._port.stop(), "end sound check")

    async def _open(self) -> None:
        await self._list()
        now = self._window.settings.current
        self.both.set_index(1 if now.ring_both else 0)
        for part in PARTS:
            self._fill_volume(part, getattr(now, f"{part}_volume"))
        self._name_devices()
        self._loudest = QUIET_DB
        if self.isVisible():
            self._listing.start(LIST_MS)
            self._meter.start(METER_MS)
            await self._port.listen(now.microphone_id, now.microphone_volume)

    def look_again(self) -> None:
        """Something may have been plugged in meanwhile."""
        self._window.start(self._list(only_news=True), "list sound devices")

    async def _list(self, only_news: bool = False) -> None:
        microphones, speakers = await self._port.microphones(), await self._port.speakers()
        listed = list(microphones), list(speakers)
        reading = any(combo.view().isVisible() for combo in self.devices.values())
        if only_news and (listed == self._listed or reading):
            return
        self._listed = listed
        self._fill("microphone", microphones, self.tr("The system's own"))
        self._fill("speaker", speakers, self.tr("The system's own"))
        self._fill("ring", speakers, self.tr("Where calls are heard"))

    def _fill(self, part: str, devices: Sequence[SoundDevice], none: str) -> None:
        now, combo = self._window.settings.current, self.devices[part]
        chosen = getattr(now, f"{DEVICE_OPTION[part]}_id")
        name = getattr(now, f"{DEVICE_OPTION[part]}_name") or chosen
        combo.clear()
        combo.addItem(none, "")
        for device in devices:
            combo.addItem(device.name, device.id)
        if chosen and combo.findData(chosen) < 0:
            # What was preferred stays preferred while it is away.
            combo.addItem(self.tr("{name} · not plugged in").format(name=name), chosen)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))

    def _fill_volume(self, part: str, chosen: int) -> None:
        combo = self.volumes[part]
        lowest, highest = (0, LOUDEST_RING) if part == "ring" else (QUIETEST, LOUDEST)
        combo.clear()
        for volume in sorted({*range(lowest, highest + 1, STEP), chosen}):
            combo.addItem(self.tr("{n} %").format(n=volume) if volume else self.tr("Silent"), volume)
        combo.setCurrentIndex(combo.findData(chosen))

    def _chosen(self, part: str) -> None:
        combo, option = self.devices[part], DEVICE_OPTION[part]
        device_id = combo.currentData() or ""
        known = device_id == getattr(self._window.settings.current, f"{option}_id")
        if not known:
            name = combo.currentText() if device_id else ""
            self._start(part == "microphone", **{f"{option}_id": device_id, f"{option}_name": name})

    def _turned(self, part: str) -> None:
        self._start(part == "microphone", **{f"{part}_volume": self.volumes[part].currentData()})

    def _start(self, listen_again: bool = False, **changes: Value) -> None:
        self._window.start(self._keep(listen_again, changes), "keep the sound's settings")

    async def _keep(self, listen_again: bool, changes: dict[str, Value]) -> None:
        now = self._window.settings.change(**changes)
        self._name_devices()
        if listen_again:
            await self._port.stop()
            await self._port.listen(now.microphone_id, now.microphone_volume)

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
