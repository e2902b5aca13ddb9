"""How much live transcription a busy machine can afford: a ladder that is climbed slowly and left slowly.

Pure logic on moments that the caller gives in seconds. The load is the share of time that live steps take, smoothed;
the lag is how long the oldest waiting words of a running call have waited.
"""

from __future__ import annotations

import math

LIVE, SLOWER, SEGMENTS, SMALLER, LATER = range(5)
"""Hypotheses as often as they can be; every 2 s; none; none and a smaller model; no live work at all."""

EVERY = {LIVE: 0.8, SLOWER: 2.0}
"""Seconds between two hypotheses of a leg; the other levels have none."""

SMOOTHING_S = 2.0
BUSY, BUSY_FOR_S = 0.8, 5.0
CALM, CALM_FOR_S = 0.5, 15.0
LATE_S, LATE_FOR_S = 15.0, 5.0
"""A lag above `LATE_S` that has not fallen for so long: the machine cannot catch up."""
CATCHING_UP_S = 1.0
FIRST_REST_S, LONGEST_REST_S = 5.0, 600.0
"""After `LATER` it is tried again, for the processor may only have been taken away; then ever more seldom."""
LONGEST_GLANCE_S = 1.0
"""Nothing is known of the time between two looks that lie further apart: the process may have been stopped."""


class Governor:
    """Says at which level to work. `smaller`: whether a smaller model is installed beside the chosen one."""

    def __init__(self) -> None:
        self.smaller = False
        self.level = LIVE
        self.load = 0.0
        self._working = False
        self._moment: float | None = None
        self._glance: float | None = None
        self._busy_s = self._calm_s = self._late_s = 0.0
        self._worst_lag = 0.0
        self._rest_s = FIRST_REST_S

    @property
    def every(self) -> float | None:
        """Seconds between two hypotheses of one leg, None for no hypotheses."""
        return EVERY.get(self.level)

    def work(self, working: bool, now: float) -> None:
        """A live step begins or ends."""
        self._flow(now)
        self._working = working

    def judge(self, lag: float, live: bool, now: float) -> bool:
        """Look at load and lag, at least once a second; True where the level changed. `live`: a call is running."""
        self._flow(now)
        passed = 0.0 if self._glance is None else min(LONGEST_GLANCE_S, max(0.0, now - self._glance))
        self._glance = now
        before = self.level
        if not live:
            self.level, self._rest_s = LIVE, FIRST_REST_S
            self._start_counting()
            return self.level != before
        self._busy_s = self._busy_s + passed if self.load > BUSY else 0.0
        self._calm_s = self._calm_s + passed if self.load < CALM else 0.0
        self._look_at_lag(lag, passed)
        self._move()
        return self.level != before

    def _flow(self, now: float) -> None:
        if self._moment is not None and now > self._moment:
            keep = math.exp((self._moment - now) / SMOOTHING_S)
            self.load = keep * self.load + (1.0 - keep) * self._working
        self._moment = now

    def _look_at_lag(self, lag: float, passed: float) -> None:
        if lag <= LATE_S or lag < self._worst_lag - CATCHING_UP_S:
            self._late_s, self._worst_lag = 0.0, lag
            return
        self._late_s += passed
        self._worst_lag = max(self._worst_lag, lag)

    def _move(self) -> None:
        if self.level < LATER and self._late_s >= LATE_FOR_S:
            self._step_to(LATER)
        elif self.level < self._highest and self._busy_s >= BUSY_FOR_S:
            self._step_to(self.level + 1)
        elif self.level == LATER and self._calm_s >= self._rest_s:
            self._rest_s = min(LONGEST_REST_S, self._rest_s * 2)
            self._step_to(self._highest)
        elif LIVE < self.level < LATER and self._calm_s >= CALM_FOR_S:
            self._step_to(self.level - 1)

    @property
    def _highest(self) -> int:
        return SMALLER if self.smaller else SEGMENTS

    def _step_to(self, level: int) -> None:
        self.level = level
        self._start_counting()

    def _start_counting(self) -> None:
        self._busy_s = self._calm_s = self._late_s = self._worst_lag = 0.0
