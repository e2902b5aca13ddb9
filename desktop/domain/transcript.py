"""What was said: hypotheses that may change, segments that never do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum

LOW_CONFIDENCE = 0.45
"""Below this a segment is shown as unsure."""

MOST_DOUBTED = 0.34
"""A segment with a larger share of doubtful characters is unsure as a whole."""

Span = tuple[int, int]
"""Start and end of a stretch of characters, end excluded."""

AUTO, TORCH, CTRANSLATE2 = ENGINES = ("auto", "torch", "ctranslate2")
"""What runs a speech model: the better one on this PC, or one by its package's name."""

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
    doubts: tuple[Span, ...] = ()
    """Stretches of `text` that the recogniser did not trust."""

    @property
    def unsure(self) -> bool:
        """Whether the words deserve a second look: all of them, or much of the text."""
        doubted = sum(end - start for start, end in self.doubts)
        return self.confidence < LOW_CONFIDENCE or doubted > MOST_DOUBTED * len(self.text)

    def doubts_any(self, words: Iterable[str]) -> bool:
        """Whether one of these words, as they stand in the text, holds a doubtful stretch wherever it stands."""
        whole = self.text.casefold()
        for word in filter(None, (each.casefold() for each in words)):
            places = [at for at in range(len(whole)) if whole.startswith(word, at)]
            if places and all(self._doubts(at, at + len(word)) for at in places):
                return True
        return False

    def _doubts(self, start: int, end: int) -> bool:
        return any(first < end and last > start for first, last in self.doubts)


def same_stretch(one: Segment, other: Segment) -> bool:
    """Whether both are the same words of one call."""
    if one.leg is not other.leg:
        return False
    return min(one.end, other.end) - max(one.start, other.start) > SAME_STRETCH_S


@dataclass(frozen=True, slots=True)
class Pace:
    """How far the text of a call is behind: its oldest waiting words are `lag_s` old, 0 where that is next to
    nothing. `done`: the share that is written of what was left when the call ended; None while it runs."""

    lag_s: float = 0.0
    done: float | None = None


class SpeechLevel(IntEnum):
    """What a busy machine leaves of the live transcript."""

    FULL = 0
    SLOWER = 1
    """Running speech is written less often."""
    SEGMENTS = 2
    """Only finished sentences."""
    SMALLER = 3
    """Only finished sentences, by a smaller model."""
    LATER = 4
    """Nothing live: the rest is written after the call."""


class SpeechState(Enum):
    """How the live transcript is doing."""

    OFF = "off"
    NO_MODEL = "no_model"
    UNSUITED = "unsuited"
    """The model knows nothing of this practice call, and is left out of it."""
    TOO_SLOW = "too_slow"
    """The processor is too slow for every model that is installed."""
    LITTLE_MEMORY = "little_memory"
    """There is too little memory for every model that is installed."""
    LOADING = "loading"
    READY = "ready"
    DEGRADED = "degraded"
    FAILED = "failed"
    RESTARTING = "restarting"


class SpeechRemark(Enum):
    """What is to be said of a transcript that works; the detail of its state."""

    SMALLER_TOO_SLOW = "smaller_too_slow"
    """A smaller model than the chosen one listens: the processor is too slow for that."""
    SMALLER_LITTLE_MEMORY = "smaller_little_memory"
    """A smaller model than the chosen one listens: there is too little memory for that."""
    LONG_WINDOWS = "long_windows"
    """The model repeated itself in short stretches, and is given longer ones, which cost more."""
    NO_INT8 = "no_int8"
    """The model is decoded in float32, which is slower: this machine has nothing shorter."""
    NOT_INSTALLED = "not_installed"
    """The engine ctranslate2 was chosen and is not installed, so torch decodes; so with the following."""
    NO_ROOM = "no_room"
    """The disk has no room for the form of the model that it reads."""
    NOT_CONVERTED = "not_converted"
    """The form of the model that it reads could not be made."""
