"""Lets the agent hear a quote again from the recording of its call."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.domain.errors import DeskError
from desktop.domain.recording import Heard
from desktop.services.desk_services import DeskServices
from desktop.ui.panes_contract import PaneHooks

AROUND_S = 0.3
"""Played before and behind a quote: recognised words begin and end a little off."""


class QuotePlayer:
    """One quote sounds at a time; the same one again stops it."""

    def __init__(self, services: DeskServices, hooks: PaneHooks) -> None:
        self._services, self._hooks = services, hooks
        self._playing: tuple[str, float] | None = None

    def toggle(self, call_id: str, start: float, end: float) -> None:
        """Play from `start` to `end`, seconds since the call's media began, or stop what sounds."""
        if self._playing == (call_id, start):
            self.stop()
        else:
            self._hooks.start(self._play(call_id, start, end), "play a quote")

    def stop(self) -> None:
        """Be silent."""
        self._playing = None
        self._services.recording.stop_playing()

    async def _play(self, call_id: str, start: float, end: float) -> None:
        this = self._playing = (call_id, start)
        try:
            heard = await self._services.recording.play(call_id, max(0.0, start - AROUND_S), end + AROUND_S)
            words = self._words(heard)
        except DeskError:
            words = QCoreApplication.translate("Report", "The recording can't be played. Check the headset.")
        finally:
            if self._playing == this:
                self._playing = None
        if words:
            self._hooks.show_toast(words)
            self._hooks.announce(words)

    def _words(self, heard: Heard) -> str:
        if heard is Heard.NO_RECORDING:
            return QCoreApplication.translate("Report", "There is no recording of this.")
        if heard is Heard.IN_CALL:
            return QCoreApplication.translate("Report", "Recordings can be heard after the call.")
        return ""
