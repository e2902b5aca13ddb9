"""One slot, many reasons to speak: the most urgent one is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

ORDER = (
    "crisis",
    "abuse",
    "saving",
    "call",
    "gone",
    "audio",
    "line",
    "microphone",
    "second",
    "silence",
    "phone",
    "records",
    "recording",
    "delivery",
    "answers",
    "settings",
    "texts",
    "known",
    "time",
    "practice",
    "speech",
    "suggestion",
    "info",
)
"""Most urgent first."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What a notice says."""

    text: str
    tone: str = "warn"
    icon: str = "warn"
    keys: tuple[tuple[str, str], ...] = ()


class NoticeBoard:
    """Keeps one reason per topic and tells `show` which one stands on top, None for nothing."""

    def __init__(self, show: Callable[[Reason | None], None]) -> None:
        self._show = show
        self._reasons: dict[str, Reason] = {}
        self._turn = 0

    @property
    def top(self) -> Reason | None:
        """The most urgent reason, or the one whose turn it is."""
        standing = [self._reasons[topic] for topic in ORDER if topic in self._reasons]
        return standing[self._turn % len(standing)] if standing else None

    def take_turns(self, turn: int) -> None:
        """While nothing happens each reason is read in its turn; 0 is the most urgent one."""
        before, self._turn = self.top, turn
        if self.top != before:
            self._show(self.top)

    def put(self, topic: str, reason: Reason | None) -> bool:
        """Set or clear (None) the reason of a topic of ORDER; returns whether it is another one than before."""
        if topic not in ORDER:
            raise ValueError(f"unknown topic {topic}")
        if self._reasons.get(topic) == reason:
            return False
        before = self.top
        if topic not in self._reasons:
            self._turn = 0  # what is new is read first
        if reason is None:
            self._reasons.pop(topic, None)
        else:
            self._reasons[topic] = reason
        if self.top != before:
            self._show(self.top)
        return True
