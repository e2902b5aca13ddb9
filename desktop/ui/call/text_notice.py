"""That a text message came: a line in the card's slot while no call is on, nothing else."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.domain.call import mask_number, number_of
from desktop.domain.events import TextsChanged
from desktop.services.desk_services import DeskServices
from desktop.ui.call.notices import NoticeBoard, Reason
from desktop.ui.shortcuts import shown
from desktop.ui.situation import SituationModel
from desktop.ui.theme.look import changes
from desktop.ui.window_hooks import WindowHooks


class TextNotice(QObject):
    """One that came in a call or a write-up is told once that is over."""

    def __init__(
        self, board: NoticeBoard, model: SituationModel, services: DeskServices, window: WindowHooks
    ) -> None:
        super().__init__(model)
        self._board, self._model, self._services, self._window = board, model, services, window
        services.bus.subscribe(TextsChanged, lambda _event: self._show())
        model.phase_changed.connect(lambda _phase: self._show())
        changes().retranslated.connect(self._show)

    def _show(self) -> None:
        unread = self._services.texts.unread if self._model.phase == "idle" else []
        if not unread:
            self._board.put("texts", None)
            return
        who = number_of(unread[0].sender)
        name = mask_number(who) if self._window.settings.current.mask_numbers else who
        words = self.tr("Text from {name}").format(name=name)
        if len(unread) > 1:
            words = self.tr("%n texts, the newest from {name}", "", len(unread)).replace("{name}", name)
        reason = Reason(words, "plain", "person", ((shown("texts"), self.tr("read")),))
        if self._board.put("texts", reason):
            self._window.announce(words)
