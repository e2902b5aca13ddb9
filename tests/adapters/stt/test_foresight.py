"""Final text that is decoded in the pause that may end an utterance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.adapters.stt import foresight
from desktop.adapters.stt.segmenter import Segmenter
from tests.adapters.stt.scripted import Samples, ScriptedEngine, loud, quiet
from tests.adapters.stt.test_streaming import Desk, growing, loudness

__all__ = ["loudness"]

SENTENCE = np.concatenate([loud(3), quiet(1)])


def finals(engine: ScriptedEngine) -> int:
    return sum(final and not aborted for _, final, aborted in engine.calls)


def test_final_text_is_known_when_the_pause_has_lasted() -> None:
    engine = ScriptedEngine(growing)
    desk = Desk(engine)
    desk.hear(np.concatenate([loud(3), quiet(0.4)]))
    assert finals(engine) == 1
    assert desk.notes.segments == []
    foreseen = desk.notes.hypotheses[-1][1]
    desk.hear(quiet(0.6))
    assert finals(engine) == 1
    assert [text for _, text, _, _ in desk.notes.segments] == [foreseen]


def test_who_goes_on_to_speak_is_written_with_all_that_was_said() -> None:
    engine = ScriptedEngine(growing)
    desk = Desk(engine)
    desk.hear(np.concatenate([loud(2), quiet(0.4), loud(1), quiet(1)]))
    assert finals(engine) == 2
    assert [text for _, text, _, _ in desk.notes.segments] == [growing(3.6, True)]


def test_it_is_finished_though_the_pause_has_lasted_meanwhile() -> None:
    def wait() -> None:
        if desk.now > 3.15 and not desk.notes.segments:
            desk.hear(quiet(0.5), work=False)

    engine = ScriptedEngine(growing, during=wait)
    desk = Desk(engine)
    desk.hear(SENTENCE)
    assert [aborted for _, final, aborted in engine.calls if final] == [False]
    assert len(desk.notes.segments) == 1


def test_another_leg_that_ended_goes_first() -> None:
    def end() -> None:
        if desk.now > 3.15 and not desk.at["agent"]:
            desk.hear(np.concatenate([loud(1), quiet(1)]), "agent", work=False)

    engine = ScriptedEngine(growing, during=end)
    desk = Desk(engine, "caller", "agent")
    desk.hear(np.concatenate([loud(3), quiet(0.4)]))
    assert (True, True) in [(final, aborted) for _, final, aborted in engine.calls]
    assert [leg for leg, *_ in desk.notes.segments] == ["agent"]
    desk.hear(quiet(0.6))
    assert [leg for leg, *_ in desk.notes.segments] == ["agent", "caller"]


def test_another_model_or_language_decodes_anew() -> None:
    first, second = ScriptedEngine(growing), ScriptedEngine(growing)
    desk = Desk(first)
    desk.hear(np.concatenate([loud(3), quiet(0.4)]))
    desk.transcriber.set_engine(second)
    desk.hear(quiet(0.6))
    assert (finals(first), finals(second)) == (1, 1)
    desk.hear(np.concatenate([loud(3), quiet(0.4)]))
    desk.transcriber.speak("c1", "en")
    desk.hear(quiet(0.6))
    assert finals(second) == 3
    assert len(desk.notes.segments) == 2


def test_what_fails_ahead_is_tried_once_more_when_it_is_due() -> None:
    engine = ScriptedEngine(growing)
    desk = Desk(engine)
    desk.hear(loud(3))
    engine.failing = True
    desk.hear(quiet(0.4))
    engine.failing = False
    desk.hear(quiet(0.6))
    assert desk.notes.failure == ""
    assert [text for _, text, _, _ in desk.notes.segments] == [growing(3.2, True)]


def test_a_slow_model_is_not_asked_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foresight, "DEAR_S", -1.0)
    engine = ScriptedEngine(growing)
    desk = Desk(engine)
    desk.hear(np.concatenate([loud(3), quiet(0.4)]))
    assert finals(engine) == 0
    desk.hear(quiet(0.6))
    assert finals(engine) == 1


def test_nothing_is_decoded_ahead_of_what_may_be_a_click() -> None:
    engine = ScriptedEngine(growing)
    desk = Desk(engine)
    click: Samples = np.concatenate([loud(0.1), quiet(1)])
    desk.hear(click)
    assert finals(engine) == 0


@given(st.lists(st.tuples(st.integers(1, 60), st.sampled_from((0.9, 0.05))), max_size=12))
def test_what_is_foreseen_last_is_what_comes(runs: list[tuple[int, float]]) -> None:
    segmenter = Segmenter()
    for count, probability in [*runs, (60, 0.05)]:
        for _ in range(count):
            foreseen = segmenter.foreseen
            span = segmenter.feed(probability)
            if span is not None and probability < 0.5:
                cut_by_length = span.end - span.start > 340
                assert cut_by_length or span == foreseen
