"""A suggestion in the card's slot, where the pane that has its card is not seen."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.domain.events import SuggestionOffered, SuggestionWithdrawn
from desktop.services.desk_services import DeskServices
from desktop.ui.call.notices import NoticeBoard, Reason
from desktop.ui.shortcuts import shown
from desktop.ui.stage import Stage
from desktop.ui.theme.look import changes


class SuggestionNotice(QObject):
    """The slot's place is kept and always in sight; everything else that has to be said there comes first."""

    def __init__(self, board: NoticeBoard, stage: Stage, services: DeskServices) -> None:
        super().__init__(stage)
        self._board, self._stage, self._services = board, stage, services
        for kind in (SuggestionOffered, SuggestionWithdrawn):
            services.bus.subscribe(kind, lambda _event: self._show())
        stage.front_changed.connect(self._show)
        stage.currentChanged.connect(lambda _index: self._show())
        changes().retranslated.connect(self._show)

    def _show(self) -> None:
        card = self._services.faq.suggestion
        # Over a page that fills the stage Esc means that page, and nobody there is with the caller's words.
        seen = self._stage.page is not None or self._stage.shows("right")
        if card is None or seen:
            self._board.put("suggestion", None)
            return
        words = self.tr("Suggested: {title}").replace("{title}", card.title)
        keys = ((shown("take_suggestion"), self.tr("open")), (shown("drop_suggestion"), self.tr("dismiss")))
        self._board.put("suggestion", Reason(words, "accent", "lines", keys))
