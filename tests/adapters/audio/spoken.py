"""Speech for tests and measurements, the shipped practice voices (by espeak-ng), and a room it sounds in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from desktop.adapters.audio.files import read_audio
from desktop.paths import resources

RATE = 16_000
SPEECH_DB = -22.0
ECHO_DELAY_S, ECHO_DB, ROOM_S = 0.06, -10.0, 0.1

Sound = npt.NDArray[np.float64]


def at_level(sound: Sound, decibels: float) -> Sound:
    """`sound` with its speech at so many dB of full scale."""
    spoken = sound[np.abs(sound) > np.abs(sound).max() / 50]
    return np.asarray(sound / np.sqrt(np.mean(spoken**2)) * 32768 * 10 ** (decibels / 20))


def practice_voice(scenario: str, who: str, seconds: float, pause_s: float = 0.4) -> Sound:
    """The lines of `caller` or `agent` of a practice call, one after the other, over and over, at -22 dB."""
    files = sorted((resources() / "practice" / "voices" / scenario).glob(f"*-{who}.flac"))
    pause = np.zeros(int(pause_s * RATE))
    lines = [np.concatenate([read_audio(file, RATE).astype(float), pause]) for file in files]
    return at_level(np.resize(np.concatenate(lines), int(seconds * RATE)), SPEECH_DB)


def echo_of(sound: Sound, seed: int = 3) -> Sound:
    """What a microphone hears of a loudspeaker in a small room: 60 ms later, 10 dB quieter, with a short decay."""
    taps = np.arange(1, int(ROOM_S * RATE))
    decay = np.random.default_rng(seed).standard_normal(taps.size) * np.exp(-taps / 240) * 0.15
    late = np.concatenate([np.zeros(int(ECHO_DELAY_S * RATE)), sound])
    size = late.size + taps.size
    spectrum = np.fft.rfft(late, size) * np.fft.rfft(np.concatenate([[1.0], decay]), size)
    return np.asarray(np.fft.irfft(spectrum, size)[: sound.size] * 10 ** (ECHO_DB / 20))


def level_db(sound: Sound) -> float:
    """dB of full scale, as a mean over all of it."""
    return float(20 * np.log10(np.sqrt(np.mean(sound**2)) / 32768 + 1e-9))


def lag_ms(before: Sound, after: Sound, most_ms: float = 100.0) -> float:
    """By how much `after` is late."""
    size = before.size + after.size
    match = np.fft.irfft(np.fft.rfft(after, size) * np.conj(np.fft.rfft(before, size)), size)
    return float(np.abs(match[: int(most_ms * RATE / 1000)]).argmax()) * 1000 / RATE
