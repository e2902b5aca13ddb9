"""A light while reports have not arrived: how many, and why the first of them waits."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.domain.delivery import Delivery, DeliveryState
from desktop.domain.events import DeliveryChanged
from desktop.services.desk_services import DeskServices
from desktop.ui.bars.light_bar import LightBar
from desktop.ui.escalation.delivery_words import waiting_words
from desktop.ui.theme.look import changes
from desktop.ui.window_hooks import WindowHooks


class DeliveryLight(QObject):
    """Follows all reports that are on their way, those of earlier runs too; what is added to a report stays quiet."""

    def __init__(self, lights: LightBar, services: DeskServices, window: WindowHooks) -> None:
        super().__init__(lights)
        self._light, self._services = lights.delivery, services
        self._waiting: dict[str, Delivery] = {}
        services.bus.subscribe(DeliveryChanged, lambda event: self._take(event.deliveries))
        changes().retranslated.connect(self._show)
        self._light.asked.connect(lambda: window.show_toast(self._light.toolTip()))
        window.start(self._load(), "reports on their way")

    async def _load(self) -> None:
        self._take(await self._services.delivery.unsettled())

    def _take(self, deliveries: tuple[Delivery, ...]) -> None:
        for each in deliveries:
            self._waiting.pop(each.key, None)
            settled = each.state in (DeliveryState.DELIVERED, DeliveryState.WITHDRAWN)
            if not settled and not each.supplement:
                self._waiting[each.key] = each
        self._show()

    def _show(self) -> None:
        waiting = list(self._waiting.values())
        self._light.setVisible(bool(waiting))
        if not waiting:
            return
        first = next((each for each in waiting if each.needs_help), None)
        first = first or next((each for each in waiting if each.trouble is not None), waiting[0])
        count = len({each.escalation_id for each in waiting})
        text = self.tr("%n report(s) on the way", "", count)
        self._light.set(text, "off" if first.trouble is None else "warn", waiting_words(first))
