"""A bounded queue of PCM between two clocks: the media clock on one side, a sound device on the other."""

from __future__ import annotations

import threading
from collections import deque

BYTES = 2
SLACK_MS = 2
STEP_MS = 2
LEARN_MS = 10
"""So much more is kept after a late moment, at least: one that lacked a millisecond is followed by worse ones."""
LEAST_CUT_MS = 20
"""Less surplus than this stays, once a stream has settled: how low it ebbs differs from second to second on a busy
machine, and every cut is heard, however short."""
ABSENT_S = 0.5
SETTLING_S = 0.5
SETTLING_WINDOWS = 8
"""Surplus of a device's start is looked for each half second, for four seconds: a sound server takes that long, and a
busy machine is never calm."""
TRIM_S = 10.0
"""Surplus of a settled stream is looked for this often: whoever was late once is soon late again, and every cut costs
as much as the gap that it makes up for."""


FORGET_S = 60.0
"""What was learned to be kept is unlearned a step at a time, each after so much sound of which nothing came late."""
HURRY_S = 0.1
HURRIES = 5
"""And so soon, so many times at most, after a gap: what makes up for it comes at once or a little later, and is dropped
where it can still be the same gap."""


class RingBuffer:
    """Sound waiting to be taken. The giver never waits: surplus is dropped, missing sound is silence.

    What is there is given before the silence: kept back it would be surplus, and cutting that out is another gap.
    At first, and after an empty moment, taking begins only when `prime_ms` have gathered, and what was learned to be
    kept is given of silence then, so that one late block does not become many. What was never needed is only delay, so
    the oldest of it is dropped: within half a second for four seconds, then after `trim_s` seconds and not for little,
    which absorbs clock drift and keeps what a busy machine needs (0 as `trim_s` keeps everything up to
    `limit_ms`). `slack_ms` of it may stay, and up to `most_slack_ms` where sound comes irregularly, or was late: as
    much as that, for cutting it out would only make room for the next gap.

    The lock is held for a few list operations only, never while sound is made or copied by somebody else.
    """

    def __init__(
        self,
        clock_rate: int,
        limit_ms: int,
        prime_ms: int = 20,
        trim_s: float = TRIM_S,
        slack_ms: int = SLACK_MS,
        most_slack_ms: int = 0,
    ) -> None:
        self._bytes_per_ms = clock_rate * BYTES // 1000
        self._limit = limit_ms * self._bytes_per_ms
        self._prime = prime_ms * self._bytes_per_ms
        self._slack = self._least_slack = slack_ms * self._bytes_per_ms
        self._most_slack = max(slack_ms, most_slack_ms) * self._bytes_per_ms
        self._hold = self._given = 0
        self._learn = LEARN_MS * self._bytes_per_ms
        self._in_time_s = 0.0
        self._step, self._least_cut = STEP_MS * self._bytes_per_ms, LEAST_CUT_MS * self._bytes_per_ms
        self._per_second = clock_rate * BYTES
        self._trim_s = trim_s
        self._settled = False
        self._hurries = self._windows = 0
        self._parts: deque[bytes] = deque()
        self._size = 0
        self._primed = False
        self._missing = 0
        self._dropped = 0
        self._surplus = 0
        self._low = self._limit
        self._taken = self._left = self._takes = 0
        self._lock = threading.Lock()
        self._arrived = threading.Condition(self._lock)

    @property
    def waiting(self) -> int:
        """Samples that could be taken now."""
        return self._size // BYTES

    @property
    def lost_ms(self) -> int:
        """Sound that was missing when it was needed, or dropped before it was taken late, since the start."""
        return (self._missing + self._dropped) // self._bytes_per_ms

    def put(self, pcm: bytes) -> None:
        """Append sound; the oldest goes where the limit is reached."""
        with self._lock:
            self._parts.append(pcm)
            self._size += len(pcm)
            self._given = len(pcm)
            while self._size > self._limit:
                self._surplus += self._drop_oldest(self._size - self._limit)
            self._arrived.notify()

    def take(self, samples: int, wait_s: float = 0.0) -> bytes:
        """Exactly `samples` samples, the last of them silence where not enough is waiting.

        Where sound came until now, up to `wait_s` are waited for the rest.
        """
        wanted = samples * BYTES
        with self._lock:
            if wait_s and self._primed:
                self._arrived.wait_for(lambda: self._size >= wanted, wait_s)
            # Who took nothing for longer was not there, and missed nothing.
            self._dropped += self._surplus if self._surplus <= ABSENT_S * self._per_second else 0
            self._surplus = 0
            if self._size < (wanted if self._primed else max(wanted, self._prime)):
                return self._came_late(wanted) if self._primed else bytes(wanted)
            self._primed = True
            silent = min(self._hold, wanted)
            self._hold -= silent
            taken = self._cut(wanted - silent)
            self._trim(wanted)
        return bytes(silent) + taken

    def take_waiting(self, samples: int) -> bytes:
        """Up to `samples` samples, as many as are waiting; nothing is counted as missing."""
        with self._lock:
            return self._cut(min(samples * BYTES, self._size))

    def taken_late(self, silent_ms: int) -> None:
        """The device was silent for so long, as nobody took for it: what it would have played is not wanted now."""
        with self._lock:
            self._missing += silent_ms * self._bytes_per_ms
            self._hurry()

    def clear(self) -> None:
        """Forget what is waiting; the counts stay."""
        with self._lock:
            self._parts.clear()
            self._size = 0
            self._primed = self._settled = False
            self._hurries = self._windows = 0
            self._hold = self._slack - self._least_slack
            self._surplus = 0
            self._look_anew()

    def _cut(self, wanted: int) -> bytes:
        out = bytearray()
        while len(out) < wanted:
            part = self._parts.popleft()
            need = wanted - len(out)
            if len(part) > need:
                self._parts.appendleft(part[need:])
                part = part[:need]
            out += part
        self._size -= wanted
        return bytes(out)

    def _drop_oldest(self, surplus: int) -> int:
        part = self._parts.popleft()
        if len(part) > surplus:
            self._parts.appendleft(part[surplus:])
            part = part[:surplus]
        self._size -= len(part)
        return len(part)

    def _came_late(self, wanted: int) -> bytes:
        there = self._cut(self._size)
        lacking = wanted - len(there)
        self._missing += lacking
        learned = min(self._most_slack, self._slack + max(lacking, self._learn))
        # The gap is there, and longer it costs no more.
        self._hold = max(0, learned - self._slack - lacking)
        self._slack = learned
        self._in_time_s = 0.0
        self._primed = False
        self._hurry()
        return there + bytes(lacking)

    def _hurry(self) -> None:
        self._hurries = HURRIES
        self._look_anew()

    def _unlearn(self, in_time_s: float) -> None:
        self._in_time_s += in_time_s
        if self._in_time_s >= FORGET_S:
            self._slack = max(self._least_slack, self._slack - self._step)
            self._in_time_s = 0.0

    def _trim(self, wanted: int) -> None:
        self._low = min(self._low, self._size)
        self._left += self._size
        self._takes += 1
        self._taken += wanted
        window_s = self._trim_s if self._settled else min(self._trim_s, SETTLING_S)
        window_s = HURRY_S if self._hurries else window_s
        if not self._trim_s or self._taken < window_s * self._per_second:
            return
        # In whole steps: every cut can be heard, so the odd millisecond that comes and goes stays.
        surplus = max(0, self._low - self._kept(wanted)) // self._step * self._step
        surplus = surplus if surplus >= self._least_cut or not self._settled else 0
        if self._hurries:
            self._hurries = 0 if surplus else self._hurries - 1
        else:
            self._windows += 1
        self._settled |= self._windows >= SETTLING_WINDOWS
        self._unlearn(window_s)
        while surplus > 0:
            surplus -= self._drop_oldest(surplus)
        self._look_anew()

    def _kept(self, wanted: int) -> int:
        # What is given in larger pieces than it is taken in comes and goes by that much, and is not late.
        in_pieces = max(0, self._given - wanted) // 2
        irregular = self._left // self._takes - self._low - in_pieces
        return max(self._slack, min(self._most_slack, self._least_slack + irregular))

    def _look_anew(self) -> None:
        self._low = self._limit
        self._taken = self._left = self._takes = 0
