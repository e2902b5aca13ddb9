"""The answer that is read: text with marks, what to ask back, where it comes from and how fresh it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.drafting import Draft
from desktop.domain.faq import Article, Freshness, day
from desktop.domain.faq import Mark as Span
from desktop.ui.category_words import path_words
from desktop.ui.faq.draft_band import AskChip, DraftBand
from desktop.ui.faq.flow import FlowLayout
from desktop.ui.faq.rows import short_day
from desktop.ui.language_names import LANGUAGE_NAMES
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import look
from desktop.ui.widgets import Button, Chip, Elided, Icon, Label, Mark, Paragraph, Scroll, col, row


class ArticleView(QWidget):
    """Scrolls where it is too long; arrows and page keys scroll it."""

    copy_requested = Signal()
    ask_requested = Signal(str)
    article_shown = Signal(Article)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.article: Article | None = None
        self._fresh: Freshness = "fine"
        self._places = (False, False)
        self._title = Elided("", "title")
        self.draft = DraftBand()
        self._marks: tuple[Mark, ...] = ()
        self._pinned, self._favourite = Icon("pin", "accentText", 16), Icon("star", "accentText", 16)
        self._answer = Paragraph("", "speech")
        self._ask = Label("", "captionStrong", "text2")
        self._checks = Paragraph("", "caption", "text2")
        self._unchecked = Chip("", "warn", "warn")
        self._source = Elided("", "caption", "text3")
        self._facts = Paragraph("", "caption", "text2")
        self.copy_button = Button("", "Ctrl+Enter", icon="copy", kind="primary")
        self._flag = Button("", shown("flag"), kind="quiet", strong=False)
        self.tools = {
            name: Button("", shown(name), icon=icon, kind="quiet", height="small", strong=False)
            for name, icon in (
                ("other_language", "globe"),
                ("favourite", "star"),
                ("pin", "pin"),
                ("propose_edit", "note"),
            )
        }
        self._chips, self._tool_line = QWidget(), QWidget()
        self._asks, tools = FlowLayout(self._chips), FlowLayout(self._tool_line)
        self._asks.addWidget(self._ask)
        for button in self.tools.values():
            tools.addWidget(button)
        self._build()
        self.copy_button.clicked.connect(self.copy_requested)
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
        text.addWidget(self._facts)
        text.addWidget(self._tool_line)
        text.addStretch()
        self.text_area = Scroll(content)
        self.text_area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._key_line = QWidget()
        keys = row(self._key_line)
        keys.addWidget(self.copy_button)
        keys.addStretch()
        keys.addWidget(self._flag)
        head = row(gap="xs")
        head.addWidget(self._title, 1)
        head.addWidget(self._pinned)
        head.addWidget(self._favourite)
        layout = col(self, gap="s")
        layout.addLayout(head)
        layout.addWidget(self.text_area, 1)
        layout.addWidget(self._key_line)

    def bind(self, flag: QAction, tools: dict[str, QAction]) -> None:
        """Let the window's actions do what the buttons offer."""
        self._flag.bind(flag)
        for name, action in tools.items():
            self.tools[name].bind(action)

    def retranslate(self) -> None:
        """Words changed."""
        self._ask.setText(self.tr("Ask back"))
        self.copy_button.setText(self.tr("Copy to notes"))
        self._flag.setText(self.tr("Flag"))
        self.tools["propose_edit"].setText(self.tr("Propose an edit"))
        self.show_places(*self._places)
        if self.article is not None:
            self._show_source(self.article)

    def show_article(
        self, article: Article, marks: Sequence[Span] = (), fresh: Freshness = "fine", following: str = ""
    ) -> None:
        """Show an answer from its beginning. `following`: the language of the next version, "" where there is none."""
        self.article, self._fresh = article, fresh
        self._title.setText(article.question)
        self._marks = tuple(Mark(start, end) for start, end in marks)
        self._answer.set(article.answer, self._marks)
        self.text_area.setAccessibleName(article.question)
        self.text_area.setAccessibleDescription(article.answer)
        self._show_asks(article.followup)
        self._chips.setVisible(bool(article.followup))
        self.tools["other_language"].setText(LANGUAGE_NAMES.get(following, following))
        self.tools["other_language"].setVisible(bool(following))
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

    def show_places(self, favourite: bool, pinned: bool) -> None:
        """Whether the article is a favourite and pinned."""
        self._places = (favourite, pinned)
        self._favourite.setVisible(favourite)
        self._pinned.setVisible(pinned)
        unpin, pin = self.tr("Unpin"), self.tr("Pin")
        self.tools["pin"].setText(unpin if pinned else pin)
        no, yes = self.tr("No favourite any more"), self.tr("Favourite")
        self.tools["favourite"].setText(no if favourite else yes)

    def show_keys(self, on: bool) -> None:
        """Whether the line of buttons is there; a form below the answer takes its place."""
        self._key_line.setVisible(on)

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
        tone, icon = ("outline", "check") if self._fresh == "fine" else ("warn", "warn")
        self._unchecked.set(self._fresh_words(article), tone, icon)
        sources = (path_words(article.category), article.department, article.law)
        self._source.setText(" · ".join(part for part in sources if part))
        checks = self.tr("Differs by place or year: {what}").replace("{what}", ", ".join(article.checks))
        self._checks.set(checks)
        self._checks.setVisible(bool(article.checks))
        facts = self._fact_lines(article)
        self._facts.set("\n".join(facts))
        self._facts.setVisible(bool(facts))

    def _fact_lines(self, article: Article) -> list[str]:
        """Telephone, menu codes, owner, end; then the links, each on a line."""
        last = day(article.valid_until)
        facts = (
            (article.phone, self.tr("Phone {what}")),
            (", ".join(article.menu), self.tr("Menu {what}")),
            (article.owner, self.tr("Kept by {what}")),
            (_short(last) if last else "", self.tr("Valid until {what}")),
        )
        words = " · ".join(form.replace("{what}", what) for what, form in facts if what)
        return [line for line in (words, *article.links) if line]

    def _fresh_words(self, article: Article) -> str:
        checked, last = day(article.checked_on), day(article.valid_until)
        words: dict[Freshness, str] = {
            "sample": self.tr("Sample · unverified"),
            "unchecked": self.tr("Never checked"),
            "expired": self.tr("Ended {date}").replace("{date}", _short(last)),
            "old": self.tr("Old: checked {date}").replace("{date}", _short(checked)),
            "fine": self.tr("Checked {date}").replace("{date}", _short(checked)),
        }
        return words[self._fresh]


def _short(moment: date | None) -> str:
    return short_day(moment) if moment else ""
