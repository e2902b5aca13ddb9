import numpy as np
import pytest

from desktop.adapters.audio.files import read_audio
from desktop.adapters.audio.levels import LevelMeter
from desktop.paths import resources

RATE = 16000
FRAME = 320


def noise(level_db: float, seconds: float) -> bytes:
    values = np.random.default_rng(1).standard_normal(int(seconds * RATE)) * 32768 * 10 ** (level_db / 20)
    return np.clip(values, -32768, 32767).astype("<i2").tobytes()


def feed(meter: LevelMeter, pcm: bytes) -> list[bool]:
    spoke = []
    for at in range(0, len(pcm), FRAME * 2):
        meter.feed(pcm[at : at + FRAME * 2])
        spoke.append(meter.speaking)
    return spoke


def test_silence_is_minus_90_and_nobody_speaks() -> None:
    meter = LevelMeter(RATE)
    assert not any(feed(meter, bytes(RATE * 2)))
    assert meter.level_db == pytest.approx(-90.0, abs=0.5)


@pytest.mark.parametrize("level", [-40.0, -20.0])
def test_the_level_is_in_db_of_full_scale(level: float) -> None:
    meter = LevelMeter(RATE)
    feed(meter, noise(level, 0.5))
    assert meter.level_db == pytest.approx(level, abs=1.5)


def test_speech_is_speaking_and_the_pause_after_it_is_not() -> None:
    meter = LevelMeter(RATE)
    feed(meter, noise(-65, 1))
    line = read_audio(resources() / "practice" / "voices" / "S01" / "02-caller.flac", RATE).tobytes()
    spoke = feed(meter, line)
    assert sum(spoke) > 0.6 * len(spoke)
    after = feed(meter, noise(-65, 1))
    assert not any(after[25:])


def test_steady_noise_is_soon_no_speech() -> None:
    meter = LevelMeter(RATE)
    spoke = feed(meter, noise(-35, 8))
    assert not any(spoke[-50:])


def test_an_empty_block_changes_nothing() -> None:
    meter = LevelMeter(RATE)
    feed(meter, noise(-20, 0.1))
    before = meter.level_db
    meter.feed(b"")
    assert meter.level_db == before


def test_sound_at_full_scale_is_clipping_for_a_moment_only() -> None:
    meter = LevelMeter(RATE)
    loud = np.full(RATE // 50, 32_767, "<i2").tobytes()
    one_peak = np.zeros(RATE // 50, "<i2")
    one_peak[7] = -32_768
    meter.feed(one_peak.tobytes())
    assert not meter.clipping, "a single sample is a click"
    meter.feed(loud)
    assert meter.clipping
    for _ in range(10):
        meter.feed(bytes(RATE // 50 * 2))
    assert not meter.clipping
