"""The calls of the engine by their keys, and finding the one that a command means."""

from __future__ import annotations

from collections.abc import Callable

from desktop.adapters.sip.call import Call


class CommandError(Exception):
    """A command makes no sense now; the text says why."""


class RunningCalls(dict[str, Call]):
    """By key, in the order of their beginning. Lives on the SIP thread."""

    def ours(self, fits: Callable[[Call], bool] = lambda call: True) -> list[Call]:
        """Calls that fit and are not being refused."""
        return [call for call in list(self.values()) if not call.refusal and call.is_up() and fits(call)]

    def named(self, key: str) -> Call:
        """The call with this id. Raises CommandError."""
        for call in self.ours():
            if call.key == key:
                return call
        raise CommandError("no running call with this id")

    def find(self, arguments: tuple[str, ...], fits: Callable[[Call], bool], what: str) -> Call:
        """The call that is named, or the only one that fits. Raises CommandError."""
        calls = self.ours(fits)
        if arguments:
            calls = [call for call in calls if call.key == arguments[0]]
        if not calls:
            raise CommandError(f"no {what} call" + (" with this id" if arguments else ""))
        if len(calls) > 1:
            raise CommandError(f"several {what} calls; name one by its id")
        return calls[0]


def is_ringing(call: Call) -> bool:
    """Whether the call waits for our answer."""
    return call.direction == "incoming" and call.state in ("INCOMING", "EARLY")


def is_confirmed(call: Call) -> bool:
    """Whether the call has been answered."""
    return call.state == "CONFIRMED"


def is_open(call: Call) -> bool:
    """Whether the agent speaks with this call, or will as soon as it is answered."""
    return not is_ringing(call) and not call.want_hold


def is_spoken(call: Call) -> bool:
    """Whether the agent speaks with this call: answered, and not put on hold here."""
    return is_confirmed(call) and not call.want_hold
