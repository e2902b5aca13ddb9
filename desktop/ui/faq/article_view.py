"""The answer that is read: text with marks, what to ask back, where it comes from and how fresh it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.drafting import Draft
from desktop.domain.faq import Article
from desktop.domain.faq import Mark as Span
from desktop.ui.faq.draft_band import AskChip, DraftBand
from desktop.ui.faq.flow import FlowLayout
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import look
from desktop.ui.widgets import Button, Chip, Elided, Label, Mark, Paragraph, Scroll, col, row


class ArticleView(QWidget):
    """Scrolls where it is too long; arrows and page keys scroll it."""

    copy_requested = Signal()
    ask_requested = Signal(str)
    article_shown = Signal(Article)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.article: Article | None = None
        self._title = Elided("", "title")
        self.draft = DraftBand()
        self._marks: tuple[Mark, ...] = ()
        self._answer = Paragraph("", "speech")
        self._ask = Label("", "captionStrong", "text2")
        self._checks = Paragraph("", "caption", "text2")
        self._unchecked = Chip("", "warn", "warn")
        self._source = Elided("", "caption", "text3")
        self.copy_button = Button("", "Ctrl+Enter", icon="copy", kind="primary")
        self._flag = Button("", shown("flag"), kind="quiet", strong=False)
        self._chips = QWidget()
        self._asks = FlowLayout(self._chips)
        self._asks.addWidget(self._ask)
        self._build()
        self.copy_button.clicked.connect(self.copy_requested)
        self._flag.setEnabled(False)
        self.retranslate()

    def _build(self) -> None:
        content = QWidget()
        text = col(content, gap="s", margins=("", "", "s", ""))
        text.addWidget(self.draft)
        text.addWidget(self._answer)
        text.addWidget(self._chips)
        text.addWidget(self._checks)
        meta = row(gap="xs")
        meta.addWidget(self._unchecked)
        meta.addWidget(self._source, 1)
        text.addLayout(meta)
        text.addStretch()
        self.text_area = Scroll(content)
        self.text_area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        keys = row()
        keys.addWidget(self.copy_button)
        keys.addStretch()
        keys.addWidget(self._flag)
        layout = col(self, gap="s")
        layout.addWidget(self._title)
        layout.addWidget(self.text_area, 1)
        layout.addLayout(keys)

    def retranslate(self) -> None:
        """Words changed."""
        self._ask.setText(self.tr("Ask back"))
        self.copy_button.setText(self.tr("Copy to notes"))
        self._flag.setText(self.tr("Flag"))
        self._flag.set_reason(self.tr("Reporting a wrong answer comes with a later version."))
        if self.article is not None:
            self._show_source(self.article)

    def show_article(self, article: Article, marks: Sequence[Span] = ()) -> None:
        """Show an answer from its beginning."""
        self.article = article
        self._title.setText(article.question)
        self._marks = tuple(Mark(start, end) for start, end in marks)
        self._answer.set(article.answer, self._marks)
        self.text_area.setAccessibleName(article.question)
        self.text_area.setAccessibleDescription(article.answer)
        self._show_asks(article.followup)
        self._chips.setVisible(bool(article.followup))
        self._show_source(article)
        self.text_area.verticalScrollBar().setValue(0)
        self.article_shown.emit(article)

    def show_draft(self, draft: Draft) -> None:
        """Mark the sentences of the answer that fit the caller's words; nothing moves."""
        if self.article is None:
            return
        fitting = [Mark(start, end, "cause") for start, end in draft.sentences]
        self._answer.set(self.article.answer, [*fitting, *self._marks])
        self.draft.show_draft(draft.text(self.article), draft.cause)

    def _show_asks(self, questions: Sequence[str]) -> None:
        chips = [AskChip(text) for text in questions]
        for chip, text in zip(chips, questions, strict=True):
            chip.clicked.connect(partial(self.ask_requested.emit, text))
        # As high as the chips, so that the word stands at their middle.
        self._ask.setMinimumHeight(look().small_control)
        self._asks.replace(self._ask, chips)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nobody took scroll the text."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        by = steps.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        bar = self.text_area.verticalScrollBar()
        bar.setValue(bar.value() + round(by * look().leading("speech")))

    def _show_source(self, article: Article) -> None:
        tone, icon = ("warn", "warn") if _stale(article) else ("outline", "check")
        self._unchecked.set(self._freshness(article), tone, icon)
        sources = (article.category, article.department, article.law)
        self._source.setText(" · ".join(part for part in sources if part))
        checks = self.tr("Differs by place or year: {what}").replace("{what}", ", ".join(article.checks))
        self._checks.set(checks)
        self._checks.setVisible(bool(article.checks))

    def _freshness(self, article: Article) -> str:
        if article.sample:
            return self.tr("Sample · unverified")
        if article.checked_on is None:
            return self.tr("Never checked")
        day = date.fromisoformat(article.checked_on)
        return self.tr("Checked {date}").replace(
            "{date}", QLocale().toString(day, QLocale.FormatType.ShortFormat)
        )


def _stale(article: Article) -> bool:
    return article.sample or article.checked_on is None
