"""What a telephone line does to speech, near enough to train and to test on."""

from __future__ import annotations

import numpy as np
import soxr
import torch

from tools.render_voices import RATE
from tools.speech_model.clips import Samples

WIDE_EDGE_HZ = 7000
FFT_STEP = 4000
PACKET = RATE // 50
NOISE_LEVELS = -5.0, -1.5  # powers of ten of full scale; speech is near -1
LOSSY, MOST_LOST = 0.3, 0.08  # share of the lines that lose packets; of those, the most that one loses


def mu_law(x: Samples) -> Samples:
    """Pass samples through 8 bit mu-law."""
    y = np.sign(x) * np.log1p(255 * np.abs(x)) / np.log(256)
    q = np.round((y + 1) * 127.5) / 127.5 - 1
    out: Samples = (np.sign(q) * np.expm1(np.abs(q) * np.log(256)) / 255).astype(np.float32)
    return out


def a_law(x: Samples) -> Samples:
    """Pass samples through 8 bit A-law."""
    a, scale = 87.6, 1 + np.log(87.6)
    size = np.abs(x)
    y = np.where(size < 1 / a, a * size, 1 + np.log(np.maximum(a * size, 1e-9))) / scale
    q = np.round(y * 127.5) / 127.5 * scale
    out: Samples = (np.sign(x) * np.where(q < 1, q / a, np.exp(q - 1) / a)).astype(np.float32)
    return out


def narrow(x: Samples, law: str) -> Samples:
    """Pass 16 kHz samples through a G.711 leg: 8 kHz, 8 bit, back to 16 kHz."""
    low = np.clip(soxr.resample(x, RATE, RATE // 2, quality="LQ"), -1, 1)
    coded = mu_law(low) if law == "mu" else a_law(low)
    back = soxr.resample(coded, RATE // 2, RATE, quality="LQ").astype(np.float32)
    return np.pad(back, (0, max(0, len(x) - len(back))))[: len(x)]


def wide(x: Samples, rng: np.random.Generator) -> Samples:
    """Pass 16 kHz samples through a G.722-like leg: 7 kHz wide, noise 30 to 40 dB below the speech of the moment."""
    # torch's transform stays in single precision; a length with small factors keeps it quick.
    length = -(-len(x) // FFT_STEP) * FFT_STEP
    spectrum = torch.fft.rfft(torch.from_numpy(x), length)
    spectrum[int(WIDE_EDGE_HZ / RATE * length) :] = 0
    y = torch.fft.irfft(spectrum, length).numpy()[: len(x)]
    block = RATE // 125
    padded = np.pad(y, (0, -len(y) % block)).reshape(-1, block)
    loudness = np.repeat(np.sqrt(np.mean(padded**2, axis=1)), block)[: len(y)]
    noise = (
        rng.standard_normal(len(y), dtype=np.float32)
        * loudness
        * np.float32(10 ** (-rng.uniform(30, 40) / 20))
    )
    out: Samples = (np.round(np.clip(y + noise, -1, 1) * 32767) / 32767).astype(np.float32)
    return out


def telephone(
    x: Samples, rng: np.random.Generator, *, kind: str | None = None, noisy: bool = True
) -> Samples:
    """Return what arrives: gain, line noise, lost packets and a codec ("g722", "pcma", "pcmu", or any)."""
    kind = kind or str(rng.choice(["g722", "g722", "pcma", "pcmu"]))
    y = x.astype(np.float32)
    if noisy:
        y *= rng.uniform(0.3, 1.4)
        y += rng.standard_normal(len(x), dtype=np.float32) * np.float32(10 ** rng.uniform(*NOISE_LEVELS))
        if rng.random() < LOSSY:
            lost = rng.random(-(-len(y) // PACKET)) < rng.uniform(0, MOST_LOST)
            y[np.repeat(lost, PACKET)[: len(y)]] = 0
    return wide(y, rng) if kind == "g722" else narrow(y, "a" if kind == "pcma" else "mu")


CALL_TONES = (
    (440, 480),
    (350, 440),
    (480, 620),
    (425, 425),
    (400, 450),
    (697, 1209),
    (941, 1477),
    (770, 1336),
)
CADENCES = ((1.0, 2.0), (0.5, 0.5), (0.25, 0.25), (9.0, 0.1), (0.1, 0.1))  # seconds on and off
SCALE = (0, 2, 4, 5, 7, 9, 11, 12)  # semitones
BASS = 110.0  # hertz


def music(n: int, rng: np.random.Generator) -> Samples:
    """Return n samples of a tune: notes that are plucked or held, over a chord or not."""
    beat = rng.uniform(0.15, 1.2)
    key = BASS * 2 ** rng.uniform(0, 2)
    moments = np.arange(n) / RATE
    note = (moments / beat).astype(int)
    since = moments - note * beat
    steps = np.take(SCALE, rng.integers(len(SCALE), size=int(note[-1]) + 1))
    pitch = key * 2 ** (steps[note] / 12)
    fade = rng.uniform(0, 4)
    swing = 1 + rng.uniform(0, 0.01) * np.sin(2 * np.pi * 5 * since) if rng.random() < 0.4 else 1.0
    tune = np.zeros(n)
    for partial in range(1, int(rng.integers(3, 12))):
        strength = rng.uniform(0.2, 1.5) / partial
        tune += strength * np.exp(-fade * since) * np.sin(2 * np.pi * partial * pitch * swing * since)
    tune *= np.minimum(1, since / rng.uniform(0.005, 0.05))
    if rng.random() < 0.5:
        for step in (0, 4, 7):
            tune += 0.4 * np.sin(2 * np.pi * key / 2 * 2 ** (step / 12) * moments)
    loudness = 10 ** rng.uniform(-2, -0.6)
    out: Samples = (tune * loudness / max(1e-6, float(np.abs(tune).max()))).astype(np.float32)
    return out


def tones(n: int, rng: np.random.Generator) -> Samples:
    """Return n samples of ringing, busy or key tones."""
    low, high = CALL_TONES[int(rng.integers(len(CALL_TONES)))]
    on, off = CADENCES[int(rng.integers(len(CADENCES)))]
    t = np.arange(n) / RATE
    gate = ((t + rng.uniform(0, on + off)) % (on + off)) < on
    both = np.sin(2 * np.pi * low * t) + np.sin(2 * np.pi * high * t)
    out: Samples = (rng.uniform(0.02, 0.25) * gate * both).astype(np.float32)
    return out


def no_speech(n: int, rng: np.random.Generator) -> Samples:
    """Return n samples in which nobody speaks: silence, noise, music, ringing, busy and key tones."""
    x = rng.standard_normal(n) * 10 ** rng.uniform(-6, -1.7)
    what = rng.random()
    if what < 0.1:
        x = np.zeros(n)
    elif what < 0.4:
        x = x * 0.1 + tones(n, rng)
    elif what < 0.7:
        x = x * 0.1 + music(n, rng)
    elif what < 0.85:
        smooth = int(rng.integers(2, 40))
        x = np.convolve(x, np.ones(smooth) / smooth, "same") * smooth**0.5
        t = np.arange(n) / RATE
        x *= (np.sin(2 * np.pi * rng.uniform(0.2, 3) * t + rng.uniform(0, 6)) > rng.uniform(-0.9, 0.9)) + 0.05
    out: Samples = np.clip(x, -1, 1).astype(np.float32)
    return out
