"""What a good agent would say now, through a practice call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

from desktop.domain.events import CallConfirmed, CallEnded, LineChanged
from desktop.domain.practice import ModelLineChanged, Scenario, Turn
from desktop.services.event_bus import EventBus
from desktop.services.model_line import ModelLine

CALL: Any = SimpleNamespace(id="c1")
TURNS = (
    Turn("agent", "무엇을 도와드릴까요?", ""),
    Turn("caller", "수도요금이요.", ""),
    Turn("agent", "한 번만 더 그러시면 끊겠습니다.", "", step="warn1"),
    Turn("agent", "네, 지침을 알려 주세요.", ""),
    Turn("caller", "네.", ""),
)


class Turns:
    def __init__(self) -> None:
        self.over: Callable[[int], None] = lambda number: None
        self.spoken: list[int] = []

    def follow_turns(self, over: Callable[[int], None]) -> None:
        self.over = over

    async def speak_turn(self, number: int) -> None:
        self.spoken.append(number)


def make(running: bool = True) -> tuple[ModelLine, Turns, EventBus, list[str]]:
    bus, turns, shown = EventBus(), Turns(), list[str]()
    bus.subscribe(ModelLineChanged, lambda event: shown.append(event.text))
    scenario = cast(Scenario, SimpleNamespace(turns=TURNS)) if running else None
    return ModelLine(lambda: scenario, turns, bus), turns, bus, shown


def test_the_line_is_there_on_the_agents_turn_and_not_where_a_procedure_has_the_words() -> None:
    _line, turns, bus, shown = make()
    bus.publish(CallConfirmed(CALL))
    for number in range(1, 6):
        turns.over(number)
    assert shown == [TURNS[0].text, "", TURNS[3].text, ""]


def test_each_line_is_said_once_and_a_second_call_begins_anew() -> None:
    line, turns, bus, _shown = make()
    for _ in range(2):
        bus.publish(CallConfirmed(CALL))
        asyncio.run(line.say())
        asyncio.run(line.say())
        turns.over(1)
        asyncio.run(line.say())
        bus.publish(CallEnded(CALL))
    assert turns.spoken == [1, 1]


def test_a_call_that_ends_and_practice_that_is_left_take_the_line_away() -> None:
    for end in (CallEnded(CALL), LineChanged("")):
        line, _turns, bus, shown = make()
        bus.publish(CallConfirmed(CALL))
        bus.publish(end)
        assert (line.text, shown[-1]) == ("", "")


def test_a_real_call_has_no_model_line() -> None:
    line, turns, bus, shown = make(running=False)
    bus.publish(CallConfirmed(CALL))
    asyncio.run(line.say())
    assert (shown, turns.spoken) == ([], [])
