"""Audio files: reading WAV, FLAC, MP3 and Vorbis at any rate, and writing WAV that is valid at any moment."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import IO

import miniaudio
import numpy as np
import soxr
from numpy.typing import NDArray

from desktop.adapters.audio.port import DeviceError

HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
MAX_DATA = (1 << 32) - 1 - HEADER.size

Samples = NDArray[np.int16]


def read_audio(path: Path, clock_rate: int) -> Samples:
    """The whole file as int16 mono at `clock_rate`; of several channels the mean. Raises DeviceError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DeviceError(f"The audio file {path} cannot be read: {error.strerror}.") from error
    try:
        info = miniaudio.get_file_info(str(path))
        decoded = miniaudio.decode(content, nchannels=info.nchannels, sample_rate=info.sample_rate)
    except (miniaudio.MiniaudioError, ValueError) as error:
        raise DeviceError(f"{path} is no audio file that can be read; give WAV or FLAC.") from error
    sound = np.asarray(decoded.samples, np.int16)
    if info.nchannels > 1:
        sound = sound.reshape(-1, info.nchannels).mean(axis=1).astype(np.int16)
    if info.sample_rate != clock_rate and sound.size:
        sound = soxr.resample(sound, info.sample_rate, clock_rate)
    return np.ascontiguousarray(sound, np.int16)


def decode_sound(content: bytes, clock_rate: int, longest_s: float) -> bytes:
    """The bytes of an audio file as int16 mono PCM at `clock_rate`.

    Stops as soon as it is longer than `longest_s`, whatever its header says. Raises DeviceError.
    """
    most = int(longest_s * clock_rate)
    parts: list[bytes] = []
    count = 0
    try:
        stream = miniaudio.stream_memory(
            content, nchannels=1, sample_rate=clock_rate, frames_to_read=clock_rate // 2
        )
        for part in stream:
            count += len(part)
            if count > most:
                raise DeviceError(f"The sound is longer than {longest_s:.0f} s.")
            parts.append(part.tobytes())
    except (miniaudio.MiniaudioError, ValueError) as error:
        raise DeviceError("This is no sound that can be read.") from error
    return b"".join(parts)


def at_clock_rate(pcm: bytes, channels: int, rate: int, clock_rate: int) -> bytes:
    """Int16 PCM of several channels as mono (their mean) at `clock_rate`."""
    sound = np.frombuffer(pcm, np.dtype("<i2")).astype(np.int16)
    if channels > 1:
        sound = sound.reshape(-1, channels).mean(axis=1).astype(np.int16)
    if rate != clock_rate and sound.size:
        sound = soxr.resample(sound, rate, clock_rate)
    return np.ascontiguousarray(sound, np.int16).tobytes()


class WavWriter:
    """A mono 16 bit WAV file that grows; after every `refresh` it is valid even if the process is killed.

    Raises DeviceError when the file cannot be made; OSError from `write` when the disk is full.
    """

    def __init__(self, path: Path, clock_rate: int, refresh_s: float = 0.5) -> None:
        self._clock_rate = clock_rate
        self._refresh = int(refresh_s * clock_rate) * 2
        self._stale = 0
        self.written = 0
        try:
            number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        except OSError as error:
            raise DeviceError(f"The audio file {path} cannot be written: {error.strerror}.") from error
        self._file: IO[bytes] | None = os.fdopen(number, "r+b", buffering=0)
        self._file.write(self._header())

    @property
    def samples(self) -> int:
        """Samples written so far."""
        return self.written // 2

    def write(self, pcm: bytes) -> None:
        """Append sound (int16 mono); what is beyond 4 GiB or after `close` is left out."""
        if self._file is None or self.written + len(pcm) > MAX_DATA:
            return
        self._file.write(pcm)
        self.written += len(pcm)
        self._stale += len(pcm)
        if self._stale >= self._refresh:
            self.refresh()

    def refresh(self) -> None:
        """Make the header tell the true length."""
        if self._file is None or not self._stale:
            return
        self._file.seek(0)
        self._file.write(self._header())
        self._file.seek(0, os.SEEK_END)
        self._stale = 0

    def close(self) -> None:
        """End the file; a second close changes nothing."""
        if self._file is None:
            return
        try:
            self.refresh()
        finally:
            self._file.close()
            self._file = None

    def _header(self) -> bytes:
        rate, size = self._clock_rate, self.written
        return HEADER.pack(
            b"RIFF", HEADER.size - 8 + size, b"WAVE", b"fmt ", 16, 1, 1, rate, rate * 2, 2, 16, b"data", size
        )
