"""What is known of each leg, and its finished utterances that wait for their text: which is next, how far behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from desktop.adapters.stt.agreement import Agreement
from desktop.adapters.stt.listener import Listener, Utterance

EDGE_DRIFT = 1e-3
"""Clocks of the two sides part by at most this; without it one early block would make all later sound look late."""


@dataclass(slots=True, eq=False)
class LegState:
    """One leg of one call. `serial` counts its utterances, `pending` those that wait, `told` what was acknowledged.

    `unread`: seconds of speech since the last text of which nothing came, `unread_now` those of the running utterance.
    """

    call: str
    name: str
    listener: Listener
    serial: int = 0
    due: float = 0.0
    heard: float = 0.0
    shown: bool = False
    told: int = 0
    pending: int = 0
    agreement: Agreement = field(default_factory=Agreement)
    forced: tuple[int, ...] = ()
    unread: float = 0.0
    unread_now: float = 0.0
    unread_told: bool = False
    edge: float | None = None
    edge_at: float = 0.0

    def hear_until(self, now: float) -> None:
        """Sound has come up to what the listener expects next: when that was spoken, at the latest."""
        spoken = now - (self.listener.expected or 0) / self.listener.clock_rate
        known = self.edge
        if known is not None:
            spoken = min(spoken, known + EDGE_DRIFT * (now - self.edge_at))
        self.edge, self.edge_at = spoken, now

    def age(self, sample: int, now: float) -> float:
        """Seconds since a sample was spoken."""
        return now - (self.edge if self.edge is not None else now) - sample / self.listener.clock_rate


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One stretch to decode. `since` is when it was asked for."""

    leg: LegState
    serial: int
    utterance: Utterance
    final: bool
    prefix: tuple[int, ...]
    since: float

    @property
    def seconds(self) -> float:
        """Length of its sound."""
        return (self.utterance.end - self.utterance.start) / self.utterance.clock_rate


@dataclass(slots=True)
class Waiting:
    """How far the text of one call is behind: its oldest waiting words are `lag` seconds old, and `sound` seconds
    wait in all."""

    lag: float = 0.0
    sound: float = 0.0


class Backlog:
    """Finished utterances, oldest first, and the one that is being decoded."""

    def __init__(self) -> None:
        self._jobs: list[Job] = []
        self.current: Job | None = None

    def __iter__(self) -> Iterator[Job]:
        """All whose text is not out."""
        if self.current is not None and self.current.final:
            yield self.current
        yield from self._jobs

    def add(self, job: Job) -> None:
        """One more."""
        job.leg.pending += 1
        self._jobs.append(job)

    def first(self, wanted: Callable[[Job], bool]) -> Job | None:
        """The oldest that is `wanted` and not being decoded; it stays."""
        return next(filter(wanted, self._jobs), None)

    def take(self, job: Job) -> None:
        """This one is decoded now."""
        self._jobs.remove(job)

    def drop(self) -> None:
        """Nobody will decode them."""
        for job in self._jobs:
            job.leg.pending -= 1
        self._jobs.clear()

    def oldest(self, leg: LegState) -> int:
        """The first sample of a leg whose text is not out."""
        return min((job.utterance.start for job in self if job.leg is leg), default=0)

    def waiting(self, now: float) -> dict[str, Waiting]:
        """Of each call that has any."""
        found: dict[str, Waiting] = {}
        for job in self:
            of_call = found.setdefault(job.leg.call, Waiting())
            of_call.lag = max(of_call.lag, job.leg.age(job.utterance.end, now))
            of_call.sound += job.seconds
        return found
