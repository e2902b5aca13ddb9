"""Utterances that wait for long are put by on disk, and come back in their turn, in this process or the next."""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable

from desktop.adapters.stt.backlog import Backlog, Job, LegState
from desktop.adapters.stt.listener import Utterance
from desktop.adapters.stt.spool import Place, Spool
from desktop.adapters.stt.voice_activity import Samples

DISK_AGAIN_S = 30.0

log = logging.getLogger(__name__)


class PutBy:
    """Between a backlog and a spool, which may be missing. `lock` guards the backlog; `lost` hears of a job whose sound
    is gone, under it.
    """

    def __init__(
        self, spool: Spool | None, backlog: Backlog, lock: threading.Condition, lost: Callable[[Job], None]
    ) -> None:
        self._spool, self._backlog, self._lock, self._lost = spool, backlog, lock, lost
        self._keys: dict[str, bytes] = {}
        self._again = -math.inf

    def begin(self, state: LegState, key: bytes) -> list[tuple[Utterance, Place]]:
        """`key` is that of the leg's call; what a process before this one left of the leg."""
        if self._spool is None or not key:
            return []
        self._keys[state.call] = key
        return self._spool.find(key, state.name)

    def end(self, call: str) -> None:
        """All of a call is text."""
        self._keys.pop(call, None)

    def sweep(self) -> None:
        """Delete what belongs to no call."""
        if self._spool is not None:
            self._spool.sweep(list(self._keys.values()))

    def work(self, now: float) -> bool:
        """Move what is heavy to disk, and let go what neither disk nor memory can hold; whether there was anything.

        Not under the lock.
        """
        with self._lock:
            heavy = self._backlog.heavy(now) if now > self._again else []
        for job in heavy:
            if not self._move(job):
                self._again = now + DISK_AGAIN_S
                break
        with self._lock:
            excess = self._backlog.excess()
            for job in excess:
                self._backlog.drop(job)
                self._lost(job)
        return bool(heavy or excess)

    def _move(self, job: Job) -> bool:
        """False where the disk takes nothing."""
        key = self._keys.get(job.leg.call)
        if self._spool is None or key is None:
            return True
        try:
            place = self._spool.keep(key, job.leg.name, job.utterance)
        except OSError as error:
            log.error("sound that waits stays in memory: %s", error.strerror)
            return False
        with self._lock:
            if self._backlog.has(job):
                job.move_to(place)
            else:
                self._spool.drop(place)
        return True

    def samples(self, job: Job) -> Samples | None:
        """Its sound, None where the disk does not give it back, which is told. Not under the lock."""
        if job.place is None or self._spool is None:
            return job.utterance.samples
        try:
            return self._spool.read(job.place)
        except OSError as error:
            log.error("sound that waited on disk is lost: %s", error)
            with self._lock:
                self._lost(job)
            return None

    def remove(self, job: Job) -> None:
        """It is text, or nobody wants it."""
        if job.place is not None and self._spool is not None:
            self._spool.drop(job.place)
