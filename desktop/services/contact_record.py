"""Notes in the procedure of a call whom the agent called about it, when, and whether they answered."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain import procedure_contacts
from desktop.domain.call import Call, number_of
from desktop.domain.consultation import Consultation, Purpose
from desktop.domain.events import CallConfirmed, CallDialled, CallEnded, ConsultationChanged
from desktop.domain.policy import Policy
from desktop.domain.procedure_state import Contact, Procedure
from desktop.services.event_bus import EventBus
from desktop.services.ports import Clock

Change = Callable[[Procedure], Procedure]


class ContactRecord:
    """The supervisor, the police and the policy's lines; whom else the agent asks stands in no evidence.

    `call` is the caller's, `apply` changes its procedure, `known` hears the caller's call id once more is sure. Make it
    before anything that forgets the procedure when another call is up.
    """

    def __init__(
        self,
        policy: Policy,
        bus: EventBus,
        clock: Clock,
        call: Callable[[], Call | None],
        apply: Callable[[Change], None],
        known: Callable[[str], None],
    ) -> None:
        self._policy, self._clock, self._call = policy, clock, call
        self._apply, self._known = apply, known
        self._second = self._dialled = ""
        bus.subscribe(ConsultationChanged, lambda event: self._consulted(event.consultation))
        bus.subscribe(CallDialled, lambda event: self._called(event.call))
        bus.subscribe(CallConfirmed, lambda event: self._confirmed(event.call))
        bus.subscribe(CallEnded, lambda event: self._ended(event.call))

    def _consulted(self, other: Consultation | None) -> None:
        """The second line; while the phone has not named its call nobody was dialled."""
        if other is None:
            self._over(self._second)
            self._second = ""
        elif other.call_id:
            if other.call_id != self._second:
                self._second = other.call_id
                self._begin(other.call_id, self._purpose(other), other.name, other.number)
            if other.answered:
                self._answered(other.call_id)

    def _purpose(self, other: Consultation) -> str:
        if other.purpose is Purpose.SUPERVISOR:
            return procedure_contacts.SUPERVISOR
        return self._purpose_of(other.number)

    def _purpose_of(self, number: str) -> str:
        return procedure_contacts.purpose_of(number, number_of(self._policy.supervisor.sip), self._policy)

    def _called(self, call: Call) -> None:
        """An ordinary call after that of an incident."""
        number = number_of(call.remote)
        purpose = self._purpose_of(number)
        if purpose and not call.scenario:
            self._dialled = call.id
            self._begin(call.id, purpose, call.remote_name or number, number, after=True)

    def _confirmed(self, call: Call) -> None:
        if call.id == self._dialled:
            self._answered(call.id)
            self._tell()

    def _ended(self, call: Call) -> None:
        if call.id == self._dialled and call.confirmed is None:
            self._over(call.id)

    def _begin(self, call_id: str, purpose: str, name: str, number: str, after: bool = False) -> None:
        t = self._now()
        if not purpose or t is None:
            return
        contact = Contact(call_id, t, purpose, name, number)

        def change(state: Procedure) -> Procedure:
            concerns = state.led or state.crises or not after
            return procedure_contacts.dialled(state, contact) if concerns else state

        self._apply(change)

    def _answered(self, call_id: str) -> None:
        t = self._now()
        if t is not None:
            self._apply(lambda state: procedure_contacts.answered(state, call_id, t))

    def _over(self, call_id: str) -> None:
        t = self._now()
        if t is not None:
            self._apply(lambda state: procedure_contacts.over(state, call_id, t))
            self._tell()

    def _tell(self) -> None:
        call = self._call()
        if call is not None:
            self._known(call.id)

    def _now(self) -> float | None:
        """Seconds of the caller's clock, which goes on after the call; None where no call was answered."""
        call = self._call()
        if call is None or call.confirmed is None:
            return None
        return max(0.0, (self._clock.now() - call.confirmed).total_seconds())
