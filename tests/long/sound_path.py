"""The way of call audio from the media clock to the speaker and from the microphone back, measured by known noise.

A 20 ms clock does what pjsip's does: it gives a frame of noise to the device port and takes one. The microphone hears
the speaker, so every 100 ms block must come back: its delay is the latency of both directions together, a block that
is not found whole is lost. Use (a child of the check, in the engine's manner):  python -m tests.long.sound_path S OUT
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import psutil

from desktop.adapters.audio.miniaudio_device import MiniaudioDevice
from desktop.adapters.system.priority import raise_priority
from desktop.domain.sound import SoundWishes, Wish
from tests.peers.sound_server import EAR, MICROPHONE

RATE = 16000
FRAME = 320
BLOCK = RATE // 10
REACH = RATE // 2
SETTLED_S = 4
SAME = 0.85
SWITCH_S = 0.0005
STOLEN_MS = 10
"""A second of which the host of a virtual machine took more than this says nothing about the path."""

Noise = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Verdict:
    """What came of the blocks; times in milliseconds. `calm` blocks are those of which the host took no time."""

    blocks: int
    lost: int
    calm: int
    calm_lost: int
    median_ms: float
    p95_ms: float


def known_noise(seconds: int) -> Noise:
    """The same noise on both sides, 300 to 5500 Hz."""
    spectrum = np.fft.rfft(np.random.default_rng(1).standard_normal(RATE * seconds))
    hertz = np.fft.rfftfreq(RATE * seconds, 1 / RATE)
    spectrum[(hertz < 300) | (hertz > 5500)] = 0
    noise = np.fft.irfft(spectrum)
    return np.asarray(noise / np.abs(noise).max() * 20000, np.int16)


def judge(sent: Noise, heard: Noise, stolen_ms: list[float]) -> Verdict:
    """Find every block of `heard` in what was sent in the half second before.

    `stolen_ms`: what the host took in each second; what happened then is also heard in the second after.
    """
    known, lags, lost, calm, calm_lost = sent.astype(float), [], 0, 0, 0
    starts = range(RATE * SETTLED_S, len(heard) - BLOCK + 1, BLOCK)
    for at in starts:
        want = heard[at : at + BLOCK].astype(float)
        match = np.correlate(known[at - REACH : at + BLOCK], want, "valid")[::-1]
        lag = int(match.argmax())
        piece = known[at - lag : at - lag + BLOCK]
        missing = match[lag] / (np.linalg.norm(want) * np.linalg.norm(piece) + 1) < SAME
        second = at // RATE
        quiet = max(stolen_ms[max(0, second - 1) : second + 2], default=0.0) <= STOLEN_MS
        lost, calm, calm_lost = lost + missing, calm + quiet, calm_lost + (missing and quiet)
        if not missing:
            lags.append(lag * 1000 / RATE)
    middle, late = (float(np.percentile(lags or [0.0], share)) for share in (50, 95))
    return Verdict(len(starts), lost, calm, calm_lost, round(middle, 1), round(late, 1))


def stolen() -> float:
    """Milliseconds per processor that the host of a virtual machine has taken so far; 0 where there is none."""
    return float(getattr(psutil.cpu_times(), "steal", 0.0)) * 1000 / (psutil.cpu_count() or 1)


def carry(seconds: int, out: Path) -> None:
    """Run the clock for `seconds`, write what came back (int16) to `out`.

    Prints as JSON whether the priority was raised, what the device itself counted as lost, and what the host took in
    each second.
    """
    sys.setswitchinterval(SWITCH_S)
    raised = raise_priority()
    sent = known_noise(seconds)
    device = MiniaudioDevice(SoundWishes(Wish(MICROPHONE), Wish(EAR)))
    device.start()
    heard = []
    taken = [stolen()]
    begin = time.perf_counter() + 0.5
    for number in range(len(sent) // FRAME):
        time.sleep(max(0.0, begin + number * 0.02 - time.perf_counter()))
        device.write_speaker(sent[number * FRAME : (number + 1) * FRAME].tobytes())
        heard.append(device.read_microphone(FRAME))
        if number % (RATE // FRAME) == RATE // FRAME - 1:
            taken.append(stolen())
    lost_ms = device.state().lost_ms
    device.close()
    out.write_bytes(b"".join(heard))
    each = np.round(np.diff(taken), 1).tolist()
    print(json.dumps({"raised": raised, "lost_ms": lost_ms, "stolen_ms": each}))


if __name__ == "__main__":
    carry(int(sys.argv[1]), Path(sys.argv[2]))
