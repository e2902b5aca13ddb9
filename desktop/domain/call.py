"""A call as the desk knows it: states, ends, the record that is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum


class CallState(Enum):
    """States of a call in pjsip's names; hold and mute are attributes, not states."""

    CALLING = "CALLING"
    INCOMING = "INCOMING"
    EARLY = "EARLY"
    CONNECTING = "CONNECTING"
    CONFIRMED = "CONFIRMED"
    DISCONNECTED = "DISCONNECTED"


class Direction(Enum):
    """Who called whom, seen from the desk."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class Hold(Enum):
    """Which side has put the call on hold."""

    NONE = "none"
    LOCAL = "local"
    REMOTE = "remote"
    BOTH = "both"

    @property
    def by_agent(self) -> bool:
        """Whether the agent has put the other side on hold."""
        return self in (Hold.LOCAL, Hold.BOTH)


class Outcome(Enum):
    """What became of a call."""

    ANSWERED = "answered"
    MISSED = "missed"
    REJECTED = "rejected"
    FAILED = "failed"


class Refusal(Enum):
    """What a caller hears whom the agent does not take: SIP's answer."""

    BUSY = 486
    DECLINED = 603
    AWAY = 480

    @property
    def cause(self) -> str:
        """`Call.cause` of a call that was refused so by a key; "unavailable" stands for one that nobody saw."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Call:
    """One call; times are UTC. `agent_state` is the state that it met when it was missed.

    `hold_pending`: the other side has not agreed yet to a change of `hold`, and nothing is heard either way.
    `handed_to`: a transfer runs, to this address.
    """

    id: str
    direction: Direction
    remote: str
    remote_name: str
    state: CallState
    created: datetime
    confirmed: datetime | None = None
    ended: datetime | None = None
    ended_by: str = ""
    code: int = 0
    cause: str = ""
    hold: Hold = Hold.NONE
    hold_pending: bool = False
    handed_to: str = ""
    muted: bool = False
    encrypted: bool = False
    codec: str = ""
    agent_state: str = ""
    agent_name: str = ""
    agent_number: str = ""
    scenario: str = ""

    @property
    def outcome(self) -> Outcome | None:
        """None while the call lasts."""
        if self.state is not CallState.DISCONNECTED:
            return None
        if self.confirmed is not None:
            return Outcome.ANSWERED
        if self.direction is Direction.OUTGOING:
            return Outcome.FAILED
        return (
            Outcome.REJECTED if self.ended_by == "local" and self.cause != "unavailable" else Outcome.MISSED
        )

    @property
    def live(self) -> bool:
        """Whether the call can still be heard or answered."""
        return self.state is not CallState.DISCONNECTED

    @property
    def rings(self) -> bool:
        """Whether the call waits for the agent's answer."""
        return self.direction is Direction.INCOMING and self.state in (CallState.INCOMING, CallState.EARLY)

    @property
    def on_hold(self) -> bool:
        """Whether the agent has put the other side on hold."""
        return self.hold.by_agent

    @property
    def wants_hold(self) -> bool:
        """Whether the agent wants the other side on hold: what `on_hold` is, or is about to be."""
        return self.on_hold != self.hold_pending

    @property
    def silenced(self) -> bool:
        """Whether the agent's key keeps both sides from hearing each other, agreed upon or not yet."""
        return self.on_hold or self.hold_pending

    @property
    def sounds(self) -> bool:
        """Whether sound is expected both ways: nobody is on hold, and nobody is asked to be."""
        return self.hold is Hold.NONE and not self.hold_pending

    def seconds(self, now: datetime) -> int:
        """Whole seconds of talk until `now` or the end; 0 before the answer."""
        if self.confirmed is None:
            return 0
        return max(0, int(((self.ended or now) - self.confirmed).total_seconds()))

    def changed(self, **fields: object) -> Call:
        """A copy with some fields replaced."""
        return replace(self, **fields)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class EarlierCalls:
    """How often a number called in 24 hours, 30 days and half a year."""

    day: int
    month: int
    half_year: int


MOST_EARLIER_CALLS = 1000
"""So many calls of a number are counted, on the screen as in evidence."""


def earlier_calls(calls: Iterable[Call], now: datetime) -> EarlierCalls:
    """Those of `calls` that began before `now`, by how long before."""
    ages = [now - call.created for call in calls if call.created <= now]
    return EarlierCalls(*(sum(age <= timedelta(days=days) for age in ages) for days in (1, 30, 182)))


_USER = re.compile(r"(?:sips?|tel):(?:([^@;>]+)@)?([^;>]*)")


NAMELESS = frozenset({"", "anonymous", "unknown", "restricted", "private"})
"""User parts of those who withhold their number."""


def number_of(remote: str) -> str:
    """The user part of a SIP or tel URI, else the text itself."""
    match = _USER.search(remote)
    if not match:
        return remote
    return match[1] or match[2]


def mask_number(number: str) -> str:
    """A number as it may stand on a screen: its first digits (three; of Seoul's landlines 02) and the last four.

    Shorter numbers (extensions, service numbers) have nothing to hide and stay. Text that is not a number keeps
    its first and last character.
    """
    digits = re.sub(r"[\s\-().]", "", number)
    if re.fullmatch(r"\+?\d+", digits):
        if len(digits) <= 6:
            return digits
        if re.fullmatch(r"02\d{7,8}", digits):
            head = 2
        else:
            head = 3 if len(digits) >= 9 else 1
        return f"{digits[:head]}-{'•' * 4}-{digits[-4:]}"
    if len(number) <= 2:
        return number
    return f"{number[0]}{'•' * min(6, len(number) - 2)}{number[-1]}"
