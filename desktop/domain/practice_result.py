"""What a practice call must have shown before it may be called done: pure measures and conditions."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.escalation import AbuseKind, Escalation
from desktop.domain.procedure_state import Method, Procedure

SOUND_TOLERANCE = 0.20
"""Seconds of speech heard may differ from what was played by this share."""
LINES_SHARE = 0.80
"""Share of each side's lines that must have a segment."""
CER_LIMIT = 0.30
SLACK_S = 1.0
"""A segment belongs to a line if their times overlap, give or take this."""


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A line as it was played: times in seconds of the monotonic clock."""

    leg: str
    text: str
    started: float
    ended: float


@dataclass(frozen=True, slots=True)
class HeardSegment:
    """A segment with its times on the same clock."""

    leg: str
    text: str
    started: float
    ended: float


@dataclass(frozen=True, slots=True)
class Seconds:
    """Seconds of speech of each side."""

    caller: float
    agent: float


def plain(text: str) -> str:
    """Letters and digits only, lower case, composed: what counts for the character error rate."""
    return "".join(c for c in unicodedata.normalize("NFC", text).lower() if c.isalnum())


def edit_distance(one: str, other: str) -> int:
    """Fewest insertions, deletions and substitutions that turn `one` into `other`."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def character_error_rate(lines: Sequence[SpokenLine], segments: Sequence[HeardSegment]) -> float:
    """Errors over both sides of a call, each side's text joined in order, per character that was said."""
    wrong = total = 0
    for leg in ("caller", "agent"):
        said = plain("".join(line.text for line in lines if line.leg == leg))
        heard = plain("".join(s.text for s in sorted(segments, key=lambda s: s.started) if s.leg == leg))
        wrong += edit_distance(said, heard)
        total += len(said)
    return wrong / total if total else 0.0


def lines_with_segment(lines: Sequence[SpokenLine], segments: Sequence[HeardSegment], leg: str) -> int:
    """How many lines of one side have at least one segment at their time."""
    own = [segment for segment in segments if segment.leg == leg and segment.text]
    return sum(
        any(s.started < line.ended + SLACK_S and s.ended > line.started - SLACK_S for s in own)
        for line in lines
        if line.leg == leg
    )


@dataclass(frozen=True, slots=True)
class Guarded:
    """What must be in the records of a call that led to a report: its kind, the steps said, the checks of a crisis."""

    kind: AbuseKind
    steps: int
    checks: Sequence[str]


@dataclass(frozen=True, slots=True)
class StoredGuard:
    """What the database holds of the procedure of a call and of its report, None for what is not there."""

    procedure: Procedure | None = None
    escalation: Escalation | None = None

    @property
    def steps(self) -> list[tuple[str, str]]:
        """Every step that was said to its end in the call, as kind and method."""
        said = self.procedure.said if self.procedure else ()
        return [
            (s.kind.value, s.method.value) for s in said if s.complete and s.method is not Method.EXCHANGE
        ]

    @property
    def checks(self) -> list[str]:
        """What was found out on the crisis path."""
        crises = self.procedure.crises if self.procedure else ()
        return [check for visit in crises for check, _ in visit.checks]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured on one practice call. Words count only where `with_model`, else `cer` is None.

    `guarded` is what the protection of the call must have left, None where the call deserves no report; `stored_guard`
    what it left.
    """

    lines: Sequence[SpokenLine]
    segments: Sequence[HeardSegment]
    heard: Seconds
    played: Seconds
    events_in_order: bool
    articles_expected: Sequence[str]
    articles_suggested: Sequence[str]
    with_model: bool
    stored_segments: int
    notes_stored: bool
    wrap_up_stored: bool
    guarded: Guarded | None = None
    stored_guard: StoredGuard = StoredGuard()

    @property
    def cer(self) -> float | None:
        """Character error rate over the call."""
        return character_error_rate(self.lines, self.segments) if self.with_model else None


def failures(outcome: Outcome) -> list[str]:
    """Sentences about each condition that does not hold; empty means the practice call is done."""
    found = []
    if not outcome.events_in_order:
        found.append("the events did not come in order")
    for leg in ("caller", "agent"):
        played, heard = getattr(outcome.played, leg), getattr(outcome.heard, leg)
        if abs(heard - played) > SOUND_TOLERANCE * played or played == 0:
            found.append(f"{heard:.1f} s of the {leg}'s speech were heard and {played:.1f} s played")
    if not outcome.notes_stored or not outcome.wrap_up_stored:
        found.append("notes and wrap-up were not found in the database")
    if outcome.guarded is not None:
        found += _guard_failures(outcome.guarded, outcome.stored_guard)
    if outcome.with_model:
        found += _word_failures(outcome)
    return found


def _guard_failures(wanted: Guarded, stored: StoredGuard) -> list[str]:
    found = []
    report = stored.escalation
    if report is None or report.filed is None or report.form.kind is not wanted.kind:
        found.append("the report was not found in the database as it was filed")
    if len(stored.steps) != wanted.steps:
        found.append(
            f"{len(stored.steps)} steps of the procedure are in the database, {wanted.steps} were due"
        )
    missing = [check for check in wanted.checks if check not in stored.checks]
    if missing:
        found.append(f"not found out in the crisis: {', '.join(missing)}")
    return found


def _word_failures(outcome: Outcome) -> list[str]:
    found = []
    for leg in ("caller", "agent"):
        count = sum(line.leg == leg for line in outcome.lines)
        have = lines_with_segment(outcome.lines, outcome.segments, leg)
        if have < LINES_SHARE * count:
            found.append(f"only {have} of {count} lines of the {leg} have a segment")
    cer = outcome.cer
    if cer is not None and cer > CER_LIMIT:
        found.append(f"the character error rate is {cer:.2f}, the limit {CER_LIMIT:.2f}")
    if outcome.articles_expected and not set(outcome.articles_expected) & set(outcome.articles_suggested):
        found.append(f"{' or '.join(outcome.articles_expected)} was not suggested from a segment")
    if outcome.stored_segments < len(outcome.segments):
        found.append(f"{outcome.stored_segments} of {len(outcome.segments)} segments are in the database")
    return found
