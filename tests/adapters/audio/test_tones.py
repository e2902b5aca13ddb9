import importlib.util
import logging
from pathlib import Path

import numpy as np
import pytest

from desktop.adapters.audio.port import RING_KINDS
from desktop.adapters.audio.tones import ONCE, TonePlayer, mix
from desktop.paths import resources

SOUNDS = resources() / "sounds"
ROOT = Path(__file__).resolve().parents[3]


def pcm(*values: int) -> bytes:
    return np.array(values, "<i2").tobytes()


def test_nothing_sounds_until_asked() -> None:
    assert TonePlayer().take(160) is None


@pytest.mark.parametrize("kind", sorted(RING_KINDS - ONCE))
def test_rings_go_on_until_stopped(kind: str) -> None:
    player = TonePlayer()
    player.play(kind)
    turn = player.take(16000 * 6)
    assert turn is not None
    assert len(turn) == 16000 * 12
    assert np.abs(np.frombuffer(turn, "<i2")).max() > 1000
    assert player.take(160) is not None
    player.play(None)
    assert player.take(160) is None


@pytest.mark.parametrize("kind", sorted(ONCE))
def test_signals_sound_once(kind: str) -> None:
    player = TonePlayer()
    player.play(kind)
    assert player.take(16000) is not None
    assert player.take(160) is None
    assert player.kind is None


def test_asking_again_for_the_same_tone_does_not_start_it_over() -> None:
    player = TonePlayer()
    player.play("incoming")
    first = player.take(4000)
    player.play("incoming")
    assert player.take(4000) != first


def test_a_missing_sound_is_silence_and_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    player = TonePlayer(tmp_path)
    with caplog.at_level(logging.ERROR):
        player.play("busy")
    assert "tone busy stays silent" in caplog.text
    assert player.take(160) == bytes(320)


def test_an_unknown_tone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no tone called"):
        TonePlayer().play("../../secret")


def test_mixing_clips() -> None:
    assert mix(pcm(1, 30000, -30000), pcm(2, 30000, -30000)) == pcm(3, 32767, -32768)


def test_the_shipped_sounds_are_what_the_script_makes(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("render_sounds", ROOT / "tools" / "render_sounds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.sounds()
    assert set(made) == set(RING_KINDS)
    for name, (sound, peak) in made.items():
        module.write(tmp_path / f"{name}.wav", sound, peak)
        shipped = np.frombuffer((SOUNDS / f"{name}.wav").read_bytes()[44:], "<i2").astype(int)
        fresh = np.frombuffer((tmp_path / f"{name}.wav").read_bytes()[44:], "<i2").astype(int)
        # Another machine's sine may round the last bit another way.
        assert np.abs(shipped - fresh).max() <= 1
