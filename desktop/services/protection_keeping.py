"""Writes what the protection decides: the procedure after each change, the strike wherever what counts has changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.domain.call import Call
from desktop.domain.policy import Policy
from desktop.domain.procedure_state import Procedure
from desktop.domain.strikes import Strike, caller_number
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.saving import Saver


class ProtectionKeeping:
    """`caller_key` turns a number into the keyed hash by which its incidents are kept."""

    def __init__(
        self,
        policy: Policy,
        caller_key: Callable[[str], str],
        line: CurrentLine,
        bus: EventBus,
        background: Background,
    ) -> None:
        self._policy, self._caller_key = policy, caller_key
        self._line, self._background = line, background
        self.saver = Saver(bus)

    def keep(self, call: Call, state: Procedure, counted: bool) -> None:
        """Write the procedure; the strike as well where what counts has changed."""
        write = partial(self._line.records.save_procedure, call.id, state, self._policy.digest)
        self._background.start(self.saver.save(f"procedure {call.id}", write), "save the procedure")
        if counted:
            self.keep_strike(call, state)

    def keep_strike(self, call: Call, state: Procedure) -> None:
        """Write the strike, or that there is none."""
        write = partial(self._write_strike, call, state)
        self._background.start(self.saver.save(f"strike {call.id}", write), "save the strike")

    async def _write_strike(self, call: Call, state: Procedure) -> None:
        """The call counts against its caller while something in it does, and its report is not withdrawn.

        A correction of the strike stays.
        """
        number = caller_number(call.remote)
        if not number or call.scenario:
            return
        counted = [hit for hit in state.hits if hit.counts]
        report = await self._line.records.escalation(call.id)
        if not counted or not state.led or (report is not None and report.form.withdrawn):
            await self._line.records.forget_strike(call.id)
            return
        worst = max(counted, key=lambda hit: self._policy.class_of(hit.class_id).severity)
        moment = call.confirmed or call.created
        caller = self._caller_key(number)
        corrected = [s.corrected for s in await self._line.records.strikes_of(caller) if s.call_id == call.id]
        strike = Strike(call.id, caller, worst.class_id, worst.axis.value, moment, *corrected[:1])
        await self._line.records.save_strike(strike)
