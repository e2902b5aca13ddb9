"""The sentences of the answer that fit the caller's words, and the questions to ask back as chips for the notes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import look
from desktop.ui.widgets import Band, Button, Elided, Paragraph, col, row

_LINES = 3


class DraftBand(Band):
    """Always as high as three lines, so that a new draft moves nothing below; all of it is marked in the answer."""

    copy_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cause = Elided("", "captionStrong", "accentText")
        self._text = Paragraph("", "body")
        self.copy_button = Button("", shown("copy_draft"), height="small", strong=False)
        layout = col(self, gap="xs", margins=("m", "xs", "xs", "s"))
        head = row(gap="xs")
        head.addWidget(self._cause, 1)
        head.addWidget(self.copy_button)
        layout.addLayout(head)
        layout.addWidget(self._text)
        self.copy_button.clicked.connect(self.copy_requested)
        self._sentences = ""
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        """Words changed."""
        self.copy_button.setText(self.tr("Copy these"))
        self.setAccessibleName(self.tr("Sentences that fit the caller's words"))
        if not self._sentences:
            self.show_draft("", "")

    def restyle(self) -> None:
        """Text grew or shrank."""
        self._text.setFixedHeight(round(look().leading("body") * _LINES))

    def show_draft(self, sentences: str, cause: str) -> None:
        """The sentences, best first, and the caller's words that they answer; "" where nothing fits."""
        self._sentences = sentences
        self._cause.setText(f"“{cause}”" if cause else self.tr("Sentences that fit the caller's words"))
        nothing = self.tr("Shown as soon as one fits what the caller says.")
        self._text.set(sentences.replace("\n", " ") or nothing)
        self.setAccessibleDescription(sentences or nothing)
        self.copy_button.setEnabled(bool(sentences))

    def shown_text(self) -> str:
        """The sentences that stand there, "" for none."""
        return self._sentences


class AskChip(Button):
    """A question to ask back; pressed, it begins a line of the notes."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, height="small", strong=False, parent=parent)
        self.setToolTip(self.tr("Begin a line of the notes with it"))
