"""Stand-ins for what takes a network: a detector that hears loudness, an engine that says what it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.stt.acceptance import Decoding
from desktop.adapters.stt.sound import Floats
from desktop.domain.transcript import Span

Samples = NDArray[np.int16]
RATE = 16000


class Loudness:
    """Speech is whatever is not quite silent."""

    def probability(self, frame: Samples) -> float:
        return 0.95 if int(np.abs(frame).max(initial=0)) > 100 else 0.01

    def reset(self) -> None:
        """Nothing is remembered."""


def loud(seconds: float, level: int = 1000) -> Samples:
    return np.full(round(seconds * RATE), level, np.int16)


def quiet(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.int16)


@dataclass
class ScriptedEngine:
    """Tokens are single bytes of UTF-8. `script` gives the text (or bytes) for (seconds, final)."""

    script: Callable[[float, bool], str | bytes]
    during: Callable[[], None] = lambda: None
    logprob: float = -0.1
    no_speech: float = 0.0
    looped: bool = False
    logprobs: Callable[[tuple[int, ...]], tuple[float, ...] | None] = lambda tokens: None
    calls: list[tuple[float, bool, bool]] = field(default_factory=list)
    failing: bool = False
    languages: list[str] = field(default_factory=list)

    def decode(
        self, sound: Floats, *, final: bool, prefix: Sequence[int], abort: Callable[[], bool]
    ) -> Decoding | None:
        if self.failing:
            raise RuntimeError("no")
        self.during()
        aborted = abort()
        self.calls.append((len(sound) / RATE, final, aborted))
        if aborted:
            return None
        said = self.script(len(sound) / RATE, final)
        content = said.encode() if isinstance(said, str) else said
        tokens = tuple(content)
        return Decoding(tokens, self.logprob, self.no_speech, self.looped, self.logprobs(tokens))

    def speaking(self, language: str) -> ScriptedEngine:
        self.languages.append(language)
        return self

    def content(self, tokens: Sequence[int]) -> bytes:
        return bytes(tokens)


@dataclass
class Notes:
    """A sink that writes everything down."""

    hypotheses: list[tuple[str, str, int]] = field(default_factory=list)
    segments: list[tuple[str, str, float, float]] = field(default_factory=list)
    acknowledged: dict[tuple[str, str], int] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)
    gaps: list[tuple[float, float]] = field(default_factory=list)
    unread_told: list[tuple[str, bool]] = field(default_factory=list)
    lost_told: list[tuple[str, float, float]] = field(default_factory=list)
    doubts: list[tuple[Span, ...]] = field(default_factory=list)
    failure: str = ""
    order: list[str] = field(default_factory=list)

    def hypothesis(self, call: str, leg: str, text: str, stable: int, start: float, end: float) -> None:
        self.hypotheses.append((leg, text, stable))

    def segment(
        self,
        call: str,
        leg: str,
        text: str,
        confidence: float,
        start: float,
        end: float,
        doubts: tuple[Span, ...] = (),
    ) -> None:
        self.segments.append((leg, text, start, end))
        self.doubts.append(doubts)
        self.order.append(f"segment {leg}")

    def done(self, call: str, leg: str, sample: int) -> None:
        assert sample > self.acknowledged.get((call, leg), 0)
        self.acknowledged[call, leg] = sample
        self.order.append(f"done {leg}")

    def drained(self, call: str) -> None:
        self.ended.append(call)

    def gap(self, call: str, leg: str, start: float, end: float) -> None:
        self.gaps.append((start, end))

    def lost(self, call: str, leg: str, start: float, end: float) -> None:
        self.lost_told.append((leg, start, end))

    def unread(self, call: str, leg: str, unread: bool) -> None:
        self.unread_told.append((leg, unread))

    def broken(self, reason: str) -> None:
        self.failure = reason
