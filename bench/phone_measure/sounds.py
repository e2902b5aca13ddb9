"""Sounds for calls of the bench."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.audio.files import read_audio
from tests.peers.tones import write_wav

ROOT = Path(__file__).resolve().parents[2]
RATE, PAUSE_S = 48_000, 0.7


def citizens(rate: int) -> Iterator[NDArray[np.int16]]:
    """What the practice citizens say, one recording after the other."""
    for voice in sorted((ROOT / "resources" / "practice" / "voices").rglob("*.flac")):
        yield np.asarray(read_audio(voice, rate), "<i2")


def spoken_wav(path: Path, seconds: float = 120.0) -> Path:
    """Some minutes of the practice citizens' speech with pauses, as WAV in the form of baresip's source."""
    parts, length = list[NDArray[np.int16]](), 0
    for voice in citizens(RATE):
        parts += [voice, np.zeros(int(RATE * PAUSE_S), "<i2")]
        length += len(parts[-2]) + len(parts[-1])
        if length > seconds * RATE:
            break
    return write_wav(path, np.concatenate(parts), RATE, channels=2)
