"""The shipped checkpoint really recognises the practice calls that it was made for, and nothing in silence."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest

from desktop.adapters.stt.decoder import WhisperEngine
from desktop.adapters.stt.models import load_engine
from desktop.adapters.stt.recording import Recording, transcribe
from desktop.domain.practice_result import HeardSegment, character_error_rate, lines_with_segment
from desktop.paths import resources
from tests.adapters.stt.line_sounds import SOUNDS, line_sound
from tests.adapters.stt.practice_call import RATE, Samples, practice_call
from tests.adapters.stt.scripted import Notes

CER_LIMIT = 0.30
LINES_SHARE = 0.8


@pytest.fixture(scope="module")
def engine() -> WhisperEngine:
    return load_engine(resources() / "models" / "practice-ko.pt", "ko")


@dataclass
class Heard(Notes):
    """Notes that know when the call has drained."""

    finished: threading.Event = field(default_factory=threading.Event)

    def drained(self, call: str) -> None:
        self.finished.set()


def transcript(engine: WhisperEngine, legs: dict[str, Samples]) -> Heard:
    heard = Heard()
    transcribe(Recording.of("c1", RATE, legs), engine, heard, heard.finished, realtime=False)
    assert heard.finished.is_set()
    return heard


@pytest.mark.parametrize(
    ("scenario", "narrow"),
    [
        ("S01", False),
        pytest.param("S01", True, marks=pytest.mark.long),
        *(pytest.param(f"S{number:02d}", True, marks=pytest.mark.long) for number in range(2, 9)),
        *(pytest.param(f"S{number:02d}", False, marks=pytest.mark.long) for number in range(2, 9)),
    ],
)
def test_a_practice_call_is_recognised(engine: WhisperEngine, scenario: str, narrow: bool) -> None:
    call = practice_call(scenario, narrow)
    heard = transcript(engine, call.legs)
    segments = [HeardSegment(leg, text, start, end) for leg, text, start, end in heard.segments]
    assert character_error_rate(call.lines, segments) <= CER_LIMIT
    for leg in ("caller", "agent"):
        spoken = sum(line.leg == leg for line in call.lines)
        assert lines_with_segment(call.lines, segments, leg) >= LINES_SHARE * spoken
    assert heard.hypotheses
    assert not any("\ufffd" in text for _, text, _ in heard.hypotheses)


@pytest.mark.parametrize(
    "seconds", [10, pytest.param(60, marks=[pytest.mark.long, pytest.mark.timeout(600)])]
)
def test_what_is_no_speech_is_no_words(engine: WhisperEngine, seconds: int) -> None:
    for name in SOUNDS:
        for rate in (8000, RATE):
            heard = Heard()
            recording = Recording.of("c1", rate, {"caller": line_sound(name, seconds, rate)})
            transcribe(recording, engine, heard, heard.finished, realtime=False)
            assert heard.segments == [], name
            assert heard.hypotheses == [], name
