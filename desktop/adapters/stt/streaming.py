"""Live transcription of several legs by one engine: what to decode next, and what it means for the text.

Sound comes in on any thread by `feed`; one other thread calls `work` (or `run`, which does so until `close`).
Final text goes first, oldest first, and aborts a running hypothesis. Every change is told to the sink, in order.
"""

from __future__ import annotations

import itertools
import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from desktop.adapters.stt.acceptance import Decoding, refusal
from desktop.adapters.stt.agreement import Agreement, ends_whole, readable
from desktop.adapters.stt.engine import Engine
from desktop.adapters.stt.listener import Listener, Utterance
from desktop.adapters.stt.sound import whisper_sound
from desktop.adapters.stt.voice_activity import Samples

FIRST_HYPOTHESIS = 0.8
EVERY = 0.8
COST_FACTOR = 1.5
PREFIX_AFTER = 6.0
FAILURES = 3

log = logging.getLogger(__name__)


class Sink(Protocol):
    """Who is told. Times are seconds since the leg's media began. Called under the transcriber's lock."""

    def hypothesis(self, call: str, leg: str, text: str, stable: int, start: float, end: float) -> None:
        """Running speech; `text` is "" where a hypothesis turned out to be no speech."""

    def segment(self, call: str, leg: str, text: str, confidence: float, start: float, end: float) -> None:
        """Final text."""

    def done(self, call: str, leg: str, sample: int) -> None:
        """Everything before this sample number has been turned into text or is silence."""

    def drained(self, call: str) -> None:
        """All sound of an ended call has been dealt with; `voices` still knows its legs."""

    def gap(self, call: str, leg: str, start: float, end: float) -> None:
        """There is no sound of this stretch."""

    def broken(self, reason: str) -> None:
        """The engine fails again and again and is not used any more."""


@dataclass(slots=True, eq=False)
class _Leg:
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


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    leg: _Leg
    serial: int
    utterance: Utterance
    final: bool
    prefix: tuple[int, ...]
    since: float


