"""What was said: hypotheses that may change, segments that never do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

LOW_CONFIDENCE = 0.45
"""Below this a segment is shown as unsure."""

SAME_STRETCH_S = 0.2
"""Segments of one leg that overlap by more are the same words, sent again by a speech process that was restarted."""


class Leg(Enum):
    """A side of a call. `CALLER` is the other side on outgoing calls too."""

    CALLER = "caller"
    AGENT = "agent"
    THIRD = "third"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Running speech; the first `stable` characters are expected to stay. Times: seconds since the media began."""

    call_id: str
    leg: Leg
    text: str
    stable: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Segment:
    """Committed text: final, immutable, stored. `confidence` 0..1; times as in Hypothesis."""

    call_id: str
    leg: Leg
    text: str
    confidence: float
    start: float
    end: float

    @property
    def unsure(self) -> bool:
        """Whether the words deserve a second look."""
        return self.confidence < LOW_CONFIDENCE


class SpeechState(Enum):
    """How the live transcript is doing."""

    OFF = "off"
    NO_MODEL = "no_model"
    UNSUITED = "unsuited"
    """The model knows nothing of this practice call, and is left out of it."""
    LOADING = "loading"
    READY = "ready"
    DEGRADED = "degraded"
    FAILED = "failed"
    RESTARTING = "restarting"
