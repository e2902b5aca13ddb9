"""A page in the place of the answers: an answer as the agent would have it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.ui.call.notes_view import NotesEdit
from desktop.ui.pages import PagePanel
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import changes, look
from desktop.ui.widgets import Button, Label, Paragraph, row


class ProposalView(PagePanel):
    """`changed`: a key in any of the three texts, composing syllables included."""

    changed = Signal()
    back_requested = Signal()
    discard_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", shown("pane_3"), margins=("m", "s", "m", "m"), parent=parent)
        self._saved = Label("", "caption", "text3")
        self._is_edit = self._is_saved = False
        self._hint = Paragraph("", "caption", "text2")
        self._names = [Label("", "captionStrong", "text2") for _ in range(3)]
        self.question, self.answer, self.variants = NotesEdit(), NotesEdit(), NotesEdit()
        self._done = Button("", shown("keep_form"), icon="check", kind="primary")
        self._back = Button("", "Esc", kind="quiet", strong=False)
        self._discard = Button("", "", kind="quiet", strong=False)
        self.add_to_head(self._saved)
        self.body.addWidget(self._hint)
        for name, edit, share in zip(
            self._names, (self.question, self.answer, self.variants), (0, 3, 1), strict=True
        ):
            self.body.addWidget(name)
            self.body.addWidget(edit, share)
            edit.changed.connect(self.changed)
        keys = row(gap="xs")
        keys.addWidget(self._done)
        keys.addStretch()
        keys.addWidget(self._discard)
        keys.addWidget(self._back)
        self.body.addLayout(keys)
        self._back.clicked.connect(self.back_requested)
        self._discard.clicked.connect(self.discard_requested)
        changes().restyled.connect(self._fit)
        self.retranslate()
        self._fit()

    def bind(self, done: QAction) -> None:
        """Let the window's action finish the proposal."""
        self._done.clicked.connect(done.trigger)

    def _fit(self) -> None:
        """A question has two lines."""
        self.question.setFixedHeight(round(look().leading("body") * 2) + look().space("m") * 2)

    def retranslate(self) -> None:
        """Words changed."""
        self.set_title(self.tr("Propose an edit") if self._is_edit else self.tr("Propose an answer"))
        self._hint.set(self.tr("Every key is kept. The owner gets it once it is finished. No caller's data."))
        words = (self.tr("Question"), self.tr("Answer"), self.tr("Other wordings, one a line"))
        edits = (self.question, self.answer, self.variants)
        for name, edit, text in zip(self._names, edits, words, strict=True):
            name.setText(text)
            edit.setAccessibleName(text)
        self._done.setText(self.tr("Finish"))
        self._back.setText(self.tr("Later"))
        self._discard.setText(self.tr("Throw away"))
        self._discard.set_purpose(self.tr("Nothing of this proposal is kept"))
        self.set_saved(self._is_saved)

    def show_proposal(self, is_edit: bool, question: str, answer: str, variants: str) -> None:
        """Show a proposal as it stands; nobody is told."""
        self._is_edit = is_edit
        self.question.set_text(question)
        self.answer.set_text(answer)
        self.variants.set_text(variants)
        self.retranslate()

    def set_saved(self, saved: bool) -> None:
        """Whether what is shown is on disk."""
        self._is_saved = saved
        self._saved.setText("✓ " + self.tr("Saved") if saved else "")

    def first_focus(self) -> QWidget:
        """An edit begins in the answer, a new one with its question."""
        return self.answer if self._is_edit else self.question
