"""The callers' calls by their places: one in front, one that waits or is on hold behind it."""

from __future__ import annotations

from desktop.domain.call import Call, CallState
from desktop.domain.events import CallParked, CallUnparked, LinesChanged
from desktop.domain.phone import CallReport, PhoneReady
from desktop.services.event_bus import EventBus


class TwoCallers:
    """Places only: what follows from a change is the call service's."""

    def __init__(self) -> None:
        self.current: Call | None = None
        self.waiting: Call | None = None
        self.parked: Call | None = None

    @property
    def behind(self) -> Call | None:
        """Who waits, or is on hold behind the call in front."""
        return self.waiting or self.parked

    @property
    def ringing(self) -> Call | None:
        """Who can be refused: the caller who waits, else the one who rings in front."""
        front = self.current
        return self.waiting or (front if front is not None and front.rings else None)

    def live(self, call_id: str) -> Call | None:
        """The call with this id, None where it is not one of them."""
        places = (self.current, self.waiting, self.parked)
        return next((call for call in places if call is not None and call.id == call_id), None)

    def keep(self, call: Call) -> None:
        """Put a call as it is now into its place: a new one in front where nobody is, else behind."""
        if self.current is None or self.current.id == call.id:
            self.current = call
        elif call.confirmed is not None:
            self.waiting, self.parked = None, call
        else:
            self.waiting = call

    def answer(self, call: Call) -> Call | None:
        """The one that waited comes to the front. Returns who is on hold for that, None where the other one rings."""
        before, self.current, self.waiting = self.current, call, None
        if before is not None:
            self.keep(before)
        return self.parked

    def swap(self, parked_id: str) -> bool:
        """Change the places of the two, where this one is still on hold behind another."""
        if self.current is None or self.parked is None or self.parked.id != parked_id:
            return False
        self.current, self.parked = self.parked, self.current
        return True

    def follow(self, call: Call) -> bool:
        """Put in a call whose hold has changed, or is about to. True: the two changed places by that.

        Whoever of the two is not wanted on hold belongs to the front, whoever asked for it.
        """
        before = self.live(call.id)
        self.keep(call)
        front, parked = self.current, self.parked
        if before is None or front is None or parked is None or before.wants_hold == call.wants_hold:
            return False
        return front.wants_hold and not parked.wants_hold and self.swap(parked.id)

    def tell_swap(self, bus: EventBus) -> None:
        """Say that the two have changed places."""
        if self.current is not None and self.parked is not None:
            bus.publish(CallParked(self.parked))
            bus.publish(CallUnparked(self.current))
            bus.publish(LinesChanged(self.waiting, self.parked))

    def leave(self, call_id: str) -> Call | None:
        """Take out a call that is over. Returns who comes to the front by that, None where nobody does."""
        if self.current is not None and self.current.id == call_id:
            self.current, self.waiting, self.parked = self.behind, None, None
            return self.current
        if self.waiting is not None and self.waiting.id == call_id:
            self.waiting = None
        if self.parked is not None and self.parked.id == call_id:
            self.parked = None
        return None


def from_the_front(ready: PhoneReady) -> list[CallReport]:
    """Calls that ran when the desk came: who is spoken with, then who is on hold, then who rings.

    By what is wanted: in the middle of a swap the other sides may not have agreed yet, and both hear nothing.
    """
    held = {media.id for media in ready.media if media.wants_hold}

    def depth(report: CallReport) -> int:
        return 2 if report.state is not CallState.CONFIRMED else int(report.id in held)

    return sorted(ready.calls, key=depth)
