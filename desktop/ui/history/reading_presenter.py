"""One call read again: masked while numbers are, but for what the agent gave a reason for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from desktop.domain.asked import Asked
from desktop.domain.call import Call
from desktop.domain.events import LineChanged
from desktop.domain.line_quality import LineFacts
from desktop.domain.originals import NOTES, NUMBER, CallItem, line_item
from desktop.domain.transcript import Segment
from desktop.domain.wrapup import WrapUp
from desktop.services.desk_services import DeskServices
from desktop.ui.call.line_words import kept_text
from desktop.ui.call.second_words import name_of_second
from desktop.ui.history.originals import Originals, original_words
from desktop.ui.history.reading_view import CallDetail, CallReadingView
from desktop.ui.history.rows import can_be_called, report_words, row_of, shown_number, shown_words
from desktop.ui.panes_contract import PaneHooks
from desktop.ui.transcript.line import Line, Side, asked_line, line_of
from desktop.ui.transcript.times import line_time


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a call, unmasked."""

    call: Call
    wrap_up: WrapUp | None
    segments: Sequence[Segment]
    notes: str
    report: str
    line: LineFacts | None
    asked: Sequence[tuple[Asked, Sequence[Segment]]] = ()
    """Who was asked meanwhile, and what was said with them."""

    def time(self, segment: Segment) -> str:
        """When a line was said."""
        return line_time(segment.start, self.call.confirmed, bool(self.call.scenario))


class ReadingPresenter:
    """Feeds the page of one call. Fulfils `MaskedPage`."""

    def __init__(self, view: CallReadingView, services: DeskServices, hooks: PaneHooks) -> None:
        self._view, self._services, self._hooks = view, services, hooks
        self._read: _Read | None = None
        self._originals = Originals(view.original, self, services, hooks)
        view.left.connect(self._originals.forget)
        view.report_requested.connect(
            lambda call_id: hooks.start(self._open_report(call_id), "open an earlier report")
        )
        services.bus.subscribe(LineChanged, lambda _event: self._drop())

    @property
    def call_id(self) -> str:
        """The call that is shown."""
        return self._read.call.id if self._read is not None else ""

    def read(self, call_id: str) -> None:
        """Show one call with its transcript and notes."""
        self._drop()
        self._hooks.start(self._load(call_id), "load a call")

    @property
    def callable(self) -> bool:
        """Whether whoever called, or was called, can be called now."""
        return self._read is not None and can_be_called(self._read.call.remote)

    def call_back(self) -> None:
        """Call them."""
        if self._read is not None and self.callable:
            self._hooks.start(self._services.calls.dial(self._read.call.remote), "call back")

    def masked_items(self) -> Sequence[tuple[CallItem, str]]:
        """The chosen line, notes, number, then the other lines."""
        read = self._read
        if read is None or not self._hooks.settings.current.mask_numbers:
            return []
        lines = {line_item(s): s for s in read.segments if shown_words(s.text, True) != s.text}
        items = list(lines)
        remote = read.call.remote
        if shown_number(remote, True) != shown_number(remote, False):
            items.insert(0, NUMBER)
        if shown_words(read.notes, True) != read.notes:
            items.insert(0, NOTES)
        chosen = self._view.chosen_item()
        items.sort(key=lambda item: item != chosen)
        times = {item: read.time(segment) for item, segment in lines.items()}
        return [(i, original_words(i, times.get(i, ""))) for i in items if i not in self._originals]

    def show_again(self) -> None:
        """The same call; the chosen line and the place stay."""
        if self._read is not None:
            self._view.show_call_again(self._detail(self._read))
            self._originals.offer()

    async def _load(self, call_id: str) -> None:
        records = self._services.line.records
        call = await records.call(call_id)
        if call is None:
            return
        segments, wrap_up = await records.segments(call_id), await records.wrap_up(call_id)
        notes, report = await self._services.notes.load(call_id), await self._report_words(call_id)
        line = await records.line_facts(call_id)
        asked = [(one, await records.segments(one.call_id)) for one in await records.asked_beside(call_id)]
        self._read = _Read(call, wrap_up, segments, notes, report, line, asked)
        self._view.show_call(self._detail(self._read))
        self._originals.offer()

    def _detail(self, read: _Read) -> CallDetail:
        lines = [
            line_of(replace(s, text=shown_words(s.text, self._masks(line_item(s)))), read.time(s))
            for s in read.segments
        ]
        for asked, said in read.asked:
            lines += self._asked_lines(asked, said, after=lines[-1].start if lines else 0.0)
        row = row_of(read.call, read.wrap_up, self._services.clock.now(), self._masks(NUMBER))
        notes = shown_words(read.notes, self._masks(NOTES))
        return CallDetail(row, lines, notes, kept_text(read.call, read.line), read.report)

    def _asked_lines(self, asked: Asked, said: Sequence[Segment], after: float) -> list[Line]:
        """A consultation below the citizen's call, never between its lines."""
        if not said:
            return []
        mask = self._hooks.settings.current.mask_numbers
        words = QCoreApplication.translate("CallRow", "Consultation: {who}")
        lines = [Line(Side.DESK, "", words.replace("{who}", name_of_second(asked, mask)), after)]
        for segment in said:
            masked = replace(segment, text=shown_words(segment.text, mask))
            line = asked_line(masked, line_time(segment.start, asked.answered, practice=False))
            lines.append(replace(line, start=after + 1.0 + segment.start))
        return lines

    def _masks(self, item: CallItem) -> bool:
        return self._hooks.settings.current.mask_numbers and item not in self._originals

    def _drop(self) -> None:
        self._originals.forget()
        self._read = None

    async def _report_words(self, call_id: str) -> str:
        found = await self._services.line.records.escalation(call_id)
        if found is None or not found.versions:
            return ""
        return report_words(found, self._services.untouched.due(found), self._services.clock.now())

    async def _open_report(self, call_id: str) -> None:
        """Write on at an earlier report. Not in a call: its own evidence goes on meanwhile."""
        services = self._services
        call = await services.line.records.call(call_id)
        if call is None or services.calls.current is not None:
            words = QCoreApplication.translate("CallRow", "The report opens once the call is over.")
            self._hooks.show_toast(words)
        elif await services.escalation.reopen(call) is not None:
            self._hooks.open_report()
