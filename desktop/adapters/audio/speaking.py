"""An audio file spoken into the microphone path of a device, as if the agent had said it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from desktop.adapters.audio.files import read_audio
from desktop.adapters.audio.port import DevicePort, DeviceState
from desktop.adapters.audio.tones import mix

Done = Callable[[Path, float], None]


class Speaking:
    """A device port whose microphone also carries a spoken file; all else is the inner device's.

    `done(file, seconds)` is called by the media clock when a file has been read to its end (not when it was stopped
    or replaced), so it must only copy and post.
    """

    def __init__(self, device: DevicePort, done: Done | None = None) -> None:
        self._device = device
        self._done = done
        self.clock_rate = device.clock_rate
        self._file: Path | None = None
        self._sound = b""
        self._at = 0
        self._lock = threading.Lock()

    def speak(self, file: Path | None) -> float:
        """Begin to speak `file` (its seconds are returned), or stop with None. Raises DeviceError.

        The file is read in the caller's thread; sound begins when the next call or the running one takes it.
        """
        sound = read_audio(file, self.clock_rate).tobytes() if file is not None else b""
        with self._lock:
            self._file, self._sound, self._at = file, sound, 0
        return len(sound) / 2 / self.clock_rate

    def start(self) -> None:
        """See DevicePort."""
        self._device.start()

    def stop(self) -> None:
        """See DevicePort."""
        self._device.stop()

    def read_microphone(self, samples: int) -> bytes:
        """The inner microphone with the spoken file on top."""
        own = self._device.read_microphone(samples)
        with self._lock:
            if self._file is None:
                return own
            part = self._sound[self._at : self._at + samples * 2]
            self._at += len(part)
            finished = self._file if self._at >= len(self._sound) else None
            seconds = len(self._sound) / 2 / self.clock_rate
            if finished:
                self._file, self._sound, self._at = None, b"", 0
        if finished and self._done:
            self._done(finished, seconds)
        return mix(own, part.ljust(samples * 2, b"\0"))

    def write_speaker(self, pcm: bytes) -> None:
        """See DevicePort."""
        self._device.write_speaker(pcm)

    def ring(self, kind: str | None) -> None:
        """See DevicePort."""
        self._device.ring(kind)

    def state(self) -> DeviceState:
        """See DevicePort."""
        return self._device.state()
