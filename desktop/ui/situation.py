"""Which situation the window is in: a rule over what runs and what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal

from desktop.domain.events import (
    CallChanged,
    CallConfirmed,
    CallDialled,
    CallEnded,
    CallMissed,
    CallReceived,
    LineChanged,
    ProcedureChanged,
    WrapUpFinished,
    WrapUpStarted,
)
from desktop.domain.procedure_state import Phase as Guard
from desktop.services.desk_services import DeskServices
from desktop.ui.call.phase import Phase, phase_of
from desktop.ui.panes_contract import Situation

Guarding = Literal["", "abuse", "crisis"]
"""What the protection of the call asks the right pane to show."""


@dataclass(slots=True)
class Open:
    """What the agent has opened over the call's own situation."""

    first_start: bool = False
    settings: bool = False
    report: bool = False


def situation_of(phase: Phase, opened: Open, guarding: Guarding = "") -> Situation:
    """First start covers everything but a call; settings stay open while it rings; a report stays until it is left."""
    if opened.settings:
        return "settings"
    if opened.first_start and phase == "idle":
        return "first_start"
    if opened.report:
        return "report"
    if phase == "talking" and guarding:
        return guarding
    if phase in ("talking", "dialling"):
        return "talking"
    if phase == "ended":
        return "wrap_up"
    return "ringing" if phase == "ringing" else "idle"


class SituationModel(QObject):
    """Follows the services; `changed(situation, before)` comes only on a real change, `phase_changed` before it."""

    changed = Signal(object, object)
    phase_changed = Signal(str)

    def __init__(self, services: DeskServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.opened = Open()
        self.phase: Phase = phase_of(services.calls.current, services.wrap_up.open is not None)
        self.situation: Situation = situation_of(self.phase, self.opened, self._guarding())
        bus = services.bus
        for kind in (
            CallReceived,
            CallDialled,
            CallChanged,
            CallEnded,
            CallMissed,
            WrapUpStarted,
            WrapUpFinished,
        ):
            bus.subscribe(kind, lambda _event: self.refresh())
        bus.subscribe(CallConfirmed, lambda _event: self._call_begins())
        bus.subscribe(ProcedureChanged, lambda _event: self.refresh())
        bus.subscribe(LineChanged, lambda _event: self.refresh())

    def _call_begins(self) -> None:
        self.opened.settings = False
        self.refresh()

    def _guarding(self) -> Guarding:
        protection = self._services.protection
        if not protection.running:
            return ""
        if protection.state.in_crisis:
            return "crisis"
        return "abuse" if protection.state.phase is Guard.LADDER else ""

    def refresh(self) -> None:
        """Look again at what runs and what is open."""
        phase = phase_of(self._services.calls.current, self._services.wrap_up.open is not None)
        if phase != self.phase:
            self.phase = phase
            self.phase_changed.emit(phase)
        before, self.situation = self.situation, situation_of(self.phase, self.opened, self._guarding())
        if self.situation != before:
            self.changed.emit(self.situation, before)
