"""What leaves the media thread: frames of a leg and the marks around them, in one bounded queue."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

QUEUE_FRAMES = 4096
CALLER, AGENT, THIRD = "caller", "agent", "third"


@dataclass(frozen=True, slots=True)
class Begin:
    """A leg's audio begins. `asked`: of somebody whom the agent asks: for a transcript, never for a recording."""

    call: str
    leg: str
    clock_rate: int
    asked: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """No more audio of this call."""

    call: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Sound of one leg, 16 bit mono. `tapped` is False for what may only be measured, never kept."""

    call: str
    leg: str
    first: int
    pcm: bytes
    tapped: bool


FrameQueue = deque[Begin | End | Frame]


def new_queue() -> FrameQueue:
    """A queue that drops its oldest entries rather than wait: the media thread must never be held up."""
    return deque(maxlen=QUEUE_FRAMES)
