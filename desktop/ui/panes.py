"""Middle and right of every situation: builds views and presenters, switches pages, deals out shared keys."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.agent import AgentState
from desktop.domain.events import AgentStateChanged, AnswersReplaced, SuggestionOffered, SuggestionWithdrawn
from desktop.services.desk_services import DeskServices
from desktop.ui.escalation.form_view import ReportFormView
from desktop.ui.escalation.presenter import ReportPresenter
from desktop.ui.faq.draft_presenter import DraftPresenter
from desktop.ui.faq.presenter import AnswersPresenter
from desktop.ui.faq.proposal_presenter import ProposalPresenter
from desktop.ui.faq.proposal_view import ProposalView
from desktop.ui.faq.view import AnswersView
from desktop.ui.history.presenter import HistoryPresenter
from desktop.ui.history.reading_presenter import ReadingPresenter
from desktop.ui.middle_pages import MiddleArea, MiddlePages
from desktop.ui.pages import Pages
from desktop.ui.panes_contract import PANE_SITUATIONS, PaneHooks, Place, Situation
from desktop.ui.protection.crisis_view import CrisisView
from desktop.ui.protection.incidents_presenter import IncidentsPresenter
from desktop.ui.protection.presenter import ProtectionPresenter
from desktop.ui.protection.procedure_view import ProcedureView
from desktop.ui.transcript.presenter import TranscriptPresenter
from desktop.ui.transcript.recording_mark import RecordingMark
from desktop.ui.wrap_up.presenter import WrapUpPresenter
from desktop.ui.wrap_up.view import WrapUpView

_CALL: tuple[Situation, ...] = ("talking", "abuse", "crisis", "wrap_up")
_GUARDED: tuple[Situation, ...] = ("abuse", "crisis")
_ON_THE_LINE: tuple[Situation, ...] = ("talking", "abuse", "crisis")


class DeskPanes:
    """Fulfils `Panes`. One stack of pages serves the middle of all situations, one the right."""

    def __init__(self, services: DeskServices, hooks: PaneHooks) -> None:
        self._services, self._hooks = services, hooks
        self._situation: Situation = "idle"
        self._middle, self._right = MiddlePages(), Pages()
        self._area = MiddleArea(self._middle)
        self.transcript, self.evidence = self._middle.transcript, self._middle.evidence
        self.today, self.earlier = self._middle.today, self._middle.earlier
        self.every, self.reading = self._middle.every, self._middle.reading
        self.incidents = self._middle.incidents
        self.answers, self.wrap_up_view, self.form = AnswersView(), WrapUpView(), ReportFormView()
        self.proposal, self.procedure, self.crisis = ProposalView(), ProcedureView(), CrisisView()
        for task in (self.answers, self.wrap_up_view, self.form, self.proposal, self.procedure, self.crisis):
            self._right.addWidget(task)
        self._transcript = TranscriptPresenter(self.transcript, services, hooks)
        self._recorded = RecordingMark(self.transcript, services)
        self._answers = AnswersPresenter(self.answers, services, hooks)
        self._draft = DraftPresenter(self.answers.article, services, hooks)
        self._proposal = ProposalPresenter(
            self.proposal, services, hooks, self._show_proposal, self._leave_proposal
        )
        self._history = HistoryPresenter(
            self.today, self.earlier, self.every, self._area.caller, self._area.waiting, services, hooks
        )
        self._reading = ReadingPresenter(self.reading, services, hooks)
        self._wrap_up = WrapUpPresenter(self.wrap_up_view, services, hooks, self._answers.opened_in)
        self._report = ReportPresenter(self.form, self.evidence, services, hooks)
        self._protection = ProtectionPresenter(
            self.procedure, self.crisis, services, hooks, self._enable, self._back_to_guard
        )
        self._incidents = IncidentsPresenter(self.incidents, services, hooks, self._enable)
        self._connect()
        self._answers.start()
        self._history.refresh()

    def _connect(self) -> None:
        action = self._hooks.action
        self.transcript.bind(action("find_in_call"), action("mark"), action("jump_to_live"))
        self.answers.bind(action("search"))
        self.wrap_up_view.bind(action("done"), action("more_time"), action("insert_lines"))
        self.form.bind(action("send_report"), action("withdraw"))
        action("search").triggered.connect(self._search)
        action("more_time").triggered.connect(self._more_time)
        action("take_suggestion").triggered.connect(self._answers.take)
        action("drop_suggestion").triggered.connect(self._answers.drop)
        action("copy_draft").triggered.connect(self._draft.copy)
        action("copy_detail").triggered.connect(self._transcript.copy_newest)
        action("spoken_language").triggered.connect(self._transcript.next_language)
        reader = self._answers.reader
        action("copy_to_notes").triggered.connect(reader.copy)
        action("flag").triggered.connect(reader.begin_flag)
        action("favourite").triggered.connect(lambda: reader.turn("favourite"))
        action("pin").triggered.connect(lambda: reader.turn("pin"))
        action("other_language").triggered.connect(reader.next_language)
        action("propose_edit").triggered.connect(lambda: self._proposal.begin(reader.article))
        action("propose_new").triggered.connect(lambda: self._proposal.begin(None))
        action("keep_form").triggered.connect(self._keep_form)
        self.answers.article.bind(action("flag"), {name: action(name) for name in self.answers.article.tools})
        self.answers.flag_form.bind(action("keep_form"))
        self.proposal.bind(action("keep_form"))
        action("show_original").triggered.connect(self._middle.show_original)
        for page in (self.reading, self.evidence):
            page.original.bind(action("show_original"))
        self._connect_calls()
        self._draft.changed.connect(self._enable)
        reader.changed.connect(self._enable)
        self._answers.proposal_opened.connect(self._proposal.begin_again)
        bus = self._services.bus
        bus.subscribe(SuggestionOffered, lambda _event: self._enable())
        bus.subscribe(SuggestionWithdrawn, lambda _event: self._enable())
        bus.subscribe(AnswersReplaced, lambda _event: self._enable())
        bus.subscribe(AgentStateChanged, lambda _event: self._catch_up())

    def _connect_calls(self) -> None:
        action = self._hooks.action
        action("call_back").triggered.connect(lambda: self._page_of_calls().call_back())
        for button in (self.reading.call_back, self.every.call_back):
            button.bind(action("call_back"))
        self.every.chosen_changed.connect(self._enable)
        self.reading.filled.connect(self._enable)
        self._middle.currentChanged.connect(lambda _index: self._enable())
        action("calls").triggered.connect(self._toggle_history)
        action("texts").triggered.connect(lambda: self._show_history(texts=True))
        action("find_in_call").triggered.connect(lambda: self._middle.show_page(self.transcript))
        action("incidents").triggered.connect(self._toggle_incidents)
        self.incidents.back_requested.connect(self.escape)
        self.earlier.incidents.bind(action("incidents"))
        for listed in (self.today, self.earlier):
            listed.button.bind(action("calls"))
            listed.row_opened.connect(self._read_call)
        for beside in (self.every, self._area.caller, self._area.waiting):
            beside.row_opened.connect(self._read_call)
        self.every.back_requested.connect(self.escape)
        self.reading.back_requested.connect(self.escape)
        self.answers.back_requested.connect(self.escape)

    # what the window asks
    @property
    def middle(self) -> Mapping[Situation, QWidget]:
        """One stack for all situations."""
        return dict.fromkeys(PANE_SITUATIONS, self._area)

    @property
    def right(self) -> Mapping[Situation, QWidget]:
        """One stack for all situations."""
        return dict.fromkeys(PANE_SITUATIONS, self._right)

    @property
    def wrap_up(self) -> WrapUpPresenter:
        """Drives the write-up."""
        return self._wrap_up

    @property
    def faq(self) -> AnswersPresenter:
        """Drives the answers."""
        return self._answers

    def entered(self, situation: Situation, before: Situation) -> None:
        """The window has switched: pages, the card's place, what can be pressed."""
        if situation not in PANE_SITUATIONS or (situation == "idle" and self._just_ended()):
            return
        before, self._situation = self._situation, situation
        reading = self._reading_answers() and before in _ON_THE_LINE
        self._middle.enter(situation)
        self._area.show_beside()
        self.answers.keep_card_place(situation in _ON_THE_LINE)
        writing = self._right.currentWidget() is self.proposal and situation in ("idle", "ringing")
        if situation == "report":
            self._right.show_page(self.form)
            self._report.enter()
        elif situation in _GUARDED:
            self._right.show_page(self._guard_page)
            self._protection.show()
        elif situation == "wrap_up" and not reading:
            self._right.show_page(self.wrap_up_view)
        elif not writing:
            self._right.show_page(self.answers)
        if situation == "idle" and before != "idle":
            self._history.refresh()
            # What was looked up before a caller who gave up, or is being read as the call ends, belongs to the agent.
            if before != "ringing" and not reading:
                self._answers.fresh()
        self._enable()

    def confirm(self) -> str:
        """Ctrl+Enter by where the focus is."""
        if self._situation == "report":
            here = self._right.holds_focus(self.form) or self._middle.holds_focus(self.evidence)
            return "send_report" if here else ""
        if self._right.holds_focus(self.wrap_up_view):
            return "done"
        if self._right.holds_focus(self.proposal) or self._answers.reader.flagging:
            return "keep_form"
        in_answers = self._right.holds_focus(self.answers) or self._situation in _ON_THE_LINE
        return "copy_to_notes" if in_answers and self._answers.read_article_id else ""

    def choose(self, digit: int) -> bool:
        """Ctrl+1..9 by what stands at the right."""
        page = self._right.currentWidget()
        if page in (self.procedure, self.crisis):
            return self._protection.choose(digit)
        if page is self.form:
            return self._report.digit(digit)
        if page is self.wrap_up_view:
            return self._wrap_up.choose_number(digit)
        return page is self.answers and self._answers.open_row(digit - 1)

    def escape(self) -> bool:
        """Close the top layer: find, call, calls, incidents, answers over the write-up, report, card, query, answer."""
        if self._middle.close_top():
            return True
        if self._situation in _ON_THE_LINE and self._protection.escape():
            return True
        if self._situation == "report":
            self._report.escape()
            return True
        if self._right.currentWidget() is self.proposal:
            self._proposal.later()
            return True
        if self._right.currentWidget() is self.answers and self._answers.reader.close_flag():
            return True
        if self._situation == "wrap_up" and self._right.currentWidget() is self.answers:
            self._right.show_page(self.wrap_up_view)
            self.wrap_up_view.first_focus().setFocus()
            self._enable()
            return True
        if self._back_to_guard():
            return True
        if self._services.faq.suggestion is not None:
            self._answers.drop()
            return True
        return self._answers.reader.close() or self.answers.clear_query() or self._answers.up()

    def focus(self, place: Place) -> QWidget | None:
        """The place last used there, else the first."""
        if place == "left":
            return None
        return (self._middle if place == "middle" else self._right).place_of_focus()

    # inside
    def _toggle_history(self) -> None:
        if self._middle.on_calls:
            self._middle.back()
        else:
            self._show_history()

    def _show_history(self, texts: bool = False) -> None:
        self._middle.show_page(self.every)
        self._history.show_all(texts)

    def _page_of_calls(self) -> HistoryPresenter | ReadingPresenter:
        """Who is asked about calling back: the call that is read, else the list."""
        return self._reading if self._middle.currentWidget() is self.reading else self._history

    def _toggle_incidents(self) -> None:
        if self._middle.currentWidget() is self.incidents:
            self._middle.back()
            return
        self._incidents.show()
        self._middle.open_incidents()

    def _read_call(self, call_id: str) -> None:
        self._reading.read(call_id)
        self._middle.open_reading()

    def _search(self) -> None:
        if self._situation != "report":
            self._right.show_page(self.answers)
            self.answers.focus_field()
            self._enable()

    @property
    def _guard_page(self) -> ProcedureView | CrisisView:
        return self.crisis if self._situation == "crisis" else self.procedure

    def _back_to_guard(self) -> bool:
        """From what was looked up meanwhile to the procedure or the crisis; False where it is there, or none runs."""
        page = self._guard_page
        if self._situation not in _GUARDED or self._right.currentWidget() is page:
            return False
        focus = QApplication.focusWidget()
        left = focus is not None and self._right.isAncestorOf(focus)
        self._right.show_page(page)
        if left:
            page.place_to_return().setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._enable()
        return True

    def _show_proposal(self) -> None:
        self._right.show_page(self.proposal)
        self.proposal.first_focus().setFocus()
        self._enable()

    def _leave_proposal(self) -> None:
        self._right.show_page(self.answers)
        self.answers.focus_field()
        self._answers.refresh()
        self._enable()

    def _keep_form(self) -> None:
        if self._right.currentWidget() is self.proposal:
            self._proposal.finish()
        else:
            self._answers.reader.keep_flag()

    def _reading_answers(self) -> bool:
        """The agent types in the search field or reads: a call's end takes nothing away."""
        busy = bool(self._answers.read_article_id or self.answers.field.query.strip())
        return busy and self._right.holds_focus(self.answers)

    def _just_ended(self) -> bool:
        """A call is over and its write-up not open yet: nothing that is read or typed in may vanish for that moment."""
        return self._services.agent.state is AgentState.ON_CALL and self._services.calls.current is None

    def _catch_up(self) -> None:
        """No write-up came: show what was put off."""
        waits = self._services.wrap_up.open is not None or self._just_ended()
        if self._hooks.situation == "idle" != self._situation and not waits:
            self.entered("idle", self._situation)

    def _may_extend(self) -> bool:
        protection = self._services.protection
        return protection.state.class_id == protection.policy.time_class

    def _more_time(self) -> None:
        if self._situation == "abuse":
            self._protection.ask_reason()

    def _enable(self) -> None:
        action, situation = self._hooks.action, self._situation
        call = situation in _CALL
        article = bool(self._answers.read_article_id)
        seen = article and self._right.currentWidget() is self.answers
        states = {
            "find_in_call": call,
            "mark": call,
            "jump_to_live": situation in _ON_THE_LINE,
            "spoken_language": situation in _ON_THE_LINE,
            "take_suggestion": self._services.faq.suggestion is not None,
            "drop_suggestion": self._services.faq.suggestion is not None,
            "copy_to_notes": call and article,
            "copy_draft": call and article and self._draft.ready,
            "copy_detail": call,
            "done": situation == "wrap_up",
            "more_time": situation == "wrap_up" or (situation == "abuse" and self._may_extend()),
            "said_it": situation == "abuse",
            "calm": situation == "abuse",
            "change_type": situation == "abuse",
            "crisis": situation in _ON_THE_LINE,
            "incidents": self._incidents.any and situation in (*_CALL, "ringing"),
            "insert_lines": situation == "wrap_up",
            "send_report": situation == "report",
            "withdraw": situation == "report",
            "show_original": self._middle.currentWidget() in (self.reading, self.evidence),
            "call_back": situation == "idle" and self._middle.on_calls and self._page_of_calls().callable,
            "search": situation != "report",
            "flag": seen,
            "favourite": seen,
            "pin": seen,
            "other_language": seen,
            "propose_edit": seen,
            "propose_new": situation != "report" and self._services.faq.answers is not None,
        }
        for name, on in states.items():
            action(name).setEnabled(on)
        self.earlier.show_incidents(self._incidents.any)
        self.answers.show_copy(call and article)
        over = situation in ("wrap_up", *_GUARDED) and self._right.currentWidget() is self.answers
        self.answers.show_back(situation if over else "")


def build_panes(services: DeskServices, hooks: PaneHooks) -> DeskPanes:
    """Both panes of every situation."""
    return DeskPanes(services, hooks)
