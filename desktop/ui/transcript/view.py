"""The pane of the transcript: lines, what is being said now, find, mark, jump to live."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QStackedLayout, QWidget

from desktop.ui.pages import PagePanel
from desktop.ui.practice.model_line_card import ModelLineCard
from desktop.ui.shortcuts import shown
from desktop.ui.transcript.conversation import Conversation
from desktop.ui.transcript.find_bar import FindBar
from desktop.ui.transcript.line import Detail, Line
from desktop.ui.widgets import Button, Chip, Notice, Paragraph, Rule, row

Recorder = Literal["", "desk", "exchange"]


class TranscriptView(PagePanel):
    """Shows what it is told; `find_requested` carries each text of the find field.

    `detail_chosen` carries the `Detail` that is to go into the notes.
    """

    find_requested = Signal(str)
    detail_chosen = Signal(Detail)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", shown("pane_2"), margins=("l", "s", "s", "s"), gap="s", parent=parent)
        self.citizen = self.front = Conversation(self, True, self._show_empty)
        self.asked = Conversation(self, False, self._show_empty)
        self.model, self.list, self.strip = self.citizen.model, self.citizen.list, self.citizen.strip
        self._asked_whom = ""
        self.model_line = ModelLineCard()
        self._language = Chip("", "outline")
        self._recorded = Chip("", "outline", "dot")
        self._recorder: Recorder = ""
        self._notice = Notice()
        self._empty = Paragraph("", "body", "text3")
        self._live = False
        self.add_to_head(self._recorded)
        self.add_to_head(self._language)
        self._language.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._notice)
        self.body.addWidget(self._empty)
        for each in (self.citizen, self.asked):
            self.body.addWidget(each.list)
            self.body.addWidget(each.strip)
            each.model.rowsInserted.connect(self._line_added)
            each.list.following_changed.connect(self._show_jump)
        self.body.addStretch(1)
        self.body.addWidget(self.model_line)
        self.body.addWidget(Rule())
        self.body.addWidget(self._build_foot())
        self._notice.hide()
        self.list.detail_chosen.connect(self.detail_chosen)
        self.retranslate()

    def _build_foot(self) -> QWidget:
        self.find_button = Button(
            "", shown("find_in_call"), icon="search", kind="quiet", height="small", strong=False
        )
        self.mark_button = Button("", shown("mark"), icon="flag", kind="quiet", height="small", strong=False)
        self.jump_button = Button("", shown("jump_to_live"), icon="down", height="small", strong=False)
        buttons = QWidget()
        line = row(buttons, margins=("", "", "s", ""))
        line.addWidget(self.find_button)
        line.addWidget(self.mark_button)
        line.addStretch()
        line.addWidget(self.jump_button)
        self._find = FindBar()
        foot = QWidget()
        self._foot = QStackedLayout(foot)
        self._foot.addWidget(buttons)
        self._foot.addWidget(self._find)
        self._find.query_changed.connect(self.find_requested)
        self._find.place_changed.connect(self._show_row)
        self._find.close_requested.connect(self.close_find)
        return foot

    def bind(self, find: QAction, mark: QAction, jump: QAction) -> None:
        """Let the window's actions drive the foot."""
        for button, action in ((self.find_button, find), (self.mark_button, mark), (self.jump_button, jump)):
            button.bind(action)
        find.triggered.connect(self.open_find)
        mark.triggered.connect(self.mark)
        jump.triggered.connect(self.jump_to_live)

    def retranslate(self) -> None:
        """Words changed."""
        self._show_title()
        self.show_recording(self._recorder)
        self._empty.set(self.tr("What both sides say appears here."))
        self.model_line.retranslate()
        self.find_button.setText(self.tr("Find in call"))
        self.mark_button.setText(self.tr("Mark"))
        self.citizen.retranslate(self.tr("Live transcript"))
        self.asked.retranslate(self.tr("Transcript of the consultation"))
        self._show_jump()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Begin anew with these lines."""
        self.citizen.reset(lines)
        self.close_find()
        self._show_jump()

    def add_line(self, line: Line) -> None:
        """A line that is final."""
        self.citizen.add(line)

    def show_asked(self, whom: str, lines: Sequence[Line]) -> None:
        """The agent speaks with `whom` now: that conversation is in front, the citizen's waits behind it."""
        self.asked.reset(lines)
        self.asked.forget_running()
        self._bring_to_front(self.asked, whom)

    def show_citizen(self) -> None:
        """The citizen's conversation is in front again, as it was left."""
        self._bring_to_front(self.citizen, "")

    def _bring_to_front(self, conversation: Conversation, whom: str) -> None:
        if self._finding:
            self.front.model.find("")
        had_focus = self.front.list.hasFocus()
        self.front, self._asked_whom = conversation, whom
        for each in (self.citizen, self.asked):
            each.bring_to_front(each is conversation)
        # Both are about the citizen's call: a consultation is recorded by nobody.
        self._language.setVisible(conversation is self.citizen)
        self.show_recording(self._recorder)
        self._show_title()
        self._show_empty()
        self._show_jump()
        if self._finding:
            self.find_requested.emit(self._find.field.text())
        if had_focus:
            self.first_focus().setFocus()

    def _show_title(self) -> None:
        asked = self.tr("Consultation: {who}").replace("{who}", self._asked_whom)
        self.set_title(asked if self._asked_whom else self.tr("Live transcript"))

    def show_live(self, live: bool) -> None:
        """Whether the call still runs."""
        self._live = live
        self._show_jump()

    def show_recording(self, recorder: Recorder) -> None:
        """Who keeps the sound of the call at this moment; "" for nobody."""
        self._recorder = recorder
        self._recorded.setVisible(bool(recorder) and self.front is self.citizen)
        if recorder:
            self._recorded.set(
                self.tr("Recording") if recorder == "desk" else self.tr("Recorded by the exchange")
            )

    def show_language(self, words: str) -> None:
        """In which language the call is written."""
        self._language.set(words)

    def show_speech_state(self, words: str, attention: bool) -> None:
        """What is wrong with the transcript; "" where nothing is."""
        self._notice.setVisible(bool(words))
        if words:
            self._notice.set(words, "warn" if attention else "plain", "warn" if attention else "lines")
        self._show_empty()

    def mark_cause(self, cause: str) -> None:
        """Underline the caller's sentence that a suggestion came from."""
        self.model.mark_cause(cause)

    def show_found(self, rows: Sequence[int]) -> None:
        """Rows that hold what is looked for."""
        self._find.show_places(rows)

    def open_find(self) -> None:
        """Show the find field and put the cursor there."""
        self._foot.setCurrentIndex(1)
        self._find.field.setFocus()
        self._find.field.selectAll()

    def close_find(self) -> bool:
        """Put the find field away; False where it was not open."""
        if not self._finding:
            return False
        self._find.field.clear()
        self._foot.setCurrentIndex(0)
        self.front.list.setFocus()
        return True

    @property
    def _finding(self) -> bool:
        """Whether the find field is open."""
        return self._foot.currentIndex() == 1

    def mark(self) -> None:
        """Mark the line that has the focus, else the newest one."""
        lines, model = self.front.list, self.front.model
        row = lines.currentIndex().row() if lines.hasFocus() else -1
        model.mark(row if row >= 0 else model.rowCount() - 1)

    def jump_to_live(self) -> None:
        """Go to the newest line and follow again."""
        self.front.list.follow()

    def first_focus(self) -> QWidget:
        """Where the focus begins; without a line there is no list yet."""
        return self.front.list if self.front.list.isVisibleTo(self) else self.find_button

    def _show_row(self, row: int) -> None:
        hint = QAbstractItemView.ScrollHint.PositionAtCenter
        self.front.list.scrollTo(self.front.model.index(row), hint)

    def _line_added(self) -> None:
        # A button that is worded anew with each line costs more than the line.
        if not self.front.list.following:
            self._show_jump()

    def _show_jump(self) -> None:
        words = self.tr("Jump to live")
        new, following = self.front.new_lines, self.front.list.following
        self.jump_button.setText(f"{words} · {new}" if new else words)
        self.jump_button.set_kind("normal" if following else "primary")
        self.jump_button.set_purpose("" if following else self.tr("You have scrolled away from it"))
        self.jump_button.setVisible(self._live)

    def _show_empty(self) -> None:
        self._empty.setVisible(self.front.empty and self._notice.isHidden())
