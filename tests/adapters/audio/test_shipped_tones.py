"""The desk's own tones as they are measured: what DESIGN's section on sound and motion asks of each."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.adapters.audio.files import read_audio
from desktop.adapters.audio.port import CLOCK_RATE, RING_KINDS, RINGS
from desktop.paths import resources

Samples = NDArray[np.float64]
BLOCK = CLOCK_RATE // 4


def tone(name: str) -> Samples:
    """A shipped tone, 1 is full scale."""
    return read_audio(resources() / "sounds" / f"{name}.wav", CLOCK_RATE).astype(float) / 32768


def level_db(samples: Samples) -> float:
    """Level of what sounds, without its pauses, in dB below full scale."""
    blocks = samples[: len(samples) // 320 * 320].reshape(-1, 320)
    energy = (blocks**2).mean(axis=1)
    return float(10 * np.log10(energy[energy > energy.max() / 1000].mean()))


def loudness(samples: Samples) -> list[float]:
    """Effective value of each quarter of a second."""
    return [float(np.sqrt(np.mean(samples[at : at + BLOCK] ** 2))) for at in range(0, len(samples), BLOCK)]


def partials(samples: Samples, count: int) -> list[int]:
    """The strongest `count` frequencies in Hz, at least 40 Hz apart, in their order."""
    strength = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    hertz, found = np.fft.rfftfreq(len(samples), 1 / CLOCK_RATE), list[int]()
    for place in strength.argsort()[::-1]:
        if all(abs(hertz[place] - other) > 40 for other in found):
            found.append(round(float(hertz[place])))
        if len(found) == count:
            break
    return sorted(found)


@pytest.mark.parametrize("kind", sorted(RING_KINDS))
def test_no_tone_clips_or_clicks(kind: str) -> None:
    samples = tone(kind)
    assert np.abs(samples).max() < 0.6
    assert max(abs(samples[0]), abs(samples[-1])) < 0.002, "it begins and ends in silence"
    high = np.abs(np.fft.rfft(samples))[np.fft.rfftfreq(len(samples), 1 / CLOCK_RATE) > 4000]
    assert (high**2).sum() < 0.001 * (np.abs(np.fft.rfft(samples)) ** 2).sum(), "nothing shrill"


def test_the_ring_is_two_soft_tones_that_swell_over_two_seconds() -> None:
    samples = tone("incoming")
    assert partials(samples, 2) == pytest.approx([523, 659], abs=2)
    rising = loudness(samples)[:8]
    assert rising == sorted(rising)
    assert rising[1] < rising[7] / 10
    assert max(loudness(samples)[11:]) == 0, "then it is still, so that speech comes through"
    assert len(samples) == 4 * CLOCK_RATE


def test_practice_rings_with_another_timbre() -> None:
    real, practice = tone("incoming"), tone("practice")
    assert set(partials(real, 2)).isdisjoint(partials(practice, 2))
    first = loudness(practice)
    assert first[0] > first[3], "it is struck and dies away"
    assert abs(level_db(real) - level_db(practice)) < 6
    assert {"incoming", "practice"} == RINGS


def test_a_second_call_is_one_short_tone_far_below_speech() -> None:
    samples = tone("waiting")
    folder = resources() / "practice" / "voices" / "S01"
    heard = [read_audio(file, CLOCK_RATE).astype(float) / 32768 for file in sorted(folder.glob("*caller*"))]
    speech = level_db(np.concatenate(heard))
    assert level_db(samples) == pytest.approx(speech - 12, abs=1.5)
    assert len(samples) < 0.5 * CLOCK_RATE


def test_what_is_lost_is_one_low_double_tone() -> None:
    samples = tone("lost")
    assert partials(samples, 1)[0] < 250
    sounding = np.convolve(np.abs(samples), np.ones(400) / 400, "same") > 0.02
    assert int((np.diff(sounding.astype(int)) == 1).sum()) == 2
    assert len(samples) < CLOCK_RATE
