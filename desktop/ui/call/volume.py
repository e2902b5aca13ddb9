"""Keys and panel of the volumes: in a call of the caller, else of the ring; and of the microphone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer

from desktop.domain.events import SoundChanged
from desktop.domain.sound import STEP, Part, bounded
from desktop.services.desk_services import DeskServices
from desktop.ui.call.call_card import CallCard
from desktop.ui.situation import SituationModel
from desktop.ui.window_hooks import WindowHooks

SHOWN_MS = 6000
"""The panel stands so long after the last step, longer while the focus is in it."""


class VolumePresenter(QObject):
    """A step is kept in the settings; what is shown is what the telephone says that it uses."""

    def __init__(
        self, card: CallCard, model: SituationModel, services: DeskServices, window: WindowHooks
    ) -> None:
        super().__init__(card)
        self._card, self._model, self._services, self._window = card, model, services, window
        self._closing = QTimer(self)
        self._closing.setSingleShot(True)
        self._closing.timeout.connect(self._close)
        steps = (
            ("louder", 1, False),
            ("quieter", -1, False),
            ("microphone_louder", 1, True),
            ("microphone_quieter", -1, True),
        )
        for name, way, microphone in steps:
            window.action(name).triggered.connect(
                lambda _checked=False, way=way, microphone=microphone: self._step(way, microphone)
            )
        window.action("volume").triggered.connect(self._toggle)
        services.bus.subscribe(SoundChanged, lambda _event: self._show())
        model.phase_changed.connect(lambda _phase: self._show())
        self._show()

    @property
    def _heard(self) -> Part:
        return "speaker" if self._model.phase in ("talking", "dialling") else "ring"

    def _step(self, way: int, microphone: bool) -> None:
        part: Part = "microphone" if microphone else self._heard
        before = getattr(self._window.settings.current, f"{part}_volume")
        volume = bounded(part, before + way * STEP)
        self._open()
        self._window.start(self._keep(part, volume), "keep a volume")

    async def _keep(self, part: Part, volume: int) -> None:
        self._window.settings.change(**{f"{part}_volume": volume})
        words = {
            "microphone": self.tr("Microphone {n} %"),
            "speaker": self.tr("Caller {n} %"),
            "ring": self.tr("Ring {n} %"),
        }
        self._window.announce(words[part].format(n=volume))

    def _toggle(self) -> None:
        if self._card.sets_volume:
            self._close_now()
            return
        self._open()
        self._card.volume.buttons["quieter"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open(self) -> None:
        if not self._card.asking:
            self._card.open_volume()
            self._closing.start(SHOWN_MS)

    def _close(self) -> None:
        focused = any(button.hasFocus() for button in self._card.volume.buttons.values())
        if focused:
            self._closing.start(SHOWN_MS)
        elif self._card.sets_volume:
            self._close_now()

    def _close_now(self) -> None:
        self._closing.stop()
        self._card.close_slot()

    def _show(self) -> None:
        use, heard = self._services.calls.sound.use, self._heard
        if use is None:
            self._card.volume.show_volumes(heard, None, None)
            return
        volumes = use.volumes
        loud = volumes.ring if heard == "ring" else volumes.speaker
        spoken_into = volumes.microphone if use.microphone_id else None
        there = bool(use.ring) if heard == "ring" else bool(use.speaker_id)
        self._card.volume.show_volumes(heard, loud if there else None, spoken_into)
