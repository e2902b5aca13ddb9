"""The scheduler: what is decoded when, what is told, what is acknowledged."""

from __future__ import annotations

import itertools
import threading

import numpy as np
import pytest

from desktop.adapters.stt.listener import Listener
from desktop.adapters.stt.streaming import Transcriber
from tests.adapters.stt.scripted import RATE, Loudness, Notes, Samples, ScriptedEngine, loud, quiet

STEP = RATE // 10


@pytest.fixture(autouse=True)
def loudness(monkeypatch: pytest.MonkeyPatch) -> None:
    """Legs hear by loudness."""
    monkeypatch.setattr(
        "desktop.adapters.stt.streaming.Listener", lambda clock_rate: Listener(clock_rate, Loudness())
    )


class Desk:
    """A transcriber on a clock of its own, stepped by 100 ms of sound."""

    def __init__(self, engine: ScriptedEngine | None, *legs: str) -> None:
        self.now = 0.0
        self.notes = Notes()
        self.transcriber = Transcriber(self.notes, lambda: self.now)
        self.transcriber.set_engine(engine)
        self.at: dict[str, int] = {}
        for leg in legs or ("caller",):
            self.transcriber.begin("c1", leg, RATE)
            self.at[leg] = 0

    def hear(self, sound: Samples, leg: str = "caller", work: bool = True) -> None:
        for start in range(0, len(sound), STEP):
            block = sound[start : start + STEP]
            self.transcriber.feed("c1", leg, self.at[leg], block)
            self.at[leg] += len(block)
            self.now += len(block) / RATE
            while work and self.transcriber.work():
                pass

    def work(self) -> None:
        while self.transcriber.work():
            pass


def growing(seconds: float, final: bool) -> str:
    return "가나다라마바사아자차카타파하"[: int(seconds * 2)]


def test_hypotheses_then_one_segment() -> None:
    desk = Desk(ScriptedEngine(growing))
    desk.hear(np.concatenate([quiet(1), loud(4), quiet(1)]))
    texts = [text for _, text, _ in desk.notes.hypotheses]
    assert texts == sorted(texts, key=len)
    assert 3 <= len(texts) <= 6
    assert [(leg, text) for leg, text, _, _ in desk.notes.segments] == [("caller", "가나다라마바사아자")]
    _, _, start, end = desk.notes.segments[0]
    assert 0.6 < start < 1.0
    assert 5.0 < end < 5.3


def test_stable_counts_whole_characters_that_did_not_change() -> None:
    desk = Desk(ScriptedEngine(growing))
    desk.hear(np.concatenate([loud(5), quiet(1)]))
    for (_, before, _), (_, text, stable) in zip(
        desk.notes.hypotheses, desk.notes.hypotheses[1:], strict=False
    ):
        assert before.startswith(text[:stable])
        assert stable >= len(before) - 1
    assert desk.notes.hypotheses[0][2] == 0


def test_text_cut_inside_a_character_is_shown_without_it() -> None:
    desk = Desk(ScriptedEngine(lambda seconds, final: "안녕하세요".encode()[: 7 if not final else 15]))
    desk.hear(np.concatenate([loud(3), quiet(1)]))
    *speaking, foreseen = desk.notes.hypotheses
    assert {text for _, text, _ in speaking} == {"안녕"}
    assert max(stable for _, _, stable in speaking) == 2
    assert foreseen[1] == "안녕하세요"
    assert [text for _, text, _, _ in desk.notes.segments] == ["안녕하세요"]


def test_first_hypothesis_after_most_of_a_second_of_speech() -> None:
    engine = ScriptedEngine(growing)
    desk = Desk(engine)
    desk.hear(loud(0.7))
    assert engine.calls == []
    desk.hear(loud(0.3))
    assert [final for _, final, _ in engine.calls] == [False]


def test_an_expensive_engine_is_asked_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    cost = iter(range(1000))
    monkeypatch.setattr("desktop.adapters.stt.streaming.time.perf_counter", lambda: float(next(cost)))
    engine = ScriptedEngine(growing)
    Desk(engine).hear(loud(8))
    partials = [seconds for seconds, final, _ in engine.calls if not final]
    assert all(after - before >= 1.4 for before, after in itertools.pairwise(partials))


