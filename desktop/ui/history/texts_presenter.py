"""Text messages among the calls: listed by their senders, read one at a time, answered with a line."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.domain.events import TextsChanged
from desktop.domain.phone import TextRefused
from desktop.services.desk_services import DeskServices
from desktop.services.text_service import TextMessage
from desktop.ui.call.line_words import cause_words
from desktop.ui.history.all_calls import AllCallsView
from desktop.ui.history.rows import CallRow, can_be_called, day_text, shown_number
from desktop.ui.panes_contract import PaneHooks


class TextsPresenter:
    """Fills the list while it shows texts; a row's id is the text's number."""

    def __init__(self, view: AllCallsView, services: DeskServices, hooks: PaneHooks) -> None:
        self._view, self._services, self._hooks = view, services, hooks
        self._open = 0
        view.text_box.given.connect(self._answer)
        view.chosen_changed.connect(self._show_chosen)
        services.bus.subscribe(TextsChanged, lambda _event: self._follow())
        services.bus.subscribe(TextRefused, self._refused)

    def list(self) -> None:
        """Show what there is; the one that is open stays chosen."""
        wanted, now = self._view.field.query.strip().casefold(), self._services.clock.now()
        texts = [each for each in self._services.texts.texts if wanted in each.text.casefold()]
        place = next((at for at, each in enumerate(texts) if each.number == self._open), 0)
        self._view.show_found([self._row(each, now) for each in texts], place)

    def _follow(self) -> None:
        if self._view.shows_texts and self._view.isVisible():
            self.list()

    def _row(self, one: TextMessage, now: datetime) -> CallRow:
        translate = QCoreApplication.translate
        state = "" if one.read else translate("Texts", "New")
        if one.answered:
            state = translate("Texts", "Answered")
        first = " ".join(one.text.split())[:200]
        return CallRow(str(one.number), day_text(one.moment, now), self._who(one), first, state)

    def _who(self, one: TextMessage) -> str:
        return shown_number(one.sender, self._hooks.settings.current.mask_numbers)

    def _show_chosen(self) -> None:
        chosen = self._view.chosen if self._view.shows_texts else ""
        one = next((each for each in self._services.texts.texts if str(each.number) == chosen), None)
        self._view.text_box.setVisible(one is not None)
        if one is None:
            self._open = 0
            return
        self._view.text_box.show_text(self._who(one), one.text, one.answered, can_be_called(one.sender))
        if one.number != self._open:
            self._open = one.number
            self._view.text_box.answer.clear()
        if not one.read:
            self._services.texts.read(one.number)

    def _answer(self, words: str) -> None:
        self._hooks.start(self._send(self._open, words), "answer a text")

    async def _send(self, number: int, words: str) -> None:
        await self._services.texts.answer(number, words)
        if number == self._open:
            self._view.text_box.answer.clear()

    def _refused(self, refused: TextRefused) -> None:
        words = QCoreApplication.translate("Texts", "The text was not taken: {why}")
        self._hooks.show_toast(words.replace("{why}", cause_words(refused.cause) or refused.cause))
