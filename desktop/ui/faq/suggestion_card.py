"""The one card that the desk may show. Its place is kept, so that nothing moves when it comes or goes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.domain.faq import Suggestion
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import look
from desktop.ui.widgets import Band, Button, Elided, Icon, Label, Paragraph, col, row


class SuggestionCard(Band):
    """Title, the caller's sentence in quotes, open and dismiss."""

    take_requested = Signal()
    drop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = Label("", "captionStrong", "accentText")
        self._title = Elided("", "bodyStrong")
        self._cause = Elided("", "caption", "text2")
        self._take = Button("", shown("take_suggestion"), height="small", strong=False)
        self._drop = Button("", shown("drop_suggestion"), height="small", strong=False)
        self._nothing = Paragraph("", "caption", "text3")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._build_nothing())
        self._stack.addWidget(self._build_card())
        self._take.clicked.connect(self.take_requested)
        self._drop.clicked.connect(self.drop_requested)
        self.suggestion: Suggestion | None = None
        self.retranslate()
        self.restyle()

    def _build_nothing(self) -> QWidget:
        page = QWidget()
        layout = col(page, margins=("m", "s", "m", "s"))
        layout.addStretch()
        layout.addWidget(self._nothing)
        layout.addStretch()
        return page

    def _build_card(self) -> QWidget:
        page = QWidget()
        layout = col(page, gap="xs", margins=("m", "s", "s", "s"))
        head = row(gap="xs")
        head.addWidget(Icon("lines", "accentText", 16))
        head.addWidget(self._heading)
        head.addStretch()
        layout.addLayout(head)
        layout.addWidget(self._title)
        layout.addWidget(self._cause)
        keys = row(gap="xs")
        keys.addWidget(self._take)
        keys.addWidget(self._drop)
        keys.addStretch()
        layout.addLayout(keys)
        return page

    def retranslate(self) -> None:
        """Words changed."""
        self._heading.setText(self.tr("Suggested from the call"))
        self._take.setText(self.tr("Open"))
        self._drop.setText(self.tr("Dismiss"))
        self._nothing.set(self.tr("Suggestions appear only when one is found in the caller's words."))
        self.setAccessibleName(self.tr("Suggested from the call"))

    def restyle(self) -> None:
        """The place is kept: the same height with and without a card."""
        ui = look()
        lines = ui.size(18) + ui.size(20) + ui.size(17) + ui.small_control
        self.setFixedHeight(lines + ui.space("xs") * 3 + ui.space("s") * 2)

    def show_suggestion(self, suggestion: Suggestion | None) -> None:
        """Show a card, or keep its place empty."""
        self.suggestion = suggestion
        if suggestion is not None:
            self._title.setText(suggestion.title)
            self._cause.setText(f"“{suggestion.cause}”")
        self._stack.setCurrentIndex(0 if suggestion is None else 1)
