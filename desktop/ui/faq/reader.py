"""The answer that is read: its version by language, copied, flagged, kept at hand."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.domain.faq import Article, Freshness, Mark, freshness, versions_in_order
from desktop.domain.language import spoken_language
from desktop.domain.own_answers import Flag, Place
from desktop.domain.transcript import Leg
from desktop.services.desk_services import DeskServices
from desktop.ui.faq.view import AnswersView
from desktop.ui.panes_contract import PaneHooks

LISTENED_TO = 20
"""So many of the citizen's last lines tell the language."""


class ArticleReader(QObject):
    """`changed`: another answer is read, or none; or a form was opened or closed. `kept`: a flag or a place was."""

    changed = Signal()
    kept = Signal()

    def __init__(self, view: AnswersView, services: DeskServices, hooks: PaneHooks) -> None:
        super().__init__(view)
        self._view, self._services, self._hooks = view, services, hooks
        self.article: Article | None = None
        self._versions: list[Article] = []
        self._found: tuple[str, tuple[Mark, ...]] = ("", ())
        self._notes: dict[str, str] = {}
        view.copy_requested.connect(self.copy)
        view.flag_form.keep_requested.connect(self.keep_flag)
        view.flag_form.drop_requested.connect(self.close_flag)

    async def read(self, article: Article, marks: tuple[Mark, ...]) -> None:
        """Show an answer that was opened; the citizen's language comes first where there is a version in it."""
        answers = self._services.faq.answers
        versions = await answers.versions(article.group) if answers is not None else []
        self._versions = versions_in_order(article, versions, self._spoken())
        self._found = (article.id, marks)
        self._show(self._versions[0])

    def next_language(self) -> None:
        """The same answer in the next language."""
        if self.article is not None and len(self._versions) > 1:
            self._show(self._following(self.article))

    def close(self) -> bool:
        """Give the place back to the list; False where no answer was open."""
        if self.article is None:
            return False
        self._remember_note()
        self.article = None
        self._services.faq.closed()
        self._view.show_article(None)
        self.changed.emit()
        return True

    def copy(self) -> bool:
        """Put the answer into the notes; False where none is open or no call takes notes."""
        if self.article is None:
            return False
        text = self.article.answer
        if not self._hooks.insert_into_notes(text):
            return False
        self._services.faq.copied(self.article.id)
        words = QCoreApplication.translate("Answers", "The answer is in the notes.")
        self._hooks.show_toast(words, lambda: self._hooks.take_out_of_notes(text))
        return True

    def turn(self, place: Place) -> None:
        """Pin the answer or make it a favourite, or take that back."""
        if self.article is None:
            return
        article_id, own = self.article.id, self._services.faq.own
        on = not own.is_kept(article_id, place)
        self._keep(article_id, place, on)
        self._hooks.show_toast(_place_words(place, on), lambda: self._keep(article_id, place, not on))

    # flags
    @property
    def flagging(self) -> bool:
        """Whether a flag is being written."""
        return not self._view.flag_form.isHidden()

    def begin_flag(self) -> None:
        """Ask what is the matter; an answer past its date is probably outdated."""
        if self.article is None:
            return
        outdated = self._freshness(self.article) in ("expired", "old")
        self._view.open_flag("outdated" if outdated else "wrong", self._notes.get(self.article.id, ""))
        self.changed.emit()

    def keep_flag(self) -> None:
        """Write the flag down for the owner."""
        article, form = self.article, self._view.flag_form
        if article is None or not self.flagging:
            return
        own = self._services.faq.own
        flag = own.flag(article, form.fault, form.note.strip())
        self._notes.pop(article.id, None)
        self._view.close_flag()
        self.changed.emit()
        self.kept.emit()
        if flag is not None:
            words = QCoreApplication.translate("Answers", "Flagged. The owner gets it with the next export.")
            self._hooks.show_toast(words, lambda: self._take_back(flag))

    def close_flag(self) -> bool:
        """Put the flag away; what was written comes back when it is opened again. False where none was open."""
        if not self.flagging:
            return False
        self._remember_note()
        self._view.close_flag()
        self.changed.emit()
        return True

    # inside
    def _show(self, article: Article) -> None:
        self._remember_note()
        self.article = article
        found, marks = self._found
        following = self._following(article).lang if len(self._versions) > 1 else ""
        fresh = self._freshness(article)
        self._view.show_article(article, marks if article.id == found else (), fresh, following)
        self._show_places()
        self.changed.emit()

    def _following(self, article: Article) -> Article:
        ids = [each.id for each in self._versions]
        return self._versions[(ids.index(article.id) + 1) % len(ids)]

    def _freshness(self, article: Article) -> Freshness:
        today = self._services.clock.now().astimezone().date()
        return freshness(article, today, self._hooks.settings.current.faq_stale_days)

    def _keep(self, article_id: str, place: Place, on: bool) -> None:
        self._services.faq.own.keep(article_id, place, on)
        self._show_places()
        self.kept.emit()

    def _take_back(self, flag: Flag) -> None:
        self._services.faq.own.take_back_flag(flag)
        self.kept.emit()

    def _show_places(self) -> None:
        if self.article is not None:
            own, article_id = self._services.faq.own, self.article.id
            self._view.article.show_places(
                own.is_kept(article_id, "favourite"), own.is_kept(article_id, "pin")
            )

    def _remember_note(self) -> None:
        if self.article is not None and self.flagging:
            self._notes[self.article.id] = self._view.flag_form.note

    def _spoken(self) -> str:
        if self._services.calls.current is None:
            return ""
        said = [each.text for each in self._services.transcript.segments if each.leg is Leg.CALLER]
        return spoken_language(said[-LISTENED_TO:])


def _place_words(place: Place, on: bool) -> str:
    translate = QCoreApplication.translate
    if place == "pin":
        return translate("Answers", "Pinned.") if on else translate("Answers", "Not pinned any more.")
    return translate("Answers", "A favourite now.") if on else translate("Answers", "No favourite any more.")
