"""Declining with a reason: opens the row in the card while somebody rings, and takes it away when nobody does."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from desktop.domain.call import Refusal
from desktop.domain.events import (
    CallConfirmed,
    CallEnded,
    CallMissed,
    CallReceived,
    LineChanged,
    LinesChanged,
)
from desktop.services.desk_services import DeskServices
from desktop.ui.call.call_card import CallCard
from desktop.ui.window_hooks import WindowHooks


class DecliningPresenter(QObject):
    """The key alone (or the second mouse button on F8) opens the row; F8 itself says busy at once."""

    def __init__(self, card: CallCard, services: DeskServices, window: WindowHooks) -> None:
        super().__init__(card)
        self._card, self._declining, self._window = card, services.calls.declining, window
        self._asked = ""
        for kind in (CallReceived, CallConfirmed, CallEnded, CallMissed, LinesChanged, LineChanged):
            services.bus.subscribe(kind, lambda _event: self._follow())
        action = window.action("decline_with")
        action.triggered.connect(self._open)
        end = card.buttons["end"]
        end.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        end.customContextMenuRequested.connect(lambda _point: action.trigger())
        card.refusals.chosen.connect(self._chosen)
        self._follow()

    def _open(self) -> None:
        ringing = self._declining.ringing
        if ringing is not None:
            self._asked = ringing.id
            self._card.open_refusals()

    def _chosen(self, refusal: Refusal) -> None:
        asked = self._asked
        self._card.close_slot()
        ringing = self._declining.ringing
        if ringing is not None and ringing.id == asked:
            self._window.start(self._declining.refuse(refusal), "decline with a reason")

    def _follow(self) -> None:
        ringing = self._declining.ringing
        self._window.action("decline_with").setEnabled(ringing is not None)
        if self._card.refusing and (ringing is None or ringing.id != self._asked):
            self._card.close_slot()
