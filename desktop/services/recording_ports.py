"""What the recording of calls needs from the world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from desktop.domain.evidence import EvidenceFile
from desktop.domain.recording import RecorderState, RecordingFacts, RecordingFile


class Recorder(Protocol):
    """Keeps sound of calls. Nothing here raises or waits for a disk on the desk's loop."""

    def listen(self, receiver: Callable[[str, RecorderState], None]) -> None:
        """Call `receiver` on the loop with a call's id whenever its recording stands differently."""

    def start(self, call_id: str, back_seconds: float) -> None:
        """Keep this call from `back_seconds` ago on, as far as that is still in memory."""

    async def finish(self, call_id: str) -> None:
        """The call has ended: returns when all of its sound is on disk."""


class RecordingShelf(Protocol):
    """The files that are there."""

    async def files(self, call_id: str = "") -> list[RecordingFile]:
        """Those of a call, or all, oldest first. Raises nothing: what can't be read is not there."""

    async def as_evidence(self, file: RecordingFile, escalation_id: str) -> EvidenceFile:
        """A finished file as the chain takes it. Raises DeskError."""

    async def facts(self, file: RecordingFile) -> RecordingFacts:
        """What a finished file holds; all of it is read. Raises DeskError."""

    async def remove(self, file: RecordingFile) -> None:
        """Delete a file. Raises DeskError."""


class Playback(Protocol):
    """The agent's own ear."""

    async def play(self, files: Sequence[RecordingFile], begin: float, end: float) -> bool:
        """Play from `begin` to `end`, seconds since the call's media began; returns when it was heard or stopped.

        False where the files hold nothing of that stretch. Raises DeskError.
        """

    def stop(self) -> None:
        """Be silent now."""
