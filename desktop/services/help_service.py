"""Help in a call by one key: the supervisor, and the lines of the policy that are brought into a crisis."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from desktop.domain.call import CallState
from desktop.domain.consultation import Purpose
from desktop.domain.policy import CrisisLine
from desktop.services.call_service import CallService
from desktop.services.escalation_service import EscalationService
from desktop.services.line import CurrentLine
from desktop.services.protection_service import ProtectionService
from desktop.services.wrap_up_service import WrapUpService


class Help(Enum):
    """What became of asking for help."""

    CALLED = "called"
    UNKNOWN = "unknown"
    """The policy has no address."""
    PRACTICE = "practice"
    """It is noted; from practice nobody real is called."""
    BUSY = "busy"
    """Not now: something rings, or the second line is taken by somebody who is asked or by a second caller."""


class HelpService:
    """Numbers come from the policy alone, the interpreter's from the settings."""

    def __init__(
        self,
        line: CurrentLine,
        calls: CallService,
        escalation: EscalationService,
        protection: ProtectionService,
        wrap_up: WrapUpService,
    ) -> None:
        self._line, self._calls, self._escalation = line, calls, escalation
        self._protection, self._wrap_up = protection, wrap_up
        self.interpreter_at: Callable[[], str] = lambda: ""
        """Number or address of the interpreter as the settings say it."""

    @property
    def incident(self) -> str:
        """What people call the incident of the call that is or was on; the call's own id where nothing was saved."""
        call = self._calls.current or self._calls.last
        if call is None:
            return ""
        saved = self._escalation.current
        if saved is None or saved.call_id != call.id or not saved.versions:
            return call.id
        return saved.number or saved.id

    async def supervisor(self) -> Help:
        """Ask the supervisor while the caller waits; without a call it is an ordinary one. Raises PhoneError.

        In a crisis nobody waits: the caller goes on hearing the agent, and the supervisor joins them.
        """
        who, call = self._protection.policy.supervisor, self._calls.current
        if self._line.practice:
            self._protection.supervisor_called()
            return Help.PRACTICE
        if not who.sip:
            return Help.UNKNOWN
        if not self._free():
            return Help.BUSY
        second, name = self._calls.second, who.name
        if call is not None and self._protection.running and self._protection.state.in_crisis:
            await second.bring_in(who.sip, Purpose.SUPERVISOR, name, self.incident)
        elif call is not None or self._wrap_up.open is not None:
            await second.consult(who.sip, Purpose.SUPERVISOR, name, self.incident)
        else:
            await self._calls.dial(who.sip, self.incident)
        self._protection.supervisor_called()
        return Help.CALLED

    @property
    def has_interpreter(self) -> bool:
        """Whether there is one to call; from practice nobody real is called."""
        return bool(self.interpreter_at()) and not self._line.practice

    async def interpreter(self) -> Help:
        """Call the interpreter into the call: all three hear each other, and the caller never waits.

        Raises PhoneError.
        """
        if not self.has_interpreter:
            return Help.UNKNOWN
        if self._calls.current is None or not self._free():
            return Help.BUSY
        await self._calls.second.bring_in(self.interpreter_at(), Purpose.INTERPRETER)
        return Help.CALLED

    async def bring_in(self, line: CrisisLine) -> Help:
        """Call one of the policy's lines into the crisis; all three hear each other. Raises PhoneError."""
        if not self._line.practice:
            if self._calls.current is None or not self._free():
                return Help.BUSY
            await self._calls.second.bring_in(line.number, Purpose.LINE, line.number)
        self._protection.line_called(line.id)
        return Help.PRACTICE if self._line.practice else Help.CALLED

    def _free(self) -> bool:
        call = self._calls.current
        return self._calls.second.free and (call is None or call.state is CallState.CONFIRMED)
