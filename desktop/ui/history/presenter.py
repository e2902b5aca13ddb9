"""Calls of today, earlier calls of the one who rings, and all calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop.domain.call import Call
from desktop.domain.events import (
    CallDialled,
    CallEnded,
    CallMissed,
    CallReceived,
    LineChanged,
    WrapUpFinished,
)
from desktop.services.desk_services import DeskServices
from desktop.ui.history.rows import CallRow, row_of
from desktop.ui.history.view import CallListView
from desktop.ui.panes_contract import PaneHooks

TODAY_LIMIT = 50
EARLIER_LIMIT = 20
ALL_LIMIT = 300


class HistoryPresenter:
    """Feeds three lists."""

    def __init__(
        self,
        today: CallListView,
        earlier: CallListView,
        every: CallListView,
        services: DeskServices,
        hooks: PaneHooks,
    ) -> None:
        self._today, self._earlier, self._every = today, earlier, every
        self._services, self._hooks = services, hooks
        self._remote = ""
        bus = services.bus
        self._ends = [
            bus.subscribe(CallEnded, lambda _event: self.refresh()),
            bus.subscribe(CallMissed, lambda _event: self.refresh()),
            bus.subscribe(WrapUpFinished, lambda _event: self.refresh()),
            bus.subscribe(LineChanged, lambda _event: self.refresh()),
            bus.subscribe(CallReceived, lambda event: self.show_earlier(event.call)),
            bus.subscribe(CallDialled, lambda event: self.show_earlier(event.call)),
        ]

    def close(self) -> None:
        """Hear no more events."""
        for end in self._ends:
            end()

    def refresh(self) -> None:
        """Read today's calls again."""
        self._hooks.start(self._load_today(), "load calls of today")

    def show_earlier(self, call: Call) -> None:
        """Earlier calls with the same number."""
        self._remote = call.remote
        self._earlier.show_rows([])
        self._hooks.start(self._load_earlier(call), "load earlier calls")

    def show_all(self) -> None:
        """All calls that are kept, newest first."""
        self._hooks.start(self._load_all(), "load calls")

    async def _load_today(self) -> None:
        midnight = self._services.clock.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        calls = await self._services.line.records.calls(TODAY_LIMIT, midnight)
        self._today.show_rows(await self._rows([call for call in calls if not call.live]))

    async def _load_earlier(self, call: Call) -> None:
        calls = await self._services.line.records.calls_with(call.remote, EARLIER_LIMIT + 1)
        rows = await self._rows([other for other in calls if other.id != call.id and not other.live])
        if self._remote == call.remote:
            self._earlier.show_rows(rows)

    async def _load_all(self) -> None:
        calls = await self._services.line.records.calls(ALL_LIMIT)
        self._every.show_rows(await self._rows([call for call in calls if not call.live]))

    async def _rows(self, calls: Sequence[Call]) -> list[CallRow]:
        records, now, masked = self._services.line.records, self._now(), self._masked()
        return [row_of(call, await records.wrap_up(call.id), now, masked) for call in calls]

    def _now(self) -> datetime:
        return self._services.clock.now()

    def _masked(self) -> bool:
        return self._hooks.settings.current.mask_numbers
