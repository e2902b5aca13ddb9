"""Music that follows a caller's words on a narrow line passes for a voice for a moment; nothing is written of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np
import pytest

from desktop.adapters.audio.files import read_audio
from desktop.adapters.stt.model_file import practice_model
from desktop.adapters.stt.models import load_engine
from desktop.adapters.stt.recording import Recording, transcribe
from desktop.adapters.stt.sound import resample
from desktop.paths import resources
from tests.adapters.stt.line_sounds import line_sound
from tests.adapters.stt.practice_call import RATE, Samples, narrow_band
from tests.adapters.stt.scripted import Notes

NARROW = 8000
VOICES = resources() / "practice" / "voices" / "S01"
PAUSES = (0.0, 0.5, 0.8, 1.0, 1.2, 1.4)


@dataclass
class Heard(Notes):
    """Notes that know when the call has drained."""

    finished: threading.Event = field(default_factory=threading.Event)

    def drained(self, call: str) -> None:
        self.finished.set()


def on_hold(clip: str, pause: float) -> Samples:
    """Somebody speaks, is silent for so many seconds, then there is noise and music; int16 at 8 kHz, as G.711."""
    silence = np.zeros(round((0.2 + pause) * RATE), np.int16)
    music = [line_sound(name, 1.5, RATE) for name in ("line noise", "plucked music", "bowed music")]
    parts = (silence[: RATE // 5], read_audio(VOICES / f"{clip}.flac", RATE), silence, *music, silence)
    narrow = resample(narrow_band(np.concatenate(parts)).astype(np.float32), RATE, NARROW)
    return np.clip(narrow, -32768, 32767).astype(np.int16)


@pytest.mark.parametrize(("clip", "last"), [("06-caller", "모르겠어요."), ("11-agent", "보내세요.")])
def test_music_after_words_is_no_word(clip: str, last: str) -> None:
    engine = load_engine(practice_model(), "ko")
    for pause in PAUSES:
        heard = Heard()
        transcribe(
            Recording("c1", NARROW, {"caller": on_hold(clip, pause)}), engine, heard, heard.finished, False
        )
        assert [text.split()[-1] for _, text, _, _ in heard.segments] == [last], pause
        assert all(heard.segments[0][1].startswith(text[:4]) for _, text, _ in heard.hypotheses if text), (
            pause
        )
