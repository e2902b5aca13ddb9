"""Ring and signal tones in the agent's ear, read once from the shipped sounds."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import numpy as np

from desktop.adapters.audio.files import read_audio
from desktop.adapters.audio.port import CLOCK_RATE, RING_KINDS, DeviceError
from desktop.paths import resources

ONCE: frozenset[str] = frozenset({"waiting", "lost"})

log = logging.getLogger(__name__)


class TonePlayer:
    """Gives the samples of one tone after another; a missing sound file is silence and logged once."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or resources() / "sounds"
        self._sounds: dict[str, bytes] = {}
        self._kind: str | None = None
        self._at = 0
        self._lock = threading.Lock()

    def twin(self) -> TonePlayer:
        """Another player of the same sounds, for another device."""
        other = TonePlayer(self._folder)
        other._sounds = self._sounds
        return other

    @property
    def kind(self) -> str | None:
        """What sounds now."""
        return self._kind

    def play(self, kind: str | None) -> None:
        """Begin a tone from its start (the same one again goes on where it is); None ends it.

        Reads a file. Raises ValueError for what is not one of RING_KINDS.
        """
        if kind is not None and kind not in RING_KINDS:
            raise ValueError(f"there is no tone called {kind!r}")
        if kind is not None and kind not in self._sounds:
            self._sounds[kind] = self._load(kind)
        with self._lock:
            if kind != self._kind:
                self._kind, self._at = kind, 0

    def take(self, samples: int) -> bytes | None:
        """The next `samples` samples, None while nothing sounds. Never reads a file."""
        with self._lock:
            if self._kind is None:
                return None
            sound, wanted = self._sounds[self._kind], samples * 2
            if self._kind in ONCE and self._at >= len(sound):
                self._kind = None
                return None
            out = sound[self._at : self._at + wanted]
            self._at += len(out)
            if self._kind not in ONCE:
                while sound and len(out) < wanted:
                    self._at = wanted - len(out)
                    out += sound[: self._at]
            return out.ljust(wanted, b"\0")

    def _load(self, kind: str) -> bytes:
        try:
            return read_audio(self._folder / f"{kind}.wav", CLOCK_RATE).tobytes()
        except DeviceError as error:
            log.error("tone %s stays silent: %s", kind, error)
            return b""


def mix(first: bytes, second: bytes) -> bytes:
    """The sum of two blocks of equal length, clipped."""
    total = np.frombuffer(first, "<i2").astype(np.int32) + np.frombuffer(second, "<i2")
    return bytes(np.clip(total, -32768, 32767).astype("<i2").tobytes())


def scaled(pcm: bytes, percent: int) -> bytes:
    """The same sound at another volume, clipped; 100 changes nothing."""
    if percent == 100:
        return pcm
    louder = np.frombuffer(pcm, "<i2").astype(np.float32) * (percent / 100)
    return bytes(np.clip(louder, -32768, 32767).astype("<i2").tobytes())