def test_finals_go_first_and_the_oldest_of_them() -> None:
    engine = ScriptedEngine(growing)
    desk = Desk(engine, "caller", "agent")
    for leg in ("agent", "caller"):
        desk.hear(np.concatenate([loud(2), quiet(1)]), leg, work=False)
    desk.hear(loud(2), "agent", work=False)
    desk.work()
    assert [leg for leg, *_ in desk.notes.segments] == ["agent", "caller"]
    assert [final for _, final, _ in engine.calls] == [True, True, False]


def test_a_final_aborts_a_running_hypothesis() -> None:
    desk = Desk(None, "caller", "agent")

    def meanwhile() -> None:
        engine.during = lambda: None
        desk.hear(quiet(1), "agent", work=False)

    engine = ScriptedEngine(growing, during=meanwhile)
    desk.hear(loud(2), "agent", work=False)
    desk.hear(loud(2), "caller", work=False)
    desk.transcriber.set_engine(engine)
    desk.work()
    assert [(final, aborted) for _, final, aborted in engine.calls][:2] == [(False, True), (True, False)]
    assert [leg for leg, *_ in desk.notes.segments] == ["agent"]


def test_both_legs_get_hypotheses() -> None:
    desk = Desk(ScriptedEngine(growing), "caller", "agent")
    for _ in range(30):
        desk.hear(loud(0.1), "caller")
        desk.hear(loud(0.1), "agent")
    legs = [leg for leg, *_ in desk.notes.hypotheses]
    assert abs(legs.count("caller") - legs.count("agent")) <= 1
    assert legs.count("caller") >= 2


def test_acknowledged_is_only_what_has_become_text_or_is_silence() -> None:
    engine = ScriptedEngine(growing)
    desk = Desk(engine)
    key = ("c1", "caller")
    desk.hear(quiet(3), work=False)
    assert 2.5 * RATE < desk.notes.acknowledged[key] <= 3 * RATE
    desk.hear(np.concatenate([loud(2), quiet(2)]), work=False)
    assert desk.notes.acknowledged[key] <= 3 * RATE
    desk.work()
    assert desk.notes.acknowledged[key] > 6 * RATE
    last = desk.notes.order.index("segment caller")
    assert desk.notes.order[last + 1] == "done caller"


def test_muted_speech_leaves_a_gap_and_no_text() -> None:
    desk = Desk(ScriptedEngine(lambda seconds, final: "말"))
    desk.hear(loud(1))
    desk.at["caller"] += 10 * RATE
    desk.hear(np.concatenate([loud(1), quiet(1)]))
    assert desk.notes.gaps == [(1.0, 11.0)]
    assert [(round(start), round(end)) for _, _, start, end in desk.notes.segments] == [(0, 1), (11, 12)]


def test_a_refused_final_takes_its_hypothesis_back() -> None:
    engine = ScriptedEngine(growing)
    desk = Desk(engine)
    desk.hear(loud(2))
    assert desk.notes.hypotheses
    engine.no_speech, engine.logprob = 0.9, -1.5
    desk.hear(quiet(1))
    assert desk.notes.segments == []
    assert desk.notes.hypotheses[-1] == ("caller", "", 0)
    assert desk.notes.acknowledged["c1", "caller"] > 2 * RATE


def test_speech_without_text_is_told_after_ten_seconds_and_until_there_is_text() -> None:
    engine = ScriptedEngine(growing, no_speech=0.9, logprob=-1.5)
    desk = Desk(engine, "caller", "agent")
    desk.hear(np.concatenate([loud(4), quiet(1), loud(4), quiet(1)]))
    assert desk.notes.unread_told == []
    desk.hear(loud(3.2))
    assert desk.notes.unread_told == [("caller", True)], "the running sentence counts too"
    desk.hear(quiet(1))
    engine.no_speech, engine.logprob = 0.0, -0.1
    desk.hear(loud(2))
    assert desk.notes.unread_told == [("caller", True), ("caller", False)]


