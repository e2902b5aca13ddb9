"""The whole citizen but for SIP: real clips and real voice activity, time as fast as it can be counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pytest

from desktop.adapters.audio.files import read_audio
from desktop.adapters.practice.citizen import Citizen
from desktop.adapters.practice.citizen_device import CitizenDevice
from desktop.adapters.practice.clips import Clips
from desktop.adapters.practice.scenarios import load_scenarios
from desktop.adapters.stt.voice_activity import SpeechMeter, speech_seconds
from desktop.paths import resources

RATE = 16000
FRAME = 320
VOICES = resources() / "practice" / "voices"
SCENARIO = next(one for one in load_scenarios(resources() / "practice" / "scenarios.yaml") if one.id == "S01")


def agent_line(number: int) -> np.ndarray:
    return read_audio(VOICES / "S01" / f"{number:02d}-agent.flac", RATE)


@dataclass
class FakeLine:
    dialled: list[str] = field(default_factory=list)
    hung_up: int = 0

    def dial(self, target: str) -> None:
        self.dialled.append(target)

    def hang_up(self) -> None:
        self.hung_up += 1


class Bench:
    def __init__(self) -> None:
        self.now = 500.0
        self.line = FakeLine()
        self.device = CitizenDevice()
        self.events: list[tuple[str, Mapping[str, object]]] = []
        self.citizen = Citizen(
            SCENARIO,
            Clips(SCENARIO, VOICES),
            self.device,
            self.line,
            lambda: SpeechMeter(RATE),
            lambda name, fields: self.events.append((name, fields)),
        )
        self.said = b""

    def answer(self) -> None:
        self.citizen.call("sip:agent@127.0.0.1:5060", self.now)
        self.citizen.sip_event({"event": "call", "state": "CONFIRMED"})
        self.citizen.step(self.now)

    def end(self, by: str = "local", code: int = 200) -> None:
        event = {"event": "call", "state": "DISCONNECTED", "ended_by": by, "cause": "busy", "code": code}
        self.citizen.sip_event(event)
        self.citizen.step(self.now)

    def hear(self, sound: np.ndarray) -> None:
        for at in range(0, len(sound) - FRAME + 1, FRAME):
            self.now += FRAME / RATE
            self.device.write_speaker(sound[at : at + FRAME].tobytes())
            self.said += self.device.read_microphone(FRAME)
            self.citizen.step(self.now)

    def silence(self, seconds: float) -> None:
        self.hear(np.zeros(int(seconds * RATE), np.int16))

    def named(self, name: str) -> list[Mapping[str, object]]:
        return [fields for one, fields in self.events if one == name]

    def turns(self, who: str) -> list[Mapping[str, object]]:
        return [fields for fields in self.named("turn") if fields["who"] == who]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def of_length(seconds: float) -> np.ndarray:
    """A model answer cut or strung together to `seconds` of running speech."""
    source = np.concatenate([agent_line(number) for number in (7, 9)])
    return source[: int(seconds * RATE)]


@pytest.mark.parametrize("answer_s", [2.0, 12.0])
def test_real_speech_of_2_s_and_12_s_moves_the_next_line(bench: Bench, answer_s: float) -> None:
    bench.answer()
    bench.silence(1.0)
    bench.hear(of_length(answer_s))
    spoken_until = bench.now
    assert bench.turns("agent") == []
    bench.silence(1.5)
    (turn,) = bench.turns("agent")
    assert turn["ended"] == pytest.approx(spoken_until, abs=0.25)
    bench.silence(6.0)
    (line,) = bench.turns("caller")
    assert line["text"] == SCENARIO.turns[1].text
    assert line["n"] == 2
    assert line["started"] == pytest.approx(float(str(turn["ended"])) + 0.7, abs=0.06)


def test_a_whole_call_ends_after_the_closing_with_its_totals(bench: Bench) -> None:
    bench.answer()
    for number, turn in enumerate(SCENARIO.turns, 1):
        if turn.who == "agent":
            bench.silence(0.6)
            bench.hear(agent_line(number))
        else:
            before = len(bench.turns("caller"))
            while len(bench.turns("caller")) == before:
                bench.silence(0.2)
    assert bench.line.hung_up == 0
    bench.silence(1.6)
    assert bench.line.hung_up == 1
    bench.end()
    assert [turn["n"] for turn in bench.named("turn")] == list(range(1, len(SCENARIO.turns) + 1))
    assert bench.named("ended") == [{"by": "caller"}]
    agents = sum(speech_seconds(agent_line(number), RATE) for number in range(1, 12, 2))
    heard, played = (float(str(bench.named(name)[-1]["seconds"])) for name in ("heard", "played"))
    assert heard == pytest.approx(agents, rel=0.05)
    assert played == pytest.approx(speech_seconds(np.frombuffer(bench.said, np.int16), RATE), rel=0.05)
    assert played > 10
    assert bench.citizen.over
    assert not bench.citizen.failed


def test_in_silence_it_asks_after_20_s_and_hangs_up_after_40(bench: Bench) -> None:
    bench.answer()
    bench.silence(19.5)
    assert not np.any(np.frombuffer(bench.said, np.int16))
    bench.silence(2.0)
    assert speech_seconds(np.frombuffer(bench.said, np.int16), RATE) > 0.2
    bench.silence(19.0)
    assert bench.line.hung_up == 0
    bench.silence(2.0)
    assert bench.line.hung_up == 1


def test_without_any_sound_from_the_line_time_goes_on_too(bench: Bench) -> None:
    bench.answer()
    for _ in range(50 * 45):
        bench.now += 0.02
        bench.device.read_microphone(FRAME)
        bench.citizen.step(bench.now)
    assert bench.line.hung_up == 1


def test_on_hold_nothing_is_asked(bench: Bench) -> None:
    bench.answer()
    bench.silence(5.0)
    bench.citizen.sip_event({"event": "media", "hold": "remote"})
    bench.silence(30.0)
    bench.citizen.sip_event({"event": "media", "hold": "none"})
    bench.silence(10.0)
    assert not np.any(np.frombuffer(bench.said, np.int16))


def test_a_desk_that_refuses_is_a_failure(bench: Bench) -> None:
    bench.citizen.call("sip:agent@127.0.0.1:5060", bench.now)
    bench.end("remote", 486)
    assert bench.named("failed") == [{"reason": "the desk did not take the call: busy (486)"}]
    assert bench.citizen.failed


def test_nobody_answers_for_two_minutes(bench: Bench) -> None:
    bench.citizen.call("sip:agent@127.0.0.1:5060", bench.now)
    bench.now += 121
    bench.citizen.step(bench.now)
    assert bench.named("failed") == [{"reason": "nobody answered the call"}]


def test_a_target_that_cannot_be_dialled_is_a_failure(bench: Bench) -> None:
    bench.citizen.call("sip:agent@127.0.0.1:5060", bench.now)
    bench.citizen.sip_event({"event": "error", "command": "dial", "reason": "no route"})
    bench.citizen.step(bench.now)
    assert bench.named("failed") == [{"reason": "no route"}]


@pytest.mark.parametrize(("by", "told"), [("local", "caller"), ("remote", "agent"), ("network", "network")])
def test_who_ended_the_call_is_told_in_the_legs_words(bench: Bench, by: str, told: str) -> None:
    bench.answer()
    bench.silence(0.1)
    bench.end(by)
    assert bench.named("ended") == [{"by": told}]
