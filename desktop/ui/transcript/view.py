"""The pane of the transcript: lines, what is being said now, find, mark, jump to live."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QStackedLayout, QWidget

from desktop.ui.pages import PagePanel
from desktop.ui.practice.model_line_card import ModelLineCard
from desktop.ui.shortcuts import shown
from desktop.ui.transcript import bubble
from desktop.ui.transcript.find_bar import FindBar
from desktop.ui.transcript.line import Detail, Line, Running
from desktop.ui.transcript.list_view import LineList
from desktop.ui.transcript.model import TranscriptModel
from desktop.ui.transcript.strip import RunningStrip
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
        self.model = TranscriptModel(self)
        self.list = LineList(self.model)
        self.strip = RunningStrip()
        self.model_line = ModelLineCard()
        self._language = Chip("", "outline")
        self._recorded = Chip("", "outline", "dot")
        self._recorder: Recorder = ""
        self._notice = Notice()
        self._empty = Paragraph("", "body", "text3")
        self._new_lines = 0
        self._live = False
        self.add_to_head(self._recorded)
        self.add_to_head(self._language)
        self._language.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._notice)
        self.body.addWidget(self._empty)
        self.body.addWidget(self.list)
        self.body.addWidget(self.strip)
        self.body.addStretch(1)
        self.body.addWidget(self.model_line)
        self.body.addWidget(Rule())
        self.body.addWidget(self._build_foot())
        self._notice.hide()
        self.model.rowsInserted.connect(self._line_added)
        self.list.following_changed.connect(self._following_changed)
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
        self.set_title(self.tr("Live transcript"))
        self.show_recording(self._recorder)
        self._empty.set(self.tr("What both sides say appears here."))
        self.model_line.retranslate()
        self.find_button.setText(self.tr("Find in call"))
        self.mark_button.setText(self.tr("Mark"))
        self.list.setAccessibleName(self.tr("Live transcript"))
        self.model.names = bubble.names()
        self._show_jump()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Begin anew with these lines."""
        self.model.reset(lines)
        self._new_lines = 0
        self.close_find()
        self._show_empty()
        self._show_jump()

    def add_line(self, line: Line) -> None:
        """A line that is final."""
        self.model.add(line)
        self._show_empty()

    def show_running(self, said: Sequence[Running]) -> None:
        """What is being said now."""
        self.strip.show_running(said)
        self._show_empty()
        if self.list.following:
            QTimer.singleShot(0, self.list, self.list.follow)

    def show_live(self, live: bool) -> None:
        """Whether the call still runs."""
        self._live = live
        self._show_jump()

    def show_recording(self, recorder: Recorder) -> None:
        """Who keeps the sound of the call at this moment; "" for nobody."""
        self._recorder = recorder
        self._recorded.setVisible(bool(recorder))
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
        if self._foot.currentIndex() == 0:
            return False
        self._find.field.clear()
        self._foot.setCurrentIndex(0)
        self.list.setFocus()
        return True

    def mark(self) -> None:
        """Mark the line that has the focus, else the newest one."""
        row = self.list.currentIndex().row() if self.list.hasFocus() else -1
        self.model.mark(row if row >= 0 else self.model.rowCount() - 1)

    def jump_to_live(self) -> None:
        """Go to the newest line and follow again."""
        self.list.follow()

    def first_focus(self) -> QWidget:
        """Where the focus begins; without a line there is no list yet."""
        return self.list if self.list.isVisibleTo(self) else self.find_button

    def _show_row(self, row: int) -> None:
        self.list.scrollTo(self.model.index(row), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _line_added(self) -> None:
        if not self.list.following:
            self._new_lines += 1
            self._show_jump()

    def _following_changed(self, following: bool) -> None:
        if following:
            self._new_lines = 0
        self._show_jump()

    def _show_jump(self) -> None:
        words = self.tr("Jump to live")
        self.jump_button.setText(f"{words} · {self._new_lines}" if self._new_lines else words)
        self.jump_button.set_kind("normal" if self.list.following else "primary")
        self.jump_button.set_purpose("" if self.list.following else self.tr("You have scrolled away from it"))
        self.jump_button.setVisible(self._live)

    def _show_empty(self) -> None:
        nothing = not self.model.rowCount() and not self.strip.text()
        self._empty.setVisible(nothing and self._notice.isHidden())
        self.list.setVisible(bool(self.model.rowCount()))
