"""The spectrogram without torch is whisper's own."""

import numpy as np
import pytest
import torch
from whisper.audio import log_mel_spectrogram

from desktop.adapters.stt.log_mel import log_mel
from desktop.adapters.stt.sound import whisper_sound
from tests.adapters.stt.scripted import RATE, Samples

TOLERANCE = 1e-4


@pytest.mark.parametrize("n_mels", [80, 128])
def test_it_is_whispers(n_mels: int, speech: Samples) -> None:
    random = np.random.default_rng(3)
    moments = np.arange(2 * RATE) / RATE
    voice = whisper_sound(speech, RATE)
    sounds = {
        "voice": voice,
        "voice and silence": np.concatenate([voice, np.zeros(5 * RATE)]),
        "loud noise": random.normal(0, 0.3, 2 * RATE),
        "faint noise": random.normal(0, 1e-5, 2 * RATE),
        "silence": np.zeros(2 * RATE),
        "tone": 0.5 * np.sin(2 * np.pi * 440 * moments),
        "click": np.eye(1, 2 * RATE, 12345)[0],
        "odd length": random.normal(0, 0.1, 2 * RATE + 37),
    }
    for name, sound in sounds.items():
        single = sound.astype(np.float32)
        expected = log_mel_spectrogram(torch.from_numpy(single), n_mels).numpy()
        found = log_mel(single, n_mels)
        assert found.shape == expected.shape, name
        assert found.dtype == np.float32
        assert np.abs(found - expected).max() <= TOLERANCE, name
