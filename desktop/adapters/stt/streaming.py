"""Live transcription of several legs by one engine: what to decode next, and what it means for the text.

Sound comes in on any thread by `feed`; one other thread calls `work` (or `run`, which does so until `close`).
Final text of running calls goes first, oldest first, and aborts a running hypothesis; then final text that is foreseen
in a pause, then hypotheses; then what ended calls left. Every change is told to the sink, in order.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable

from desktop.adapters.stt.acceptance import FAINT, Decoding, refusal
from desktop.adapters.stt.agreement import Agreement, ends_whole, readable
from desktop.adapters.stt.backlog import Backlog, Job, LegState, Waiting
from desktop.adapters.stt.doubts import doubts
from desktop.adapters.stt.engine import Engine, lacks_memory
from desktop.adapters.stt.foresight import Foresight, foresees
from desktop.adapters.stt.governor import LATER, Governor
from desktop.adapters.stt.listener import Listener, Utterance
from desktop.adapters.stt.put_by import PutBy
from desktop.adapters.stt.sink import Sink
from desktop.adapters.stt.sound import whisper_sound
from desktop.adapters.stt.spool import Place, Spool
from desktop.adapters.stt.voice_activity import Samples

FIRST_HYPOTHESIS = 0.8
COST_FACTOR = 1.5
PREFIX_AFTER = 6.0
FAILURES = 3
UNREAD_S = 10.0
"""Speech without text for so long is told."""

log = logging.getLogger(__name__)


class Transcriber:
    """Scheduler of one engine over the legs of all calls. `clock` gives seconds; what waits goes to `spool`."""

    def __init__(
        self, sink: Sink, clock: Callable[[], float] = time.monotonic, spool: Spool | None = None
    ) -> None:
        self._sink = sink
        self._clock = clock
        self._engine: Engine | None = None
        self._waiting = False
        self._failures = 0
        self._legs: dict[tuple[str, str], LegState] = {}
        self._languages: dict[str, str] = {}
        self._ended: set[str] = set()
        self._backlog = Backlog()
        self._governor = Governor()
        self._foresight = Foresight()
        self._wake = threading.Condition(threading.RLock())
        self._put_by = PutBy(spool, self._backlog, self._wake, self._tell_lost)
        self._closed = False
        self.compute_s = 0.0

    def set_engine(self, engine: Engine | None, waiting: bool = False) -> None:
        """Use `engine` from now on. Without one, sound is kept for the next where `waiting`, else let go."""
        with self._wake:
            self._engine, self._waiting, self._failures = engine, waiting, 0
            self._foresight = Foresight()
            if engine is None and not waiting:
                for job in self._backlog.all():
                    self._backlog.drop(job)
                    self._put_by.remove(job)
                self._settle()
            self._wake.notify_all()

    def begin(self, call: str, leg: str, clock_rate: int, key: bytes = b"") -> None:
        """A leg begins; where it is known, it goes on. Raises ValueError for a rate that cannot be heard.

        `key` seals what goes to disk of this call; what a process before this one left there is taken up.
        """
        with self._wake:
            known = self._legs.get((call, leg))
            if known is None or known.listener.clock_rate != clock_rate:
                state = self._legs[call, leg] = LegState(call, leg, Listener(clock_rate))
                state.language = self._languages.get(call, "")
                for utterance, place in self._put_by.begin(state, key):
                    state.listener.skip_to(utterance.end)
                    self._wait_for(state, utterance, place)
            self._ended.discard(call)

    def speak(self, call: str, language: str) -> None:
        """What is decoded of a call from its next words on is of this language (a code), "" for the model's own.

        May come before the call begins.
        """
        with self._wake:
            self._languages[call] = language
            for state in self._of(call):
                state.speak(language)

    def lose(self, call: str, leg: str, first: int, end: int) -> None:
        """The samples from number `first` to before `end` can't be had any more."""
        with self._wake:
            state = self._legs.get((call, leg))
            if state is not None:
                self._take(state, state.listener.finish())
                self._sink.lost(call, leg, first / state.listener.clock_rate, end / state.listener.clock_rate)
                self._wake.notify_all()

    def sweep(self) -> None:
        """Delete what lies on disk and belongs to no call."""
        with self._wake:
            self._put_by.sweep()

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
            state.hear_until(self._clock())
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

    def waiting(self) -> dict[str, Waiting]:
        """How far behind the text of each call is; calls of which nothing waits are missing."""
        with self._wake:
            return self._backlog.waiting(self._clock())

    def judge(self, smaller: bool = False) -> int:
        """Let the governor look at load and lag; returns its level. To be called several times a second.

        `smaller`: there is a smaller model to use where this one is too much.
        """
        with self._wake:
            now = self._clock()
            live = {call for call, _ in self._legs} - self._ended
            waiting = self._backlog.waiting(now)
            lag = max((waiting[call].lag for call in live if call in waiting), default=0.0)
            self._governor.smaller = smaller
            if self._governor.judge(lag, bool(live) and self._engine is not None, now):
                log.info("level %d of live transcription", self._governor.level)
                self._wake.notify_all()
            return self._governor.level

    def run(self) -> None:
        """Work until `close`. Raises MemoryError."""
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
        """Decode the most urgent stretch; False where there is nothing to do. Raises MemoryError."""
        moved = self._put_by.work(self._clock())
        with self._wake:
            if moved:
                self._settle()
            engine = self._engine
            job = self._next() if engine is not None and not self._closed else None
            self._backlog.current = job
            if job is None or engine is None:
                return False
            self._governor.work(self._is_live(job), self._clock())
            known = self._foresight.text_of(job, engine)
        started = time.perf_counter()
        decoding, failed = (known, False) if known is not None else self._decode(engine, job)
        cost = time.perf_counter() - started
        with self._wake:
            self._governor.work(False, self._clock())
            if self._closed and decoding is None:
                # Given up, not decided: nothing may be told as done.
                return False
            self._backlog.current = None
            self.compute_s += cost
            self._failures = self._failures + 1 if failed else 0
            if known is None:
                self._foresight.decoded(job, engine, decoding, failed, cost)
            if job.final:
                self._finish(job, decoding, engine)
            else:
                self._suppose(job, decoding, engine, cost)
            if self._failures >= FAILURES:
                self.set_engine(None)
                self._sink.broken("the speech model failed three times in a row")
            self._settle()
        return True

    def _decode(self, engine: Engine, job: Job) -> tuple[Decoding | None, bool]:
        """What the engine makes of it, and whether it failed. Raises MemoryError."""
        samples = self._put_by.samples(job)
        if samples is None:
            return None, False
        try:
            sound = whisper_sound(samples, job.utterance.clock_rate)
            if job.language:
                engine = engine.speaking(job.language)
            final = job.final or job.foreseen
            return engine.decode(sound, final=final, prefix=job.prefix, abort=lambda: self._abort(job)), False
        except Exception as error:
            if lacks_memory(error):
                raise MemoryError from error
            # Whatever a model does to torch, the next utterance deserves its own try.
            log.exception("decoding failed")
            return None, True

    def _abort(self, job: Job) -> bool:
        if self._closed or job.final:
            return self._closed
        due = self._backlog.first(self._is_due)
        if due is not None and foresees(job, due):
            return False
        return due is not None or job.serial != job.leg.serial

    def _is_live(self, job: Job) -> bool:
        return job.leg.call not in self._ended

    def _is_due(self, job: Job) -> bool:
        """Whether it comes before any hypothesis."""
        return self._is_live(job) and self._governor.level < LATER

    def _of(self, call: str) -> list[LegState]:
        return [state for state in self._legs.values() if state.call == call]

    def _take(self, state: LegState, finished: list[Utterance]) -> None:
        for utterance in finished:
            self._wait_for(state, utterance)
            state.serial += 1
            state.due, state.forced, state.unread_now = 0.0, (), 0.0
            state.agreement = Agreement()

    def _wait_for(self, state: LegState, utterance: Utterance, place: Place | None = None) -> None:
        job = Job(state, state.serial, utterance, True, (), self._clock(), place)
        if self._engine is None and not self._waiting:
            self._put_by.remove(job)
            return
        self._backlog.add(job)

    def _next(self) -> Job | None:
        job = self._backlog.first(self._is_due)
        if job is None:
            hypothesis = self._next_foreseen() or self._next_hypothesis()
            if hypothesis is not None:
                return hypothesis
            job = self._backlog.first(lambda each: not self._is_live(each))
        if job is not None:
            self._backlog.take(job)
        return job

    def _next_foreseen(self) -> Job | None:
        if self._engine is None or self._governor.every is None:
            return None
        for state in self._legs.values():
            utterance = self._foresight.next(state, self._engine)
            if utterance is not None:
                state.heard = state.listener.voiced
                return Job(state, state.serial, utterance, False, (), self._clock(), foreseen=True)
        return None

    def _next_hypothesis(self) -> Job | None:
        now, every = self._clock(), self._governor.every
        ready = [state for state in self._legs.values() if self._wants_hypothesis(state, now)]
        if not ready or every is None:
            return None
        state = min(ready, key=lambda each: each.due)
        utterance = state.listener.running
        if utterance is None:
            return None
        state.heard = state.listener.voiced
        state.due = now + every
        prefix = state.forced if state.listener.spoken > PREFIX_AFTER else ()
        return Job(state, state.serial, utterance, False, prefix, now)

    def _wants_hypothesis(self, state: LegState, now: float) -> bool:
        listener = state.listener
        if listener.spoken < FIRST_HYPOTHESIS or now < state.due:
            return False
        return listener.voiced > state.heard

    def _suppose(self, job: Job, decoding: Decoding | None, engine: Engine, cost: float) -> None:
        state, utterance = job.leg, job.utterance
        state.due = max(state.due, job.since + COST_FACTOR * cost)
        if decoding is None or decoding.looped or job.serial != state.serial:
            return
        text = readable(engine.content(decoding.tokens))
        why = refusal(decoding, text, utterance.voiced, utterance.certainty)
        if why:
            state.unread_now = utterance.voiced if why != FAINT else 0.0
            self._look_at_unread(state)
            return
        self._was_read(state)
        agreed = state.agreement.add(decoding.tokens)
        while agreed and not ends_whole(engine.content(decoding.tokens[:agreed])):
            agreed -= 1
        state.forced = decoding.tokens[:agreed]
        stable = min(len(text), len(readable(engine.content(state.forced))))
        state.shown = True
        start, end = utterance.start / utterance.clock_rate, utterance.end / utterance.clock_rate
        self._sink.hypothesis(state.call, state.name, text, stable, start, end)

    def _finish(self, job: Job, decoding: Decoding | None, engine: Engine) -> None:
        state, utterance = job.leg, job.utterance
        state.pending -= 1
        start, end = utterance.start / utterance.clock_rate, utterance.end / utterance.clock_rate
        text = readable(engine.content(decoding.tokens)) if decoding is not None else ""
        why = refusal(decoding, text, utterance.voiced, utterance.certainty) if decoding is not None else ""
        if decoding is not None and not why:
            self._was_read(state)
            confidence = min(1.0, math.exp(decoding.logprob))
            unsure = doubts(decoding, engine.content)
            self._sink.segment(state.call, state.name, text, confidence, start, end, unsure)
        else:
            state.unread += utterance.voiced if why != FAINT else 0.0
            self._look_at_unread(state)
            if state.shown:
                self._sink.hypothesis(state.call, state.name, "", 0, start, end)
        state.shown = False
        self._put_by.remove(job)

    def _was_read(self, state: LegState) -> None:
        state.unread = state.unread_now = 0.0
        self._look_at_unread(state)

    def _look_at_unread(self, state: LegState) -> None:
        unread = state.unread + state.unread_now >= UNREAD_S
        if unread != state.unread_told:
            state.unread_told = unread
            self._sink.unread(state.call, state.name, unread)

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
            self._languages.pop(call, None)
            self._put_by.end(call)
            for state in self._of(call):
                self._foresight.forget(state)
            self._sink.drained(call)
            self._legs = {key: state for key, state in self._legs.items() if state.call != call}

    def _done(self, state: LegState) -> int:
        return self._backlog.safe_until(state) if state.pending else state.listener.done

    def _tell_lost(self, job: Job) -> None:
        state, rate = job.leg, job.utterance.clock_rate
        self._sink.lost(state.call, state.name, job.utterance.start / rate, job.utterance.end / rate)
