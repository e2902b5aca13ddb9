"""Whisper's log-mel spectrogram by numpy alone, for an engine that runs without torch."""

from __future__ import annotations

import functools

import numpy as np

from desktop.adapters.stt.sound import Floats
from desktop.adapters.stt.whisper_tokenizer import whisper_file

N_FFT = 400
HOP = 160
QUIETEST_POWER = 1e-10
RANGE = 8.0
AT_ONCE = 500


def log_mel(sound: Floats, n_mels: int) -> Floats:
    """`sound` (float32, mono, 16 kHz) as (n_mels, len(sound) // 160) float32: frames of 25 ms, one each 10 ms.

    What whisper.audio.log_mel_spectrogram gives, in whisper's own scale (about -1.5 to 1.5), within 0.0001.
    """
    padded = np.pad(sound, N_FFT // 2, mode="reflect")
    # Of the frames whose middle lies within the sound whisper leaves the last one out.
    frames = np.lib.stride_tricks.sliding_window_view(padded, N_FFT)[::HOP][: len(sound) // HOP]
    mel = np.empty((n_mels, len(frames)), np.float32)
    # In parts: all spectra of 30 s would be 30 MB for a moment.
    for first in range(0, len(frames), AT_ONCE):
        part = slice(first, first + AT_ONCE)
        power = np.square(np.abs(np.fft.rfft(frames[part] * _window())))
        mel[:, part] = np.log10(np.maximum(_filters(n_mels) @ power.T, QUIETEST_POWER))
    mel = (np.maximum(mel, mel.max() - RANGE) + 4.0) / 4.0
    return np.ascontiguousarray(mel, np.float32)


@functools.cache
def _window() -> Floats:
    # Periodic, as torch's: one step longer than it is used.
    return np.hanning(N_FFT + 1)[:-1].astype(np.float32)


@functools.cache
def _filters(n_mels: int) -> Floats:
    with np.load(whisper_file("assets") / "mel_filters.npz", allow_pickle=False) as file:
        return np.asarray(file[f"mel_{n_mels}"], np.float32)
