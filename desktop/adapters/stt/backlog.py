"""What is known of each leg, and its finished utterances that wait for their text: which is next, how far behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from desktop.adapters.stt.agreement import Agreement
from desktop.adapters.stt.listener import Listener, Utterance
from desktop.adapters.stt.spool import EMPTY, Place

WAITED_S, IN_MEMORY_S = 10.0, 20.0
"""Sound that has waited for longer, or that is more, goes to disk: the engine keeps a minute of it for a successor."""
MOST_IN_MEMORY_S = 300.0
"""10 MB; where the disk takes none, what is older than this much is lost, and that is told."""
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
    language: str = ""

    def speak(self, language: str) -> None:
        """Another language is spoken from now on: what was agreed on in the one before counts no more."""
        self.language = language
        self.agreement, self.forced = Agreement(), ()

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


@dataclass(slots=True, eq=False)
class Job:
    """One stretch to decode. `since` is when it was asked for; `place`: its samples are on disk instead of here.

    `foreseen`: no final text, but decoded as such, for it will be that if nothing more is said.
    `language` is what was spoken on the leg when it was made; "" for the model's own.
    """

    leg: LegState
    serial: int
    utterance: Utterance
    final: bool
    prefix: tuple[int, ...]
    since: float
    place: Place | None = None
    foreseen: bool = False
    language: str = field(init=False)

    def __post_init__(self) -> None:
        self.language = self.leg.language

    def move_to(self, place: Place) -> None:
        """Its samples are on disk from now on."""
        self.place, self.utterance = place, replace(self.utterance, samples=EMPTY)

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

    def has(self, job: Job) -> bool:
        """Whether it waits."""
        return job in self._jobs

    def all(self) -> list[Job]:
        """All that are not being decoded."""
        return list(self._jobs)

    def drop(self, job: Job) -> None:
        """Nobody will decode this one."""
        self._jobs.remove(job)
        job.leg.pending -= 1

    def heavy(self, now: float) -> list[Job]:
        """What ought to be on disk, oldest first: all that has waited for long, and the rest where it is much."""
        here = [job for job in self._jobs if job.place is None]
        sound, found = sum(job.seconds for job in here), []
        for job in here:
            if now - job.since > WAITED_S or sound > IN_MEMORY_S:
                found.append(job)
                sound -= job.seconds
        return found

    def excess(self) -> list[Job]:
        """What memory can't hold, oldest first."""
        here = [job for job in self._jobs if job.place is None]
        sound, found = sum(job.seconds for job in here), []
        while here and sound > MOST_IN_MEMORY_S:
            found.append(here.pop(0))
            sound -= found[-1].seconds
        return found

    def safe_until(self, leg: LegState) -> int:
        """Before this sample a leg is text or on disk; only for one that has something waiting."""
        unsafe = [job.utterance.start for job in self if job.leg is leg and job.place is None]
        return min(unsafe, default=leg.listener.done)

    def waiting(self, now: float) -> dict[str, Waiting]:
        """Of each call that has any."""
        found: dict[str, Waiting] = {}
        for job in self:
            of_call = found.setdefault(job.leg.call, Waiting())
            of_call.lag = max(of_call.lag, job.leg.age(job.utterance.end, now))
            of_call.sound += job.seconds
        return found
