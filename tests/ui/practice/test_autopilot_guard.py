"""The autopilot's hands on the real window of a fake desk: steps by their keys, crisis, report, and what goes wrong."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.adapters.practice.scenarios import load_scenarios
from desktop.domain.escalation import AbuseKind
from desktop.domain.phone import Announced
from desktop.domain.practice import CRISIS_STEP, Scenario, Turn
from desktop.domain.procedure_state import Method, Phase
from desktop.paths import resources
from desktop.processes import autopilot_guard
from desktop.processes.autopilot_guard import Guard, GuardFailed
from desktop.processes.window_driver import WindowDriver
from desktop.services import warning_player
from desktop.ui.call import red_button
from tests.ui.conftest import WindowFactory
from tests.ui.phone_fakes import FakeClock
from tests.ui.protection_fakes import CRISIS, SOUND, THREAT
from tests.ui.talking import say, talk

SEXUAL = ("SEXUAL",)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that goes, and nobody waits for long."""
    monkeypatch.setattr(warning_player, "BEFORE_PLAYING_S", 0.0)
    monkeypatch.setattr(red_button, "REPEAT_S", 0.0)
    monkeypatch.setattr(autopilot_guard, "KEY_S", 0.02)
    monkeypatch.setattr(autopilot_guard, "STATE_S", 1.0)
    monkeypatch.setattr(FakeClock, "mono", lambda _self: time.monotonic())


class Bench:
    """A call in the window, the guard, what it told, and an agent who speaks."""

    def __init__(self, make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch) -> None:
        window, self.desk = make_window(language="ko")
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.spoken = 0
        self.driver = WindowDriver(window, None)
        self.guard = Guard(self.desk.services, self.driver, self._tell)
        self._let_sounds_end(monkeypatch)
        talk(self.desk)

    def _tell(self, name: str, **fields: Any) -> None:
        self.events.append((name, fields))

    def _let_sounds_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        phone, announce = self.desk.phone, self.desk.phone.announce

        async def play(call_id: str, file: str) -> None:
            await announce(call_id, file)
            if file:
                asyncio.get_running_loop().call_later(0.05, phone.say, Announced(file, True, 4.0))

        monkeypatch.setattr(phone, "announce", play)

    async def speak(self) -> None:
        self.spoken += 1

    def take(self, step: str, *labels: str) -> str:
        turn = Turn("agent", "the model's words", "", step=step)
        return self.desk.run(self.guard.take_step(turn, labels, self.speak))

    def told(self, name: str) -> list[tuple[Any, ...]]:
        return [tuple(fields.values()) for event, fields in self.events if event == name]

    @property
    def hung_up(self) -> bool:
        return ("hang_up", "c1") in self.desk.phone.told


