"""Calling again with one key: the number that was called last, or a caller whose call the telephone's engine lost."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.services.call_search import last_dialled
from desktop.services.call_service import DEAD_ENGINE
from desktop.services.desk_services import DeskServices
from desktop.ui.history.rows import can_be_called
from desktop.ui.situation import SituationModel
from desktop.ui.window_hooks import WindowHooks


def lost_remote(services: DeskServices) -> str:
    """Who was spoken with when the engine died, "" where no call was lost or nobody can be called."""
    call = services.calls.last
    if call is None or call.cause != DEAD_ENGINE or services.line.practice:
        return ""
    return call.remote if can_be_called(call.remote) else ""


class RedialPresenter(QObject):
    """One key while no call is on; what it calls is read from the records, so it outlives a restart.

    While a lost call waits to be written up it calls whom that call was with.
    """

    def __init__(self, model: SituationModel, services: DeskServices, window: WindowHooks) -> None:
        super().__init__(model)
        self._model, self._services, self._window = model, services, window
        action = window.action("redial")
        action.triggered.connect(lambda: window.start(self._redial(), "redial"))
        model.phase_changed.connect(lambda _phase: self._enable())
        self._enable()

    def _enable(self) -> None:
        lost = self._model.phase == "ended" and bool(lost_remote(self._services))
        self._window.action("redial").setEnabled(lost or self._model.phase == "idle")

    async def _redial(self) -> None:
        remote = lost_remote(self._services) if self._model.phase == "ended" else ""
        remote = remote or await last_dialled(self._services.line.records)
        if not remote:
            self._window.show_toast(self.tr("Nobody has been called from here yet."))
        elif self._services.calls.current is None:
            await self._services.calls.dial(remote)
