"""The number that was called last, once more."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.services.call_search import last_dialled
from desktop.services.desk_services import DeskServices
from desktop.ui.situation import SituationModel
from desktop.ui.window_hooks import WindowHooks


class RedialPresenter(QObject):
    """One key while no call is on; what it calls is read from the records, so it outlives a restart."""

    def __init__(self, model: SituationModel, services: DeskServices, window: WindowHooks) -> None:
        super().__init__(model)
        self._model, self._services, self._window = model, services, window
        action = window.action("redial")
        action.triggered.connect(lambda: window.start(self._redial(), "redial"))
        model.phase_changed.connect(lambda _phase: self._enable())
        self._enable()

    def _enable(self) -> None:
        self._window.action("redial").setEnabled(self._model.phase == "idle")

    async def _redial(self) -> None:
        remote = await last_dialled(self._services.line.records)
        if not remote:
            self._window.show_toast(self.tr("Nobody has been called from here yet."))
        elif self._services.calls.current is None:
            await self._services.calls.dial(remote)
