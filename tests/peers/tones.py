"""Sounds that can be recognised on the other side of a call."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float64]


def write_tone(path: Path, hertz: float, seconds: float = 20.0, rate: int = 16_000) -> Path:
    """A sine at -12 dB, as WAV."""
    times = np.arange(int(seconds * rate)) / rate
    return write_wav(path, (0.25 * 32767 * np.sin(2 * np.pi * hertz * times)).astype("<i2"), rate)


def write_wav(path: Path, samples: npt.NDArray[np.int16], rate: int, channels: int = 1) -> Path:
    """16 bits, the same in every channel."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(samples, channels).tobytes())
    return path


def read_wav(path: Path) -> tuple[Samples, int]:
    """Samples of the first channel, -1..1, and the rate; a header that was never finished is no hindrance."""
    data = path.read_bytes()
    rate = int.from_bytes(data[24:28], "little")
    channels = int.from_bytes(data[22:24], "little")
    start = data.index(b"data") + 8
    raw = data[start : start + (len(data) - start) // (2 * channels) * 2 * channels]
    return np.frombuffer(raw, "<i2").astype(np.float64)[::channels] / 32768, rate


def blocks_with(samples: Samples, rate: int, hertz: float, block_s: float = 0.1) -> list[bool]:
    """For each block whether the tone is in it: most of the energy near `hertz`, and loud enough."""
    size = int(rate * block_s)
    found = []
    for start in range(0, len(samples) - size + 1, size):
        block = samples[start : start + size] * np.hanning(size)
        spectrum = np.abs(np.fft.rfft(block)) ** 2
        near = np.abs(np.fft.rfftfreq(size, 1 / rate) - hertz) <= 25
        total = float(spectrum.sum())
        found.append(total > 1e-3 * size and float(spectrum[near].sum()) > 0.8 * total)
    return found


def chords(
    samples: Samples, rate: int, hertz: tuple[float, ...], block_s: float = 0.1
) -> list[frozenset[float]]:
    """For each block which of the tones sound in it: a tenth of the energy near each, and loud enough."""
    size = int(rate * block_s)
    frequencies = np.fft.rfftfreq(size, 1 / rate)
    found = []
    for start in range(0, len(samples) - size + 1, size):
        spectrum = np.abs(np.fft.rfft(samples[start : start + size] * np.hanning(size))) ** 2
        total = float(spectrum.sum())
        loud = total > 1e-3 * size
        near = {each: float(spectrum[np.abs(frequencies - each) <= 25].sum()) for each in hertz}
        found.append(frozenset(each for each, energy in near.items() if loud and energy > 0.1 * total))
    return found


def course(blocks: list[frozenset[float]], least: int = 4) -> list[frozenset[float]]:
    """What was heard one after the other: stretches of at least `least` equal blocks, silence left out."""
    heard: list[frozenset[float]] = []
    run: list[frozenset[float]] = []
    for block in [*blocks, frozenset({-1.0})]:
        if run and block != run[0]:
            if len(run) >= least and run[0] and (not heard or heard[-1] != run[0]):
                heard.append(run[0])
            run = []
        run.append(block)
    return heard


def longest_run(found: list[bool]) -> int:
    """The most blocks in a row that hold the tone."""
    best = run = 0
    for one in found:
        run = run + 1 if one else 0
        best = max(best, run)
    return best


def is_silent(samples: Samples, below: float = 1e-3) -> bool:
    """Whether nothing can be heard."""
    return len(samples) == 0 or float(np.max(np.abs(samples))) < below
