"""A microphone that gives nothing, or too much, is noticed while the agent is expected to be heard."""

from __future__ import annotations

from desktop.domain.call import Call, CallState, Direction, Hold
from desktop.domain.events import CallChanged, CallConfirmed, CallEnded, MicrophoneJudged, SoundHeard
from desktop.domain.line_quality import MicrophoneTrouble
from desktop.domain.phone import AudioReport
from desktop.services.event_bus import EventBus
from desktop.services.microphone_watch import NEVER_HEARD_S, NOT_HEARD_S, PAUSE_S, MicrophoneWatch
from tests.ui.phone_fakes import FakeClock

SILENT, CLIPPING = MicrophoneTrouble.SILENT, MicrophoneTrouble.CLIPPING
STEP_S = 0.05


class World:
    def __init__(self) -> None:
        self.bus, self.clock = EventBus(), FakeClock()
        self.watch = MicrophoneWatch(self.bus, self.clock)
        self.told: list[MicrophoneTrouble | None] = []
        self.bus.subscribe(MicrophoneJudged, lambda event: self.told.append(event.trouble))
        now = self.clock.now()
        self.call = Call("c1", Direction.INCOMING, "sip:1@h", "", CallState.CONFIRMED, now, now)
        self.bus.publish(CallConfirmed(self.call))

    def sound(self, seconds: float, db: float, clipping: bool = False, leg: str = "agent") -> None:
        for _ in range(round(seconds / STEP_S)):
            self.clock.go(STEP_S)
            self.bus.publish(SoundHeard(AudioReport("c1", leg, False, db, 0, clipping)))

    def change(self, **fields: object) -> None:
        self.call = self.call.changed(**fields)
        self.bus.publish(CallChanged(self.call))


def test_a_microphone_that_never_gives_sound_is_told_and_taken_back_with_the_first_sound() -> None:
    world = World()
    world.sound(NEVER_HEARD_S - 1, -90)
    assert world.told == []
    world.sound(2, -90)
    assert world.told == [SILENT]
    world.sound(STEP_S, -60)
    assert world.told == [SILENT, None]


def test_a_headset_that_gates_noise_may_be_silent_while_the_caller_speaks() -> None:
    world = World()
    world.sound(1, -20)
    world.sound(NOT_HEARD_S - 1, -90)
    world.sound(1, -20)
    assert world.told == []
    world.sound(NOT_HEARD_S + 1, -90)
    assert world.told == [SILENT]
    world.bus.publish(CallEnded(world.call))
    assert world.watch.trouble is None


def test_who_is_muted_or_has_put_the_caller_on_hold_is_not_asked_for_sound() -> None:
    world = World()
    world.change(muted=True)
    world.sound(60, -90)
    world.change(muted=False, hold=Hold.LOCAL)
    world.sound(60, -90)
    world.change(hold=Hold.NONE)
    world.sound(NEVER_HEARD_S - 1, -90)
    world.sound(60, -20, leg="caller")
    assert world.told == []


def test_one_loud_word_is_nothing_a_distorted_sentence_is_told() -> None:
    world = World()
    world.sound(0.5, -1, clipping=True)
    world.sound(12, -20)
    assert world.told == []
    world.sound(1.2, -1, clipping=True)
    assert world.told == [CLIPPING]
    world.sound(8, -20)
    assert world.told == [CLIPPING]
    world.sound(3, -20)
    assert world.told == [CLIPPING, None]


def test_what_leaves_although_the_agent_is_muted_is_known_from_its_level() -> None:
    world = World()
    world.sound(2, -20)
    assert not world.watch.announces
    world.change(muted=True)
    world.sound(2, -90)
    assert not world.watch.announces
    world.sound(1, -25)
    world.sound(PAUSE_S / 2, -90)
    assert world.watch.announces, "a pause between two words"
    world.sound(PAUSE_S, -90)
    assert not world.watch.announces
    world.sound(1, -25)
    world.change(muted=False)
    assert not world.watch.announces
