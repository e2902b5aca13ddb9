"""Render the desk's own tones to resources/sounds: 16 kHz, 16 bit, mono, the same bytes on every machine.

Use:  python tools/render_sounds.py [FOLDER]
"""

from __future__ import annotations

import sys
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 16000
FOLDER = Path(__file__).resolve().parents[1] / "resources" / "sounds"

Sound = NDArray[np.float64]


def seconds(length: float) -> Sound:
    """The time axis of `length` seconds."""
    return np.arange(int(length * RATE)) / RATE


def swell(length: float, rise: float, fall: float) -> Sound:
    """A smooth envelope from 0 to 1 and back."""
    t = seconds(length)
    return np.sin(np.pi / 2 * np.clip(np.minimum(t / rise, (length - t) / fall), 0, 1)) ** 2


def soft(frequency: float, length: float, apart: float = 1.5, begin: float = 0.0) -> Sound:
    """A round voice: fundamental, a little octave, and a slow beat against a neighbour `apart` Hz away.

    `begin` is how far that one is ahead at the start, in turns: half a turn, and the beat itself swells.
    """
    phase = 2 * np.pi * frequency * seconds(length)
    beat = 2 * np.pi * ((frequency + apart) * seconds(length) + begin)
    return 0.5 * np.sin(phase) + 0.3 * np.sin(beat) + 0.14 * np.sin(2 * phase) + 0.04 * np.sin(3 * phase)


def wood(frequency: float, length: float) -> Sound:
    """A struck bar: the fundamental rings, the fourth partial is gone at once."""
    t = seconds(length)
    body = np.sin(2 * np.pi * frequency * t) * np.exp(-t * 5.0)
    knock = 0.3 * np.sin(2 * np.pi * 3.93 * frequency * t) * np.exp(-t * 25.0)
    return (body + knock) * swell(length, 0.004, 0.1)


def place(length: float, *parts: tuple[float, Sound]) -> Sound:
    """Sounds put at their seconds into `length` seconds of silence."""
    out = np.zeros(int(length * RATE))
    for at, part in parts:
        first = int(at * RATE)
        out[first : first + len(part)] += part
    return out


def pair(low: float, high: float, length: float) -> Sound:
    """A line tone of two frequencies, its edges rounded over 10 ms."""
    t = seconds(length)
    both = 0.5 * np.sin(2 * np.pi * low * t) + 0.5 * np.sin(2 * np.pi * high * t)
    return both * swell(length, 0.01, 0.01)


def sounds() -> dict[str, tuple[Sound, float]]:
    """Every tone with its peak (1 = full scale). Loops are one turn long, pause included."""
    incoming = place(
        4.0,
        (0.0, soft(523.25, 2.6, 0.25, 0.4) * swell(2.6, 2.0, 0.6)),
        (0.7, soft(659.26, 1.9, 0.35, 0.5) * swell(1.9, 1.3, 0.6)),
    )
    practice = place(
        3.0,
        *((at, wood(frequency, 0.9)) for at, frequency in ((0.0, 587.33), (0.22, 739.99), (0.44, 880.0))),
        (1.0, wood(739.99, 0.9)),
    )
    return {
        "incoming": (incoming, 0.5),
        "practice": (practice, 0.45),
        "ringback": (place(3.0, (0.0, pair(440.0, 480.0, 1.0))), 0.2),
        "busy": (place(1.0, (0.0, pair(480.0, 620.0, 0.5))), 0.2),
        "waiting": (soft(659.26, 0.35) * swell(0.35, 0.08, 0.2), 0.07),
        "lost": (
            place(0.7, *((at, soft(196.0, 0.25) * swell(0.25, 0.03, 0.15)) for at in (0.0, 0.35))),
            0.35,
        ),
    }


def write(path: Path, sound: Sound, peak: float) -> None:
    """One WAV file."""
    samples = np.round(sound / np.abs(sound).max() * peak * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


def main() -> int:
    """Write all sounds; prints their names."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, (sound, peak) in sounds().items():
        write(folder / f"{name}.wav", sound, peak)
        print(f"{name}.wav  {len(sound) / RATE:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
