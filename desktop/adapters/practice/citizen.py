"""The simulated citizen in one call: listens, talks through its scenario, and reports what was said and heard."""

from __future__ import annotations

import queue
from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.practice.citizen_device import CitizenDevice
from desktop.adapters.practice.clips import Clips
from desktop.adapters.practice.conversation import (
    Action,
    AskWhoIsThere,
    Conversation,
    HangUp,
    SpeakLine,
    TurnOver,
)
from desktop.domain.practice import Scenario

RING_S = 120.0
GONE_S = 5.0
NO_SOUND_S = 0.1
TOTALS_S = 1.0
ENDED_BY = {"local": "caller", "remote": "agent", "network": "network"}


class Meter(Protocol):
    """Voice activity with a running total (adapters.stt.voice_activity.SpeechMeter)."""

    speaking: bool

    @property
    def seconds(self) -> float: ...

    def feed(self, samples: NDArray[np.int16]) -> None: ...


class Line(Protocol):
    """The SIP side: both return at once, what came of it arrives as an event."""

    def dial(self, target: str) -> None: ...

    def hang_up(self) -> None: ...


class Citizen:
    """Steps through one call. `sip_event` may be called from any thread, `step` by one, about every 20 ms.

    `tell(name, fields)` gets the events `turn`, `heard`, `played`, `ended`, `failed`. `meter` makes a voice activity
    meter for 16 kHz; one hears the agent, one what the citizen itself sends.
    """

    def __init__(
        self,
        scenario: Scenario,
        clips: Clips,
        device: CitizenDevice,
        line: Line,
        meter: Callable[[], Meter],
        tell: Callable[[str, Mapping[str, object]], None],
    ) -> None:
        self._clips, self._device, self._line, self._tell = clips, device, line, tell
        self._conversation = Conversation(scenario.turns)
        self._hears, self._says = meter(), meter()
        self._events: queue.SimpleQueue[Mapping[str, object]] = queue.SimpleQueue()
        self._talking = False
        self._heard_at = 0.0
        self._told_at = 0.0
        self._told = (0.0, 0.0)
        self._give_up_at = 0.0
        self.over = False
        self.failed = False

    def call(self, target: str, now: float) -> None:
        """Dial the desk."""
        self._give_up_at = now + RING_S
        self._line.dial(target)

    def sip_event(self, event: Mapping[str, object]) -> None:
        """Take a fact from the SIP side."""
        self._events.put(event)

    def hang_up(self, now: float) -> None:
        """End the call before its end."""
        self._give_up_at = now + GONE_S
        self._line.hang_up()

    def step(self, now: float) -> None:
        """Do what is due."""
        while not self.over and not self._events.empty():
            self._take_event(self._events.get(), now)
        if self.over:
            return
        if self._talking:
            self._listen(now)
        elif self._give_up_at and now >= self._give_up_at:
            self._fail("nobody answered the call")

    def _take_event(self, event: Mapping[str, object], now: float) -> None:
        match event.get("event"), event.get("state"):
            case "call", "CONFIRMED":
                self._answered(now)
            case "call", "DISCONNECTED":
                self._disconnected(event, now)
            case "media", _:
                self._conversation.hold(now, event.get("hold") in ("remote", "both"))
            case "error", _ if event.get("command") == "dial":
                self._fail(str(event.get("reason")))

    def _answered(self, now: float) -> None:
        if self._talking:
            return
        # What the line carried before the answer is neither greeting nor speech.
        self._device.take()
        self._talking, self._heard_at, self._told_at = True, now, now
        self._act(self._conversation.begin(now))

    def _disconnected(self, event: Mapping[str, object], now: float) -> None:
        if not self._talking:
            self._fail(f"the desk did not take the call: {event.get('cause')} ({event.get('code')})")
            return
        self._listen(now)
        self._conversation.end()
        self._tell_totals(now, at_once=True)
        self.over = True
        self._tell("ended", {"by": ENDED_BY.get(str(event.get("ended_by")), "network")})

    def _fail(self, reason: str) -> None:
        self.over = self.failed = True
        self._tell("failed", {"reason": reason})

    def _listen(self, now: float) -> None:
        sounds = self._device.take()
        for pcm in sounds.said:
            self._says.feed(np.frombuffer(pcm, np.int16))
        if sounds.clip_ended:
            self._act(self._conversation.spoken(now))
        for pcm in sounds.heard:
            samples = np.frombuffer(pcm, np.int16)
            self._hears.feed(samples)
            self._heard_at = now
            seconds = samples.size / self._device.clock_rate
            self._act(self._conversation.hear(now, seconds, self._hears.speaking))
        if now - self._heard_at > NO_SOUND_S:
            self._act(self._conversation.hear(now, 0.0, False))
        self._tell_totals(now)

    def _tell_totals(self, now: float, at_once: bool = False) -> None:
        if not at_once and now - self._told_at < TOTALS_S:
            return
        heard, played = round(self._hears.seconds, 3), round(self._says.seconds, 3)
        for name, seconds, told in (("heard", heard, self._told[0]), ("played", played, self._told[1])):
            if at_once or seconds != told:
                self._tell(name, {"seconds": seconds})
        self._told, self._told_at = (heard, played), now

    def _act(self, actions: list[Action]) -> None:
        for action in actions:
            match action:
                case SpeakLine(number):
                    self._device.say(self._clips.line(number))
                case AskWhoIsThere():
                    self._device.say(self._clips.question)
                case HangUp():
                    self._line.hang_up()
                case TurnOver(number, turn, started, ended):
                    self._tell_turn(number, turn.who, turn.text, started, ended)

    def _tell_turn(self, number: int, who: str, text: str, started: float, ended: float) -> None:
        times = {"started": round(started, 3), "ended": round(ended, 3)}
        # What the agent said is not known here, only that something was said in this turn.
        self._tell("turn", {"n": number, "who": who, "text": text if who == "caller" else "", **times})
