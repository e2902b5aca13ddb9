"""Calls: from the phone's facts to records and events, and from the agent's keys to commands."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from functools import partial

from desktop.domain.agent import AgentState
from desktop.domain.call import Call, CallState, Direction
from desktop.domain.consultation import Purpose
from desktop.domain.errors import PhoneError
from desktop.domain.events import (
    CallChanged,
    CallConfirmed,
    CallDialled,
    CallEnded,
    CallMissed,
    CallParked,
    CallReceived,
    CallUnparked,
    LinesChanged,
    PhoneLost,
    PhoneRestarted,
    RegistrationChanged,
    SoundChanged,
    SoundHeard,
    WrapUpStarted,
)
from desktop.domain.phone import (
    Announced,
    AudioReport,
    CallReport,
    ConferenceReport,
    EngineRestarted,
    MediaReport,
    PhoneFact,
    PhoneGone,
    PhoneReady,
    Registration,
    SoundState,
    TextCame,
    TextRefused,
    TransferReport,
    told_of,
)
from desktop.services.agent_service import AgentService
from desktop.services.background import Background
from desktop.services.consultation_service import ConsultationService
from desktop.services.declining import Declining
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.ports import Clock, Phone
from desktop.services.saving import Saver
from desktop.services.two_callers import TwoCallers, from_the_front

_log = logging.getLogger(__name__)
DEAD_ENGINE = "engine"
"""`cause` of a call that ended because the engine died."""
ENDED_KEPT = 16
"""So many ids of ended calls are known: their end may be told twice."""


class CallService:
    """Owns the callers' calls; whom the agent asks meanwhile is `second`'s.

    `current` is the call in front: notes, transcript and evidence are about it. A second caller is `waiting` while it
    rings beside it, and one of the two is `parked`, on hold, while the agent speaks with the other.
    """

    def __init__(
        self,
        line: CurrentLine,
        agent: AgentService,
        bus: EventBus,
        clock: Clock,
        background: Background,
        who: tuple[str, str],
    ) -> None:
        self._line, self._agent = line, agent
        self._bus, self._clock, self._background = bus, clock, background
        self.agent_name, self.agent_number = who
        self.second = ConsultationService(line, bus, clock, background)
        self.second.current = lambda: self.current
        self.second.taken = lambda: self._callers.behind is not None
        self._callers = TwoCallers()
        self.declining = Declining(line, lambda: self._callers.ringing)
        self.call_waiting = False
        """Whether a second caller may ring beside a call; as the settings say."""
        self.in_crisis: Callable[[], bool] = lambda: False
        """Whether the call in front is a crisis: nobody is put on hold, and the second line is for help."""
        agent.lets_wait = self._lets_wait
        self.last: Call | None = None
        self.registration = Registration()
        self.sound = SoundState()
        self.announcing = ""
        """The file that sounded in the call when the desk came back to it."""
        self.announced: Announced | None = None
        """What was played into the call last, once it has ended."""
        self.saver = Saver(bus)
        self._over: deque[str] = deque(maxlen=ENDED_KEPT)
        bus.subscribe(WrapUpStarted, lambda event: self._write_up_began(event.call))

    @property
    def current(self) -> Call | None:
        """The call in front, None while nobody calls."""
        return self._callers.current

    @property
    def waiting(self) -> Call | None:
        """A second caller, who rings."""
        return self._callers.waiting

    @property
    def parked(self) -> Call | None:
        """A second caller, on hold behind the one in front."""
        return self._callers.parked

    def live(self, call_id: str) -> Call | None:
        """The caller's call with this id, where it is not over."""
        return self._callers.live(call_id)

    def _lets_wait(self) -> bool:
        """Whether another caller may ring beside the call that is on; a third one is the telephone's to refuse."""
        call = self.current
        speaks = call is not None and call.confirmed is not None
        return self.call_waiting and speaks and not self._line.practice and not self.in_crisis()

    def _write_up_began(self, call: Call) -> None:
        """The call that is written up is the last one, also after a crash, and where two are written up."""
        if self.current is None:
            self.last = call

    def attach(self, phone: Phone) -> None:
        """Hear this phone; of one that is not the current line's only callers that it turned away."""
        phone.listen(lambda fact: self._hear(phone, fact))

    # what the agent does
    async def dial(self, target: str, incident: str = "") -> None:
        """Call a number or URI; during a call somebody to ask, while the caller waits.

        Raises PhoneError, ValueError while a call rings.
        """
        if self.current is not None:
            if self.current.confirmed is None:
                raise ValueError("a call is on")
            await self.second.consult(target, Purpose.OTHER, incident=incident)
        else:
            await self._line.phone.dial(target, incident)

    async def answer(self) -> None:
        """Take the ringing call, else the one that waits: for that the other goes on hold, so never in a crisis."""
        call = self.current
        if call is not None and call.rings:
            await self._line.phone.answer(call.id)
        elif self.waiting is not None and not self.in_crisis():
            await self._line.phone.answer(self.waiting.id)

    async def end(self) -> None:
        """Reject the ringing call (486) or hang up: first what the caller in front is not lost by.

        That is a caller who waits, who is on the second line, and in a crisis who is on hold.
        """
        if self.current is not None and not self.current.rings and self.waiting is not None:
            await self.decline_waiting()
        elif self.second.state is not None:
            await self.second.end()
        elif self.parked is not None and self.in_crisis():
            await self._line.phone.hang_up(self.parked.id)
        else:
            await self.end_caller()

    async def decline_waiting(self) -> None:
        """Let the caller who waits hear busy; nothing where nobody waits."""
        if self.waiting is not None:
            await self.declining.refuse()

    async def keep_line_free(self) -> None:
        """A crisis began or ended: in one nobody waits, the second line is for help."""
        if self.call_waiting:
            await self._agent.apply()
        if self.in_crisis():
            await self.decline_waiting()

    async def end_caller(self) -> None:
        """Reject or hang up the caller's own call, whoever else is on the line."""
        call = self.current
        if call is not None and call.rings:
            await self.declining.refuse_call(call)
        elif call is not None:
            await self._line.phone.hang_up(call.id)

    async def toggle_mute(self) -> None:
        """Close or open the microphone during a call."""
        if self.current is not None:
            await self._line.phone.mute(not self.current.muted)

    async def toggle_hold(self) -> None:
        """Put the call on hold or take it back; with a second line, or a caller on hold, change between the two."""
        call, other = self.current, self.second.state
        if other is not None and not other.together:
            await self.second.swap()
        elif call is not None and self.parked is not None:
            if not self.in_crisis():
                await self._swap_callers(call, self.parked)
        elif call is not None and call.state is CallState.CONFIRMED:
            await self._line.phone.hold(call.id, not call.wants_hold)

    async def _swap_callers(self, front: Call, parked: Call) -> None:
        try:
            await self._line.phone.swap()
        except PhoneError:
            if not front.wants_hold:
                raise
            # Both are on hold, because one did not let itself be taken back: the one in front comes first.
            await self._line.phone.hold(front.id, False)
            return
        if self._callers.swap(parked.id):
            self._callers.tell_swap(self._bus)

    async def send_digits(self, digits: str) -> None:
        """Send DTMF to whoever is spoken with."""
        if self.current is not None and self.current.state is CallState.CONFIRMED:
            await self._line.phone.send_digits(self.second.heard_id or self.current.id, digits)

    # what the phone says
    def _hear(self, phone: Phone, fact: PhoneFact) -> None:
        ours = phone is self._line.phone
        match fact:
            case CallReport() if ours and self.second.takes(fact):
                pass
            case CallReport():
                if ours or (fact.state is CallState.DISCONNECTED and self.live(fact.id) is None):
                    self._call_changed(fact)
            case TextCame() | TextRefused():
                self._bus.publish(fact)  # whichever line it came over
            case _ if not ours:
                pass
            case MediaReport():
                if not self.second.media(fact):
                    self._told_of(fact)
            case ConferenceReport():
                self.second.conference(fact)
            case TransferReport():
                self._told_of(fact)
                self.second.transfer(fact)
            case AudioReport():
                # The light of the caller is that of the one in front alone.
                if not (self.parked and self.parked.id == fact.id) and not self.second.is_joined(fact.id):
                    self._bus.publish(SoundHeard(fact))
            case Registration():
                self.registration = fact
                self._bus.publish(RegistrationChanged(fact))
            case SoundState():
                self.sound = fact
                self._bus.publish(SoundChanged(fact))
            case EngineRestarted():
                self._bus.publish(PhoneRestarted(fact))
                self._background.start(self._agent.apply(), "tell availability")
            case PhoneReady():
                self._phone_ready(fact)
            case PhoneGone():
                self._bus.publish(PhoneLost(fact.reason))
            case Announced():
                self.announced = fact
                self._bus.publish(fact)
            case _:
                self._bus.publish(fact)

    def _phone_ready(self, ready: PhoneReady) -> None:
        running = {report.id for report in ready.calls}
        for call in (self.waiting, self.parked, self.current):
            if call is not None and call.id not in running:
                self._finish(call.changed(ended_by="network", cause=DEAD_ENGINE))
        self.announcing, self.announced = ready.announcing, ready.announced
        self.second.attached(ready)
        for report in from_the_front(ready):
            if not self.second.takes(report):
                self._call_changed(report, resumed=True)
        for media in ready.media:
            if not self.second.media(media):
                self._told_of(media)
        for transfer in ready.transfers:
            self._told_of(transfer)
        self.second.conference(ConferenceReport(ready.conference))
        for flow in ready.flows:
            self._bus.publish(flow)
        self._background.start(self._agent.apply(), "tell availability")

    def _call_changed(self, report: CallReport, resumed: bool = False) -> None:
        known = self.live(report.id)
        call = known or self._new_call(report)
        call = call.changed(
            state=report.state,
            remote_name=report.remote_name or call.remote_name,
            code=report.code or call.code,
            cause=report.cause or call.cause,
            ended_by=report.ended_by or call.ended_by,
        )
        if report.state is CallState.DISCONNECTED:
            if known is None and report.id in self._over:
                return
            self._finish(self.declining.ended(call, seen=known is not None))
            return
        first_confirmed = report.state is CallState.CONFIRMED and call.confirmed is None
        if first_confirmed:
            call = call.changed(confirmed=report.confirmed or self._clock.now())
        if self.current is not None and self.current.id != call.id:
            self._changed_behind(call, first_confirmed, resumed)
            return
        self._callers.keep(call)
        self._save(call)
        if first_confirmed:
            self._background.start(self._agent.begin_call(), "begin call")
            self._bus.publish(CallConfirmed(call, resumed))
        elif known is not None:
            self._bus.publish(CallChanged(call))
        elif call.direction is Direction.INCOMING:
            self._bus.publish(CallReceived(call))
        else:
            self._background.start(self._agent.begin_call(), "begin call")
            self._bus.publish(CallDialled(call))

    def _changed_behind(self, call: Call, answered: bool, resumed: bool) -> None:
        """The second caller's call rings, is answered, or changed while on hold."""
        self._save(call)
        if answered and not resumed:
            self._answered_behind(call)
        else:
            self._callers.keep(call)
        self._tell_lines()

    def _answered_behind(self, call: Call) -> None:
        """It comes to the front; the telephone has put the other one on hold."""
        parked = self._callers.answer(call)
        if parked is not None:
            self._bus.publish(CallParked(parked))
        else:
            self._background.start(self._agent.begin_call(), "begin call")
        self._bus.publish(CallConfirmed(call))

    def _tell_lines(self) -> None:
        self._bus.publish(LinesChanged(self.waiting, self.parked))

    def _new_call(self, report: CallReport) -> Call:
        return Call(
            id=report.id,
            direction=report.direction,
            remote=report.remote,
            remote_name=report.remote_name,
            state=report.state,
            created=report.created or self._clock.now(),
            agent_name=self.agent_name,
            agent_number=self.agent_number,
            scenario=self._line.line.scenario,
        )

    def _told_of(self, report: MediaReport | TransferReport) -> None:
        before = self.live(report.id)
        call = told_of(before, report) if before is not None else None
        if call is None or call == before:
            return
        if self._callers.follow(call):
            self._callers.tell_swap(self._bus)
        elif self.current is call:
            self._bus.publish(CallChanged(call))
        else:
            self._tell_lines()

    def _finish(self, call: Call) -> None:
        met = self._agent.state
        call = call.changed(
            state=CallState.DISCONNECTED,
            ended=self._clock.now(),
            agent_state="" if call.confirmed or call.direction is Direction.OUTGOING else met.value,
        )
        self._over.append(call.id)
        was_current = self.current is not None and self.current.id == call.id
        next_one = self._callers.leave(call.id)
        self._save(call)
        if call.confirmed is not None:
            self.last = call
            self._bus.publish(CallEnded(call, lost=call.cause == DEAD_ENGINE, behind=not was_current))
        elif call.direction is Direction.INCOMING:
            self._bus.publish(CallMissed(call))
        else:
            self._bus.publish(CallEnded(call))
            if met is AgentState.ON_CALL and was_current:
                self._background.start(self._agent.go_on(), "after an unanswered call")
        if next_one is not None:
            self._bus.publish(CallUnparked(next_one) if next_one.confirmed else CallReceived(next_one))
            self._background.start(self._agent.apply(), "tell availability")
        self._tell_lines()

    def _save(self, call: Call) -> None:
        write = partial(self._line.records.save_call, call)
        self._background.start(self.saver.save(f"call {call.id}", write), "save call")
