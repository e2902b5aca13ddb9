"""The pages of the middle: what each situation shows there, and what the agent opens over it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.escalation.evidence_view import EvidenceView
from desktop.ui.history.all_calls import AllCallsView
from desktop.ui.history.reading_view import CallReadingView
from desktop.ui.history.view import CallListView
from desktop.ui.pages import Pages
from desktop.ui.panes_contract import Situation
from desktop.ui.protection.incidents_view import IncidentsView
from desktop.ui.transcript.view import TranscriptView

_COMES_BY_ITSELF: tuple[Situation, ...] = ("ringing", "wrap_up", "idle")
"""What takes no page away that the agent works in."""


class MiddlePages(Pages):
    """One stack for all situations. `situation` is the one that is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.situation: Situation = "idle"
        self.today, self.earlier = CallListView("today"), CallListView("earlier")
        self.every, self.reading = AllCallsView(), CallReadingView()
        self.transcript, self.evidence, self.incidents = TranscriptView(), EvidenceView(), IncidentsView()
        for page in (
            self.today,
            self.earlier,
            self.transcript,
            self.evidence,
            self.every,
            self.reading,
            self.incidents,
        ):
            self.addWidget(page)

    def enter(self, situation: Situation) -> None:
        """Another situation: its page, unless the agent works in one that no key of theirs has closed."""
        self.situation = situation
        works = any(self.holds_focus(page) for page in (self.every, self.reading, self.incidents))
        if situation not in _COMES_BY_ITSELF or not works:
            self.show_own()

    def show_own(self) -> None:
        """The page of the situation."""
        pages: dict[Situation, QWidget] = {
            "idle": self.today,
            "ringing": self.earlier,
            "talking": self.transcript,
            "abuse": self.transcript,
            "crisis": self.transcript,
            "wrap_up": self.transcript,
            "report": self.evidence,
        }
        self.show_page(pages[self.situation])

    def back(self) -> None:
        """To the page of the situation, with the focus."""
        self.show_own()
        target = self.place_of_focus()
        if target is not None:
            target.setFocus()

    @property
    def on_calls(self) -> bool:
        """Whether the list of all calls is shown, or one that is read from it."""
        return self.currentWidget() in (self.every, self.reading)

    def open_incidents(self) -> None:
        """Show the caller's earlier incidents."""
        self.show_page(self.incidents)
        self.incidents.first_focus().setFocus()

    def open_reading(self) -> None:
        """Show the call that is read."""
        self.show_page(self.reading)
        self.reading.first_focus().setFocus()

    def show_original(self) -> None:
        """Ask for the original of what is masked."""
        page = self.currentWidget()
        if isinstance(page, CallReadingView | EvidenceView):
            page.original.wanted.emit(None)

    def close_top(self) -> bool:
        """Esc: find, an original, a call, the calls or incidents; False where the situation's own page is bare."""
        page = self.currentWidget()
        if page is self.transcript and self.transcript.close_find():
            return True
        if self.reading.original.close() or self.evidence.original.close():
            return True
        if page is self.reading:
            self.show_page(self.every)
            self.every.first_focus().setFocus()
            return True
        if page is self.incidents and self.incidents.close_reason():
            return True
        if page in (self.every, self.incidents):
            self.back()
            return True
        return False
