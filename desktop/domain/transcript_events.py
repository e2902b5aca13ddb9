"""What becomes of the live transcript, beside its words and its state."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.asked import Asked
from desktop.domain.transcript import Hypothesis, Leg, Pace, Segment


@dataclass(frozen=True, slots=True)
class TranscriptPaced:
    """The text of a call is behind by another while than before."""

    call_id: str
    pace: Pace


@dataclass(frozen=True, slots=True)
class SpeechLost:
    """What was said on a leg from `start` to `end` (seconds since the media began) can't be written any more."""

    call_id: str
    leg: Leg
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class SpokenLanguageChanged:
    """What is said in a call is written in this language (a code) from now on."""

    call_id: str
    language: str


@dataclass(frozen=True, slots=True)
class LegsUnread:
    """On these legs of a call somebody speaks and no text comes of it; empty where all is well again."""

    call_id: str
    legs: frozenset[Leg]


@dataclass(frozen=True, slots=True)
class AskedShown:
    """The agent speaks with somebody else than the citizen now: what was said with them so far; None: not any more."""

    asked: Asked | None
    said: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedSaid:
    """Final words of a consultation."""

    segment: Segment


@dataclass(frozen=True, slots=True)
class AskedRunning:
    """Running words of a consultation."""

    hypothesis: Hypothesis
