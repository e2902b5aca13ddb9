"""Sound as Whisper takes it: 16 kHz float; and WAV files with their channels apart."""

from __future__ import annotations

import functools
import math
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.stt.voice_activity import Samples
from desktop.domain.errors import DeskError

WHISPER_RATE = 16000
TAPS = 32
BLOCK = 1 << 15

Floats = NDArray[np.float32]


class SoundFileError(DeskError):
    """A file holds no sound that can be transcribed."""


def whisper_sound(samples: Samples, clock_rate: int) -> Floats:
    """int16 mono at `clock_rate` as float32 within -1 to 1 at 16 kHz."""
    sound = samples.astype(np.float32) / np.float32(32768.0)
    return resample(sound, clock_rate, WHISPER_RATE)


def resample(sound: Floats, source: int, target: int) -> Floats:
    """`sound` (float32, mono) at another rate, by a windowed sinc of 32 zero crossings."""
    if source == target or not sound.size:
        return sound
    common = math.gcd(source, target)
    up, down = target // common, source // common
    kernels = _kernels(up, down)
    taps = kernels.shape[1]
    padded = np.concatenate([np.zeros(taps // 2, np.float32), sound, np.zeros(taps // 2, np.float32)])
    length = len(sound) * up // down
    result = np.empty(length, np.float32)
    reach = np.arange(taps)
    for at in range(0, length, BLOCK):
        number = np.arange(at, min(at + BLOCK, length), dtype=np.int64) * down
        first = number // up + 1
        window = padded[np.minimum(first[:, None] + reach, len(padded) - 1)]
        result[at : at + BLOCK] = np.einsum("nk,nk->n", window, kernels[number % up])
    return result


@functools.lru_cache(maxsize=8)
def _kernels(up: int, down: int) -> Floats:
    # One kernel per phase; the sinc is widened when the rate falls, so that nothing folds back.
    scale = min(1.0, up / down)
    taps = 2 * math.ceil(TAPS / scale / 2)
    offsets = np.arange(taps)[None, :] - taps // 2 + 1 - (np.arange(up) / up)[:, None]
    window = np.cos(np.clip(offsets / taps, -0.5, 0.5) * math.pi) ** 2
    kernels = 0.95 * scale * np.sinc(0.95 * scale * offsets) * window
    return np.asarray(kernels / kernels.sum(axis=1, keepdims=True), np.float32)


def read_wav(path: Path) -> tuple[int, list[Samples]]:
    """Clock rate and one int16 array per channel of a PCM 16 bit WAV of 8 to 48 kHz. Raises SoundFileError."""
    try:
        with wave.open(str(path), "rb") as file:
            shape = file.getnchannels(), file.getsampwidth(), file.getframerate()
            content = file.readframes(file.getnframes())
    except OSError as error:
        raise SoundFileError(f"{path} cannot be read: {error.strerror}.") from error
    except (wave.Error, EOFError, ValueError) as error:
        raise SoundFileError(f"{path} is no WAV file that can be read; give PCM with 16 bit.") from error
    channels, width, clock_rate = shape
    if width != 2:
        raise SoundFileError(f"{path} has {width * 8} bit samples; give a WAV file with 16 bit PCM.")
    if channels not in (1, 2):
        raise SoundFileError(f"{path} has {channels} channels; give one (caller) or two (caller, agent).")
    if not 8000 <= clock_rate <= 48000:
        raise SoundFileError(f"{path} has a rate of {clock_rate} Hz; give 8000 to 48000 Hz.")
    sound = np.frombuffer(content[: len(content) // (2 * channels) * 2 * channels], "<i2").astype(np.int16)
    return clock_rate, [np.ascontiguousarray(sound[channel::channels]) for channel in range(channels)]
