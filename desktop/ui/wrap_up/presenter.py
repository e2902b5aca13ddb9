"""The write-up that is open: proposals, the time, what is still missing, done."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QTimer

from desktop.domain.call import Call
from desktop.domain.events import AgentStateChanged, WrapUpFinished, WrapUpStarted
from desktop.domain.wrapup import CATEGORIES, Result
from desktop.services.desk_services import DeskServices
from desktop.ui.panes_contract import PaneHooks
from desktop.ui.wrap_up.proposals import key_lines, propose, search
from desktop.ui.wrap_up.view import WrapUpView

MORE_S = 60
RESULTS = tuple(Result)
_ALL_ARTICLES = 1000


class WrapUpPresenter:
    """`opened` gives the categories of the answers that were read during a call by its id, oldest first."""

    def __init__(
        self,
        view: WrapUpView,
        services: DeskServices,
        hooks: PaneHooks,
        opened: Callable[[str], Sequence[str]],
    ) -> None:
        self._view, self._services, self._hooks, self._opened = view, services, hooks, opened
        self._call: Call | None = None
        self._lines: list[str] = []
        self._every: list[str] = list(CATEGORIES)
        self._proposals: list[str] = []
        self._ends_at = self._whole = 0.0
        self._clock = QTimer(view)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        bus = services.bus
        self._ends = [
            bus.subscribe(WrapUpStarted, self._started),
            bus.subscribe(WrapUpFinished, lambda _event: self._finished()),
            bus.subscribe(AgentStateChanged, lambda event: view.show_next(event.queued)),
        ]
        view.category_requested.connect(self.set_category)
        view.result_requested.connect(lambda result: self.set_result(result))
        view.search_requested.connect(lambda query: view.show_matches(search(query, self._every)))
        view.more_time_requested.connect(self.more_time)
        view.insert_requested.connect(self.insert_lines)
        view.done_requested.connect(self.done)

    def close(self) -> None:
        """Hear no more events."""
        self._clock.stop()
        for end in self._ends:
            end()

    def choose(self, category: str, result: str) -> None:
        """Set both at once; `result` is a value of `Result`."""
        self.set_category(category)
        self.set_result(Result(result))

    def choose_number(self, digit: int) -> bool:
        """Ctrl+1..3 choose a category, the next ones a result."""
        if self._services.wrap_up.open is None:
            return False
        if 1 <= digit <= len(self._proposals):
            self.set_category(self._proposals[digit - 1])
            return True
        place = digit - 4
        if 0 <= place < len(RESULTS):
            self.set_result(RESULTS[place])
            return True
        return False

    def set_category(self, category: str) -> None:
        """Keep the category; one that was searched takes the last place of the proposals."""
        if self._services.wrap_up.open is None:
            return
        self._services.wrap_up.set_category(category)
        if category not in self._proposals:
            self._proposals = [*self._proposals[:-1], category]
        self._show_choices()

    def set_result(self, result: Result) -> None:
        """Keep the result."""
        self._services.wrap_up.set_result(result)
        self._show_choices()

    def more_time(self) -> None:
        """One minute more, from now where the time is over."""
        if self._services.wrap_up.open is None:
            return
        now = self._services.clock.mono()
        left = max(0.0, self._ends_at - now) + MORE_S
        self._ends_at, self._whole = now + left, max(self._whole, left)
        self._tick()

    def insert_lines(self) -> None:
        """Put the key lines into the notes."""
        text = "\n".join(self._lines)
        if text and self._hooks.insert_into_notes(text):
            words = QCoreApplication.translate("WrapUp", "The key lines are in the notes.")
            self._hooks.show_toast(words, lambda: self._hooks.take_out_of_notes(text))

    def done(self) -> None:
        """Save and go on, where category and result are chosen; else say what is missing."""
        draft = self._services.wrap_up.open
        if draft is None:
            return
        if not draft.category or draft.result is None:
            self._view.show_missing(not draft.category, draft.result is None)
            return
        self._hooks.start(self._save(), "save the write-up")

    async def _save(self) -> None:
        await self._services.wrap_up.finish()
        words = QCoreApplication.translate("WrapUp", "The write-up is saved.")
        self._hooks.show_toast(
            words, lambda: self._hooks.start(self._services.wrap_up.undo(), "reopen the write-up")
        )

    def _started(self, event: WrapUpStarted) -> None:
        self._call, self._whole = event.call, float(event.seconds)
        self._ends_at = self._services.clock.mono() + event.seconds
        self._lines = []
        self._proposals = propose(self._opened(event.call.id), (), self._every)
        if event.wrap_up.category and event.wrap_up.category not in self._proposals:
            self._proposals = [*self._proposals[:-1], event.wrap_up.category]
        self._view.show_missing(False, False)
        self._view.show_next(self._services.agent.queued)
        self._view.show_lines([])
        self._show_choices()
        self._tick()
        self._clock.start()
        self._hooks.start(self._prepare(event.call), "propose categories")

    async def _prepare(self, call: Call) -> None:
        segments = await self._services.line.records.segments(call.id)
        known = {segment.start: segment for segment in segments}
        if self._services.transcript.segments and self._services.transcript.segments[0].call_id == call.id:
            known |= {segment.start: segment for segment in self._services.transcript.segments}
        lines = key_lines([known[start] for start in sorted(known)])
        offered: list[str] = []
        answers = self._services.faq.answers
        if answers is not None:
            articles = await answers.browse(limit=_ALL_ARTICLES)
            self._every = list(dict.fromkeys(a.category for a in articles if a.category)) or list(CATEGORIES)
            for line in lines:
                offered += [hit.category for hit in (await answers.search(line, limit=3))]
        if self._call is not call or self._services.wrap_up.open is None:
            return
        self._lines = lines
        self._view.show_lines(lines)
        if not self._services.wrap_up.open.category:
            self._proposals = propose(self._opened(call.id), offered, self._every)
        self._show_choices()

    def _finished(self) -> None:
        self._clock.stop()
        self._call = None

    def _show_choices(self) -> None:
        draft = self._services.wrap_up.open
        category, result = (draft.category, draft.result) if draft else ("", None)
        self._view.show_categories(self._proposals, category)
        self._view.show_result(result)

    def _tick(self) -> None:
        left = math.ceil(self._ends_at - self._services.clock.mono())
        self._view.show_time(left, left / self._whole if self._whole else 0.0)
