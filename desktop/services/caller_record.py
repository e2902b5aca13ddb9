"""What the desk remembers of the caller of a call: earlier incidents by a keyed hash, and corrections of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop.domain.call import Call
from desktop.domain.events import CallerKnown, CallMissed, CallReceived
from desktop.domain.policy import Policy
from desktop.domain.reasons import given_reason
from desktop.domain.strikes import CallerHistory, Strike, caller_number, history_of
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.ports import Clock


class CallerRecord:
    """Of the call that rings, runs or ended last. `caller_key` turns a number into the hash."""

    def __init__(
        self,
        policy: Policy,
        caller_key: Callable[[str], str],
        line: CurrentLine,
        bus: EventBus,
        clock: Clock,
        background: Background,
    ) -> None:
        self._policy, self._caller_key, self._line = policy, caller_key, line
        self._bus, self._clock, self._background = bus, clock, background
        self._call: Call | None = None
        self.history = CallerHistory()
        """What counts."""
        self.incidents: tuple[Strike, ...] = ()
        """All other calls with an incident, oldest first, also corrected ones and those too old to count."""
        bus.subscribe(CallReceived, lambda event: self.look_up(event.call))
        bus.subscribe(CallMissed, lambda event: self._missed(event.call))

    def forget(self) -> None:
        """Another call comes."""
        self._call, self.history, self.incidents = None, CallerHistory(), ()

    def look_up(self, call: Call) -> None:
        """Find the history of this call's caller."""
        if self._call is None or self._call.id != call.id:
            self.forget()
        self._call = call
        self._background.start(self._find(call), "the caller's history")

    async def correct(self, strike: Strike, reason: str) -> None:
        """An earlier incident counts no more. Raises ValueError without a reason, StorageError."""
        await self._save(replace(strike, corrected=given_reason(reason, "correcting an incident")))

    async def take_back(self, strike: Strike) -> None:
        """An incident that was corrected counts again. Raises StorageError."""
        await self._save(replace(strike, corrected=""))

    async def _save(self, strike: Strike) -> None:
        await self._line.records.save_strike(strike)
        if self._call is not None:
            await self._find(self._call)

    async def _find(self, call: Call) -> None:
        number = caller_number(call.remote)
        strikes = await self._line.records.strikes_of(self._caller_key(number)) if number else []
        if self._call is None or self._call.id != call.id:
            return
        known = bool(self.incidents)
        self.incidents = tuple(strike for strike in strikes if strike.call_id != call.id)
        self.history = history_of(self.incidents, self._policy, self._clock.now())
        if self.incidents or known:
            self._bus.publish(CallerKnown(call.id, self.history))

    def _missed(self, call: Call) -> None:
        if self._call is not None and self._call.id == call.id:
            self.forget()