def test_a_segment_names_the_words_that_the_engine_did_not_trust() -> None:
    text = "내일 갈게요"
    engine = ScriptedEngine(lambda seconds, final: text)
    engine.logprobs = lambda tokens: tuple(-3.0 if at < 6 else -0.1 for at in range(len(tokens)))
    desk = Desk(engine)
    desk.hear(np.concatenate([loud(2), quiet(1)]))
    assert [text[start:end] for spans in desk.notes.doubts for start, end in spans] == ["내일"]


def test_looped_hypotheses_are_not_shown() -> None:
    desk = Desk(ScriptedEngine(growing, looped=True))
    desk.hear(np.concatenate([loud(3), quiet(1)]))
    assert desk.notes.hypotheses == []
    assert desk.notes.segments == []


def test_a_call_drains_after_its_last_segment() -> None:
    desk = Desk(ScriptedEngine(lambda seconds, final: "끝"))
    desk.hear(loud(1), work=False)
    desk.transcriber.end("c1")
    assert desk.notes.ended == []
    desk.work()
    assert [text for _, text, *_ in desk.notes.segments] == ["끝"]
    assert desk.notes.ended == ["c1"]
    assert desk.transcriber.calls() == set()


def test_without_a_model_there_is_voice_and_no_backlog() -> None:
    desk = Desk(None)
    desk.hear(np.concatenate([loud(2), quiet(1)]))
    assert [voiced for _, _, _, voiced in desk.transcriber.voices()] == pytest.approx([2.0], abs=0.1)
    assert desk.notes.acknowledged["c1", "caller"] > 2.5 * RATE
    desk.transcriber.set_engine(ScriptedEngine(growing))
    desk.work()
    assert desk.notes.segments == []


def test_while_the_model_loads_speech_waits() -> None:
    desk = Desk(None)
    desk.transcriber.set_engine(None, waiting=True)
    desk.hear(np.concatenate([quiet(1), loud(2), quiet(1)]))
    assert desk.notes.acknowledged["c1", "caller"] <= RATE
    desk.transcriber.set_engine(ScriptedEngine(lambda seconds, final: "왔다"))
    desk.work()
    assert [text for _, text, *_ in desk.notes.segments] == ["왔다"]


def test_giving_up_loading_lets_the_backlog_go() -> None:
    desk = Desk(None)
    desk.transcriber.set_engine(None, waiting=True)
    desk.hear(np.concatenate([loud(2), quiet(1)]))
    desk.transcriber.end("c1")
    assert desk.notes.ended == []
    desk.transcriber.set_engine(None)
    assert desk.notes.ended == ["c1"]


def test_one_failure_is_survived_three_end_it() -> None:
    engine = ScriptedEngine(lambda seconds, final: "다시", failing=True)
    desk = Desk(engine)
    desk.hear(np.concatenate([loud(0.5), quiet(1)]))
    engine.failing = False
    desk.hear(np.concatenate([loud(0.5), quiet(1)]))
    assert [text for _, text, *_ in desk.notes.segments] == ["다시"]
    engine.failing = True
    desk.hear(np.concatenate([loud(0.5), quiet(1)] * 3))
    assert desk.notes.failure
    desk.transcriber.end("c1")
    assert desk.notes.ended == ["c1"]


def test_the_source_may_go_and_come_back() -> None:
    desk = Desk(ScriptedEngine(lambda seconds, final: "말"))
    desk.hear(loud(2))
    desk.transcriber.pause()
    desk.work()
    assert len(desk.notes.segments) == 1
    desk.transcriber.begin("c1", "caller", RATE)
    desk.transcriber.feed("c1", "caller", 0, loud(2))
    desk.hear(np.concatenate([loud(1), quiet(1)]))
    assert [round(start) for _, _, start, _ in desk.notes.segments] == [0, 2]


