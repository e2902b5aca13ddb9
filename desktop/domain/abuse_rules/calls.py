"""What only a whole call tells: the same demand again, insisting, its length, and what the agent has seen already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

MERGED_S = 10.0
"""Hits within this time of one that was shown are shown as one with it."""
JOINED_S = 6.0
"""A word may go on in the caller's next segment within this time."""
CRISIS_S = 120.0
"""For this time after words of crisis nothing is shown as abuse unless it is a threat or sexual."""
LONG_S, TOO_LONG_S = 900.0, 1200.0
REPEATS, REPEAT_GAP_S, REPEATED_FOR_S = 3, 10.0, 30.0
INSISTING, INSISTING_FOR_S = 6, 120.0
MOST_DEMANDS = 60
_LEAST_PAIRS = 8
_ALIKE = 0.55
_DAY_S = 86_400.0
RANKS = {"L0": 0, "L1": 1, "L2": 2, "L3": 3, "L4": 4, "C": 5}

_NO_LETTERS = re.compile(r"[\W\d_]+")
_NUMBERS = re.compile("[공영일이삼사오육륙칠팔구십백천만억]{2,}")


@dataclass(slots=True)
class CallMemory:
    """What is remembered of one call. Times are seconds of the call's clock."""

    began: float
    now: float = 0.0
    words: str = ""
    words_at: float = float("-inf")
    asked_again: bool = False
    demands: list[tuple[float, frozenset[str]]] = field(default_factory=list)
    insisted: list[float] = field(default_factory=list)
    told_length: int = 0
    shown_at: float = float("-inf")
    shown_rank: int = 0
    crisis_at: float = float("-inf")

    def tick(self, at: float) -> float:
        """The call's clock, which never goes back."""
        self.now = max(self.now, at)
        return self.now

    def length_reached(self) -> str:
        """The severity that the call's length deserves now, once for each step; "" for nothing new."""
        elapsed = self.now if self.began < _DAY_S else self.now - self.began
        step = 2 if elapsed >= TOO_LONG_S else 1 if elapsed >= LONG_S else 0
        if step <= self.told_length:
            return ""
        self.told_length = step
        return ("", "L1", "L2")[step]

    def repeated(self, text: str) -> bool:
        """Whether the caller says for the third time what was not asked for again."""
        pairs = _pairs(text)
        if len(pairs) < _LEAST_PAIRS or self.asked_again:
            return False
        alike = [at for at, other in self.demands if _alike(pairs, other)]
        self.demands = [*self.demands[-MOST_DEMANDS:], (self.now, pairs)]
        apart = 1
        last = self.now
        for at in reversed(alike):
            if last - at >= REPEAT_GAP_S:
                apart, last = apart + 1, at
        return apart >= REPEATS and self.now - last >= REPEATED_FOR_S

    def insisting(self, insists: bool) -> bool:
        """Whether the caller has insisted often enough and long enough; counts this turn."""
        if not insists:
            return False
        self.insisted.append(self.now)
        return len(self.insisted) >= INSISTING and self.now - self.insisted[0] >= INSISTING_FOR_S

    def is_new(self, severity: str, labels: Iterable[str]) -> bool:
        """Whether the agent would be shown something new; remembers what was shown."""
        rank = RANKS[severity]
        if severity == "C":
            self.crisis_at = self.now
        elif self.now - self.crisis_at <= CRISIS_S and not {"THREAT", "SEXUAL"} & set(labels):
            return False
        if self.now - self.shown_at <= MERGED_S and rank <= self.shown_rank:
            return False
        self.shown_at, self.shown_rank = self.now, rank
        return True


def _pairs(text: str) -> frozenset[str]:
    letters = _NO_LETTERS.sub("", _NUMBERS.sub("", text.casefold()))
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return 2 * len(one & other) >= _ALIKE * (len(one) + len(other))
