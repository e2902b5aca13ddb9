"""The red button: evidence first, then the report."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.domain.call import Call
from desktop.domain.events import CallEnded, EscalationFiled, LineChanged
from desktop.services.desk_services import DeskServices
from desktop.ui.situation import SituationModel
from desktop.ui.theme.look import changes
from desktop.ui.widgets import Button
from desktop.ui.window_hooks import WindowHooks

REPEAT_S = 0.6
"""A second press within this is the same press."""


class RedButtonPresenter(QObject):
    """Words, look and work of the button. It saves before it opens anything."""

    def __init__(
        self, button: Button, model: SituationModel, services: DeskServices, window: WindowHooks
    ) -> None:
        super().__init__(button)
        self._button, self._model, self._services, self._window = button, model, services, window
        self._pressed_at = float("-inf")
        self._action = window.action("red_button")
        self._action.triggered.connect(self._pressed)
        model.phase_changed.connect(lambda _phase: self._show())
        model.changed.connect(lambda _now, _before: self._show())
        for kind in (CallEnded, EscalationFiled, LineChanged):
            services.bus.subscribe(kind, lambda _event: self._show())
        changes().retranslated.connect(self._show)
        self._show()

    def _call(self) -> Call | None:
        current = self._services.calls.current
        if current is not None and self._model.phase == "talking":
            return current
        return self._services.calls.last if self._model.phase in ("idle", "ended") else None

    def _show(self) -> None:
        phase, call = self._model.phase, self._call()
        kind, icon, reason = "normal", "shield", ""
        text = self.tr("Report the last call")
        if self._model.opened.report:
            text, icon, reason = (
                self.tr("Report is open"),
                "lock",
                self.tr("The report is open at the right."),
            )
        elif phase == "talking":
            text, kind = self.tr("Save evidence · report"), "dangerOutline"
        elif phase == "ended":
            text = self.tr("Report this call")
        elif call is None:
            reason = self.tr("There is no call to report yet.")
        self._button.setText(text)
        self._button.set_kind(kind)
        self._button.set_icon(icon)
        self._button.set_reason(reason)
        self._action.setEnabled(call is not None and not self._model.opened.report)

    def _pressed(self) -> None:
        now = self._services.clock.mono()
        call = self._call()
        if call is None or now - self._pressed_at < REPEAT_S:
            return
        self._pressed_at = now
        self._window.start(self._save_and_open(call), "save evidence")

    async def _save_and_open(self, call: Call) -> None:
        escalation = self._services.escalation
        if call.live or await escalation.reopen(call) is None:
            await escalation.freeze_evidence(call)
            self._window.announce(self.tr("Evidence saved"))
        self._window.open_report()
