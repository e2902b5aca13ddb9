"""What comes over a telephone line and is no speech, rendered: tones, digits, noise, hold music."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]
Wave = NDArray[np.float64]
LOW, HIGH = np.array((697, 770, 852, 941)), np.array((1209, 1336, 1477, 1633))
SCALE = np.array((0, 2, 4, 5, 7, 9, 11, 12))
VOWELS = ((730, 1090, 2440), (530, 1840, 2480), (300, 870, 2240), (570, 840, 2410))


def moments(seconds: float, rate: int) -> Wave:
    return np.arange(int(seconds * rate)) / rate


def total(parts: Iterable[Wave], like: Wave) -> Wave:
    return sum(parts, np.zeros_like(like))


def tone(now: Wave, *hertz: float, on: float, off: float) -> Wave:
    sound = total((np.sin(2 * np.pi * each * now) for each in hertz), now)
    return 3000 * sound * (now % (on + off) < on)


def digits(now: Wave) -> Wave:
    """Ten DTMF digits every two seconds."""
    chosen = np.random.default_rng(1).integers(0, 4, (int(now[-1] / 0.2) + 1, 2))
    which = (now / 0.2).astype(int)
    both = (np.sin(2 * np.pi * each * now) for each in (LOW[chosen[which, 0]], HIGH[chosen[which, 1]]))
    return 4000 * total(both, now) * (now % 0.2 < 0.1)


def notes(now: Wave, beat: float, voice: Callable[[Wave, float, int], Wave]) -> Wave:
    """A melody of notes of `beat` seconds; `voice` plays a pitch in hertz and knows which note it is."""
    chance, rate = np.random.default_rng(2), round(1 / (now[1] - now[0]))
    length = round(beat * rate)
    out = np.zeros_like(now)
    for number, start in enumerate(range(0, len(now), length)):
        here = np.arange(min(length, len(now) - start)) / rate
        rise = np.minimum(1.0, np.minimum(here, here[-1] - here) / 0.03)
        pitch = 220.0 * 2 ** (SCALE[chance.integers(8)] / 12)
        out[start : start + length] = rise * voice(here, pitch, number)
    loudest = float(np.abs(out).max())
    return 9000 * out / loudest


def plucked(now: Wave, hertz: float, _number: int) -> Wave:
    partials = (np.sin(2 * np.pi * hertz * k * now) / k for k in range(1, 7))
    return np.exp(-2 * now) * total(partials, now)


def chord(now: Wave, hertz: float, _number: int) -> Wave:
    """Bowed, with vibrato."""
    swing = np.sin(2 * np.pi * 5.3 * now) * 0.006 / 5.3
    tones = (hertz * each * k for each in (1.0, 1.26, 1.5) for k in range(1, 6))
    return total((np.sin(2 * np.pi * each * (now + swing)) * hertz / each for each in tones), now)


def vowel(now: Wave, hertz: float, number: int) -> Wave:
    """Sung on one vowel a note."""
    swing = np.sin(2 * np.pi * 5.5 * now) * 0.01 / 5.5
    formants = VOWELS[number % len(VOWELS)]
    out = np.zeros_like(now)
    for k in range(1, 15):
        strength = sum(1 / (1 + ((hertz * k - formant) / 90) ** 2) for formant in formants)
        out += strength * np.sin(2 * np.pi * hertz * k * (now + swing))
    return out


def drums(now: Wave) -> Wave:
    beat = now % 0.5
    noise = np.random.default_rng(5).normal(0, 1, len(now))
    return 8000 * np.sin(2 * np.pi * 90 * beat) * np.exp(-18 * beat) + 5000 * noise * np.exp(
        -30 * ((beat + 0.25) % 0.5)
    )


def hum(now: Wave) -> Wave:
    return 800 * total((np.sin(2 * np.pi * 60 * k * now) / k for k in range(1, 8)), now)


def noise(now: Wave, level: float) -> Wave:
    return np.random.default_rng(4).normal(0, level, len(now))


TONES: dict[str, Callable[[Wave], Wave]] = {
    "ringback": lambda now: tone(now, 440, 480, on=1, off=2),
    "busy": lambda now: tone(now, 480, 620, on=0.5, off=0.5),
    "one tone": lambda now: tone(now, 425, on=1, off=4),
    "digits": digits,
}
SOUNDS: dict[str, Callable[[Wave], Wave]] = {
    **TONES,
    "silence": np.zeros_like,
    "line noise": lambda now: noise(now, 300),
    "loud noise": lambda now: noise(now, 2000),
    "hum": hum,
    "plucked music": lambda now: notes(now, 0.35, plucked),
    "bowed music": lambda now: notes(now, 2.0, chord),
    "music with drums": lambda now: 0.6 * notes(now, 0.35, plucked) + drums(now),
    "sung music": lambda now: notes(now, 0.6, vowel),
}


def line_sound(name: str, seconds: float, rate: int) -> Samples:
    """One of `SOUNDS`, int16 at this rate."""
    return np.clip(SOUNDS[name](moments(seconds, rate)), -32768, 32767).astype(np.int16)
