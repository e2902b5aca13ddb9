"""From what is said with somebody whom the agent asks to a conversation of its own in the transcript's pane."""

from __future__ import annotations

from desktop.domain.asked import Asked
from desktop.domain.transcript import Hypothesis, Leg, Segment
from desktop.domain.transcript_events import AskedRunning, AskedSaid, AskedShown
from desktop.services.desk_services import DeskServices
from desktop.ui.call.second_words import name_of_second
from desktop.ui.panes_contract import PaneHooks
from desktop.ui.transcript.line import ASKED_SIDES, Line, Running, asked_line
from desktop.ui.transcript.times import line_time
from desktop.ui.transcript.view import TranscriptView


class AskedPresenter:
    """Shows the consultation while the agent speaks in it, and gives the pane back to the citizen's call."""

    def __init__(self, view: TranscriptView, services: DeskServices, hooks: PaneHooks) -> None:
        self._view, self._hooks = view, hooks
        self._asked: Asked | None = None
        bus = services.bus
        self._ends = [
            bus.subscribe(AskedShown, self._shown),
            bus.subscribe(AskedSaid, lambda event: self._said(event.segment)),
            bus.subscribe(AskedRunning, lambda event: self._runs(event.hypothesis)),
        ]

    def close(self) -> None:
        """Hear no more events."""
        for end in self._ends:
            end()

    def _shown(self, event: AskedShown) -> None:
        self._asked = event.asked
        if event.asked is None:
            self._view.show_citizen()
        else:
            whom = name_of_second(event.asked, self._hooks.settings.current.mask_numbers)
            self._view.show_asked(whom, [self._line(segment) for segment in event.said])

    def _said(self, segment: Segment) -> None:
        if self._asked is None or segment.call_id != self._asked.call_id:
            return
        line = self._line(segment)
        self._view.asked.add(line)
        if self._hooks.settings.current.read_transcript and segment.leg is not Leg.AGENT:
            self._hooks.announce(self._view.asked.model.said(line))

    def _runs(self, said: Hypothesis) -> None:
        if self._asked is None or said.call_id != self._asked.call_id:
            return
        running = Running(ASKED_SIDES[said.leg], self._time(said.start), said.text, said.stable)
        self._view.asked.run(running)

    def _line(self, segment: Segment) -> Line:
        return asked_line(segment, self._time(segment.start))

    def _time(self, start: float) -> str:
        return line_time(start, self._asked.answered if self._asked else None, practice=False)
