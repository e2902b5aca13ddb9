"""What two calls make possible: swapping between them, joining them, handing one to the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop.adapters.sip.call import Call
from desktop.adapters.sip.running import CommandError, RunningCalls, is_confirmed, is_open, is_ringing

Post = Callable[[dict[str, object]], None]


class SecondLine:
    """On the SIP thread. `verbs` are the command line's; the user agent tells what became of the calls."""

    def __init__(self, calls: RunningCalls, post: Post) -> None:
        self._calls, self._post = calls, post
        self._together: tuple[Call, Call] | None = None
        self._heard = False
        self.verbs: Mapping[str, Callable[[tuple[str, ...]], None]] = {
            "swap": self._swap,
            "conference": self._conference,
            "transfer": self._transfer,
        }

    # ---- what must not be

    def partner(self) -> Call:
        """The one call that somebody may be added to. Raises CommandError."""
        if self._together is not None:
            raise CommandError("a conference is running already")
        call = self._calls.find((), is_confirmed, "answered")
        if call.want_hold:
            raise CommandError("the call is on hold; take it back first")
        return call

    def add(self, call: Call, new: Call) -> None:
        """Join the two as soon as `new` is answered; until then `call` goes on as it is."""
        self._together = (call, new)

    def check_free_ear(self) -> None:
        """Raise CommandError while the agent speaks with somebody: nobody may be drawn into that by accident."""
        if self._together is not None:
            raise CommandError("a conference is running")
        if self._calls.ours(is_open):
            raise CommandError("a call is already running; put it on hold first")
        if self._calls.ours(is_ringing):
            raise CommandError("a call rings; answer or reject it first")

    def make_room(self, call: Call) -> None:
        """Put on hold whoever speaks with the agent, because `call` is being answered. Raises CommandError."""
        if self._together is not None:
            raise CommandError("a conference is running; end one of its calls first")
        for other in self._calls.ours(is_open):
            if other is call:
                continue
            if not is_confirmed(other):
                raise CommandError("another call is being made; end it first")
        for other in self._calls.ours(is_open):
            if other is not call:
                other.hold(True)

    def check_resume(self, call: Call) -> None:
        """Raise CommandError where taking `call` back would let two strangers speak at once."""
        if self._together is None or call not in self._together:
            others = [other for other in self._calls.ours(is_open) if other is not call]
            if others:
                raise CommandError("another call is running; swap, or join them by conference")

    # ---- verbs

    def _two(self, arguments: tuple[str, ...], verb: str) -> tuple[Call, Call]:
        if arguments:
            if len(arguments) != 2 or arguments[0] == arguments[1]:
                raise CommandError(f"{verb} needs the ids of two calls")
            first, second = (self._calls.named(key) for key in arguments)
            if not (is_confirmed(first) and is_confirmed(second)):
                raise CommandError("both calls must have been answered")
            return first, second
        answered = self._calls.ours(is_confirmed)
        if len(answered) != 2:
            raise CommandError(f"{verb} needs two answered calls")
        return answered[0], answered[1]

    def _swap(self, arguments: tuple[str, ...]) -> None:
        if arguments:
            raise CommandError("swap takes no id: it changes between the two calls")
        first, second = self._two((), "swap")
        if self._together is not None:
            raise CommandError("a conference is running: both are on the line")
        if first.want_hold == second.want_hold:
            raise CommandError("swap needs one call on hold and one that is not")
        held, speaking = (first, second) if first.want_hold else (second, first)
        speaking.hold(True)
        held.hold(False)

    def _conference(self, arguments: tuple[str, ...]) -> None:
        two = self._two(arguments, "conference")
        if self._together is not None:
            raise CommandError("a conference is running already")
        self._together = two
        for call in two:
            if call.want_hold:
                call.hold(False)
        self.changed()

    def _transfer(self, arguments: tuple[str, ...]) -> None:
        if not arguments:
            raise CommandError("transfer needs an address, or the ids of two calls")
        *before, target = arguments
        if self._together is not None:
            raise CommandError("a conference is running; end one of its calls first")
        call = self._calls.find(tuple(before), is_confirmed, "answered")
        if call.transferring:
            raise CommandError("the call is being transferred already")
        if target not in self._calls:
            call.transfer(target)
            return
        other = self._calls.named(target)
        if other is call:
            raise CommandError("a call can't be transferred to itself")
        if not is_confirmed(other):
            raise CommandError("both calls must have been answered")
        call.transfer_to(other)

    # ---- what became of the calls

    def changed(self) -> None:
        """Join what can be heard now."""
        if self._together is None:
            return
        first, second = self._together
        one, other = first.sounding, second.sounding
        if one is None or other is None or not (is_confirmed(first) and is_confirmed(second)):
            return
        one.startTransmit(other)
        other.startTransmit(one)
        self._join(first, second, True)
        if not self._heard:
            self._heard = True
            self._tell()

    def cut(self, call: Call) -> None:
        """The sound of `call` is about to be cut: the other one hears it no more, nor it the other."""
        if self._together is None or call not in self._together:
            return
        first, second = self._together
        one, other = first.sounding, second.sounding
        if one is not None and other is not None:
            one.stopTransmit(other)
            other.stopTransmit(one)
        self._join(first, second, False)

    def over(self, call: Call) -> None:
        """A call has ended: of a conference the other one stays with the agent."""
        if self._together is not None and call in self._together:
            self._join(*self._together, False)
            told, self._together, self._heard = self._heard, None, False
            if told:
                self._tell()

    def _join(self, first: Call, second: Call, together: bool) -> None:
        """Who was asked beside a call is the third one in it while they are together: a leg of their own in the tap."""
        asked = [call for call in (first, second) if call.asked and call.port is not None]
        others = [call for call in (first, second) if not call.asked and call.port is not None]
        if len(asked) == len(others) == 1 and asked[0].port is not None:
            asked[0].port.join(others[0].port if together else None)

    def _tell(self) -> None:
        keys = [call.key for call in self._together] if self._together is not None else []
        self._post({"event": "conference", "calls": keys})
