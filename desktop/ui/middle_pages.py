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
from desktop.ui.theme.look import look
from desktop.ui.transcript.view import TranscriptView
from desktop.ui.widgets import row

_COMES_BY_ITSELF: tuple[Situation, ...] = ("ringing", "wrap_up", "idle")
"""What takes no page away that the agent works in."""


_WITH_CALLER: tuple[Situation, ...] = ("talking", "abuse", "crisis", "wrap_up", "report")
"""Where earlier calls of the caller stand beside the middle, if it is broad; else who waits to be called back."""


class MiddlePages(Pages):
    """One stack for all situations. `situation` is the one that is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.situation: Situation = "idle"
        self.today, self.earlier = CallListView("today"), CallListView("earlier")
        self.every, self.reading = AllCallsView(), CallReadingView()
        self.transcript, self.evidence, self.incidents = TranscriptView(), EvidenceView(), IncidentsView()
        self._read_from: QWidget = self.every
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
        """Show the call that is read; Esc leads back to where it was opened."""
        page = self.currentWidget()
        if page is not None and page is not self.reading:
            self._read_from = page
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
            self.show_page(self._read_from)
            if (target := self.place_of_focus()) is not None:
                target.setFocus()
            return True
        if page is self.incidents and self.incidents.close_reason():
            return True
        if page in (self.every, self.incidents):
            self.back()
            return True
        return False


class MiddleArea(QWidget):
    """The pages, and on a broad screen calls beside them, which else would only be stretched."""

    def __init__(self, pages: MiddlePages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = pages
        self.caller, self.waiting = CallListView("caller"), CallListView("waiting")
        line = row(self)
        line.addWidget(pages, 1)
        for beside in (self.caller, self.waiting):
            line.addWidget(beside)
        self.restyle()

    def restyle(self) -> None:
        """The layout may be another one."""
        if look().broad:
            for beside in (self.caller, self.waiting):
                beside.setFixedWidth(look().column("beside"))
        self.show_beside()

    def show_beside(self) -> None:
        """What stands beside the page of the situation."""
        with_caller = self.pages.situation in _WITH_CALLER
        for beside, wanted in ((self.caller, with_caller), (self.waiting, not with_caller)):
            there = look().broad and wanted
            focus = self.window().focusWidget()
            if not there and focus is not None and beside.isAncestorOf(focus):
                focus.clearFocus()
            beside.setVisible(there)
