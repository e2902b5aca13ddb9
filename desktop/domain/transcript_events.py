"""What becomes of the live transcript, beside its words and its state."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.transcript import Pace


@dataclass(frozen=True, slots=True)
class TranscriptPaced:
    """The text of a call is behind by another while than before."""

    call_id: str
    pace: Pace
