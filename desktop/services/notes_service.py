"""Notes of a call: every key goes to disk at once, the newest text wins."""

from __future__ import annotations

from functools import partial

from desktop.domain.events import NotesSaved
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.ports import Records
from desktop.services.saving import Saver


class NotesService:
    """Writes one text at a time; what is typed meanwhile is written next, whole."""

    def __init__(self, line: CurrentLine, bus: EventBus, background: Background) -> None:
        self._line, self._bus, self._background = line, bus, background
        self._waiting: dict[str, tuple[Records, str]] = {}
        self._unsaved: dict[str, str] = {}
        self._writing = False
        self.saver = Saver(bus)

    def keep(self, call_id: str, text: str) -> None:
        """Save `text`, composing syllables included, as the notes of a call."""
        self._waiting[call_id] = (self._line.records, text)
        if not self._writing:
            self._writing = True
            self._background.start(self._write(), "save notes")

    async def load(self, call_id: str) -> str:
        """The notes as they stand, the unwritten ones included."""
        if call_id in self._waiting:
            return self._waiting[call_id][1]
        if call_id in self._unsaved:
            return self._unsaved[call_id]
        return await self._line.records.notes(call_id)

    async def _write(self) -> None:
        try:
            while self._waiting:
                call_id, (records, text) = self._waiting.popitem()
                self._unsaved[call_id] = text
                await self.saver.save(f"notes {call_id}", partial(self._save, records, call_id, text))
        finally:
            self._writing = False

    async def _save(self, records: Records, call_id: str, text: str) -> None:
        await records.save_notes(call_id, text)
        if self._unsaved.get(call_id) == text:
            del self._unsaved[call_id]
        self._bus.publish(NotesSaved(call_id, len(text)))
