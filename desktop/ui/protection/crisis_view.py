"""The crisis panel: what to say, where the caller is, what to find out, whom to bring in. No warning is in reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.pages import PagePanel
from desktop.ui.protection.supervisor_button import SupervisorButton
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import (
    Band,
    Button,
    Chip,
    ChoiceButton,
    Field,
    Label,
    Paragraph,
    ReasonField,
    Rule,
    Scroll,
    col,
    row,
)

FIRST_LINE_KEY = 7
MOST_LINES = 3
MOST_CHECKS = 6


@dataclass(frozen=True, slots=True)
class CrisisContent:
    """`checks` are (word, done), `lines` (number, word, called). `hint` says what calling somebody does, or that no
    number is known; `supervisor_called`: F10 was pressed in this crisis."""

    sentence: str
    aid: str
    next_sentence: str
    place: str
    checks: tuple[tuple[str, bool], ...]
    lines: tuple[tuple[str, str, bool], ...]
    hint: str
    supervisor_called: bool
    sealed: str


class CrisisView(PagePanel):
    """Its own colour, neither amber nor red."""

    place_changed = Signal(str)
    check_pressed = Signal(int, bool)
    line_pressed = Signal(int)
    left = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", shown("crisis"), margins=("m", "s", "m", "m"), parent=parent)
        self._stay = Chip(tone="care", icon="care", strong=True)
        self._band = Band()
        self._say = Label("", "captionStrong", "careText")
        self._sentence, self._aid = Paragraph(style="say"), Paragraph(style="caption", colour="text2")
        self._place_title, self.place = Label("", "captionStrong", "text2"), Field()
        self._checks_title = Label("", "captionStrong", "text2")
        self.checks = [ChoiceButton("", f"Ctrl+{n}", tick=True) for n in range(1, MOST_CHECKS + 1)]
        self._next_title, self._next = Label("", "captionStrong", "text2"), Paragraph()
        self._hint = Paragraph(style="caption", colour="text2")
        self.supervisor = SupervisorButton()
        self.lines = [
            Button("", f"Ctrl+{FIRST_LINE_KEY + n}", kind="care", height="call", fixed=True)
            for n in range(MOST_LINES)
        ]
        self._line_words = [Label("", "caption", "text2") for _ in range(MOST_LINES)]
        self._sealed = Label("", "caption", "text2", tabular=True)
        self.leave = Button("", kind="quiet", height="small", strong=False)
        self._reason = ReasonField()
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.add_to_head(self._stay)
        content = QWidget()
        column = col(content, gap="s")
        inside = col(self._band, gap="xs", margins=("m", "s", "m", "m"))
        for part in (self._say, self._sentence, self._aid):
            inside.addWidget(part)
        for below in (self._band, self._place_title, self.place, self._checks_title, *self.checks):
            column.addWidget(below)
        column.addWidget(self._next_title)
        column.addWidget(self._next)
        column.addStretch()
        for tick in self.checks:
            tick.set_kind("quiet")
        self.body.addWidget(Scroll(content), 1)
        self.body.addWidget(Rule())
        whom = row()
        whom.addWidget(self._hint, 1)
        whom.addWidget(self.supervisor)
        self.body.addLayout(whom)
        line = row()
        for button, words in zip(self.lines, self._line_words, strict=True):
            cell = QWidget()
            stack = col(cell, gap="xs")
            stack.addWidget(button)
            stack.addWidget(words)
            line.addWidget(cell, 1)
        self.body.addLayout(line)
        foot = row()
        foot.addWidget(self._sealed, 1)
        foot.addWidget(self.leave)
        self.body.addLayout(foot)
        self.body.addWidget(self._reason)

    def _connect(self) -> None:
        self.place.textEdited.connect(self.place_changed)
        for number, tick in enumerate(self.checks):
            tick.clicked.connect(partial(self._tick, number))
        for number, button in enumerate(self.lines):
            button.clicked.connect(partial(self._line, number))
        self.leave.clicked.connect(self._reason.ask)
        self._reason.given.connect(self._leave)

    def retranslate(self) -> None:
        """Words that never change."""
        self.set_title(self.tr("Crisis call"))
        self._stay.set(self.tr("Stay on the line"), "care", "care")
        self._say.setText(self.tr("Say this"))
        self._place_title.setText(self.tr("Where the caller is"))
        self.place.setAccessibleName(self._place_title.text())
        self._checks_title.setText(self.tr("Find out"))
        for check in self.checks:
            check.set_purpose(self._checks_title.text())
        self._next_title.setText(self.tr("What to say next"))
        self.leave.setText(self.tr("It is no crisis"))
        self._reason.set_words(self.tr("Why it is no crisis, then Enter"))

    def show_content(self, content: CrisisContent) -> None:
        """Everything anew; the place is left alone while the agent writes in it."""
        self._sentence.set(content.sentence)
        self._aid.set(content.aid)
        self._aid.setVisible(bool(content.aid))
        self._next.set(content.next_sentence)
        self._next_title.setVisible(bool(content.next_sentence))
        if not self.place.hasFocus() and self.place.text() != content.place:
            self.place.setText(content.place)
        _fill(self.checks, [word for word, _ in content.checks])
        for tick, (_, done) in zip(self.checks, content.checks, strict=False):
            tick.setChecked(done)
        _fill(self.lines, [number for number, _, _ in content.lines])
        rows = zip(self._line_words, self.lines, content.lines, strict=False)
        for place, (label, button, (_, word, called)) in enumerate(rows):
            label.setText(word)
            button.set_purpose(self.tr("{line}, called").format(line=word) if called else word)
            button.set_icon("check" if called else "")
            # The number must be read whole: beside the tick its key has no room.
            button.set_key("" if called else f"Ctrl+{FIRST_LINE_KEY + place}")
        for label, button in zip(self._line_words, self.lines, strict=True):
            label.setVisible(not button.isHidden())
        self._hint.set(content.hint)
        self._show_supervisor(content)
        self._sealed.setText(content.sealed)

    def _show_supervisor(self, content: CrisisContent) -> None:
        """Without a number of the policy the supervisor is the only one to call, and looks it."""
        self.supervisor.set_kind("quiet" if content.lines else "care")
        self.supervisor.set_icon("check" if content.supervisor_called else "")
        self.supervisor.set_purpose(self.tr("called") if content.supervisor_called else "")

    def choose(self, digit: int) -> bool:
        """Ctrl+1.. ticks, Ctrl+7.. brings somebody in."""
        if digit <= MOST_CHECKS and not self.checks[digit - 1].isHidden():
            self.checks[digit - 1].click()
            return True
        place = digit - FIRST_LINE_KEY
        if 0 <= place < MOST_LINES and not self.lines[place].isHidden():
            self.lines[place].click()
            return True
        return False

    def close_reason(self) -> bool:
        """Esc: the crisis goes on."""
        return self._reason.close_to(self.place)

    def first_focus(self) -> QWidget:
        """Where the focus begins."""
        return self.place

    def place_to_return(self) -> QWidget:
        """Where it goes on from answers that were looked up meanwhile."""
        return self.place

    def _tick(self, place: int) -> None:
        self.check_pressed.emit(place, self.checks[place].isChecked())

    def _line(self, place: int) -> None:
        self.line_pressed.emit(place)

    def _leave(self, reason: str) -> None:
        self._reason.hide()
        self.left.emit(reason)


def _fill(buttons: Sequence[Button], words: Sequence[str]) -> None:
    for place, button in enumerate(buttons):
        button.setVisible(place < len(words))
        if place < len(words):
            button.setText(words[place])
