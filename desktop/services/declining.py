"""Refusing who rings: busy, declined or not here, and what of it is kept."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.call import Call, Direction, Refusal
from desktop.services.line import CurrentLine


class Declining:
    """Tells the telephone what the caller hears, and the record what the agent did."""

    def __init__(self, line: CurrentLine, ringing: Callable[[], Call | None]) -> None:
        self._line, self._ringing = line, ringing
        self._refused: dict[str, Refusal] = {}

    @property
    def ringing(self) -> Call | None:
        """Who would be refused, None while nobody rings."""
        return self._ringing()

    async def refuse(self, refusal: Refusal = Refusal.BUSY) -> None:
        """Refuse who rings; nothing where nobody does. Raises PhoneError."""
        call = self._ringing()
        if call is not None:
            await self.refuse_call(call, refusal)

    async def refuse_call(self, call: Call, refusal: Refusal = Refusal.BUSY) -> None:
        """Refuse this call, which rings. Raises PhoneError."""
        self._refused[call.id] = refusal
        await self._line.phone.reject(call.id, refusal.value)

    def ended(self, call: Call, seen: bool) -> Call:
        """A call that is over, with the cause that is kept of it. `seen`: the desk knew of it before."""
        refusal = self._refused.pop(call.id, None)
        if call.ended_by != "local" or call.confirmed is not None:
            return call  # the caller was quicker than the key
        if refusal is not None:
            return call.changed(cause=refusal.cause)
        # One that was refused before it was heard of was refused by nobody's key.
        unseen = not seen and call.direction is Direction.INCOMING
        return call.changed(cause="unavailable") if unseen else call
