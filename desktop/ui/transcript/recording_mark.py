"""Who keeps the sound of the call at this moment, for the head of the transcript."""

from __future__ import annotations

from desktop.domain.call import Call
from desktop.domain.events import (
    CallChanged,
    CallConfirmed,
    CallEnded,
    CallUnparked,
    LineChanged,
    RecordingChanged,
)
from desktop.services.desk_services import DeskServices
from desktop.ui.transcript.view import Recorder, TranscriptView


class RecordingMark:
    """Shown while it is true: what is on hold is not recorded by the desk, and a practice call by nobody."""

    def __init__(self, view: TranscriptView, services: DeskServices) -> None:
        self._view, self._services = view, services
        for kind in (RecordingChanged, CallConfirmed, CallChanged, CallUnparked, CallEnded, LineChanged):
            services.bus.subscribe(kind, lambda _event: self._show())
        self._show()

    def _show(self) -> None:
        self._view.show_recording(self._recorder(self._services.calls.current))

    def _recorder(self, call: Call | None) -> Recorder:
        if call is None or call.confirmed is None or self._services.line.practice:
            return ""
        recording = self._services.recording
        if recording.recording and not call.silenced:
            return "desk"
        return "exchange" if recording.by_exchange else ""
