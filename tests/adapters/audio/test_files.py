import struct
import wave
from pathlib import Path

import numpy as np
import pytest

from desktop.adapters.audio.files import WavWriter, read_audio
from desktop.adapters.audio.port import DeviceError
from desktop.paths import resources
from tests.peers.tones import blocks_with, write_tone


def write_stereo(path: Path, left: int, right: int) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(struct.pack("<hh", left, right) * 1600)
    return path


@pytest.mark.parametrize("rate", [8000, 16000, 44100, 48000])
def test_any_rate_becomes_the_wanted_one(tmp_path: Path, rate: int) -> None:
    sound = read_audio(write_tone(tmp_path / "tone.wav", 700, 1.0, rate), 16000)
    assert abs(len(sound) - 16000) <= 2
    assert all(blocks_with(sound[1600:-1600] / 32768, 16000, 700))


def test_channels_are_averaged(tmp_path: Path) -> None:
    sound = read_audio(write_stereo(tmp_path / "two.wav", 1000, 3000), 16000)
    assert set(sound.tolist()) == {2000}


def test_flac_is_read() -> None:
    sound = read_audio(resources() / "practice" / "voices" / "S01" / "02-caller.flac", 16000)
    assert sound.dtype == np.int16
    assert len(sound) > 16000


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all" * 100, b"RIFF\xff\xff\xff\xffWAVEfmt "])
def test_what_is_no_audio_is_said_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.wav"
    path.write_bytes(content)
    with pytest.raises(DeviceError, match=r"broken\.wav is no audio file"):
        read_audio(path, 16000)


def test_a_missing_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match="cannot be read"):
        read_audio(tmp_path / "none.wav", 16000)


def test_a_growing_file_is_valid_at_every_refresh(tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    writer = WavWriter(path, 16000, refresh_s=0.1)
    for _ in range(10):
        writer.write(bytes(1600 * 2))
        with wave.open(str(path)) as file:
            assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16000)
            assert file.getnframes() == writer.samples
            assert len(file.readframes(file.getnframes())) == writer.written
    writer.close()
    writer.close()
    writer.write(b"\0\0")
    assert writer.samples == 16000


def test_a_file_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match="cannot be written"):
        WavWriter(tmp_path / "no" / "folder" / "out.wav", 16000)
