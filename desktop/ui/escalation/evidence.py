"""What is known of a saved call, as the middle of the report shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quote:
    """A line of the caller. `start` in seconds since the media began names it; `heard`: by the agent's own ears.

    `end` is in the same seconds.
    """

    start: float
    time: str
    text: str
    unsure: bool
    heard: bool
    end: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words and counts. `sealed` is when the first version was saved, `newest` when the last one was."""

    sealed: str
    versions: int
    newest: str
    digest: str
    number: str
    begun: str
    ended: str
    ended_by: str
    length: str
    agent: str
    quotes: tuple[Quote, ...]
    lines: int
    unsure: int
    note_lines: int
    escalation_id: str
