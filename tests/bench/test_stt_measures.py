"""What `bench/stt.py` makes of what a transcriber says."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from bench.stt_measure import sounds
from bench.stt_measure.practice import Heard, words_of
from bench.stt_measure.sounds import FRAME, RATE, Dialogue, Word
from bench.stt_measure.words import Teller, Watch
from desktop.domain.practice_result import SpokenLine
from tests.adapters.stt.practice_call import PracticeCall

WORDS = [Word("caller", "하나", 1.0, 1.5), Word("caller", "둘", 1.6, 2.0), Word("agent", "셋", 1.2, 1.9)]


def spoken() -> Dialogue:
    chance = np.random.default_rng(1)
    return Dialogue({leg: chance.integers(-9, 9, 5 * RATE).astype(np.int16) for leg in sounds.LEGS}, WORDS)


def test_an_engine_is_told_the_words_that_have_ended_in_what_it_hears() -> None:
    said = spoken()
    tell = Teller(said, {"하나": [1, 2], "둘": [3], "셋": [4]})

    def stretch(leg: str, first: int, end: float) -> list[int]:
        part = said.legs[leg][first * FRAME : int(end * RATE)]
        return tell(part.astype(np.float32) / np.float32(32768))

    assert stretch("caller", 20, 1.4) == []
    assert stretch("caller", 20, 1.55) == [1, 2]
    assert stretch("caller", 20, 3.0) == [1, 2, 3]
    assert stretch("caller", 45, 3.0) == [3]
    assert stretch("agent", 0, 5.0) == [4]
    assert tell(np.zeros(RATE, np.float32)) == []


def test_words_are_seen_when_a_hypothesis_has_them_and_stable_when_its_stable_part_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    watch = Watch(spoken())
    now = 2.0
    watch.hypothesis("c", "caller", "하나", 0, 0.7, 1.6)
    now = 2.5
    watch.hypothesis("c", "caller", "하나 둘", 1, 0.7, 2.1)
    now = 3.0
    watch.hypothesis("c", "caller", "하나 둘", 2, 0.7, 2.3)
    now = 6.0
    watch.segment("c", "caller", "하나 둘", 0.9, 0.7, 2.5)
    assert watch.seen == {WORDS[0]: 2.0, WORDS[1]: 2.5}
    assert watch.stable == {WORDS[0]: 3.0, WORDS[1]: 6.0}
    assert watch.segments == [4.0]
    assert watch.behind_until() == 0.0
    assert watch.figures()["missing"] == 1
    watch.segment("c", "agent", "셋", 0.9, 0.7, 2.5)
    assert watch.figures()["missing"] == 0
    assert watch.behind_until() == 6.0


def event(name: str, wall: float, text: str, stable: int = 0) -> Mapping[str, Any]:
    return {
        "event": name,
        "leg": "caller",
        "text": text,
        "stable": stable,
        "start": 0.8,
        "end": 3.2,
        "wall": wall,
    }


def said_between(text: str, *sounding: tuple[float, float]) -> PracticeCall:
    """A call of one line of the caller's that sounds between these seconds."""
    sound = np.zeros(10 * RATE, np.int16)
    for start, end in sounding:
        sound[int(start * RATE) : int(end * RATE)] = 5000
    line = SpokenLine("caller", text, sounding[0][0], sounding[-1][1])
    return PracticeCall({"caller": sound, "agent": np.zeros_like(sound)}, [line])


def test_words_end_where_a_phrase_ends_before_a_pause() -> None:
    call = said_between("네, 아이고 고마워요. 보내 줘요.", (1.0, 3.0), (3.8, 5.0))
    found = {word.text: (word.start, word.end) for word in words_of(call.lines, call.legs)}
    assert list(found) == ["네", "아이고", "고마워요", "보내", "줘요"]
    assert found["고마워요"][1] == pytest.approx(3.0, abs=0.02)
    assert list(found["보내"]) == pytest.approx([3.8, 4.28], abs=0.02)
    assert found["줘요"][1] == pytest.approx(5.0, abs=0.02)


def test_a_pause_that_no_phrase_ends_before_lies_within_a_word() -> None:
    call = said_between("하나 둘", (1.0, 2.0), (3.0, 4.0))
    found = words_of(call.lines, call.legs)
    assert [word.text for word in found] == ["하나", "둘"]
    assert [word.end for word in found] == pytest.approx([3.0, 4.0], abs=0.02)


def test_broken_and_taken_back_text_is_counted() -> None:
    call = said_between("가나 다라", (1.0, 3.0))
    good = Heard(
        [
            event("hypothesis", 2.5, "가나", 0),
            event("hypothesis", 3.5, "가나 다", 2),
            event("segment", 4.0, "가나 다라."),
        ],
        call,
    )
    assert (good.broken, good.contradicted, good.utterances) == (0, 0, 1)
    assert good.figures() == {
        "seen_p50": 1.0,
        "seen_p95": 1.0,
        "stable_p50": 1.5,
        "stable_p95": 1.5,
        "segment_p95": 1.0,
        "words": 2,
        "words_found": 2,
    }
    bad = Heard([event("hypothesis", 2.5, "가\ufffd", 2), event("segment", 4.0, "나")], call)
    assert (bad.broken, bad.contradicted, bad.utterances) == (1, 1, 1)


def test_wordless_sound_is_what_it_says() -> None:
    made = sounds.wordless(2.0)
    assert set(made) == {"silence", "line noise", "ringback", "busy tone", "DTMF", "hold music"}
    assert not made["silence"].any()
    for name, sound in made.items():
        assert sound.shape == (2 * RATE,)
        assert int(np.abs(sound).max()) < 32767
        assert name == "silence" or int(np.abs(sound).max()) > 300
