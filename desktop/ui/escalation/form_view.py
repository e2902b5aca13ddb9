"""The report: it exists from the first press of the red button; the form only adds what a machine can't know."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.escalation import AbuseKind, Feeling
from desktop.ui.escalation.form_more import FormMore
from desktop.ui.escalation.form_steps import FEELINGS, KINDS, SIZES, FormSteps, Group
from desktop.ui.pages import PagePanel
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import (
    Button,
    ChoiceButton,
    Choices,
    Field,
    Label,
    Notice,
    Paragraph,
    ReasonField,
    Scroll,
    col,
    row,
)

COLUMNS = {Group.KIND: 2, Group.THREAT: 2, Group.FEELING: 3}


class ReportFormView(PagePanel):
    """Digits answer the group that listens; they are shown there only."""

    choice_made = Signal(object, int)
    checks_changed = Signal(bool, bool)
    demand_changed = Signal(str)
    send_requested = Signal()
    later_requested = Signal()
    withdraw_requested = Signal(str)
    digit_pressed = Signal(int)
    group_focused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", shown("pane_3"), margins=("m", "s", "m", "m"), parent=parent)
        self._runs = False
        self._police = ""
        self._id = Label("", "caption", "text3", tabular=True)
        self._hint = Paragraph("", "caption", "text2")
        self._sending = Paragraph("", "captionStrong", "text2")
        self._titles = {group: Label("", "captionStrong", "text2") for group in Group}
        self.groups = {group: Choices([""] * SIZES[group], [], COLUMNS[group]) for group in Group}
        self._separation = ChoiceButton("", tick=True)
        self._counselling = ChoiceButton("", tick=True)
        self._demand_title = Label("", "captionStrong", "text2")
        self.demand = Field()
        self.more = FormMore()
        self._missing = Notice()
        self._send = Button("", shown("send_report"), icon="shield", kind="primary", height="call")
        self._later = Button("", "Esc", kind="quiet", height="small", strong=False)
        self._reason = ReasonField()
        self.withdraw = Button("", shown("withdraw"), kind="quiet", height="small", strong=False)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.add_to_head(self._id)
        content = QWidget()
        form = col(content, gap="s")
        form.addWidget(self._hint)
        form.addWidget(self._sending)
        for group in Group:
            form.addWidget(self._titles[group])
            form.addWidget(self.groups[group])
        for tick in (self._separation, self._counselling):
            tick.set_kind("quiet")
            form.addWidget(tick)
        form.addWidget(self._demand_title)
        form.addWidget(self.demand)
        form.addWidget(self.more)
        form.addStretch()
        self.body.addWidget(Scroll(content), 1)
        self.body.addWidget(self._missing)
        self.body.addWidget(self._send)
        self.body.addWidget(self._reason)
        foot = row()
        for button in (self._later, self.withdraw):
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addLayout(foot)
        for widget in (self._missing, self._sending):
            widget.hide()

    def _connect(self) -> None:
        for group, choices in self.groups.items():
            choices.chosen.connect(lambda index, which=group: self.choice_made.emit(which, index))
            for button in choices.buttons:
                button.installEventFilter(self)
        for tick in (self._separation, self._counselling):
            tick.clicked.connect(self._tell_checks)
        self.demand.textEdited.connect(self.demand_changed)
        self._send.clicked.connect(self.send_requested)
        self._later.clicked.connect(self.later_requested)
        self.withdraw.clicked.connect(self._ask_reason)
        self._reason.given.connect(self._withdraw)

    def bind(self, send: QAction, withdraw: QAction) -> None:
        """Let the window's actions send, and ask why it is withdrawn."""
        send.triggered.connect(self.send_requested)
        withdraw.triggered.connect(self._ask_reason)

    def retranslate(self) -> None:
        """Words changed."""
        self.set_title(self.tr("Incident report"))
        self._hint.set(self.tr("Three digits and Ctrl+Enter, and it is done."))
        questions = {
            Group.KIND: self.tr("Type"),
            Group.THREAT: self.tr("A concrete threat?"),
            Group.FEELING: self.tr("How are you"),
        }
        for mark, (group, question) in zip("①②③", questions.items(), strict=True):
            self._titles[group].setText(f"{mark} {question}")
            self.groups[group].set_question(question)
        self.groups[Group.KIND].set_words([self._kind_words(kind) for kind in KINDS])
        self.groups[Group.THREAT].set_words([self.tr("No"), self._threat_words()])
        self.groups[Group.FEELING].set_words([self._feeling_words(feeling) for feeling in FEELINGS])
        self._separation.setText(self.tr("Keep this caller away from me"))
        self._counselling.setText(self.tr("I would like counselling"))
        self._demand_title.setText(self.tr("What was asked"))
        self.demand.setAccessibleName(self.tr("What was asked"))
        self.more.retranslate()
        self._missing.set(self.tr("Name the type first: one digit, 1 to 7."), icon="lines")
        self._send.setText(self.tr("Save the report"))
        self.withdraw.setText(self.tr("It was a mistake"))
        self._reason.setPlaceholderText(self.tr("Why it is withdrawn, then Enter"))
        self._reason.setAccessibleName(self._reason.placeholderText())
        self.show_call_runs(self._runs)

    def show_form(self, steps: FormSteps, walk: bool) -> None:
        """The form as it stands; with `walk` the focus goes from group to group, unless the agent writes or is
        elsewhere."""
        for group, choices in self.groups.items():
            choices.set_index(steps.chosen(group))
            listens = group is steps.listening
            for place, button in enumerate(choices.buttons):
                button.set_key(str(place + 1) if listens else "")
        form = steps.form
        self._separation.setChecked(form.wants_separation)
        self._counselling.setChecked(form.wants_counselling)
        if self.demand.text() != form.demand:
            self.demand.setText(form.demand)
        self.more.show_form(form)
        focus = self.window().focusWidget()
        writes = focus in (self.demand, self.more.reference)
        if walk and not writes and (focus is None or self.isAncestorOf(focus)):
            self._focus_group(steps)

    def show_id(self, text: str) -> None:
        """The report's number."""
        self._id.setText(text)

    def show_sending(self, text: str) -> None:
        """When the report goes out by itself, or that it did; "" for neither."""
        self._sending.set(text)
        self._sending.setVisible(bool(text))

    def show_withdrawing(self, possible: bool) -> None:
        """Whether the report can be withdrawn: not while its call runs, and not twice."""
        self.withdraw.setVisible(possible)
        if not possible:
            self._reason.hide()

    def close_reason(self) -> bool:
        """Esc: it is not withdrawn; whether that was asked."""
        return self._reason.close_to(self.withdraw)

    def show_missing(self, on: bool) -> None:
        """Say that the type is still missing."""
        self._missing.setVisible(on)

    def show_police(self, number: str) -> None:
        """Whom a concrete threat is told; "" where the centre names nobody."""
        self._police = number
        self.groups[Group.THREAT].set_words([self.tr("No"), self._threat_words()])

    def _threat_words(self) -> str:
        return (
            self.tr("Yes · consider {number}").format(number=self._police) if self._police else self.tr("Yes")
        )

    def show_call_runs(self, runs: bool) -> None:
        """Whether leaving leads back to a call."""
        self._runs = runs
        self._later.setText(self.tr("Back to the call, finish later") if runs else self.tr("Finish later"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The group that has the focus is the one that listens."""
        if event.type() is QEvent.Type.FocusIn:
            for group, choices in self.groups.items():
                if watched in choices.buttons:
                    self.group_focused.emit(group)
        return super().eventFilter(watched, event)

    def first_focus(self) -> QWidget:
        """Where the focus begins."""
        return self.groups[Group.KIND].buttons[0]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A bare digit that no field took answers the listening group."""
        if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and event.text().isdecimal():
            self.digit_pressed.emit(int(event.text()))
            return
        super().keyPressEvent(event)

    def _focus_group(self, steps: FormSteps) -> None:
        choices = self.groups[steps.listening]
        if not self.isVisible():
            return
        choices.buttons[max(0, steps.chosen(steps.listening))].setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_reason(self) -> None:
        if not self.withdraw.isHidden():
            self._reason.ask()

    def _withdraw(self, reason: str) -> None:
        self._reason.hide()
        self.withdraw_requested.emit(reason)

    def _tell_checks(self) -> None:
        self.checks_changed.emit(self._separation.isChecked(), self._counselling.isChecked())

    def _kind_words(self, kind: AbuseKind) -> str:
        words = {
            AbuseKind.VERBAL: self.tr("Verbal abuse"),
            AbuseKind.SEXUAL: self.tr("Sexual"),
            AbuseKind.THREAT: self.tr("Threat"),
            AbuseKind.LONG_REPEATED: self.tr("Long, repeated"),
            AbuseKind.PRANK: self.tr("Prank"),
            AbuseKind.OTHER: self.tr("Other"),
            AbuseKind.CRISIS: self.tr("Crisis, no abuse"),
        }
        return words[kind]

    def _feeling_words(self, feeling: Feeling) -> str:
        words = {
            Feeling.FINE: self.tr("Fine"),
            Feeling.SHAKEN: self.tr("Shaken"),
            Feeling.HARD: self.tr("Hurt"),
        }
        return words[feeling]
