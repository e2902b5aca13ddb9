"""Calls of today, earlier calls of the one who rings, all calls, and one call read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

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
from desktop.ui.history.rows import CallRow, report_words, row_of, shown_number, shown_words
from desktop.ui.history.view import CallDetail, CallListView, CallReadingView
from desktop.ui.panes_contract import PaneHooks
from desktop.ui.transcript.line import line_of
from desktop.ui.transcript.times import line_time

TODAY_LIMIT = 50
EARLIER_LIMIT = 20
ALL_LIMIT = 300


class HistoryPresenter:
    """Feeds three lists and the page of one call; `history_requested` of the views is the window's action."""

    def __init__(
        self,
        today: CallListView,
        earlier: CallListView,
        every: CallListView,
        reading: CallReadingView,
        services: DeskServices,
        hooks: PaneHooks,
    ) -> None:
        self._today, self._earlier, self._every, self._reading = today, earlier, every, reading
        self._services, self._hooks = services, hooks
        self._remote = ""
        reading.report_requested.connect(
            lambda call_id: hooks.start(self._open_report(call_id), "open an earlier report")
        )
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

    def read(self, call_id: str) -> None:
        """Show one call with its transcript and notes."""
        self._hooks.start(self._load_call(call_id), "load a call")

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

    async def _load_call(self, call_id: str) -> None:
        records = self._services.line.records
        call = await records.call(call_id)
        if call is None:
            return
        segments = [
            replace(s, text=shown_words(s.text, self._masked())) for s in await records.segments(call_id)
        ]
        lines = [line_of(s, line_time(s.start, call.confirmed, bool(call.scenario))) for s in segments]
        wrap_up = await records.wrap_up(call_id)
        row = row_of(call, wrap_up, self._now(), self._masked())
        number = shown_number(call.remote, self._masked())
        notes = shown_words(await self._services.notes.load(call_id), self._masked())
        report = await self._report_words(call_id)
        self._reading.show_call(CallDetail(row, number, lines, notes, report))

    async def _report_words(self, call_id: str) -> str:
        found = await self._services.line.records.escalation(call_id)
        if found is None or not found.versions:
            return ""
        return report_words(found, self._services.untouched.due(found), self._now())

    async def _open_report(self, call_id: str) -> None:
        """Write on at an earlier report. Not in a call: its own evidence goes on meanwhile."""
        services = self._services
        call = await services.line.records.call(call_id)
        if call is None or services.calls.current is not None:
            words = QCoreApplication.translate("CallRow", "The report opens once the call is over.")
            self._hooks.show_toast(words)
        elif await services.escalation.reopen(call) is not None:
            self._hooks.open_report()

    async def _rows(self, calls: Sequence[Call]) -> list[CallRow]:
        records, now, masked = self._services.line.records, self._now(), self._masked()
        return [row_of(call, await records.wrap_up(call.id), now, masked) for call in calls]

    def _now(self) -> datetime:
        return self._services.clock.now()

    def _masked(self) -> bool:
        return self._hooks.settings.current.mask_numbers
