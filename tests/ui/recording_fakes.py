"""A recorder that says what tests want, a shelf and an ear in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from desktop.domain.errors import DeskError
from desktop.domain.evidence import EvidenceFile
from desktop.domain.recording import RecorderState, RecordingFacts, RecordingFile
from desktop.services.recording_service import RecordingParts


class FakeRecorder:
    """Keeps the orders; `say` tells the desk how a recording stands."""

    def __init__(self) -> None:
        self.orders: list[tuple[object, ...]] = []
        self.say: Callable[[str, RecorderState], None] = lambda call_id, state: None

    def listen(self, receiver: Callable[[str, RecorderState], None]) -> None:
        self.say = receiver

    def start(self, call_id: str, back_seconds: float) -> None:
        self.orders.append(("start", call_id, back_seconds))

    async def finish(self, call_id: str) -> None:
        self.orders.append(("finish", call_id))


class FakeShelf:
    """Files by name, in memory."""

    def __init__(self) -> None:
        self.kept: list[RecordingFile] = []
        self.broken = self.sealed = False

    def put(self, call_id: str, written: datetime | None = None) -> RecordingFile:
        name = f"recordings/{call_id}-{len(self.kept) + 1}.sealed"
        self.kept.append(RecordingFile(name, call_id, written or datetime.now(UTC)))
        return self.kept[-1]

    async def files(self, call_id: str = "") -> list[RecordingFile]:
        return [file for file in self.kept if call_id in ("", file.call_id)]

    async def as_evidence(self, file: RecordingFile, escalation_id: str) -> EvidenceFile:
        if self.broken:
            raise DeskError("The recording can't be read.")
        return EvidenceFile(escalation_id, file.name, "audio/wav", 1, "0" * 64, file.written.isoformat())

    async def facts(self, file: RecordingFile) -> RecordingFacts:
        if self.sealed:
            raise DeskError("The key of the recording is not there.")
        return RecordingFacts(16_000, ("caller", "agent"), 1.5, 12.25, True)

    async def remove(self, file: RecordingFile) -> None:
        self.kept.remove(file)


class FakePlayback:
    """Hears all at once."""

    def __init__(self) -> None:
        self.played: list[tuple[str, float, float]] = []
        self.stops = 0
        self.broken = False

    async def play(self, files: Sequence[RecordingFile], begin: float, end: float) -> bool:
        if self.broken:
            raise DeskError("No headset was found.")
        self.played.append((files[0].call_id, begin, end))
        return True

    def stop(self) -> None:
        self.stops += 1


class Recordings:
    """All three."""

    def __init__(self) -> None:
        self.recorder, self.shelf, self.playback = FakeRecorder(), FakeShelf(), FakePlayback()
        self.parts = RecordingParts(self.recorder, self.shelf, self.playback)
