"""The crisis panel: what to say, where the caller is, what to find out, whom to bring in. No warning is in reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.ui.pages import PagePanel
from desktop.ui.protection.halves import Halves
from desktop.ui.protection.supervisor_button import SupervisorButton
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import changes, look
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
        self._grid, self._whom, self._foot = QGridLayout(), row(), row()
        self._halves = Halves()
        self._after_sentence, self._after_checks = col(gap="s"), col(gap="s")
        self._shown: tuple[tuple[str, str, bool], ...] = ()
        self.leave = Button("", kind="quiet", height="small", strong=False)
        self._reason = ReasonField()
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.add_to_head(self._stay)
        content = self._halves
        inside = col(self._band, gap="xs", margins=("m", "s", "m", "m"))
        for part in (self._say, self._sentence, self._aid):
            inside.addWidget(part)
        content.first.addWidget(self._band)
        for below in (self._place_title, self.place, self._checks_title):
            content.second.addWidget(below)
        content.second.addLayout(self._grid)
        content.first.addLayout(self._after_sentence)
        content.second.addLayout(self._after_checks)
        for column in (content.first, content.second):
            column.addStretch()
        for words in (self._next_title, self._next):
            words.setParent(content)
        for tick in self.checks:
            tick.set_kind("quiet")
        self.body.addWidget(Scroll(content), 1)
        self.body.addWidget(Rule())
        self.body.addLayout(self._whom)
        self._whom.addWidget(self._hint, 1)
        line = row()
        for button, words in zip(self.lines, self._line_words, strict=True):
            cell = QWidget()
            stack = col(cell, gap="xs")
            stack.addWidget(button)
            stack.addWidget(words)
            line.addWidget(cell, 1)
        self.body.addLayout(line)
        self._foot.addWidget(self._sealed, 1)
        self._foot.addWidget(self.leave)
        self.body.addLayout(self._foot)
        self.body.addWidget(self._reason)
        changes().folding.connect(self._fold)
        self._halves.turned.connect(self._fold)
        self._fold()

    def _fold(self) -> None:
        """One pane at a time is wide and low: two checks in a row, the supervisor in the last line, what a number is
        for in its button, and where two columns fit both sentences in the first."""
        folded = look().folded
        self._grid.setSpacing(look().space("s"))
        for number, tick in enumerate(self.checks):
            self._grid.addWidget(tick, *divmod(number, 2 if folded else 1))
        for words in (self._next_title, self._next):
            (self._after_sentence if self._halves.beside else self._after_checks).addWidget(words)
        if folded:
            self._foot.insertWidget(1, self.supervisor)
        else:
            self._whom.addWidget(self.supervisor)
        self._show_lines(self._shown)
        self._hint.setVisible(not (folded and self._shown))

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
        self._shown = content.lines
        self._hint.set(content.hint)
        self._fold()
        self._show_supervisor(content)
        self._sealed.setText(content.sealed)

    def _show_lines(self, lines: tuple[tuple[str, str, bool], ...]) -> None:
        beside = look().folded
        _fill(self.lines, [f"{number} · {word}" if beside else number for number, word, _ in lines])
        for place, (label, button) in enumerate(zip(self._line_words, self.lines, strict=True)):
            label.setVisible(place < len(lines) and not beside)
            if place < len(lines):
                _, word, called = lines[place]
                label.setText(word)
                button.set_purpose(self.tr("{line}, called").format(line=word) if called else word)
                button.set_icon("check" if called else "")
                # The number must be read whole: beside the tick its key has no room.
                button.set_key("" if called else f"Ctrl+{FIRST_LINE_KEY + place}")

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
