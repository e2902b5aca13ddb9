"""One slot, many reasons to speak: the most urgent one is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

ORDER = ("saving", "audio", "call", "phone", "settings", "speech", "info")
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

    @property
    def top(self) -> Reason | None:
        """The most urgent reason."""
        return next((self._reasons[topic] for topic in ORDER if topic in self._reasons), None)

    def put(self, topic: str, reason: Reason | None) -> bool:
        """Set or clear (None) the reason of a topic of ORDER; returns whether it is another one than before."""
        if topic not in ORDER:
            raise ValueError(f"unknown topic {topic}")
        if self._reasons.get(topic) == reason:
            return False
        before = self.top
        if reason is None:
            self._reasons.pop(topic, None)
        else:
            self._reasons[topic] = reason
        if self.top != before:
            self._show(self.top)
        return True
