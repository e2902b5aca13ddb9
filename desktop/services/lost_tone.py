"""One low double tone where sound or the telephone is lost: who looks elsewhere hears it. The window has the words."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from desktop.domain.events import (
    CallEnded,
    CallerJudged,
    CallMissed,
    LineJudged,
    MicrophoneJudged,
    RegistrationChanged,
    SoundChanged,
)
from desktop.domain.line_quality import CallerTrouble, LineTrouble, MicrophoneTrouble
from desktop.services.background import Background
from desktop.services.call_service import CallService
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.ports import Clock

Tone = Callable[[bool], Coroutine[Any, Any, None]]
"""Plays it once; True: far below speech, for a voice may be in the agent's ear."""

ONE_INCIDENT_S = 10.0
"""What is lost so soon after a tone belongs to what it told of: a pulled headset takes several things along."""

_WELL = ("", "no_voice_processing")
"""What may stand in `SoundState.problem` while microphone and speaker are there."""


class LostTone:
    """Sounds where registration, microphone, the caller's sound or the call itself is lost, once each.

    A registration that is lost during a call can wait for the call's end: whoever speaks has priority.
    """

    def __init__(
        self,
        calls: CallService,
        line: CurrentLine,
        bus: EventBus,
        clock: Clock,
        background: Background,
        tone: Tone,
    ) -> None:
        self._calls, self._line, self._clock = calls, line, clock
        self._background, self._tone = background, tone
        self._sounded_at = float("-inf")
        self._reachable = self._owed = False
        self._wrong: dict[str, bool] = {"devices": True}
        """What is wrong now; a desk that starts without devices has lost none."""
        bus.subscribe(RegistrationChanged, lambda event: self._registration(event.registration.state))
        bus.subscribe(SoundChanged, lambda event: self._judge("devices", event.sound.problem not in _WELL))
        bus.subscribe(
            MicrophoneJudged,
            lambda event: self._judge("microphone", event.trouble is MicrophoneTrouble.SILENT),
        )
        bus.subscribe(
            CallerJudged, lambda event: self._judge("caller", event.trouble is CallerTrouble.SILENT)
        )
        bus.subscribe(LineJudged, lambda event: self._judge("line", event.trouble is LineTrouble.NOTHING_IN))
        bus.subscribe(CallEnded, self._ended)
        bus.subscribe(CallMissed, lambda _event: self._pay())

    def _registration(self, state: str) -> None:
        """Attempts follow each other; only the first that fails after one that held is news."""
        if self._line.practice:
            return
        if state == "registered":
            self._reachable, self._owed = True, False
        elif state == "failed" and self._reachable:
            self._reachable, self._owed = False, True
            self._pay()

    def _pay(self) -> None:
        if self._owed and self._calls.current is None:
            self._owed = False
            self._sound()

    def _judge(self, what: str, wrong: bool) -> None:
        before, self._wrong[what] = self._wrong.get(what, False), wrong
        if wrong and not before:
            self._sound()

    def _ended(self, event: CallEnded) -> None:
        self._wrong["line"] = False
        if event.lost:
            self._sound()
        self._pay()

    def _sound(self) -> None:
        now = self._clock.mono()
        if now - self._sounded_at < ONE_INCIDENT_S:
            return
        self._sounded_at = now
        self._background.start(self._tone(self._calls.current is not None), "tone of a loss")
