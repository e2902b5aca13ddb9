"""Calls of today, earlier calls of the one who rings, and all calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop.domain.call import Call
from desktop.domain.call_search import CallKind
from desktop.domain.events import (
    CallConfirmed,
    CallDialled,
    CallEnded,
    CallMissed,
    CallReceived,
    CallUnparked,
    LineChanged,
    WrapUpFinished,
)
from desktop.services.call_search import CallSearch, FoundCall, spoken_again
from desktop.services.desk_services import DeskServices
from desktop.ui.coalesced import Coalesced
from desktop.ui.history.all_calls import AllCallsView
from desktop.ui.history.rows import CallRow, can_be_called, row_of
from desktop.ui.history.texts_presenter import TextsPresenter
from desktop.ui.history.view import CallListView
from desktop.ui.panes_contract import PaneHooks

TODAY_LIMIT = 50
EARLIER_LIMIT = 20


class HistoryPresenter:
    """Feeds the lists. `caller` and `waiting` stand beside the middle on a broad screen."""

    def __init__(
        self,
        today: CallListView,
        earlier: CallListView,
        every: AllCallsView,
        caller: CallListView,
        waiting: CallListView,
        services: DeskServices,
        hooks: PaneHooks,
    ) -> None:
        self._today, self._earlier, self._every = today, earlier, every
        self._caller, self._waiting = caller, waiting
        self._services, self._hooks = services, hooks
        self._remote = ""
        self._search = CallSearch(services.line)
        self._found: list[FoundCall] = []
        self._asked = 0
        self._reading = Coalesced(hooks.start, self._load_today, "load calls of today")
        self._texts = TextsPresenter(every, services, hooks)
        every.wanted.connect(self._ask)
        bus = services.bus
        self._ends = [
            bus.subscribe(CallEnded, lambda _event: self.refresh()),
            bus.subscribe(CallMissed, lambda _event: self.refresh()),
            bus.subscribe(WrapUpFinished, lambda _event: self.refresh()),
            bus.subscribe(LineChanged, lambda _event: self.refresh()),
            bus.subscribe(CallReceived, lambda event: self.show_earlier(event.call)),
            bus.subscribe(CallDialled, lambda event: self.show_earlier(event.call)),
            bus.subscribe(CallConfirmed, lambda event: self._in_front(event.call)),
            bus.subscribe(CallUnparked, lambda event: self._in_front(event.call)),
        ]

    def close(self) -> None:
        """Hear no more events."""
        for end in self._ends:
            end()

    def refresh(self) -> None:
        """Read today's calls again."""
        self._search.forget()
        self._reading.ask()

    def show_earlier(self, call: Call) -> None:
        """Earlier calls with the same number."""
        self._remote = call.remote
        for listed in (self._earlier, self._caller):
            listed.show_rows([])
        self._hooks.start(self._load_earlier(call), "load earlier calls")

    def _in_front(self, call: Call) -> None:
        """Another call may be the one that is spoken in, after a second caller or a start in a call that runs."""
        if call.remote != self._remote:
            self.show_earlier(call)

    def show_all(self, texts: bool = False) -> None:
        """All calls that are kept, newest first, or the text messages."""
        self._search.forget()
        self._every.begin(texts)
        self._ask()

    @property
    def callable(self) -> bool:
        """Whether the chosen one of all calls has given a number."""
        return bool(self._chosen_remote())

    def call_back(self) -> None:
        """Call whom the chosen one of all calls was with."""
        if remote := self._chosen_remote():
            self._hooks.start(self._services.calls.dial(remote), "call back")

    def _chosen_remote(self) -> str:
        chosen = "" if self._every.shows_texts else self._every.chosen
        remote = next((each.call.remote for each in self._found if each.call.id == chosen), "")
        return remote if remote and can_be_called(remote) else ""

    def _ask(self) -> None:
        self._asked += 1
        if self._every.shows_texts:
            self._texts.list()
            return
        self._hooks.start(self._load_all(self._asked), "look for calls")

    async def _load_today(self) -> None:
        midnight = self._services.clock.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        calls = await self._services.line.records.calls(TODAY_LIMIT, midnight)
        self._today.show_rows(await self._rows([call for call in calls if not call.live]))
        self._waiting.show_rows(
            self._found_rows(await self._search.find("", CallKind.TO_CALL, self._masked()))
        )

    async def _load_earlier(self, call: Call) -> None:
        calls = await self._services.line.records.calls_with(call.remote, EARLIER_LIMIT + 1)
        rows = await self._rows([other for other in calls if other.id != call.id and not other.live])
        if self._remote == call.remote:
            self._earlier.show_rows(rows)
            self._caller.show_rows(rows)

    async def _load_all(self, asked: int) -> None:
        found = await self._search.find(self._every.field.query, self._every.kind, self._masked())
        if asked != self._asked:
            return
        self._found = found
        self._every.show_found(self._found_rows(found))
        if self._masked() and not self._every.field.query:
            await self._search.prepare()

    def _found_rows(self, found: Sequence[FoundCall]) -> list[CallRow]:
        now, masked = self._now(), self._masked()
        return [row_of(each.call, each.wrap_up, now, masked, each.reached) for each in found]

    async def _rows(self, calls: Sequence[Call]) -> list[CallRow]:
        written = await self._services.line.records.wrap_ups([call.id for call in calls])
        again, now, masked = spoken_again(calls, calls), self._now(), self._masked()
        return [row_of(call, written.get(call.id), now, masked, call.id in again) for call in calls]

    def _now(self) -> datetime:
        return self._services.clock.now()

    def _masked(self) -> bool:
        return self._hooks.settings.current.mask_numbers
