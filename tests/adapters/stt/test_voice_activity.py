"""Voice activity hears speech-like sound, stays quiet on line noises, and works without torch."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path

import miniaudio
import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.adapters.stt.segmenter import Segmenter
from desktop.adapters.stt.voice_activity import (
    EnergyDetector,
    SileroDetector,
    SpeechMeter,
    VoiceActivity,
    make_detector,
    speech_seconds,
)
from tests.adapters.stt.line_sounds import SOUNDS, TONES, line_sound


def sound(path: Path, clock_rate: int) -> NDArray[np.int16]:
    decoded = miniaudio.decode_file(
        str(path), output_format=miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=clock_rate
    )
    return np.array(decoded.samples, np.int16)


@pytest.mark.parametrize("clock_rate", [8000, 16000])
def test_speech_is_heard_between_silences(spoken: Path, clock_rate: int) -> None:
    speech = sound(spoken, clock_rate)
    silence = np.zeros(clock_rate, np.int16)
    heard = speech_seconds(np.concatenate([silence, speech, silence]), clock_rate)
    assert 0.8 * len(speech) / clock_rate < heard < 1.1 * len(speech) / clock_rate


@pytest.mark.parametrize("clock_rate", [8000, 16000])
def test_cutting_the_stream_changes_nothing(spoken: Path, clock_rate: int) -> None:
    speech = sound(spoken, clock_rate)
    whole = VoiceActivity(clock_rate).feed(speech)
    pieces = VoiceActivity(clock_rate)
    step = clock_rate // 50
    parts = [p for at in range(0, len(speech), step) for p in pieces.feed(speech[at : at + step])]
    assert parts == whole
    assert len(whole) == len(speech) * 1000 // 32 // clock_rate


@pytest.mark.parametrize("clock_rate", [8000, 16000])
def test_line_noises_are_not_speech(clock_rate: int) -> None:
    seconds = np.arange(4 * clock_rate) / clock_rate
    ringback = (np.sin(math.tau * 440 * seconds) + np.sin(math.tau * 480 * seconds)) * (seconds % 3 < 1)
    noise = np.random.default_rng(3).normal(0, 0.01, len(seconds))
    for samples in (np.zeros(len(seconds)), 0.1 * ringback, noise):
        assert speech_seconds((samples * 32767).astype(np.int16), clock_rate) == 0


def test_two_streams_share_no_state(spoken: Path) -> None:
    speech = sound(spoken, 8000)
    alone = VoiceActivity(8000).feed(speech)
    one, other = VoiceActivity(8000), VoiceActivity(8000)
    beside: list[float] = []
    for at in range(0, len(speech), 800):
        beside += one.feed(speech[at : at + 800])
        other.feed(np.zeros(800, np.int16))
    assert beside == alone


def test_reset_forgets(spoken: Path) -> None:
    speech = sound(spoken, 8000)
    activity = VoiceActivity(8000)
    first = activity.feed(speech)
    activity.reset()
    assert activity.feed(speech) == first


def test_meter_counts_silence_since_speech(spoken: Path) -> None:
    meter = SpeechMeter(8000)
    meter.feed(sound(spoken, 8000))
    heard = meter.seconds
    meter.feed(np.zeros(16000, np.int16))
    assert meter.silence > 1.5
    assert not meter.speaking
    assert meter.seconds < heard + 0.3


def test_energy_stands_in_for_a_broken_model(tmp_path: Path, spoken: Path) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"not a model")
    assert isinstance(make_detector(8000), SileroDetector)
    detector = make_detector(8000, broken)
    assert isinstance(detector, EnergyDetector)
    speech = sound(spoken, 8000)
    meter = SpeechMeter(8000, detector)
    meter.feed(np.concatenate([np.zeros(8000, np.int16), speech]))
    assert meter.seconds > 0.6 * len(speech) / 8000


@pytest.mark.parametrize("rate", [8000, 16000])
@pytest.mark.parametrize("name", SOUNDS.keys() - {"sung music"})
def test_what_is_no_voice_begins_no_utterance(name: str, rate: int) -> None:
    segmenter = Segmenter()
    for probability in VoiceActivity(rate).feed(line_sound(name, 6, rate)):
        assert segmenter.feed(probability) is None
    assert segmenter.finish() is None


@pytest.mark.parametrize("rate", [8000, 16000])
@pytest.mark.parametrize("name", TONES)
def test_tones_are_no_speech_without_the_network_either(name: str, rate: int) -> None:
    segmenter = Segmenter()
    for probability in VoiceActivity(rate, EnergyDetector()).feed(line_sound(name, 10, rate)):
        assert segmenter.feed(probability) is None
    assert segmenter.finish() is None


def test_energy_learns_steady_noise() -> None:
    noise = np.random.default_rng(1).normal(0, 300, 8000 * 8).astype(np.int16)
    probabilities = VoiceActivity(8000, EnergyDetector()).feed(noise)
    assert max(probabilities[100:]) < 0.35


def test_other_rates_are_refused() -> None:
    with pytest.raises(ValueError, match="44100"):
        VoiceActivity(44100)


def test_no_torch_comes_along() -> None:
    program = (
        "import sys, numpy\n"
        "from desktop.adapters.stt.voice_activity import speech_seconds\n"
        "speech_seconds(numpy.zeros(8000, 'int16'), 8000)\n"
        "sys.exit('torch' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=60).returncode == 0


def test_the_network_reports_to_nobody_and_leaves_no_trace_at_home(tmp_path: Path) -> None:
    program = (
        "import numpy\n"
        "from desktop.adapters.stt.voice_activity import SileroDetector, VoiceActivity, make_detector\n"
        "assert isinstance(make_detector(16000), SileroDetector)\n"
        "VoiceActivity(16000).feed(numpy.zeros(16000, numpy.int16))\n"
    )
    home = str(tmp_path)
    environment = {**os.environ, "HOME": home, "USERPROFILE": home, "LOCALAPPDATA": home}
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "ORT_DISABLE_TELEMETRY"):
        environment.pop(name, None)
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60, env=environment)
    assert list(tmp_path.iterdir()) == []
