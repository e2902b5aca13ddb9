"""When the tone of a loss sounds: once an incident, and never for what the agent has not lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest

from desktop.domain.events import CallerJudged, LineJudged, MicrophoneJudged
from desktop.domain.line_quality import CallerTrouble, LineTrouble, MicrophoneTrouble
from desktop.domain.phone import PhoneReady, Registration, SoundState
from desktop.services.lost_tone import ONE_INCIDENT_S, LostTone
from tests.ui.fakes import Desk, make_desk
from tests.ui.talking import talk

FAILED, BACK = Registration("failed", 503, "", 12.0), Registration("registered")


class World:
    """`heard` has True for a tone that stays below speech."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.heard = desk, list[bool]()
        on = desk.services
        LostTone(on.calls, on.line, on.bus, on.clock, on.background, self._tone)
        self.say(BACK)
        self.say(SoundState("Mic", "Headset"))

    async def _tone(self, below_speech: bool) -> None:
        self.heard.append(below_speech)

    def say(self, fact: object) -> None:
        phone = self.desk.phone
        known = isinstance(fact, Registration | SoundState | PhoneReady)
        self.desk.do(lambda: phone.say(fact) if known else self.desk.services.bus.publish(fact))  # type: ignore[arg-type]

    def later(self) -> None:
        self.desk.clock.go(ONE_INCIDENT_S + 1)


@pytest.fixture
def world() -> Iterator[World]:
    loop = asyncio.new_event_loop()
    desk = make_desk(loop)
    yield World(desk)
    desk.close()
    loop.close()


def test_a_lost_registration_is_told_once_however_often_it_is_tried(world: World) -> None:
    for fact in (FAILED, Registration("trying"), FAILED):
        world.say(fact)
        world.later()
    assert world.heard == [False]
    world.say(BACK)
    world.say(FAILED)
    assert world.heard == [False, False]


def test_who_was_never_registered_has_lost_nothing() -> None:
    loop = asyncio.new_event_loop()
    desk, heard = make_desk(loop), list[bool]()

    async def tone(below: bool) -> None:
        heard.append(below)

    on = desk.services
    LostTone(on.calls, on.line, on.bus, on.clock, on.background, tone)
    desk.do(lambda: desk.phone.say(FAILED))
    desk.do(lambda: desk.phone.say(SoundState("", "", "no_devices")))
    assert heard == []
    desk.close()
    loop.close()


def test_a_registration_lost_in_a_call_waits_for_its_end(world: World) -> None:
    talk(world.desk)
    world.say(FAILED)
    assert world.heard == [], "a citizen may be speaking"
    world.desk.do(world.desk.phone.hung_up_by_caller)
    assert world.heard == [False]


def test_one_that_is_back_by_then_is_no_loss(world: World) -> None:
    talk(world.desk)
    world.say(FAILED)
    world.say(BACK)
    world.desk.do(world.desk.phone.hung_up_by_caller)
    assert world.heard == []


@pytest.mark.parametrize(
    ("lost", "well"),
    [
        (MicrophoneJudged(MicrophoneTrouble.SILENT), MicrophoneJudged(None)),
        (CallerJudged(CallerTrouble.SILENT), CallerJudged(None)),
        (LineJudged("c1", LineTrouble.NOTHING_IN), LineJudged("c1", None)),
        (SoundState("", "Headset", "microphone_gone"), SoundState("Mic", "Headset")),
    ],
)
def test_sound_lost_in_a_call_is_told_below_the_voice(world: World, lost: object, well: object) -> None:
    talk(world.desk)
    world.say(lost)
    world.later()
    world.say(lost)
    assert world.heard == [True]
    world.say(well)
    world.say(lost)
    assert world.heard == [True, True]


@pytest.mark.parametrize(
    "fact",
    [
        MicrophoneJudged(MicrophoneTrouble.CLIPPING),
        CallerJudged(CallerTrouble.QUIET),
        LineJudged("c1", LineTrouble.POOR_IN),
        SoundState("Mic", "Headset", "no_voice_processing"),
    ],
)
def test_what_is_only_bad_stays_silent(world: World, fact: object) -> None:
    talk(world.desk)
    world.say(fact)
    assert world.heard == []


def test_what_goes_together_is_one_incident(world: World) -> None:
    talk(world.desk)
    world.say(SoundState("", "", "no_devices"))
    world.say(MicrophoneJudged(MicrophoneTrouble.SILENT))
    assert world.heard == [True]


@pytest.mark.parametrize(("ends", "heard"), [("dead", [False]), ("hung up", [])])
def test_a_call_that_was_lost_is_told_and_one_that_ended_is_not(
    world: World, ends: str, heard: list[bool]
) -> None:
    talk(world.desk)
    end: Callable[[], object] = (
        (lambda: world.desk.phone.say(PhoneReady("", "", 0)))
        if ends == "dead"
        else world.desk.phone.hung_up_by_caller
    )
    world.desk.do(end)
    assert world.heard == heard
