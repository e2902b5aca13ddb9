"""One line of the transcript as it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from desktop.domain.transcript import Leg, Segment, Span

if TYPE_CHECKING:
    from desktop.domain.entities import Entity


class Side(Enum):
    """Who speaks; `DESK` is a remark of the desk itself, centred."""

    CALLER = "caller"
    AGENT = "agent"
    THIRD = "third"
    ASKED = "asked"
    """Whom the agent asks while the citizen waits."""
    DESK = "desk"


SIDES = {Leg.CALLER: Side.CALLER, Leg.AGENT: Side.AGENT, Leg.THIRD: Side.THIRD}

ASKED_SIDES = {**SIDES, Leg.CALLER: Side.ASKED}


@dataclass(frozen=True, slots=True)
class Detail:
    """Something that the caller named. `shown` is what the screen may show of it, `copied`: it is in the notes."""

    entity: Entity
    shown: str = field(repr=False)
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What the detector heard in a line: where, what it is called, whether it is a sign of a crisis."""

    spans: tuple[Span, ...]
    words: str
    care: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What was said and when. `cause` is the stretch that a suggestion was found in, `found` what the agent looks for.

    `doubts`: words that the recogniser did not trust; `unsure`: it trusted none of them, or few.
    `details` are what the caller named in it, as chips below; `heard` is a hint of the detector.
    The text never changes once the line is there; marks may come later.
    """

    side: Side
    time: str
    text: str
    start: float = 0.0
    unsure: bool = False
    doubts: tuple[Span, ...] = ()
    cause: Span | None = None
    found: tuple[Span, ...] = ()
    marked: bool = False
    details: tuple[Detail, ...] = ()
    heard: Heard | None = None

    @property
    def tagged(self) -> bool:
        """Whether a remark stands below the line."""
        return self.cause is not None or self.marked or self.heard is not None


@dataclass(frozen=True, slots=True)
class Running:
    """Speech that goes on: the first `stable` characters are expected to stay.

    `glimpsed`: where the detector would hear something if it stayed; a quiet mark that says nothing.
    """

    side: Side
    time: str
    text: str
    stable: int
    glimpsed: tuple[Span, ...] = ()


def line_of(segment: Segment, time: str, details: tuple[Detail, ...] = ()) -> Line:
    """A segment as a line."""
    return Line(
        SIDES[segment.leg], time, segment.text, segment.start, segment.unsure, segment.doubts, details=details
    )


def asked_line(segment: Segment, time: str) -> Line:
    """A segment of a consultation as a line."""
    return replace(line_of(segment, time), side=ASKED_SIDES[segment.leg])


def find_cause(text: str, cause: str) -> Span | None:
    """Where the citizen's sentence stands in `text`; a longer quote that holds the whole text marks all of it."""
    sentence = cause.strip()
    if not sentence or not text:
        return None
    start = text.find(sentence)
    if start >= 0:
        return start, start + len(sentence)
    if text.strip() and text.strip() in sentence:
        return 0, len(text)
    return None


def find_all(text: str, query: str) -> tuple[Span, ...]:
    """Every place of `query` in `text`, without regard to case."""
    wanted, whole = query.strip().casefold(), text.casefold()
    if not wanted or len(whole) != len(text):
        return ()
    found, at = [], whole.find(wanted)
    while at >= 0:
        found.append((at, at + len(wanted)))
        at = whole.find(wanted, at + len(wanted))
    return tuple(found)


def spans_of(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Every place of any of the words in `text`, in order."""
    return tuple(sorted({span for each in words for span in find_all(text, each)}))
