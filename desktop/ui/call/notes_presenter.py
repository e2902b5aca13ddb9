"""Between the notes on the screen and the notes on disk."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.domain.events import (
    CallConfirmed,
    CallUnparked,
    LineChanged,
    NotesSaved,
    TroubleFound,
    WrapUpStarted,
)
from desktop.services.desk_services import DeskServices
from desktop.ui.call.notes_view import NotesView
from desktop.ui.situation import SituationModel
from desktop.ui.window_hooks import WindowHooks

CALLS_LEFT = 2
"""Notes of so many calls that were left are remembered: one on hold, and one that is written up later."""


class NotesPresenter(QObject):
    """Every change goes to the service at once; another call brings its own notes."""

    def __init__(
        self, view: NotesView, model: SituationModel, services: DeskServices, window: WindowHooks
    ) -> None:
        super().__init__(view)
        self._view, self._model, self._services, self._window = view, model, services, window
        self._call_id = ""
        self._typed = 0
        self._left: dict[str, str] = {}
        view.changed.connect(self._changed)
        self._on_disk = True
        services.bus.subscribe(NotesSaved, self._saved)
        services.bus.subscribe(TroubleFound, self._trouble)
        for kind in (LineChanged, CallConfirmed, CallUnparked, WrapUpStarted):
            services.bus.subscribe(kind, lambda _event: self._follow())
        model.phase_changed.connect(lambda _phase: self._follow())
        self._follow()

    def _follow(self) -> None:
        call_id = self._current()
        if call_id != self._call_id:
            if self._call_id:
                self._left = dict([*self._left.items(), (self._call_id, self._view.text)][-CALLS_LEFT:])
            self._call_id = call_id
            self._typed = 0
            # What was written of a call that is back stands there before the next key can be typed over it.
            self._view.edit.set_text(self._left.pop(call_id, ""))
            self._view.set_saved(False)
            if call_id:
                self._window.start(self._load(call_id), "load notes")
        self._view.set_open(bool(call_id))

    def _current(self) -> str:
        call = self._services.calls.current
        if call is not None:
            return call.id
        wrap_up = self._services.wrap_up.open
        return "" if wrap_up is None else wrap_up.call_id

    def _trouble(self, event: TroubleFound) -> None:
        if event.subject == "records":
            self._on_disk = False

    async def _load(self, call_id: str) -> None:
        text = await self._services.notes.load(call_id)
        if call_id == self._call_id and not self._typed and text:
            self._view.edit.set_text(text)
            self._view.set_saved(self._on_disk)

    def _changed(self, text: str) -> None:
        if self._call_id:
            self._typed += 1
            self._view.set_saved(False)
            self._services.notes.keep(self._call_id, text)

    def _saved(self, event: NotesSaved) -> None:
        fits = event.call_id == self._call_id and event.length == len(self._view.text)
        # Notes in memory are gone with the window: that is not what an agent calls saved.
        if fits and (self._on_disk or self._services.line.practice):
            self._view.set_saved(True)
