"""A caller whose packets carry nothing but silence is noticed, and one who only listens is let be."""

from __future__ import annotations

from desktop.domain.call import Call, CallState, Direction, Hold
from desktop.domain.events import CallChanged, CallConfirmed, CallEnded, CallerJudged, SoundHeard
from desktop.domain.line_quality import CallerTrouble
from desktop.domain.phone import AudioReport
from desktop.services.caller_watch import LATER_S, QUIET_S, SILENT_S, CallerWatch
from desktop.services.event_bus import EventBus
from tests.ui.phone_fakes import FakeClock

QUIET, SILENT = CallerTrouble.QUIET, CallerTrouble.SILENT
STEP_S = 0.05
SILENCE_IN_PCMA, A_QUIET_LINE = -72.2, -66.0


class World:
    def __init__(self) -> None:
        self.bus, self.clock = EventBus(), FakeClock()
        self.watch = CallerWatch(self.bus, self.clock)
        self.told: list[CallerTrouble | None] = []
        self.bus.subscribe(CallerJudged, lambda event: self.told.append(event.trouble))
        now = self.clock.now()
        self.call = Call("c1", Direction.INCOMING, "sip:1@h", "", CallState.CONFIRMED, now, now)
        self.bus.publish(CallConfirmed(self.call))

    def sound(self, seconds: float, db: float, leg: str = "caller", call: str = "c1") -> None:
        for _ in range(round(seconds / STEP_S)):
            self.clock.go(STEP_S)
            self.bus.publish(SoundHeard(AudioReport(call, leg, False, db, 0)))

    def hold(self, hold: Hold) -> None:
        self.call = self.call.changed(hold=hold)
        self.bus.publish(CallChanged(self.call))


def test_silence_from_the_start_is_shown_then_said_and_taken_back_with_the_first_sound() -> None:
    world = World()
    world.sound(QUIET_S - 2 * STEP_S, SILENCE_IN_PCMA)
    assert world.told == []
    world.sound(4 * STEP_S, SILENCE_IN_PCMA)
    assert world.told == [QUIET]
    world.sound(SILENT_S - QUIET_S, SILENCE_IN_PCMA)
    assert world.told == [QUIET, SILENT]
    world.sound(STEP_S, A_QUIET_LINE)
    assert world.told == [QUIET, SILENT, None]


def test_who_was_heard_may_listen_for_long() -> None:
    world = World()
    world.sound(1, -30)
    world.sound(LATER_S - 1, -90)
    world.sound(LATER_S + 5, A_QUIET_LINE)
    assert world.told == []
    world.sound(LATER_S + 1, -90)
    assert world.told == [SILENT]
    world.bus.publish(CallEnded(world.call))
    assert world.told == [SILENT, None]


def test_on_hold_and_from_others_no_sound_is_expected() -> None:
    world = World()
    world.hold(Hold.REMOTE)
    world.sound(60, -90)
    world.hold(Hold.NONE)
    world.sound(QUIET_S - 1, -90)
    world.sound(60, -90, leg="agent")
    world.sound(60, -90, call="c2")
    assert world.told == []
