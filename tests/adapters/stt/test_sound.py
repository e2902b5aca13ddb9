"""Resampling keeps what is speech; WAV files are read channel by channel or refused in a sentence."""

from __future__ import annotations

import math
import wave
from pathlib import Path

import numpy as np
import pytest

from desktop.adapters.stt.sound import SoundFileError, read_wav, resample, whisper_sound


def tone(
    frequency: float, clock_rate: int, seconds: float = 1.0
) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    moments = np.arange(int(clock_rate * seconds)) / clock_rate
    return np.sin(math.tau * frequency * moments).astype(np.float32)


@pytest.mark.parametrize("source", [8000, 11025, 22050, 44100, 48000])
def test_a_tone_stays_the_tone(source: int) -> None:
    changed = resample(tone(1000, source), source, 16000)
    assert abs(len(changed) - 16000) <= 1
    wanted = tone(1000, 16000)
    middle = slice(1000, 15000)
    assert float(np.abs(changed[middle] - wanted[middle]).max()) < 0.01


def test_what_does_not_fit_is_taken_out() -> None:
    assert float(np.abs(resample(tone(11000, 48000), 48000, 16000)[500:-500]).max()) < 0.02


def test_whisper_sound_is_scaled() -> None:
    assert whisper_sound(np.array([-32768, 0, 16384], np.int16), 16000).tolist() == [-1.0, 0.0, 0.5]
    assert len(whisper_sound(np.zeros(8000, np.int16), 8000)) == 16000
    assert len(whisper_sound(np.zeros(0, np.int16), 8000)) == 0


def write(path: Path, channels: int, width: int = 2, clock_rate: int = 16000, frames: int = 100) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(clock_rate)
        file.writeframes(bytes(range(width * channels)) * frames)
    return path


def test_channels_stay_apart(tmp_path: Path) -> None:
    clock_rate, (caller, agent) = read_wav(write(tmp_path / "two.wav", 2))
    assert clock_rate == 16000
    assert (len(caller), len(agent)) == (100, 100)
    assert (int(caller[0]), int(agent[0])) == (0x0100, 0x0302)


@pytest.mark.parametrize(
    ("channels", "width", "clock_rate", "word"),
    [(3, 2, 16000, "channels"), (1, 1, 16000, "8 bit"), (1, 3, 16000, "24 bit"), (1, 2, 96000, "96000")],
)
def test_other_files_are_refused(
    tmp_path: Path, channels: int, width: int, clock_rate: int, word: str
) -> None:
    with pytest.raises(SoundFileError, match=word):
        read_wav(write(tmp_path / "odd.wav", channels, width, clock_rate))


def test_broken_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.wav"
    for content in (b"", b"RIFF", b"RIFF\x10\0\0\0WAVEfmt ", b"\0" * 5000):
        path.write_bytes(content)
        with pytest.raises(SoundFileError):
            read_wav(path)
    with pytest.raises(SoundFileError, match="cannot be read"):
        read_wav(tmp_path / "none.wav")
    with pytest.raises(SoundFileError):
        read_wav(tmp_path)


def test_a_cut_file_gives_what_is_there(tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.wav", 2).read_bytes()
    cut = tmp_path / "cut.wav"
    cut.write_bytes(whole[:-7])
    _, channels = read_wav(cut)
    assert {len(channel) for channel in channels} == {98}
