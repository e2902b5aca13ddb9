"""Where the procedure of one call stands: what was heard, what was said, what comes next. Frozen, without a clock.

All times are seconds of the call's own clock (0 = answered).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from desktop.domain.policy import Axis, Sentence, StepKind


class Phase(Enum):
    """What the agent is doing."""

    LISTENING = "listening"
    LADDER = "ladder"
    CRISIS = "crisis"
    ENDED = "ended"


class Method(Enum):
    """Who said a sentence."""

    AGENT_VOICE = "agent_voice"
    SYSTEM_TEXT = "system_text"
    EXCHANGE = "exchange"


class Source(Enum):
    """Where a hit comes from."""

    TRANSCRIPT = "transcript"
    AGENT = "agent"


class Due(Enum):
    """What the recommended length of a call asks for."""

    NOTHING = "nothing"
    NOTICE = "notice"
    END = "end"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was said, or that the agent marked. `number` counts from 1 within the call.

    `countable` is False for what was too unsure to count; `rejected` is the agent's word and always wins.
    """

    number: int
    t: float
    class_id: str
    axis: Axis
    source: Source
    labels: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    why: str = ""
    confidence: float = 1.0
    countable: bool = True
    rejected: bool = False

    @property
    def counts(self) -> bool:
        """Whether the hit belongs to a counter at all."""
        return self.countable and not self.rejected


@dataclass(frozen=True, slots=True)
class Said:
    """A step that was taken; `t` is when it began, `text` the very words.

    `complete` is False for a text that was cut off; such a step comes again.
    """

    t: float
    class_id: str
    ladder: str
    step: int
    kind: StepKind
    text_id: str
    text_version: int
    language: str
    text: str
    method: Method
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Pending:
    """A step that is about to be played or is playing (`began`). `then_end`: the agent asked for the end after it."""

    t: float
    step: int
    sentence: Sentence
    then_end: bool = False
    began: float | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """More time, given by the agent. `reason` is a reason's id or the agent's own words."""

    t: float
    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class CrisisHint:
    """The transcript sounds like a crisis; open until the agent answers."""

    t: float
    matched: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class CrisisVisit:
    """A stay in the crisis path: what was found out and who was brought in, with times. `left` None while it lasts."""

    entered: float
    checks: tuple[tuple[str, float], ...] = ()
    place: str = ""
    lines: tuple[tuple[str, float], ...] = ()
    supervisor: float | None = None
    left: float | None = None
    left_reason: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody whom the agent called about this call. `purpose`: supervisor, police or line (of the policy).

    `call_id` is of the call to them. `t` is when they were dialled, also after the caller's call; `answered` when they
    took it, `over` when that call ended; None where that did not happen or nobody saw it.
    """

    call_id: str
    t: float
    purpose: str
    name: str
    number: str
    answered: float | None = None
    over: float | None = None


@dataclass(frozen=True, slots=True)
class EndRequest:
    """The call is to be ended now. `by` is agent, or policy where the centre switched that on."""

    t: float
    by: str
    class_id: str
    notice_given: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """The call is over. `by` is agent, caller or system."""

    t: float
    by: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """The whole state. Lists are oldest first. `open_hits`: numbers of hits that the agent has not answered yet."""

    phase: Phase = Phase.LISTENING
    class_id: str = ""
    opened: float | None = None
    hits: tuple[Hit, ...] = ()
    open_hits: tuple[int, ...] = ()
    said: tuple[Said, ...] = ()
    pending: Pending | None = None
    calmed: tuple[float, ...] = ()
    extensions: tuple[Extension, ...] = ()
    crisis_hint: CrisisHint | None = None
    crises: tuple[CrisisVisit, ...] = ()
    end: EndRequest | None = None
    ended: Ended | None = None
    contacts: tuple[Contact, ...] = ()

    @property
    def led(self) -> bool:
        """Whether the agent opened the procedure, whatever came of it; a hint alone never does."""
        return bool(self.said or self.calmed) or self.opened is not None

    @property
    def in_crisis(self) -> bool:
        """Whether the call is, or ended, on the crisis path."""
        return bool(self.crises) and self.crises[-1].left is None

    @property
    def warnings_locked(self) -> bool:
        """Whether no warning, no notice and no end can be reached: a crisis, or a hint of one that is open."""
        return self.in_crisis or self.crisis_hint is not None


@dataclass(frozen=True, slots=True)
class TimeAid:
    """`ends_at` and `seconds_left` of the recommended time, extensions included; negative once it is over."""

    due: Due
    ends_at: float
    seconds_left: float

    @property
    def minutes_left(self) -> int:
        """Minutes to say in a notice, rounded up; at least one."""
        return max(1, -int(-self.seconds_left // 60))


def strikes(hits: Iterable[Hit], axis: Axis, merge_seconds: float) -> int:
    """How often something happened on an axis: hits closer than `merge_seconds` to the first of their strike are one.

    The window begins with the first hit and does not move on, so that somebody who never stops is counted again.
    """
    count, began = 0, float("-inf")
    for t in sorted(hit.t for hit in hits if hit.axis is axis and hit.counts):
        if t - began >= merge_seconds:
            count, began = count + 1, t
    return count
