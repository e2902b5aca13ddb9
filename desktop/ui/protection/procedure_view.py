"""The procedure beside the call: where it stands, what to say now, which key comes next, what happened so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.ui.pages import PagePanel
from desktop.ui.protection.halves import Halves
from desktop.ui.protection.ladder_bar import LadderBar, Rung
from desktop.ui.protection.supervisor_button import SupervisorButton
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import changes, look
from desktop.ui.widgets import Band, Button, Chip, Choices, Elided, Label, Paragraph, Rule, Scroll, col, row

MOST_TYPES = 9


@dataclass(frozen=True, slots=True)
class ProcedureContent:
    """All that the panel says. `said` is (time, words); `playing`: the sentence sounds or is about to."""

    title: str
    malicious: int
    difficult: int
    rungs: tuple[Rung, ...]
    sentence: str
    aid: str
    can_play: bool
    playing: bool
    at_end: bool
    reminder: str
    said: tuple[tuple[str, str], ...]
    sealed: str


class ProcedureView(PagePanel):
    """Buttons follow the window's actions; choosing a type or a reason replaces the lower half for that moment."""

    chosen = Signal(int)
    retranslated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", shown("pane_3"), margins=("m", "s", "m", "m"), parent=parent)
        self._malicious, self._difficult = Chip(strong=True), Chip(tone="outline")
        self._ladder = LadderBar()
        self._band = Band()
        self._say = Label("", "captionStrong", "warnText")
        self._sentence, self._aid = Paragraph(style="say"), Paragraph(style="caption", colour="text2")
        self.play = Button("", shown("red_button"), icon="play", kind="warn", height="call", left=True)
        self.said = Button("", shown("said_it"), icon="check", left=True)
        self.calm = Button("", shown("calm"), icon="book", left=True)
        self._reminder = Paragraph(style="bodyStrong", colour="dangerText")
        self._log_title, self._log = (
            Label("", "captionStrong", "text2"),
            Paragraph(style="caption", colour="text2"),
        )
        self._choices_title = Label("", "captionStrong", "text2")
        self._choices = Choices([""] * MOST_TYPES, [f"Ctrl+{n}" for n in range(1, MOST_TYPES + 1)])
        self._sealed = Elided("", "caption", "text2", tabular=True)
        self.type = Button("", shown("change_type"), kind="quiet", height="small", strong=False)
        self.supervisor = SupervisorButton()
        self._comfort = Paragraph(style="caption", colour="text3", centred=True)
        self._count = 0
        self._at_end = self._happened = False
        self._build()
        self.retranslate()

    def _build(self) -> None:
        self.add_to_head(self._malicious)
        self.add_to_head(self._difficult)
        content = QWidget()
        column = col(content, gap="s")
        column.addWidget(self._ladder)
        inside = col(self._band, gap="xs", margins=("m", "s", "m", "m"))
        for part in (self._say, self._sentence, self._aid):
            inside.addWidget(part)
        halves = Halves()
        column.addWidget(halves, 1)
        halves.first.addWidget(self._band)
        halves.first.addWidget(self._reminder)
        halves.first.addStretch()
        steps = (self.play, self.said, self.calm, self._log_title, self._log)
        for below in (*steps, self._choices_title, self._choices):
            halves.second.addWidget(below)
        halves.second.addStretch()
        self.body.addWidget(Scroll(content), 1)
        self.body.addWidget(Rule())
        self._above, self._line = row(), row()
        self._line.addWidget(self.type)
        self._line.addStretch(1)
        self._line.addWidget(self.supervisor)
        self.body.addLayout(self._above)
        self.body.addLayout(self._line)
        self.body.addWidget(self._comfort)
        self._choices.chosen.connect(self.chosen)
        self.close_choice()
        changes().folding.connect(self._fold)
        self._fold()

    def _fold(self) -> None:
        """One pane at a time is wide and low: what is sealed stands beside the buttons below it then."""
        if look().folded:
            self._line.insertWidget(1, self._sealed, 1)
        else:
            self._above.addWidget(self._sealed, 1)

    def bind(self, actions: dict[str, QAction]) -> None:
        """Let the window's actions work the buttons."""
        self.play.clicked.connect(actions["red_button"].trigger)
        self.said.bind(actions["said_it"])
        self.calm.bind(actions["calm"])
        self.type.bind(actions["change_type"])
        self.supervisor.bind(actions["supervisor"])

    def retranslate(self) -> None:
        """Words that never change."""
        self._say.setText(self.tr("Say this"))
        self.said.setText(self.tr("I said it myself"))
        self.calm.setText(self.tr("Calm again · back to the talk"))
        self._log_title.setText(self.tr("So far"))
        self.type.setText(self.tr("Change type"))
        self._comfort.set(self.tr("You may end first: it is never held against you."))
        self.retranslated.emit()

    def show_content(self, content: ProcedureContent) -> None:
        """Everything anew."""
        self.set_title(content.title)
        self._malicious.set(self.tr("Abuse {count}").format(count=content.malicious), "warn")
        self._difficult.set(self.tr("Difficult {count}").format(count=content.difficult))
        words = (self.tr("done"), self.tr("now"), self.tr("later"))
        self._ladder.set_rungs(content.rungs, words)
        self._sentence.set(content.sentence)
        self._band.setVisible(bool(content.sentence))
        self._aid.set(content.aid)
        self._aid.setVisible(bool(content.aid))
        self._show_play(content)
        self._at_end, self._happened = content.at_end, bool(content.said)
        self._show_parts()
        self._reminder.set(content.reminder)
        self._reminder.setVisible(bool(content.reminder))
        self._log.set("\n".join(f"{time}  {words}" for time, words in content.said))
        self._sealed.setText(content.sealed)

    def _show_play(self, content: ProcedureContent) -> None:
        if content.playing:
            self.play.setText(self.tr("It is being said"))
            self.play.set_key("Esc")
        elif content.at_end:
            self.play.setText(self.tr("End the call"))
            self.play.set_key(shown("red_button"))
        elif content.can_play:
            self.play.setText(self.tr("Let it be said into the call"))
            self.play.set_key(shown("red_button"))
        else:
            self.play.setText(self.tr("No sound for this sentence: say it yourself"))
            self.play.set_key("")
        self.play.setEnabled(content.can_play or content.at_end or content.playing)

    def ask(self, title: str, words: Sequence[str]) -> None:
        """Offer up to nine choices by Ctrl+1..9."""
        self._count = min(len(words), MOST_TYPES)
        self._choices_title.setText(title)
        self._choices.set_words([*words[: self._count], *[""] * (MOST_TYPES - self._count)])
        for place, button in enumerate(self._choices.buttons):
            button.setVisible(place < self._count)
        self._choices.set_index(-1)
        self._choices_title.show()
        self._choices.show()
        self._show_parts()
        self._choices.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_choice(self) -> None:
        """No choice is open any more."""
        focused = self.focusWidget()
        chose = focused is not None and self.choosing and self._choices.isAncestorOf(focused)
        self._count = 0
        self._choices.hide()
        self._choices_title.hide()
        self._show_parts()
        if chose:
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_parts(self) -> None:
        """The lower half: nothing beside a choice, and only what means something now."""
        free = not self.choosing
        self.play.setVisible(free)
        self.said.setVisible(free and not self._at_end)
        self.calm.setVisible(free)
        for part in (self._log, self._log_title):
            part.setVisible(free and self._happened)

    @property
    def choosing(self) -> bool:
        """Whether a choice is open."""
        return self._count > 0

    def choose(self, digit: int) -> bool:
        """Ctrl+digit."""
        if not 1 <= digit <= self._count:
            return False
        self._choices.choose(digit - 1)
        return True

    def place_to_return(self) -> QWidget:
        """Where the focus goes on from answers that were looked up meanwhile: on nothing that speaks to the caller."""
        return self.type

    def first_focus(self) -> QWidget:
        """Where the focus begins."""
        return (
            self._choices.buttons[0] if self.choosing else self.play if self.play.isEnabled() else self.said
        )