class Transcriber:
    """Scheduler of one engine over the legs of all calls. `clock` gives seconds."""

    def __init__(self, sink: Sink, clock: Callable[[], float] = time.monotonic) -> None:
        self._sink = sink
        self._clock = clock
        self._engine: Engine | None = None
        self._waiting = False
        self._failures = 0
        self._legs: dict[tuple[str, str], _Leg] = {}
        self._ended: set[str] = set()
        self._finals: deque[_Job] = deque()
        self._current: _Job | None = None
        self._wake = threading.Condition(threading.RLock())
        self._closed = False
        self.compute_s = 0.0

    def set_engine(self, engine: Engine | None, waiting: bool = False) -> None:
        """Use `engine` from now on. Without one, sound is kept for the next where `waiting`, else let go."""
        with self._wake:
            self._engine, self._waiting, self._failures = engine, waiting, 0
            if engine is None and not waiting:
                self._drop_finals()
                self._settle()
            self._wake.notify_all()

    def begin(self, call: str, leg: str, clock_rate: int) -> None:
        """A leg begins; where it is known, it goes on. Raises ValueError for a rate that cannot be heard."""
        with self._wake:
            known = self._legs.get((call, leg))
            if known is None or known.listener.clock_rate != clock_rate:
                self._legs[call, leg] = _Leg(call, leg, Listener(clock_rate))
            self._ended.discard(call)

    def feed(self, call: str, leg: str, first: int, samples: Samples) -> None:
        """Hear int16 mono samples beginning at number `first`. Legs that did not begin are ignored."""
        with self._wake:
            state = self._legs.get((call, leg))
            if state is None:
                return
            started = time.perf_counter()
            expected = state.listener.expected
            finished = state.listener.feed(first, samples)
            self.compute_s += time.perf_counter() - started
            self._take(state, finished)
            if expected is not None and first > expected:
                rate = state.listener.clock_rate
                self._sink.gap(call, leg, expected / rate, first / rate)
            self._settle()
            self._wake.notify_all()

    def pause(self) -> None:
        """The source of all sound is gone: what was running ends here, and calls may go on later."""
        with self._wake:
            for state in self._legs.values():
                self._take(state, state.listener.finish())
            self._settle()
            self._wake.notify_all()

    def end(self, call: str) -> None:
        """No more sound of a call; `drained` follows when its last segment is out."""
        with self._wake:
            for state in self._of(call):
                self._take(state, state.listener.finish())
            self._ended.add(call)
            self._settle()
            self._wake.notify_all()

    def calls(self) -> set[str]:
        """Calls that have not drained."""
        with self._wake:
            return {call for call, _ in self._legs}

    def voices(self) -> list[tuple[str, str, bool, float]]:
        """Call, leg, whether it speaks now, seconds of speech so far."""
        with self._wake:
            return [(s.call, s.name, s.listener.speaking, s.listener.voiced) for s in self._legs.values()]

    def lag(self) -> float:
        """Seconds that the oldest finished utterance has waited for its text."""
        with self._wake:
            oldest = self._finals[0] if self._finals else None
            if self._current is not None and self._current.final:
                oldest = self._current
            return max(0.0, self._clock() - oldest.since) if oldest else 0.0

    def run(self) -> None:
        """Work until `close`."""
        while not self._closed:
            if not self.work():
                with self._wake:
                    self._wake.wait(0.1)

    def close(self) -> None:
        """Stop; what is being decoded is given up."""
        with self._wake:
            self._closed = True
            self._wake.notify_all()

    def work(self) -> bool:
        """Decode the most urgent stretch; False where there is nothing to do."""
        with self._wake:
            engine = self._engine
            job = self._next() if engine is not None and not self._closed else None
            self._current = job
        if job is None or engine is None:
            return False
        started = time.perf_counter()
        decoding = None
        failed = False
        try:
            sound = whisper_sound(job.utterance.samples, job.utterance.clock_rate)
            decoding = engine.decode(
                sound, final=job.final, prefix=job.prefix, abort=lambda: self._abort(job)
            )
        except Exception:
            # Whatever a model does to torch, the next utterance deserves its own try.
            log.exception("decoding failed")
            failed = True
        cost = time.perf_counter() - started
        with self._wake:
            if self._closed and decoding is None:
                # Given up, not decided: nothing may be told as done.
                return False
            self._current = None
            self.compute_s += cost
            self._failures = self._failures + 1 if failed else 0
            if job.final:
                self._finish(job, decoding, engine)
            else:
                self._suppose(job, decoding, engine, cost)
            if self._failures >= FAILURES:
                self.set_engine(None)
                self._sink.broken("the speech model failed three times in a row")
            self._settle()
        return True

    def _abort(self, job: _Job) -> bool:
        return self._closed or (not job.final and (bool(self._finals) or job.serial != job.leg.serial))

    def _drop_finals(self) -> None:
        for job in self._finals:
            job.leg.pending -= 1
        self._finals.clear()

    def _of(self, call: str) -> list[_Leg]:
        return [state for state in self._legs.values() if state.call == call]

    def _take(self, state: _Leg, finished: list[Utterance]) -> None:
        for utterance in finished:
            if self._engine is None and not self._waiting:
                continue
            state.pending += 1
            self._finals.append(_Job(state, state.serial, utterance, True, (), self._clock()))
            state.serial += 1
            state.due, state.forced = 0.0, ()
            state.agreement = Agreement()

    def _next(self) -> _Job | None:
        if self._finals:
            return self._finals.popleft()
        now = self._clock()
        ready = [state for state in self._legs.values() if self._wants_hypothesis(state, now)]
        if not ready:
            return None
        state = min(ready, key=lambda each: each.due)
        utterance = state.listener.running
        if utterance is None:
            return None
        state.heard = state.listener.voiced
        state.due = now + EVERY
        prefix = state.forced if state.listener.spoken > PREFIX_AFTER else ()
        return _Job(state, state.serial, utterance, False, prefix, now)

    def _wants_hypothesis(self, state: _Leg, now: float) -> bool:
        listener = state.listener
        if listener.spoken < FIRST_HYPOTHESIS or now < state.due:
            return False
        return listener.voiced > state.heard

    def _suppose(self, job: _Job, decoding: Decoding | None, engine: Engine, cost: float) -> None:
        state, utterance = job.leg, job.utterance
        state.due = max(state.due, job.since + COST_FACTOR * cost)
        if decoding is None or decoding.looped or job.serial != state.serial:
            return
        text = readable(engine.content(decoding.tokens))
        if refusal(decoding, text, utterance.voiced):
            return
        agreed = state.agreement.add(decoding.tokens)
        while agreed and not ends_whole(engine.content(decoding.tokens[:agreed])):
            agreed -= 1
        state.forced = decoding.tokens[:agreed]
        stable = min(len(text), len(readable(engine.content(state.forced))))
        state.shown = True
        start, end = utterance.start / utterance.clock_rate, utterance.end / utterance.clock_rate
        self._sink.hypothesis(state.call, state.name, text, stable, start, end)

    def _finish(self, job: _Job, decoding: Decoding | None, engine: Engine) -> None:
        state, utterance = job.leg, job.utterance
        state.pending -= 1
        start, end = utterance.start / utterance.clock_rate, utterance.end / utterance.clock_rate
        text = readable(engine.content(decoding.tokens)) if decoding is not None else ""
        if decoding is not None and not refusal(decoding, text, utterance.voiced):
            confidence = min(1.0, math.exp(decoding.logprob))
            self._sink.segment(state.call, state.name, text, confidence, start, end)
        elif state.shown:
            self._sink.hypothesis(state.call, state.name, "", 0, start, end)
        state.shown = False

    def _settle(self) -> None:
        if self._closed:
            return
        for state in list(self._legs.values()):
            sample = self._done(state)
            if sample > state.told:
                state.told = sample
                self._sink.done(state.call, state.name, sample)
        for call in [c for c in self._ended if not any(state.pending for state in self._of(c))]:
            self._ended.discard(call)
            self._sink.drained(call)
            self._legs = {key: state for key, state in self._legs.items() if state.call != call}

    def _done(self, state: _Leg) -> int:
        if not state.pending:
            return state.listener.done
        waiting = itertools.chain(self._finals, [self._current] if self._current else [])
        return min((job.utterance.start for job in waiting if job.leg is state and job.final), default=0)
