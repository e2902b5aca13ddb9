"""What follows from what: a call that begins or ends sets off transcript, answers and the end of practice."""

from __future__ import annotations

from desktop.domain.events import CallConfirmed, CallEnded, CallMissed, CallReceived, WrapUpFinished
from desktop.services.desk_services import DeskServices


class CallFlow:
    """Joins the services; it knows no more than their events."""

    def __init__(self, services: DeskServices) -> None:
        self._services = services
        bus = services.bus
        bus.subscribe(CallReceived, lambda _event: services.faq.clear())
        bus.subscribe(CallConfirmed, self._call_confirmed)
        bus.subscribe(CallEnded, self._call_ended)
        bus.subscribe(CallMissed, lambda _event: self._practice_is_over())
        bus.subscribe(WrapUpFinished, lambda _event: self._practice_is_over())

    def tick(self) -> None:
        """Once a second."""
        services = self._services
        call = services.calls.current
        if call is not None and call.confirmed is not None:
            services.faq.tick(call.id, (services.clock.now() - call.confirmed).total_seconds())
        else:
            services.faq.tick()
        services.protection.tick()
        services.untouched.tick()
        services.calls.second.tick()

    def _call_confirmed(self, event: CallConfirmed) -> None:
        transcript = self._services.transcript
        if event.resumed:
            self._services.background.start(transcript.resume(event.call.id), "resume transcript")
        else:
            transcript.begin(event.call.id)

    def _call_ended(self, event: CallEnded) -> None:
        if event.call.confirmed is None:
            self._practice_is_over()

    def _practice_is_over(self) -> None:
        if self._services.practice.running is not None:
            self._services.background.start(self._services.practice.end(), "end practice")
