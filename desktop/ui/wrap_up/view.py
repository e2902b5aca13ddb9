"""The write-up: three small decisions, each by a key, and a time that can be stretched."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.domain.agent import AgentState
from desktop.domain.wrapup import Result
from desktop.ui.category_words import path_words
from desktop.ui.history.rows import result_words
from desktop.ui.pages import PagePanel
from desktop.ui.shortcuts import shown
from desktop.ui.transcript.times import length_text
from desktop.ui.widgets import (
    Band,
    Button,
    Choices,
    Elided,
    Label,
    Notice,
    Paragraph,
    Scroll,
    col,
    row,
)
from desktop.ui.wrap_up.category_field import CategoryField
from desktop.ui.wrap_up.time_bar import TimeBar

PROPOSED = 3
KEY_LINES = 3
RESULTS = tuple(Result)


class WrapUpView(PagePanel):
    """Shows proposals and time; signals say what the agent chose."""

    category_requested = Signal(str)
    result_requested = Signal(object)
    search_requested = Signal(str)
    more_time_requested = Signal()
    insert_requested = Signal()
    done_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", shown("pane_3"), margins=("m", "s", "m", "m"), parent=parent)
        self._names: list[str] = []
        self._queued = AgentState.READY
        self._time = Label("", "title", tabular=True)
        self._more = Button("", shown("more_time"), kind="quiet", height="small", strong=False)
        self._bar = TimeBar()
        self._over = Paragraph("", "caption", "text2")
        self._missing = Notice()
        self._category_title = Label("", "captionStrong", "text2")
        self._categories = Choices([""] * PROPOSED, [f"Ctrl+{n + 1}" for n in range(PROPOSED)])
        self.other = CategoryField()
        self._result_title = Label("", "captionStrong", "text2")
        keys = [f"Ctrl+{n + 1 + PROPOSED}" for n in range(len(RESULTS))]
        self._results = Choices([""] * len(RESULTS), keys, columns=2)
        self._lines_title = Label("", "captionStrong", "text2")
        self._lines = [Elided("", "body") for _ in range(KEY_LINES)]
        self._no_lines = Paragraph("", "caption", "text3")
        self._insert = Button("", shown("insert_lines"), kind="quiet", height="small", strong=False)
        self.done_button = Button("", shown("done"), icon="check", kind="primary", height="call")
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.add_to_head(self._time)
        self.add_to_head(self._more)
        self.body.addWidget(self._bar)
        content = QWidget()
        form = col(content, gap="s", margins=("", "", "", ""))
        for widget in (
            self._over,
            self._category_title,
            self._categories,
            self.other,
            self._result_title,
            self._results,
        ):
            form.addWidget(widget)
        form.addWidget(self._lines_title)
        form.addWidget(self._build_lines())
        form.addStretch()
        self.body.addWidget(Scroll(content), 1)
        self.body.addWidget(self._missing)
        self.body.addWidget(self.done_button)
        self._missing.hide()
        self._over.hide()

    def _build_lines(self) -> QWidget:
        band = Band()
        lines = col(band, gap="xs", margins=("m", "s", "s", "s"))
        for line in self._lines:
            lines.addWidget(line)
        lines.addWidget(self._no_lines)
        keys = row()
        keys.addStretch()
        keys.addWidget(self._insert)
        lines.addLayout(keys)
        return band

    def _connect(self) -> None:
        self._categories.chosen.connect(lambda index: self.category_requested.emit(self._names[index]))
        self._results.chosen.connect(lambda index: self.result_requested.emit(RESULTS[index]))
        self.other.search_requested.connect(self.search_requested)
        self.other.chosen.connect(self.category_requested)
        self.done_button.clicked.connect(self.done_requested)

    def bind(self, done: QAction, more_time: QAction, insert: QAction) -> None:
        """Let the window's actions drive the pane."""
        self._more.bind(more_time)
        self._insert.bind(insert)
        done.triggered.connect(self.done_requested)
        more_time.triggered.connect(self.more_time_requested)
        insert.triggered.connect(self.insert_requested)

    def retranslate(self) -> None:
        """Words changed."""
        self.set_title(self.tr("Wrap-up"))
        self._more.setText(self.tr("+1 min"))
        self._over.set(self.tr("The time is over. Press Done when you have finished."))
        self._category_title.setText(self.tr("Contact type"))
        self.other.setPlaceholderText(self.tr("Another type"))
        self.other.setAccessibleName(self.tr("Search another contact type"))
        self._result_title.setText(self.tr("Outcome"))
        self._results.set_words([result_words(result) for result in RESULTS])
        self._categories.set_question(self._category_title.text())
        self._results.set_question(self._result_title.text())
        self._lines_title.setText(self.tr("Key lines from the call"))
        self._no_lines.set(self.tr("No clear lines were heard."))
        self._insert.setText(self.tr("Insert into notes"))
        self.show_next(self._queued)

    def show_time(self, left: int, share: float) -> None:
        """Seconds that are left, counting up after zero."""
        self._time.setText(length_text(left) if left >= 0 else f"+{length_text(-left)}")
        self._bar.setAccessibleName(self.tr("Time left: {time}").format(time=self._time.text()))
        self._bar.set_share(share)
        self._over.setVisible(left < 0)

    def show_categories(self, names: Sequence[str], chosen: str) -> None:
        """The proposals; `chosen` is one of them or ""."""
        self._names = list(names)
        for place, button in enumerate(self._categories.buttons):
            button.setVisible(place < len(names))
            button.setText(path_words(names[place]) if place < len(names) else "")
        self._categories.set_index(self._names.index(chosen) if chosen in self._names else -1)
        if chosen:
            self._missing.hide()

    def show_result(self, result: Result | None) -> None:
        """The outcome that was chosen."""
        self._results.set_index(RESULTS.index(result) if result is not None else -1)

    def show_matches(self, names: Sequence[str]) -> None:
        """Categories that fit what is typed."""
        self.other.show_matches(names)

    def show_lines(self, texts: Sequence[str]) -> None:
        """Key lines of the call."""
        for place, line in enumerate(self._lines):
            line.setText(texts[place] if place < len(texts) else "")
            line.setVisible(place < len(texts))
        self._no_lines.setVisible(not texts)
        self._insert.setVisible(bool(texts))

    def show_next(self, queued: AgentState) -> None:
        """What follows when the agent is done."""
        self._queued = queued
        self.done_button.setText(done_words(queued))

    def show_missing(self, category: bool, result: bool) -> None:
        """Say what has to be chosen before the write-up is done."""
        self._missing.setVisible(category or result)
        if category and result:
            self._missing.set(self.tr("Choose a type and an outcome, then Done."), icon="lines")
        elif category:
            self._missing.set(self.tr("Choose a type, then Done."), icon="lines")
        elif result:
            self._missing.set(self.tr("Choose an outcome, then Done."), icon="lines")

    def first_focus(self) -> QWidget:
        """Where the focus begins."""
        return self._categories.buttons[0]


def done_words(queued: AgentState) -> str:
    """The label of the last button: what follows."""
    translate = QCoreApplication.translate
    if queued is AgentState.BREAK:
        return translate("WrapUp", "Done, break")
    if queued is AgentState.REST:
        return translate("WrapUp", "Done, rest")
    if queued is AgentState.OFF:
        return translate("WrapUp", "Done, off duty")
    return translate("WrapUp", "Done, ready")
