"""What the recording of calls stands on: the thread that writes, the files, the agent's ear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.adapters.audio.ear import Ear
from desktop.adapters.evidence.keys import KeyRing
from desktop.adapters.recording.playback import DeskPlayback
from desktop.adapters.recording.recorder import CallRecorder
from desktop.adapters.recording.sealed_recording import Shelf
from desktop.domain.policy import Policy, RecordingMode
from desktop.domain.sound import Wish
from desktop.paths import Folders
from desktop.services.recording_service import FROM_THE_START_S, RecordingParts


@dataclass(frozen=True, slots=True)
class DeskRecording:
    """`on`: the policy wants recordings; the recorder hears nothing of the line otherwise."""

    on: bool
    recorder: CallRecorder
    parts: RecordingParts

    def set_tap(self, address: str, token: str) -> None:
        """Where the engine of the real line gives audio."""
        if self.on:
            self.recorder.set_tap(address, token)


def recording_of(policy: Policy, where: Folders, keys: KeyRing, speaker: Callable[[], Wish]) -> DeskRecording:
    """All of it; no thread runs yet."""
    rules = policy.recording
    on_incident = rules.mode is RecordingMode.ON_INCIDENT
    keep_s = float(rules.pre_roll_seconds) if on_incident else FROM_THE_START_S
    recorder = CallRecorder(where.evidence, keys, keep_s)
    shelf = Shelf(where.evidence, keys)
    parts = RecordingParts(recorder, shelf, DeskPlayback(shelf, Ear(speaker)))
    return DeskRecording(rules.mode is not RecordingMode.OFF, recorder, parts)
