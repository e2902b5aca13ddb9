"""The red button and its key F12: evidence first; in a call the next right step, held the end; later the report."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.domain.call import Call
from desktop.domain.events import CallEnded, EscalationFiled, EvidenceFrozen, LineChanged, ProcedureChanged
from desktop.domain.procedure_state import Phase
from desktop.services.desk_services import DeskServices
from desktop.ui.shortcuts import key_map
from desktop.ui.situation import SituationModel
from desktop.ui.theme.look import changes
from desktop.ui.widgets import Button
from desktop.ui.window_hooks import WindowHooks

REPEAT_S = 0.6
"""A second press within this is the same press."""
HOLD_MS = 1000
STEP_MS = 50
"""How often the lower edge of the button grows while the key is held."""


class RedButtonPresenter(QObject):
    """Words, look and work of the button. It saves before it opens anything."""

    def __init__(
        self, button: Button, model: SituationModel, services: DeskServices, window: WindowHooks
    ) -> None:
        super().__init__(button)
        self._button, self._model, self._services, self._window = button, model, services, window
        self._pressed_at = float("-inf")
        self._held_ms = 0
        self._was_held = False
        self._hold = QTimer(self)
        self._hold.setInterval(STEP_MS)
        self._hold.timeout.connect(self._hold_on)
        self._action = window.action("red_button")
        self._action.triggered.connect(self._pressed)
        model.phase_changed.connect(lambda _phase: self._show())
        model.changed.connect(lambda _now, _before: self._show())
        bus = services.bus
        bus.subscribe(CallEnded, self._call_ended)
        bus.subscribe(EvidenceFrozen, self._frozen)
        for kind in (EscalationFiled, LineChanged, ProcedureChanged):
            bus.subscribe(kind, lambda _event: self._show())
        changes().retranslated.connect(self._show)
        # Keys that the focus does not take come up to the window; a filter on the whole program would see every event.
        button.window().installEventFilter(self)
        button.pressed.connect(self._begin_hold)
        button.released.connect(self._let_go)
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The button's key goes down and is let go, wherever in the window the focus is."""
        if isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            own = QKeySequence.fromString(key_map().main("red_button"))[0]
            if event.type() is QEvent.Type.KeyRelease and event.key() == own.key():
                self._let_go()
            elif event.type() is QEvent.Type.ShortcutOverride and event.keyCombination() == own:
                self._begin_hold()
        return super().eventFilter(watched, event)

    def _call(self) -> Call | None:
        current = self._services.calls.current
        if current is not None and self._model.phase == "talking":
            return current
        last = self._services.calls.last
        # The last practice call is no call of the real line, and its records lie elsewhere; nor the other way round.
        here = last is not None and last.scenario == self._services.line.line.scenario
        return last if here and self._model.phase in ("idle", "ended") else None

    def _show(self) -> None:
        text, kind, icon, reason = self._words()
        self._button.setText(text)
        self._button.set_kind(kind)
        self._button.set_icon(icon)
        self._button.set_reason(reason)
        locked = self._locked or self._model.opened.report
        self._action.setEnabled(self._call() is not None and not locked)

    def _words(self) -> tuple[str, str, str, str]:
        """Text, kind, icon, and why it can't be pressed."""
        phase = self._model.phase
        if phase == "talking" and self._locked:
            reason = self.tr("In a crisis nothing warns and nothing ends the call.")
            return self.tr("Crisis call · warnings are locked"), "normal", "lock", reason
        if self._model.opened.report:
            return self.tr("Report is open"), "normal", "lock", self.tr("The report is open at the right.")
        if phase == "talking" and self._services.protection.state.phase is Phase.LADDER:
            return self.tr("Hold 1 s: notice and end"), "danger", "shield", ""
        if phase == "talking":
            return self.tr("Save evidence · procedure"), "dangerOutline", "shield", ""
        if phase == "ended":
            return self.tr("Report this call"), "normal", "shield", ""
        reason = "" if self._call() is not None else self.tr("There is no call to report yet.")
        return self.tr("Report the last call"), "normal", "shield", reason

    @property
    def _locked(self) -> bool:
        protection = self._services.protection
        return protection.running and protection.state.warnings_locked

    def _pressed(self) -> None:
        now = self._services.clock.mono()
        call = self._call()
        if self._was_held:
            # A mouse button that was held is let go: its click has had its meaning.
            self._was_held = False
            return
        if call is None or now - self._pressed_at < REPEAT_S:
            return
        self._pressed_at = now
        if self._model.phase == "talking":
            self._window.start(self._services.protection.tap(), "the next step of the procedure")
        else:
            self._window.start(self._save_and_open(call), "save evidence")

    # holding
    def _begin_hold(self) -> None:
        if self._model.phase == "talking" and not self._locked and not self._hold.isActive():
            self._held_ms, self._was_held = 0, False
            self._hold.start()

    def _hold_on(self) -> None:
        self._held_ms += STEP_MS
        self._button.set_fill(min(1.0, self._held_ms / HOLD_MS))
        if self._held_ms >= HOLD_MS:
            self._let_go()
            self._was_held = self._button.isDown()
            self._window.start(self._services.protection.hold(), "notice and end")

    def _let_go(self) -> None:
        self._hold.stop()
        self._button.set_fill(0.0)

    # the report
    def _call_ended(self, event: CallEnded) -> None:
        """The report opens, unless another caller is there: then it waits, as one that was left for later."""
        if event.behind:
            return
        self._let_go()
        protection, call = self._services.protection, event.call
        happened = protection.state.led or protection.state.crises
        if call.id == protection.call_id and happened and self._services.calls.current is None:
            self._window.start(self._save_and_open(call), "open the report")
        self._show()

    def _frozen(self, event: EvidenceFrozen) -> None:
        """Said once a call; what is added to it later is seen."""
        if len(event.escalation.versions) == 1:
            self._window.announce(self.tr("Evidence saved"))

    async def _save_and_open(self, call: Call) -> None:
        escalation = self._services.escalation
        if call.live or await escalation.reopen(call) is None:
            await escalation.freeze_evidence(call)
        self._window.open_report()