def test_lag_is_the_age_of_the_oldest_unread_words() -> None:
    desk = Desk(ScriptedEngine(growing))
    desk.hear(np.concatenate([loud(1), quiet(1)]), work=False)
    desk.now += 5
    waiting = desk.transcriber.waiting()["c1"]
    assert waiting.lag == pytest.approx(5.8, abs=0.2)
    assert waiting.sound == pytest.approx(1.2, abs=0.2)
    desk.work()
    assert desk.transcriber.waiting() == {}


def test_sound_that_comes_late_counts_from_when_it_was_spoken() -> None:
    """As after a restart: the engine sends again what was spoken meanwhile, all at once."""
    desk = Desk(ScriptedEngine(growing))
    spoken = np.concatenate([loud(1), quiet(19)])
    for start in range(0, len(spoken), STEP):
        desk.transcriber.feed("c1", "caller", start, spoken[start : start + STEP])
    assert desk.transcriber.waiting()["c1"].lag == pytest.approx(18.8, abs=0.2)


def test_what_ended_calls_left_waits_for_a_running_call() -> None:
    desk = Desk(ScriptedEngine(growing))
    desk.hear(loud(2), work=False)
    desk.transcriber.end("c1")
    desk.transcriber.begin("c2", "caller", RATE)
    for start in range(0, 2 * RATE, STEP):
        desk.transcriber.feed("c2", "caller", start, loud(0.1))
    assert desk.transcriber.work()
    assert len(desk.notes.hypotheses) == 1, "a hypothesis of the call that runs comes first"
    desk.work()
    assert len(desk.notes.segments) == 1


def test_the_thread_works_and_closes() -> None:
    desk = Desk(ScriptedEngine(lambda seconds, final: "말"))
    thread = threading.Thread(target=desk.transcriber.run)
    thread.start()
    desk.hear(np.concatenate([loud(1), quiet(1)]), work=False)
    desk.transcriber.end("c1")
    for _ in range(200):
        if desk.notes.ended:
            break
        thread.join(0.02)
    desk.transcriber.close()
    thread.join(5)
    assert not thread.is_alive()
    assert len(desk.notes.segments) == 1


def test_what_was_given_up_at_the_close_is_not_acknowledged() -> None:
    desk = Desk(None)
    engine = ScriptedEngine(growing, during=lambda: desk.transcriber.close())
    desk.transcriber.set_engine(None, waiting=True)
    desk.hear(np.concatenate([loud(2), quiet(1)]))
    before = dict(desk.notes.acknowledged)
    desk.transcriber.set_engine(engine)
    desk.work()
    assert desk.notes.acknowledged == before


def test_words_are_of_the_language_that_was_spoken_when_they_were_said() -> None:
    engine = ScriptedEngine(growing)
    desk = Desk(engine)
    desk.hear(np.concatenate([quiet(1), loud(2), quiet(1)]), work=False)
    desk.transcriber.speak("c1", "en")
    desk.work()
    assert len(desk.notes.segments) == 1
    assert engine.languages == [], "what was said before waits in its own language"
    desk.hear(np.concatenate([loud(2), quiet(1)]))
    assert set(engine.languages) == {"en"}
    desk.transcriber.end("c1")
    desk.work()
    assert desk.notes.ended == ["c1"]
    assert desk.transcriber._languages == {}, "nothing is kept of a call that is text"


def test_two_languages_agree_on_nothing() -> None:
    desk = Desk(ScriptedEngine(lambda seconds, final: "가나다라"))
    desk.hear(np.concatenate([quiet(1), loud(2.5)]))
    assert [stable for _, _, stable in desk.notes.hypotheses][-1] > 0
    desk.transcriber.speak("c1", "en")
    known = len(desk.notes.hypotheses)
    desk.hear(loud(1))
    assert desk.notes.hypotheses[known][2] == 0


def test_music_that_passes_for_a_voice_for_moments_is_no_voice_that_is_not_recognised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("desktop.adapters.stt.acceptance.FAINT_VOICES", ((99.0, 1.1),))
    desk = Desk(ScriptedEngine(growing))
    for _ in range(4):
        desk.hear(np.concatenate([loud(4), quiet(1)]))
    assert desk.notes.segments == []
    assert desk.notes.unread_told == []
