"""How the line of a call was: what was measured of it, how long who waited, and what is wrong with it now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import Enum

from desktop.domain.phone import FlowReport, QualityReport

FIGURES = ("loss_rx", "loss_tx", "jitter_ms", "rtt_ms", "mos_rx", "mos_tx")
CALLS_MEASURED = 4
_LOW_IS_BAD = ("mos_rx", "mos_tx")
POOR_MOS, FAIR_MOS = 3.1, 3.6
"""Below the first nearly all listeners are dissatisfied, from the second on only some are (ITU-T G.107, annex B)."""


class LineTrouble(Enum):
    """What is wrong with the line, most urgent first. IN: what we hear; OUT: what the other side hears."""

    NOTHING_IN = "nothing_in"
    NOTHING_OUT = "nothing_out"
    POOR_IN = "poor_in"
    POOR_OUT = "poor_out"


class MicrophoneTrouble(Enum):
    """What is wrong with the agent's own sound before it leaves."""

    SILENT = "silent"
    CLIPPING = "clipping"


class CallerTrouble(Enum):
    """Packets come from the other side, but no sound: for a moment, or long enough to say so."""

    QUIET = "quiet"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What is kept of the line of a call. Figures as in `FIGURES`; times in seconds."""

    call_id: str
    measured: int = 0
    last: Mapping[str, float] = field(default_factory=dict)
    worst: Mapping[str, float] = field(default_factory=dict)
    held_s: float = 0.0
    """How long the other side was on hold."""
    waited_s: float = 0.0
    """How long it had put us on hold."""
    silent_s: float = 0.0
    """How long nothing came although something should have."""


@dataclass(slots=True)
class LineQuality:
    """What was measured of the line of one call."""

    call_id: str = ""
    measured: int = 0
    last: dict[str, float] = field(default_factory=dict)
    worst: dict[str, float] = field(default_factory=dict)

    def take(self, report: QualityReport) -> None:
        """Another measurement; one of another call begins anew."""
        if report.id != self.call_id:
            self.call_id, self.measured, self.last, self.worst = report.id, 0, {}, {}
        told = asdict(report)
        figures = {key: told[key] for key in FIGURES if told[key] is not None}
        self.measured, self.last = self.measured + 1, figures
        for key, value in figures.items():
            known = self.worst.get(key, value)
            self.worst[key] = min(known, value) if key in _LOW_IS_BAD else max(known, value)

    def of(self, call_id: str) -> dict[str, object]:
        """As it stands in evidence; no figures for another call."""
        if call_id != self.call_id:
            return {"measured": 0, "last": {}, "worst": {}}
        return {"measured": self.measured, "last": dict(self.last), "worst": dict(self.worst)}


class LineQualities:
    """Of the newest calls each its own: two run at a time."""

    def __init__(self) -> None:
        self._of: dict[str, LineQuality] = {}

    def take(self, report: QualityReport) -> None:
        """Another measurement."""
        quality = self._of.pop(report.id, None) or LineQuality()
        quality.take(report)
        self._of = dict([*self._of.items(), (report.id, quality)][-CALLS_MEASURED:])

    def of(self, call_id: str) -> dict[str, object]:
        """As it stands in evidence; no figures for a call that is not known."""
        return self._of.get(call_id, LineQuality()).of(call_id)


@dataclass(slots=True)
class LineJudge:
    """What is wrong with the line of a call, from what is told of it. A poor line must be fair again to be well."""

    _flow: FlowReport | None = None
    _poor_in: bool = False
    _poor_out: bool = False

    def flow(self, report: FlowReport) -> None:
        """Packets come, or go, or do so no more."""
        self._flow = report

    def quality(self, report: QualityReport) -> None:
        """Another measurement."""
        self._poor_in = _is_poor(report.recent_mos_rx, self._poor_in)
        self._poor_out = _is_poor(report.recent_mos_tx, self._poor_out)

    @property
    def trouble(self) -> LineTrouble | None:
        """The most urgent one."""
        if self._flow is not None and not self._flow.rtp_in:
            return LineTrouble.NOTHING_IN
        if self._flow is not None and not self._flow.rtp_out:
            return LineTrouble.NOTHING_OUT
        if self._poor_in:
            return LineTrouble.POOR_IN
        return LineTrouble.POOR_OUT if self._poor_out else None


def _is_poor(mos: float | None, before: bool) -> bool:
    """None: nothing new is known."""
    if mos is None:
        return before
    return mos < (FAIR_MOS if before else POOR_MOS)
