"""What a good agent would say now in a practice call, and the desk saying it for one who can't or won't speak."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from desktop.domain.events import CallConfirmed, CallEnded, LineChanged
from desktop.domain.practice import ModelLineChanged, Scenario
from desktop.services.event_bus import EventBus


class TurnsOfTheCall(Protocol):
    """The practice call, as far as its turns are concerned. They are counted from 1."""

    def follow_turns(self, over: Callable[[int], None]) -> None:
        """Tell `over` the number of each turn that has been spoken to its end."""

    async def speak_turn(self, number: int) -> None:
        """Speak the agent's model answer of this turn into the call. Raises PhoneError."""


class ModelLine:
    """`text` is the agent's line whose turn it is, "" while the caller speaks, or a procedure has the words."""

    def __init__(self, running: Callable[[], Scenario | None], turns: TurnsOfTheCall, bus: EventBus) -> None:
        self._running, self._turns, self._bus = running, turns, bus
        self.text = ""
        self._number = 0
        self._said = 0
        turns.follow_turns(self._over)
        bus.subscribe(CallConfirmed, lambda _event: self._over(0))
        bus.subscribe(CallEnded, lambda _event: self._show(0, ""))
        bus.subscribe(LineChanged, lambda _event: self._show(0, ""))

    async def say(self) -> None:
        """Let the desk say it, once; nothing where it is not the agent's turn. Raises PhoneError."""
        if self.text and self._said != self._number:
            self._said = self._number
            await self._turns.speak_turn(self._number)

    def _over(self, number: int) -> None:
        scenario = self._running()
        following = scenario.turns[number : number + 1] if scenario is not None else ()
        mine = bool(following) and following[0].who == "agent" and not following[0].step
        self._show(number + 1, following[0].text if mine else "")

    def _show(self, number: int, text: str) -> None:
        if not number:
            self._said = 0
        self._number = number
        if text != self.text:
            self.text = text
            self._bus.publish(ModelLineChanged(text))
