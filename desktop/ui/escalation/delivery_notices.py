"""Tells what becomes of reports on their way: a toast when one arrives, a notice while one needs somebody."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.domain.delivery import Delivery, DeliveryState
from desktop.domain.events import DeliveryChanged, EscalationFiled
from desktop.services.desk_services import DeskServices
from desktop.ui.call.notices import NoticeBoard, Reason
from desktop.ui.escalation.delivery_words import delivered_words, sent_by_itself_words, waiting_words
from desktop.ui.theme.look import changes
from desktop.ui.window_hooks import WindowHooks


class DeliveryNotices(QObject):
    """Follows the deliveries of all reports of this run."""

    def __init__(
        self, board: NoticeBoard, services: DeskServices, window: WindowHooks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._board, self._window = board, window
        self._known: dict[str, Delivery] = {}
        services.bus.subscribe(DeliveryChanged, self._changed)
        services.bus.subscribe(EscalationFiled, self._filed)
        changes().retranslated.connect(self._show)

    def _filed(self, event: EscalationFiled) -> None:
        if event.escalation.unconfirmed:
            self._window.show_toast(sent_by_itself_words())

    def _changed(self, event: DeliveryChanged) -> None:
        for delivery in event.deliveries:
            before = self._known.get(delivery.key)
            self._known[delivery.key] = delivery
            arrived = delivery.state is DeliveryState.DELIVERED and not delivery.supplement
            if arrived and (before is None or before.state is not DeliveryState.DELIVERED):
                self._window.show_toast(delivered_words(delivery))
        self._show()

    def _show(self) -> None:
        troubled = next((each for each in self._known.values() if each.needs_help), None)
        self._board.put("delivery", Reason(waiting_words(troubled)) if troubled else None)
