"""What the stream of a call carries, looked at twice a second: whether packets come and go, and how many are lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop.adapters.sip.mapping import Quality, quality_of

LOOK_S, REPORT_S = 0.5, 5.0
SILENT_S = 2.0
"""Without a packet for so long nothing comes, or goes: seen within `LOOK_S` more."""

Post = Callable[[dict[str, object]], None]


@dataclass(slots=True)
class _Way:
    """Packets one way: how many there were, and when the last one was seen."""

    packets: int = 0
    at: float = 0.0

    def look(self, packets: int, now: float, expected: bool) -> bool:
        """Whether packets flow. While none are expected nothing is missing."""
        if packets != self.packets or not expected:
            self.packets, self.at = packets, now
        return now - self.at < SILENT_S


class LineMeter:
    """Of one call, named `key` in its events. Times are of a monotonic clock, in seconds."""

    def __init__(self, key: str, post: Post) -> None:
        self._key, self._post = key, post
        self._due = self._report_at = 0.0
        self._came, self._went = _Way(), _Way()
        self._shown: tuple[bool, bool] | None = None
        self._last: Quality | None = None
        self.lost_ms = 0
        """Sound that was lost on its way to us so far."""

    def is_due(self, now: float) -> bool:
        """Whether `look` wants the statistics now."""
        return now >= self._due

    def look(self, stat: Any, now: float, expected: bool) -> None:
        """Post `flow` where it changed, and `quality` now and then. `stat` is a StreamStat; `expected`: not on hold."""
        if not self._due:
            self._came.at = self._went.at = now
            self._report_at = now + REPORT_S
        self._due = now + LOOK_S
        received, sent = stat.rtcp.rxStat.pkt, stat.rtcp.txStat.pkt
        flow = self._came.look(received, now, expected), self._went.look(sent, now, expected)
        begun = self._shown is not None or received or not all(flow)
        if expected and begun and flow != self._shown:
            self._shown = flow
            self._post({"event": "flow", "id": self._key, "rtp_in": flow[0], "rtp_out": flow[1]})
        if expected and now >= self._report_at:
            self._report(stat)
            self._report_at = now + REPORT_S

    def silence(self, now: float) -> float:
        """For how many seconds nothing has come that was expected."""
        return now - self._came.at if self._due else 0.0

    def end(self, stat: Any) -> None:
        """The stream is over, the call perhaps not: the next one counts anew."""
        self._report(stat)
        self._last = None

    def _report(self, stat: Any) -> None:
        quality = quality_of(stat, self._last)
        self._last = quality
        self.lost_ms = 20 * quality.lost_rx
        self._post({"event": "quality", "id": self._key, **quality.figures()})
