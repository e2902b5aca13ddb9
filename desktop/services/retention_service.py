"""Deletes what is older than it may be: transcripts, calls, and the evidence of cases that ended long ago."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from desktop.domain.policy import Retention
from desktop.services.ports import Clock, Records

HOLD_DAYS = 365
"""How long evidence stays after the end of its case where the centre says nothing of it."""

STRIKE_DAYS = 3650
"""How long strikes stay at most."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RetentionRules:
    """Days: how long calls with notes, their transcripts, evidence after the end of its case, and strikes are kept."""

    call_days: int
    transcript_days: int
    hold_days: int = HOLD_DAYS
    strike_days: int = STRIKE_DAYS


def rules_of(retention: Retention, days: int, strike_days: int = STRIKE_DAYS) -> RetentionRules:
    """The centre's policy rules; `days` (the setting) where it says nothing, and for calls and notes.

    A call carries its transcript, so it stays at least as long.
    """
    transcripts = retention.transcripts_days or days
    hold_days = retention.hold_days or HOLD_DAYS
    return RetentionRules(max(days, transcripts), transcripts, hold_days, strike_days)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many calls lost their transcript, how many calls, cases and strikes were deleted."""

    transcripts: int = 0
    calls: int = 0
    cases: int = 0
    strikes: int = 0


class RetentionService:
    """Works on one database. The chain of evidence is never shortened.

    `remove_file` deletes an evidence file by its name and lets one that is gone already pass. Practice cases are
    nobody's: they end when their call is old.
    """

    def __init__(
        self,
        records: Records,
        rules: RetentionRules,
        clock: Clock,
        remove_file: Callable[[str], None],
        practice: bool = False,
    ) -> None:
        self._records, self._rules, self._clock = records, rules, clock
        self._remove_file, self._practice = remove_file, practice

    async def run(self) -> Forgotten:
        """Delete what is due; a call with an open case is held, whatever its age. Raises StorageError."""
        now, rules = self._clock.now(), self._rules
        if self._practice:
            await self._close_old_cases()
        hold = timedelta(days=0 if self._practice else rules.hold_days)
        ended = await self._records.cases_ended_before(now - hold)
        for escalation_id in ended:
            await self._records.erase_case(escalation_id)
        # Again each time: a kill may have come between the records and the disk.
        for name in await self._records.erased_files():
            self._remove_file(name)
        forgotten = Forgotten(
            await self._records.delete_words_before(now - timedelta(days=rules.transcript_days)),
            await self._records.delete_before(now - timedelta(days=rules.call_days)),
            len(ended),
            await self._records.delete_strikes_before(now - timedelta(days=rules.strike_days)),
        )
        if forgotten != Forgotten():
            _log.info(
                "deleted: %d transcripts, %d calls, %d cases, %d strikes",
                forgotten.transcripts,
                forgotten.calls,
                forgotten.cases,
                forgotten.strikes,
            )
        return forgotten

    async def _close_old_cases(self) -> None:
        moment = self._clock.now()
        limit = moment - timedelta(days=self._rules.call_days)
        for escalation in await self._records.escalations():
            records = await self._records.evidence_records(escalation.id)
            closed = any(record.kind == "closed" for record in records)
            if escalation.versions and escalation.versions[-1].created < limit and not closed:
                body = {"who": "retention", "when": moment.isoformat(timespec="milliseconds")}
                await self._records.add_evidence_record(escalation.id, "closed", body)
