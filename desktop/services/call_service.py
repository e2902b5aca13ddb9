"""Calls: from the phone's facts to records and events, and from the agent's keys to commands."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial

from desktop.domain.agent import AgentState
from desktop.domain.call import Call, CallState, Direction, Hold
from desktop.domain.consultation import Purpose
from desktop.domain.events import (
    CallChanged,
    CallConfirmed,
    CallDialled,
    CallEnded,
    CallMissed,
    CallReceived,
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
    FlowReport,
    MediaReport,
    PhoneFact,
    PhoneGone,
    PhoneReady,
    QualityReport,
    Registration,
    SoundState,
    Spoken,
    TransferReport,
)
from desktop.services.agent_service import AgentService
from desktop.services.background import Background
from desktop.services.consultation_service import ConsultationService
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.ports import Clock, Phone
from desktop.services.saving import Saver

_log = logging.getLogger(__name__)
DEAD_ENGINE = "engine"
"""`cause` of a call that ended because the engine died."""
UNSEEN = "unseen"
"""`cause` of a call that ended while no desk was there."""


class CallService:
    """Owns the caller's call; whom the agent asks meanwhile is `second`'s."""

    def __init__(
        self,
        line: CurrentLine,
        agent: AgentService,
        bus: EventBus,
        clock: Clock,
        background: Background,
        who: tuple[str, str],
    ) -> None:
        self._line, self._agent, self._bus, self._clock, self._background = (
            line,
            agent,
            bus,
            clock,
            background,
        )
        self.agent_name, self.agent_number = who
        self.second = ConsultationService(line, bus, clock, background)
        self.second.current = lambda: self.current
        self.current: Call | None = None
        self.last: Call | None = None
        self.registration = Registration()
        self.sound = SoundState()
        self.announcing = ""
        """The file that sounded in the call when the desk came back to it."""
        self.announced: Announced | None = None
        """What was played into the call last, once it has ended."""
        self.saver = Saver(bus)

        bus.subscribe(WrapUpStarted, lambda event: self._write_up_began(event.call))

    def _write_up_began(self, call: Call) -> None:
        """After a crash the call that is written up is the last one."""
        if self.current is None and self.last is None:
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
        """Take the ringing call; nothing where none rings."""
        call = self.current
        if (
            call is not None
            and call.direction is Direction.INCOMING
            and call.state in (CallState.INCOMING, CallState.EARLY)
        ):
            await self._line.phone.answer(call.id)

    async def end(self) -> None:
        """Reject the ringing call (486) or hang up: first who is on the second line, so that the caller is not lost."""
        if self.second.state is not None:
            await self.second.end()
        else:
            await self.end_caller()

    async def end_caller(self) -> None:
        """Reject or hang up the caller's own call, whoever else is on the line."""
        call = self.current
        if call is None:
            return
        if call.direction is Direction.INCOMING and call.state in (CallState.INCOMING, CallState.EARLY):
            await self._line.phone.reject(call.id, 486)
        else:
            await self._line.phone.hang_up(call.id)

    async def toggle_mute(self) -> None:
        """Close or open the microphone during a call."""
        if self.current is not None:
            await self._line.phone.mute(not self.current.muted)

    async def toggle_hold(self) -> None:
        """Put the call on hold or take it back; with a second line change between the two."""
        call, other = self.current, self.second.state
        if other is not None and not other.together:
            await self.second.swap()
            return
        if call is not None and call.state is CallState.CONFIRMED:
            await self._line.phone.hold(call.id, call.hold not in (Hold.LOCAL, Hold.BOTH))

    async def send_digits(self, digits: str) -> None:
        """Send DTMF to the other side."""
        if self.current is not None and self.current.state is CallState.CONFIRMED:
            await self._line.phone.send_digits(self.current.id, digits)

    async def close_lost(self) -> list[Call]:
        """End the calls whose end nobody saw: desk or machine went down in them, and the phone knows them no more.

        They end with the last that is kept of them, by nobody. Raises StorageError.
        """
        records, closed = self._line.records, []
        for call in await records.calls_without_end():
            if self.current is not None and self.current.id == call.id:
                continue
            moments = [call.confirmed or call.created]
            moments += [moments[0] + timedelta(seconds=each.end) for each in await records.segments(call.id)]
            escalation = await records.escalation(call.id)
            moments += [each.created for each in escalation.versions] if escalation is not None else []
            ended = call.changed(state=CallState.DISCONNECTED, ended=max(moments), cause=UNSEEN)
            await records.save_call(ended)
            closed.append(ended)
        return closed

    # what the phone says
    def _hear(self, phone: Phone, fact: PhoneFact) -> None:
        ours = phone is self._line.phone
        match fact:
            case CallReport() if ours and self.second.takes(fact):
                pass
            case CallReport():
                if ours or (fact.state is CallState.DISCONNECTED and self._is_news(fact.id)):
                    self._call_changed(fact)
            case _ if not ours:
                pass
            case MediaReport():
                if not self.second.media(fact):
                    self._media_changed(fact)
            case ConferenceReport():
                self.second.conference(fact)
            case TransferReport():
                self.second.transfer(fact)
            case AudioReport() if self.second.is_joined(fact.id):
                pass  # the light of the caller is the caller's alone
            case AudioReport():
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
                self._phone_gone(fact)
            case Announced():
                self.announced = fact
                self._bus.publish(fact)
            case Spoken() | QualityReport() | FlowReport():
                self._bus.publish(fact)

    def _phone_ready(self, ready: PhoneReady) -> None:
        running = {report.id for report in ready.calls}
        if self.current is not None and self.current.id not in running:
            self._finish(self.current.changed(ended_by="network", cause=DEAD_ENGINE))
        self.announcing, self.announced = ready.announcing, ready.announced
        self.second.attached(ready)
        for report in ready.calls:
            if not self.second.takes(report):
                self._call_changed(report, resumed=True)
        for media in ready.media:
            if not self.second.media(media):
                self._media_changed(media)
        self.second.conference(ConferenceReport(ready.conference))
        for flow in ready.flows:
            self._bus.publish(flow)
        self._background.start(self._agent.apply(), "tell availability")

    def _phone_gone(self, gone: PhoneGone) -> None:
        self._bus.publish(PhoneLost(gone.reason))

    def _is_news(self, call_id: str) -> bool:
        return self.current is None or self.current.id != call_id

    def _call_changed(self, report: CallReport, resumed: bool = False) -> None:
        known = self.current if self.current is not None and self.current.id == report.id else None
        call = known or self._new_call(report)
        call = call.changed(
            state=report.state,
            remote_name=report.remote_name or call.remote_name,
            code=report.code or call.code,
            cause=report.cause or call.cause,
            ended_by=report.ended_by or call.ended_by,
        )
        if report.state is CallState.DISCONNECTED:
            if known is None and self.last is not None and self.last.id == report.id:
                return
            self._finish(call)
            return
        first_confirmed = report.state is CallState.CONFIRMED and call.confirmed is None
        if first_confirmed:
            call = call.changed(confirmed=report.confirmed or self._clock.now())
        self.current = call
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

    def _media_changed(self, media: MediaReport) -> None:
        call = self.current
        if call is None or call.id != media.id:
            return
        self.current = call.changed(
            hold=media.hold, muted=media.muted, encrypted=media.encrypted, codec=media.codec
        )
        if self.current != call:
            self._bus.publish(CallChanged(self.current))

    def _finish(self, call: Call) -> None:
        met = self._agent.state
        call = call.changed(
            state=CallState.DISCONNECTED,
            ended=self._clock.now(),
            agent_state="" if call.confirmed or call.direction is Direction.OUTGOING else met.value,
        )
        was_current = self.current is not None and self.current.id == call.id
        if was_current:
            self.current = None
        self._save(call)
        if call.confirmed is not None:
            self.last = call
            self._bus.publish(CallEnded(call, lost=call.cause == DEAD_ENGINE))
        elif call.direction is Direction.INCOMING:
            self._bus.publish(CallMissed(call))
        else:
            self._bus.publish(CallEnded(call))
            if met is AgentState.ON_CALL and was_current:
                self._background.start(self._agent.go_on(), "after an unanswered call")

    def _save(self, call: Call) -> None:
        write = partial(self._line.records.save_call, call)
        self._background.start(self.saver.save(f"call {call.id}", write), "save call")
