"""What the citizen has in place of microphone and ear: clips go in, frames to listen to come out."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from desktop.adapters.audio.port import CLOCK_RATE, DeviceState

KEPT_FRAMES = 500
"""Ten seconds: far more than the listener ever leaves waiting."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """What went through the device since the last look, oldest first, and whether a clip ended meanwhile."""

    heard: list[bytes]
    said: list[bytes]
    clip_ended: bool


class CitizenDevice:
    """A device port for the media clock on one side; `say` and `take` for the citizen's own thread on the other."""

    def __init__(self) -> None:
        self.clock_rate = CLOCK_RATE
        self._clip = b""
        self._at = 0
        self._clip_ended = False
        self._heard: deque[bytes] = deque(maxlen=KEPT_FRAMES)
        self._said: deque[bytes] = deque(maxlen=KEPT_FRAMES)
        self._lock = threading.Lock()

    def say(self, clip: bytes) -> None:
        """Let the microphone carry `clip` (int16 mono), once, from now on."""
        with self._lock:
            self._clip, self._at, self._clip_ended = clip, 0, False

    def take(self) -> Sounds:
        """All sound since the last look."""
        with self._lock:
            sounds = Sounds(list(self._heard), list(self._said), self._clip_ended)
            self._heard.clear()
            self._said.clear()
            self._clip_ended = False
        return sounds

    def start(self) -> None:
        """Nothing to open."""

    def stop(self) -> None:
        """Nothing to close."""

    def read_microphone(self, samples: int) -> bytes:
        """The next part of the clip, silence between clips."""
        with self._lock:
            part = self._clip[self._at : self._at + samples * 2]
            self._at += len(part)
            if part and self._at >= len(self._clip):
                self._clip, self._at, self._clip_ended = b"", 0, True
            frame = part.ljust(samples * 2, b"\0")
            self._said.append(frame)
        return frame

    def write_speaker(self, pcm: bytes) -> None:
        """What the agent says."""
        with self._lock:
            self._heard.append(pcm)

    def ring(self, kind: str | None) -> None:
        """Nobody listens to a ringback."""

    def state(self) -> DeviceState:
        """Always there."""
        return DeviceState("citizen", "citizen")
