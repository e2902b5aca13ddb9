from __future__ import annotations

import pytest

from desktop.adapters.practice.conversation import (
    Action,
    AskWhoIsThere,
    Conversation,
    HangUp,
    SpeakLine,
    TurnOver,
)
from desktop.domain.practice import Turn, Who

STEP_S = 0.02
LINE_S = 3.0
QUESTION_S = 1.0


def turns(*who: Who) -> tuple[Turn, ...]:
    return tuple(Turn(one, f"line {number}", f"line {number}") for number, one in enumerate(who, 1))


class Call:
    """A call on a clock of its own: what the caller does is kept with its time."""

    def __init__(self, *who: Who, lines: tuple[Turn, ...] = ()) -> None:
        self.now = 1000.0
        self.done: list[tuple[float, Action]] = []
        self._says_until: float | None = None
        self.conversation = Conversation(lines or turns(*who))
        self._keep(self.conversation.begin(self.now))

    def _keep(self, actions: list[Action]) -> None:
        for action in actions:
            self.done.append((round(self.now - 1000.0, 2), action))
            if isinstance(action, SpeakLine):
                self._says_until = self.now + LINE_S
            elif isinstance(action, AskWhoIsThere):
                self._says_until = self.now + QUESTION_S

    def hear(self, seconds: float, voice: bool) -> None:
        for _ in range(round(seconds / STEP_S)):
            self.now += STEP_S
            if self._says_until is not None and self.now >= self._says_until:
                self._says_until = None
                self._keep(self.conversation.spoken(self.now))
            self._keep(self.conversation.hear(self.now, STEP_S, voice))

    def times(self, kind: type[Action]) -> list[float]:
        return [time for time, action in self.done if isinstance(action, kind)]


@pytest.mark.parametrize("answer_s", [2.0, 12.0])
def test_the_next_line_comes_700_ms_after_an_answer_of_any_length(answer_s: float) -> None:
    call = Call("agent", "caller", "agent")
    call.hear(1.0, False)
    call.hear(answer_s, True)
    call.hear(0.68, False)
    assert call.times(SpeakLine) == []
    call.hear(0.1, False)
    assert call.times(SpeakLine) == [pytest.approx(1.0 + answer_s + 0.7, abs=0.05)]


def test_pauses_within_an_answer_do_not_interrupt_it() -> None:
    call = Call("agent", "caller")
    for _ in range(6):
        call.hear(1.5, True)
        call.hear(0.6, False)
    assert call.times(SpeakLine) == []
    call.hear(1.0, True)
    call.hear(0.8, False)
    assert len(call.times(SpeakLine)) == 1


def test_a_breath_is_no_answer() -> None:
    call = Call("agent", "caller")
    call.hear(0.2, True)
    call.hear(3.0, False)
    assert call.times(SpeakLine) == []


def test_turns_are_reported_with_their_times() -> None:
    call = Call("agent", "caller")
    call.hear(1.0, False)
    call.hear(2.0, True)
    call.hear(8.0, False)
    reported = [action for _, action in call.done if isinstance(action, TurnOver)]
    assert [(one.number, one.turn.who) for one in reported] == [(1, "agent"), (2, "caller")]
    assert reported[0].started == pytest.approx(1001.0)
    assert reported[0].ended == pytest.approx(1003.0)
    assert reported[1].ended - reported[1].started == pytest.approx(LINE_S, abs=0.05)


def test_after_20_s_of_nothing_the_caller_asks_and_after_20_more_it_hangs_up() -> None:
    call = Call("agent", "caller", "agent")
    call.hear(60.0, False)
    assert call.times(AskWhoIsThere) == [pytest.approx(20.0, abs=0.05)]
    assert call.times(HangUp) == [pytest.approx(20.0 + QUESTION_S + 20.0, abs=0.1)]
    assert call.times(SpeakLine) == []


def test_who_answers_the_question_is_forgiven() -> None:
    call = Call("agent", "caller", "agent", "caller")
    call.hear(25.0, False)
    call.hear(2.0, True)
    call.hear(0.8, False)
    assert call.times(SpeakLine) == [pytest.approx(27.7, abs=0.05)]
    call.hear(LINE_S + 19.0, False)
    assert len(call.times(AskWhoIsThere)) == 1
    call.hear(3.0, False)
    assert len(call.times(AskWhoIsThere)) == 2
    assert call.times(HangUp) == []


def test_a_long_answer_is_never_silence() -> None:
    call = Call("agent", "caller")
    call.hear(90.0, True)
    assert call.done == []


def test_waiting_on_hold_is_not_silence_but_has_an_end() -> None:
    call = Call("agent", "caller")
    call.hear(5.0, False)
    call.conversation.hold(call.now, True)
    call.hear(100.0, False)
    assert call.done == []
    call.conversation.hold(call.now, False)
    call.hear(15.0, False)
    assert call.done == []
    call.conversation.hold(call.now, True)
    call.hear(181.0, False)
    assert [type(action) for _, action in call.done] == [HangUp]


def test_an_answer_begun_while_the_caller_still_spoke_counts() -> None:
    call = Call("agent", "caller", "agent", "caller")
    call.hear(1.0, True)
    call.hear(0.8, False)
    call.hear(LINE_S - 0.3, False)
    call.hear(0.4, True)
    call.hear(1.0, False)
    assert len(call.times(SpeakLine)) == 2


def test_a_word_thrown_in_while_the_caller_speaks_is_no_answer() -> None:
    call = Call("agent", "caller", "agent", "caller")
    call.hear(1.0, True)
    call.hear(1.2, False)
    call.hear(0.5, True)
    call.hear(LINE_S + 3.0, False)
    assert len(call.times(SpeakLine)) == 1


def test_after_the_closing_the_caller_hangs_up_a_little_later() -> None:
    call = Call("agent", "caller", "agent")
    call.hear(1.0, True)
    call.hear(0.8 + LINE_S, False)
    call.hear(2.0, True)
    end = call.now - 1000.0
    call.hear(5.0, False)
    assert call.times(HangUp) == [pytest.approx(end + 0.7 + 0.5, abs=0.06)]


def test_a_scenario_without_a_closing_leaves_time_for_one() -> None:
    call = Call("agent", "caller")
    call.hear(1.0, True)
    call.hear(20.0, False)
    said = call.times(SpeakLine)[0] + LINE_S
    assert call.times(HangUp) == [pytest.approx(said + 5.0, abs=0.06)]


def test_two_lines_of_the_caller_have_a_pause_between() -> None:
    call = Call("caller", "caller", "agent")
    call.hear(10.0, False)
    first, second = call.times(SpeakLine)
    assert first == 0.0
    assert second == pytest.approx(LINE_S + 0.7, abs=0.06)


def test_a_line_with_its_own_time_waits_for_it() -> None:
    late = (Turn("agent", "a", "a"), Turn("caller", "b", "b", earliest_s=30.0), Turn("agent", "c", "c"))
    call = Call(lines=late)
    call.hear(1.0, True)
    call.hear(35.0, False)
    assert call.times(SpeakLine) == [pytest.approx(30.0, abs=0.05)]


def test_after_the_end_nothing_happens() -> None:
    call = Call("agent", "caller")
    call.conversation.end()
    call.hear(2.0, True)
    call.hear(60.0, False)
    assert call.done == []
