"""The second line: ask the supervisor or somebody else while the caller waits, join all three, come back.

Whoever is asked stands in no list of calls and is not recorded. When they are gone, the caller is back by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from desktop.domain.call import Call, CallState, Direction, number_of
from desktop.domain.consultation import Consultation, Purpose
from desktop.domain.errors import DeskError, PhoneError
from desktop.domain.events import CallEnded, ConsultationChanged, ConsultationFailed, LineChanged
from desktop.domain.phone import CallReport, ConferenceReport, MediaReport, PhoneReady, TransferReport
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.ports import Clock

_log = logging.getLogger(__name__)

NO_ANSWER_S = 30.0
"""So long it may ring before the agent is back with the caller."""


class ConsultationService:
    """Owns what is on the second line. `current` names the caller's call, None where none runs."""

    def __init__(self, line: CurrentLine, bus: EventBus, clock: Clock, background: Background) -> None:
        self._line, self._bus, self._clock, self._background = line, bus, clock, background
        self.state: Consultation | None = None
        self.current: Callable[[], Call | None] = lambda: None
        self.taken: Callable[[], bool] = lambda: False
        """Whether a second caller has the second line."""
        self._began, self._holds = 0.0, False
        bus.subscribe(CallEnded, lambda event: self._caller_gone(event.call))
        bus.subscribe(LineChanged, lambda _event: self._set(None))

    @property
    def free(self) -> bool:
        """Whether somebody may be called beside the caller: nobody is on the second line, and no transfer runs."""
        call = self.current()
        return self.state is None and not self.taken() and not (call is not None and call.handed_to)

    # what the agent does
    async def consult(self, target: str, purpose: Purpose, name: str = "", incident: str = "") -> None:
        """Put the caller on hold, where there is one, and call somebody. Raises PhoneError with the caller back."""
        self._begin(Consultation(purpose, name or number_of(target), number=number_of(target)))
        try:
            await self._let_wait(self.current())
            self._named(await self._line.phone.consult(target, incident))
        except DeskError:
            self._set(None)
            await self._come_back()
            raise

    async def bring_in(self, target: str, purpose: Purpose, name: str = "", incident: str = "") -> None:
        """Call a third one while the caller goes on hearing the agent; all three are joined. Raises PhoneError."""
        self._begin(Consultation(purpose, name or number_of(target), joins=True, number=number_of(target)))
        call, phone = self.current(), self._line.phone
        try:
            if call is not None and call.wants_hold:
                await phone.hold(call.id, False)
            self._named(await phone.add(target, incident))
        except DeskError:
            self._set(None)
            raise

    async def swap(self) -> None:
        """Change between the caller and the other one; without a caller the other one is put on hold or taken back."""
        other = self.state
        if other is None or not other.answered or other.together:
            return
        if self.current() is None:
            await self._line.phone.hold(other.call_id, not other.waits)
            return
        await self._line.phone.swap()
        self._holds = False

    async def join(self) -> None:
        """All three hear each other from now on; nothing before the other one has answered."""
        call, other = self.current(), self.state
        if call is not None and other is not None and other.answered and not other.together:
            await self._line.phone.conference(call.id, other.call_id)
            self._holds = False

    async def hand_over(self) -> None:
        """Give the caller to the other one; both calls end here when that is done."""
        call, other = self.current(), self.state
        if call is not None and other is not None and other.answered:
            await self._line.phone.transfer(call.id, other.call_id)

    async def hand_over_to(self, target: str) -> None:
        """Give the caller to a number without asking there first. Raises PhoneError with the caller back.

        The caller waits meanwhile, and is back where nobody takes the call.
        """
        call = self.current()
        if call is None or call.confirmed is None:
            return
        if not self.free:
            raise PhoneError("the second line is taken")
        try:
            await self._let_wait(call)
            await self._line.phone.transfer(call.id, target)
        except DeskError:
            await self._come_back()
            raise

    async def end(self) -> None:
        """Hang up the second line: the caller is back."""
        if self.state is not None and self.state.call_id:
            await self._line.phone.hang_up(self.state.call_id)

    def tick(self) -> None:
        """Once a second: nobody answers for ever."""
        state = self.state
        if state is None or state.answered or self._clock.mono() - self._began < NO_ANSWER_S:
            return
        self._began = self._clock.mono()
        self._background.start(self._let_go(), "nobody answers on the second line")

    # what the phone says
    def takes(self, report: CallReport) -> bool:
        """Whether this report is about the second line; it is kept here then."""
        state = self.state
        if state is None or state.call_id != report.id:
            if not self._is_new(report):
                return False
            number = number_of(report.remote)
            found = state or Consultation(Purpose.OTHER, number, number=number)
            state = replace(found, call_id=report.id)
        if report.state is CallState.DISCONNECTED:
            self._over(state, report)
        else:
            state = replace(state, state=report.state)
            now = self._clock.now() if state.answered else None
            self._set(replace(state, confirmed=state.confirmed or now))
        return True

    @property
    def heard_id(self) -> str:
        """The call of whom the agent speaks with alone, "" while that is the caller."""
        other = self.state
        return other.call_id if other is not None and other.alone else ""

    def media(self, media: MediaReport) -> bool:
        """Whether this is about the second line."""
        if self.state is None or self.state.call_id != media.id:
            return False
        self._set(replace(self.state, hold=media.hold, hold_pending=media.hold_pending))
        return True

    def is_joined(self, call_id: str) -> bool:
        """Whether this is the second line's call while all three hear each other."""
        return self.state is not None and self.state.together and self.state.call_id == call_id

    def conference(self, report: ConferenceReport) -> None:
        """Who hears each other has changed."""
        if self.state is not None:
            self._set(replace(self.state, together=self.state.call_id in report.calls))

    def transfer(self, report: TransferReport) -> None:
        """A transfer has come to its end, one way or the other."""
        if report.final and report.code >= 300:
            self._bus.publish(ConsultationFailed(self.state.name if self.state else "", "transfer"))
            if self.state is None:
                self._background.start(self._come_back(), "back to the caller")

    def attached(self, ready: PhoneReady) -> None:
        """The desk found this phone running: what it does not know any more is over."""
        if self.state is not None and self.state.call_id not in {call.id for call in ready.calls}:
            self._set(None)

    def _is_new(self, report: CallReport) -> bool:
        """A call that the agent makes beside another one, or that this service has just asked for."""
        if report.direction is not Direction.OUTGOING or report.state is CallState.DISCONNECTED:
            return False
        if self.state is not None:
            return not self.state.call_id
        call = self.current()
        return call is not None and call.id != report.id

    def _begin(self, state: Consultation) -> None:
        if not self.free:
            raise PhoneError("the second line is taken")
        self._began = self._clock.mono()
        self._set(state)

    async def _let_wait(self, call: Call | None) -> None:
        """Put the caller on hold, where there is one that is not."""
        if call is not None and not call.wants_hold:
            await self._line.phone.hold(call.id, True)
            self._holds = True

    def _named(self, call_id: str) -> None:
        if self.state is not None and not self.state.call_id:
            self._set(replace(self.state, call_id=call_id))

    def _over(self, state: Consultation, report: CallReport) -> None:
        self._set(None)
        if not state.answered and report.ended_by != "local":
            self._bus.publish(ConsultationFailed(state.name, report.cause))
        call = self.current()
        if call is None or not call.handed_to:
            # Else the caller has got there, and this call was replaced; where not, the transfer's end tells.
            self._background.start(self._come_back(), "back to the caller")

    async def _come_back(self) -> None:
        # The phone may not have told yet that the caller is on hold when the other one is gone already.
        call, held, self._holds = self.current(), self._holds, False
        if call is None or call.confirmed is None or not (held or call.wants_hold):
            return
        try:
            await self._line.phone.hold(call.id, False)
        except DeskError as error:
            # It stays on hold, and the card says so: the key for it is the agent's.
            _log.warning("the caller could not be taken back: %s", error)

    def _caller_gone(self, call: Call) -> None:
        state = self.state
        if state is not None and state.call_id != call.id and (state.joins or not state.answered):
            self._background.start(self._let_go(), "nobody is left to be joined")

    async def _let_go(self) -> None:
        try:
            await self.end()
        except DeskError as error:
            _log.info("the second line had ended by itself: %s", error)

    def _set(self, state: Consultation | None) -> None:
        if state != self.state:
            self.state = state
            self._bus.publish(ConsultationChanged(state))