@pytest.fixture
def bench(make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(make_window, monkeypatch)


def shipped(key: str) -> Scenario:
    return next(s for s in load_scenarios(resources() / "practice" / "scenarios.yaml") if s.id == key)


def walk(bench: Bench, scenario: Scenario) -> None:
    """All that the autopilot does with its keys in a scenario, without the talk."""
    labels: tuple[str, ...] = ()
    for turn in scenario.turns:
        labels = turn.labels if turn.who == "caller" else labels
        if turn.step == CRISIS_STEP:
            bench.desk.run(bench.guard.enter_crisis())
        elif turn.step:
            bench.take(turn.step, *labels)
        bench.desk.run(bench.guard.note(turn))
    if not bench.hung_up:
        bench.desk.do(bench.desk.phone.hung_up_by_caller)
    assert scenario.report is not None
    bench.desk.run(bench.guard.report(scenario.report))


GIVEN = ("notice", "exchange")
"""Without a transcript F12 opens the ladder of the policy's default class, whose notice the exchange has given."""
EXPECTED = {
    "S09": [("crisis", "key")],
    "S10": [
        GIVEN,
        ("warning", "agent_voice"),
        ("warning", "system_text"),
        ("end_notice", "system_text"),
        ("end", "agent"),
    ],
    "S11": [GIVEN, ("end_notice", "system_text"), ("end", "agent")],
    "S12": [
        GIVEN,
        ("notice", "system_text"),
        ("warning", "system_text"),
        ("end_notice", "system_text"),
        ("end", "agent"),
    ],
}


@pytest.mark.parametrize("key", EXPECTED)
def test_the_shipped_calls_are_led_by_keys(bench: Bench, key: str) -> None:
    scenario = shipped(key)
    walk(bench, scenario)
    assert bench.told("procedure") == EXPECTED[key]
    assert bench.hung_up == (key != "S09")
    escalation = bench.desk.run(bench.desk.records.escalation("c1"))
    assert escalation is not None
    assert escalation.filed is not None
    assert bench.told("report") == [(escalation.id, escalation.form.kind.value)]  # type: ignore[union-attr]
    assert escalation.form.kind is scenario.report
    assert escalation.form.concrete_threat == (key == "S12")
    stored = bench.desk.run(bench.desk.records.procedure("c1"))
    assert stored is not None
    taken = [said for said in stored.said if said.complete and said.method is not Method.EXCHANGE]
    assert len(taken) == scenario.ladder_steps


def test_a_crisis_is_noted_check_by_check(bench: Bench) -> None:
    walk(bench, shipped("S09"))
    assert bench.told("crisis") == [("asked",), ("place",), ("alone",), ("hurt",), ("away",), ("suicide",)]
    stored = bench.desk.run(bench.desk.records.procedure("c1"))
    assert stored is not None
    assert (stored.crises[0].place, stored.said) == ("집", ())


def test_a_sentence_without_sound_is_said_by_the_agent(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(bench.desk.services.protection), "can_play", property(lambda _self: False))
    assert bench.take("end", *SEXUAL) == "the model's words"
    assert (bench.spoken, bench.hung_up) == (1, True)
    assert bench.told("procedure") == [GIVEN, ("end_notice", "agent_voice"), ("end", "agent")]
    assert bench.guard.played == []


def test_what_is_played_counts_as_heard_from_this_side(bench: Bench) -> None:
    words = bench.take("end", *SEXUAL)
    assert "성희롱" in words
    assert (bench.spoken, bench.guard.played) == (0, [Path(SOUND)])


def test_a_wrong_sign_of_a_crisis_does_not_hold_the_step_up(bench: Bench) -> None:
    say(bench.desk, CRISIS, 3)
    assert bench.desk.services.protection.state.warnings_locked
    bench.take("warn1", "PROFANITY")
    assert bench.told("procedure") == [GIVEN, ("warning", "agent_voice")]


def test_something_worse_that_is_heard_meanwhile_does_not_change_the_lesson(bench: Bench) -> None:
    bench.take("warn1", "PROFANITY")
    say(bench.desk, THREAT, 30)
    bench.take("warn2", "PROFANITY")
    said = bench.desk.services.protection.state.said
    assert [each.class_id for each in said] == ["verbal"] * 3
    assert bench.desk.services.protection.state.phase is Phase.LADDER


Work = Callable[[Bench], Awaitable[object]]


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (lambda b: b.guard.report(AbuseKind.VERBAL), "the report is open"),
        (lambda b: b.guard.note(Turn("agent", "", "", checks=("moon",))), "no check moon"),
        (lambda b: b.guard.note(Turn("agent", "", "", line="moon")), "no number for moon"),
    ],
)
def test_what_does_not_happen_is_named(bench: Bench, work: Work, words: str) -> None:
    with pytest.raises(GuardFailed, match=words):
        bench.desk.loop.run_until_complete(work(bench))


def test_a_key_that_is_not_offered_is_named(bench: Bench) -> None:
    bench.desk.run(bench.guard.enter_crisis())
    with pytest.raises(GuardFailed, match="does not offer the action"):
        bench.take("end", *SEXUAL)
