"""How well a voice is understood that comes over a link which loses and delays packets, and over one that does not.

The same voice, the same losses and delays (seeded), the same codec for every phone; what it decoded is kept without any
sound device. A jitter buffer that gives or takes time shifts what follows, which is no fault to an ear: the voice is
judged in pieces of 1.2 s, each where it fits best within 0.2 s of its neighbours' place.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import soxr
from pystoi import stoi

from bench.sound_measure.line import Line, Narrow, Relay
from bench.sound_measure.phones import Subject, baresip, ours
from bench.sound_measure.report import BARESIP, PRODUCT, line
from tests.adapters.audio.spoken import RATE as WIDE
from tests.adapters.audio.spoken import practice_voice
from tests.peers.talker import RATE
from tests.peers.tones import read_wav

LOSS, JITTER_S = 0.05, 0.04
PIECE_S, REACH_S = 1.2, 0.2
LEAD_S = 2.0
"""Silence before the voice: a call's first moments are no part of this."""
LINGER_S = 1.0
ANSWER_S = 3.0
"""A recording begins at most so long before the first packet."""
VOICED_DB = -20.0
"""A piece that is so much quieter than the voice as a whole is a pause, and not judged."""
SLACK = 0.02
Phone = Callable[[Path], AbstractContextManager[Subject]]


def voice(seconds: float) -> Narrow:
    """A citizen of the practice calls as the telephone carries them."""
    spoken = soxr.resample(practice_voice("S02", "caller", seconds), WIDE, RATE)
    return np.concatenate([np.zeros(int(LEAD_S * RATE)), np.clip(spoken / 32768, -0.95, 0.95)])


def pieces(said: Narrow) -> Iterator[slice]:
    """Stretches with a voice in them."""
    size = int(PIECE_S * RATE)
    whole = np.sqrt(np.mean(said[int(LEAD_S * RATE) :] ** 2))
    for at in range(int(LEAD_S * RATE), said.size - size + 1, size):
        if np.sqrt(np.mean(said[at : at + size] ** 2)) > whole * 10 ** (VOICED_DB / 20):
            yield slice(at, at + size)


def best_place(piece: Narrow, heard: Narrow, around: int, reach: int) -> int:
    """Where in `heard`, near `around`, the piece fits best."""
    start = max(0, around - reach)
    stretch = heard[start : around + reach + piece.size]
    if stretch.size < piece.size:
        return -1
    return start + int(np.correlate(stretch, piece, "valid").argmax())


def understood(said: Narrow, heard: Narrow) -> float:
    """Mean STOI of the pieces; one that is not there at all counts 0."""
    size = said.size + heard.size
    match = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size)), size)
    offset = int(match[: int(ANSWER_S * RATE)].argmax())
    scores = []
    for place in pieces(said):
        piece = said[place]
        at = best_place(piece, heard, place.start + offset, int(REACH_S * RATE))
        found = heard[at : at + piece.size] if at >= 0 else piece[:0]
        scores.append(float(stoi(piece, found, RATE)) if found.size == piece.size and found.any() else 0.0)
        offset = at - place.start if at >= 0 else offset
    return float(np.mean(scores)) if scores else 0.0


def one_call(phone: Phone, seconds: float, impaired: bool, seed: int) -> float:
    """STOI of a call."""
    folder = Path(tempfile.mkdtemp())
    link = Relay(LOSS, JITTER_S, seed) if impaired else Relay(0.0, 0.0, seed)
    try:
        with phone(folder / "phone") as subject:
            call = Line(subject.port, subject.user, link)
            said = voice(seconds)
            call.speak(said)
            time.sleep(LINGER_S)
            call.hang_up()
            time.sleep(LINGER_S)
            file = subject.heard()
        sound, rate = read_wav(file)
        return understood(said, soxr.resample(sound, rate, RATE))
    finally:
        link.close()
        shutil.rmtree(folder, ignore_errors=True)


def measure(seconds: float, slices: int) -> None:
    """Print a line for the clean link and one for the impaired."""
    phones: dict[str, Phone] = {PRODUCT: ours, BARESIP: baresip}
    for impaired in (False, True):
        scores: dict[str, list[float]] = {name: [] for name in phones}
        for number in range(slices):
            for name, phone in phones.items():
                scores[name].append(one_call(phone, seconds, impaired, 7 + number))
        figures = {name: round(float(np.mean(each)), 3) for name, each in scores.items()}
        each = {f"{name}, each": [round(score, 3) for score in found] for name, found in scores.items()}
        words = f"loss {LOSS:.0%}, jitter {JITTER_S * 1000:.0f} ms" if impaired else "no loss, no jitter"
        held = {"bar": f">= {BARESIP} - {SLACK:g}", "holds": figures[PRODUCT] >= figures[BARESIP] - SLACK}
        line("impaired", f"{words}: STOI", **figures, **each, **(held if impaired else {}))
