"""From what the caller said last, or else the agent searched for, to the sentences of the open answer that fit it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.domain.drafting import Draft, draft_answer, sentence_places
from desktop.domain.events import SegmentCommitted
from desktop.domain.faq import Article
from desktop.domain.transcript import Leg
from desktop.services.desk_services import DeskServices
from desktop.ui.faq.article_view import ArticleView
from desktop.ui.panes_contract import PaneHooks

_FEW = 2
"""So short an answer is read at a glance: it is marked, and no sentence of it is repeated above."""


class DraftPresenter(QObject):
    """Marks and quotes; never opens, scrolls or moves anything. `changed`: whether there is something to copy."""

    changed = Signal()

    def __init__(self, view: ArticleView, services: DeskServices, hooks: PaneHooks) -> None:
        super().__init__(view)
        self._view, self._services, self._hooks = view, services, hooks
        self._article: Article | None = None
        self._found_by = ""
        self._draft = Draft()
        self._end = services.bus.subscribe(SegmentCommitted, self._segment_committed)
        view.article_shown.connect(self._begin)
        view.ask_requested.connect(self._ask)
        view.draft.copy_requested.connect(self.copy)

    def close(self) -> None:
        """Hear no more events."""
        self._end()

    @property
    def ready(self) -> bool:
        """Whether there are sentences to copy."""
        return self._article is not None and bool(self._draft.sentences)

    def copy(self) -> None:
        """Put the sentences of the draft into the notes, word for word."""
        if self._article is None or not self.ready:
            return
        if self._insert(self._draft.text(self._article)):
            self._services.faq.copied(self._article.id)

    def _begin(self, article: Article) -> None:
        """An answer is read from its beginning. Whether the draft has a place is settled now: later nothing moves."""
        self._article, self._found_by = article, self._services.faq.found_by
        talking = self._hooks.situation == "talking"
        self._view.draft.setVisible(talking and len(sentence_places(article.answer)) > _FEW)
        self._make()

    def _segment_committed(self, event: SegmentCommitted) -> None:
        if event.segment.leg is Leg.CALLER and self._article is not None:
            self._make()

    def _make(self) -> None:
        if self._article is None:
            return
        on = self._hooks.situation in ("talking", "wrap_up")
        said = [segment.text for segment in self._services.transcript.heard(Leg.CALLER)] if on else []
        self._draft = draft_answer(self._article, said)
        if on and self._found_by and not self._draft.sentences:
            # Without a transcript, or while nothing that was said fits, a long answer begins with what was looked for.
            self._draft = draft_answer(self._article, [self._found_by])
        self._view.show_draft(self._draft)
        self.changed.emit()

    def _ask(self, question: str) -> None:
        self._insert(f"{question}: ")

    def _insert(self, text: str) -> bool:
        if not self._hooks.insert_into_notes(text):
            return False
        words = QCoreApplication.translate("Answers", "It is in the notes.")
        self._hooks.show_toast(words, lambda: self._hooks.take_out_of_notes(text))
        return True
