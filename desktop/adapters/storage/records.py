"""The desk's records: the port `Records` on one SQLite file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.adapters.storage import asked as asked_rows
from desktop.adapters.storage import call_search, evidence, kept, procedures, retention, rows
from desktop.adapters.storage.database import DatabaseThread, table
from desktop.adapters.storage.outbox import SqliteOutbox, add_deliveries, withdraw_deliveries
from desktop.domain.agent import AgentState
from desktop.domain.asked import Asked
from desktop.domain.call import Call
from desktop.domain.call_search import CallKind, KeptCall
from desktop.domain.delivery import Delivery
from desktop.domain.errors import StorageError
from desktop.domain.escalation import Escalation, EscalationVersion, ReportForm
from desktop.domain.evidence import NUMBERED, EvidenceFile, EvidenceRecord, Link
from desktop.domain.line_quality import LineFacts
from desktop.domain.own_answers import Use
from desktop.domain.procedure_state import Procedure
from desktop.domain.strikes import Strike
from desktop.domain.transcript import SAME_STRETCH_S, Segment
from desktop.domain.wrapup import WrapUp

if TYPE_CHECKING:
    from sqlite_utils import Database

_MANY = 100
"""More calls than are ever without an end: one for each time that a machine went down in a call."""
_NAMED = """
    id = ? OR id IN (
        SELECT escalation_id FROM evidence_records
        WHERE kind = ? AND CASE WHEN json_valid(body) THEN json_extract(body, '$.number') = ? END
    )
"""


def _now() -> str | None:
    return rows.text_of(datetime.now(UTC))


class SqliteRecords:
    """Implements `services.ports.Records`; see there for what each method promises."""

    def __init__(self, path: Path | None) -> None:
        self._thread = DatabaseThread(path)
        self.outbox = SqliteOutbox(self._thread)

    @classmethod
    async def open(cls, path: Path | None) -> SqliteRecords:
        """Open the file, or keep records in memory for None. Raises StorageError, NewerDatabaseError."""
        records = cls(path)
        try:
            await records.begin()
        except StorageError:
            await records._thread.close()
            raise
        return records

    async def begin(self) -> None:
        """Open the file of records that were only made; what is asked before waits. Raises as `open` does."""
        await self._thread.open()

    async def begin_in_memory(self) -> None:
        """After `begin` has failed: keep records in memory for this run."""
        await self._thread.open_in_memory()

    async def save_call(self, call: Call) -> None:
        """Insert or replace a call by its id."""
        await self._thread.run(lambda db: table(db, "calls").upsert(rows.call_row(call), pk="id"))

    async def calls(self, limit: int, since: datetime | None = None) -> list[Call]:
        """Newest first."""
        start = rows.text_of(since) or ""
        return await self._thread.run(lambda db: _calls(db, "created >= ?", [start], limit))

    async def find_calls(self, words: Sequence[str], kind: CallKind, limit: int) -> list[KeptCall]:
        """Newest first, each with its write-up and notes."""
        return await self._thread.run(lambda db: call_search.find(db, words, kind, limit))

    async def call(self, call_id: str) -> Call | None:
        """One call."""
        found = await self._thread.run(lambda db: _calls(db, "id = ?", [call_id], 1))
        return found[0] if found else None

    async def calls_without_end(self) -> list[Call]:
        """Calls of which no end was written, oldest first."""
        found = await self._thread.run(lambda db: _calls(db, "ended IS NULL", [], _MANY))
        return found[::-1]

    async def calls_with(self, remote: str, limit: int) -> list[Call]:
        """Earlier calls with this remote URI, newest first."""
        return await self._thread.run(lambda db: _calls(db, "remote = ?", [remote], limit))

    async def save_notes(self, call_id: str, text: str) -> None:
        """Replace the notes of a call."""
        row = {"call_id": call_id, "text": text, "saved": _now()}
        await self._thread.run(lambda db: table(db, "notes").upsert(row, pk="call_id"))

    async def notes(self, call_id: str) -> str:
        """Notes of a call, "" where there are none."""
        return await self._thread.run(lambda db: _notes(db, call_id))

    async def save_segment(self, segment: Segment) -> bool:
        """Append; False where the same stretch of the same leg is already there."""
        return await self._thread.run(lambda db: _add_segment(db, segment))

    async def segments(self, call_id: str) -> list[Segment]:
        """Segments of a call by start time."""
        found = await self._thread.run(
            lambda db: list(table(db, "segments").rows_where("call_id = ?", [call_id], order_by="start, id"))
        )
        return [rows.segment_of(row) for row in found]

    async def save_asked(self, asked: Asked) -> None:
        """Insert or replace."""
        await self._thread.run(lambda db: asked_rows.save(db, asked))

    async def asked(self, call_id: str) -> Asked | None:
        """The consultation that this call is."""
        found = await self._thread.run(lambda db: asked_rows.find(db, "call_id", call_id))
        return found[0] if found else None

    async def asked_beside(self, call_id: str) -> list[Asked]:
        """Who was asked beside a call, in order."""
        return await self._thread.run(lambda db: asked_rows.find(db, "beside", call_id))

    async def save_wrap_up(self, wrap_up: WrapUp) -> None:
        """Insert or replace; the notes go to the call's notes once the write-up is done."""
        await self._thread.run(lambda db: _save_wrap_up(db, wrap_up))

    async def wrap_up(self, call_id: str) -> WrapUp | None:
        """The write-up of a call."""
        return (await self.wrap_ups([call_id])).get(call_id)

    async def wrap_ups(self, call_ids: Sequence[str]) -> dict[str, WrapUp]:
        """The write-ups of those of these calls that have one, by call."""
        return await self._thread.run(lambda db: _wrap_ups(db, call_ids))

    async def save_line_facts(self, facts: LineFacts) -> None:
        """Replace what is known of the line of a call."""
        row = {"call_id": facts.call_id, "facts": rows.line_facts_text(facts)}
        await self._thread.run(lambda db: table(db, "line_facts").upsert(row, pk="call_id"))

    async def line_facts(self, call_id: str) -> LineFacts | None:
        """What is known of the line of a call, None where nothing was kept."""
        query = "SELECT facts FROM line_facts WHERE call_id = ?"
        found = await self._thread.run(lambda db: db.execute(query, [call_id]).fetchone())
        return rows.line_facts_of(call_id, found[0]) if found else None

    async def open_wrap_up(self) -> Call | None:
        """The newest answered call whose write-up was never finished, if it is of the last twelve hours."""
        since = rows.text_of(datetime.now(UTC) - timedelta(hours=12))
        unfinished = (
            "confirmed IS NOT NULL AND ended IS NOT NULL AND created >= ? "
            "AND id NOT IN (SELECT call_id FROM wrap_ups WHERE saved = 1)"
        )
        found = await self._thread.run(lambda db: _calls(db, unfinished, [since], 1))
        return found[0] if found else None

    async def add_version(
        self, version: EscalationVersion, deliveries: Sequence[Delivery] = (), agency: str = ""
    ) -> str:
        """Append a version of evidence with its deliveries; an existing number raises StorageError."""

        def work(db: Database) -> str:
            number = evidence.add_version(db, version, agency)
            add_deliveries(db, deliveries)
            return number

        return await self._thread.run(work)

    async def save_form(self, escalation_id: str, form: ReportForm) -> None:
        """Keep the form of an escalation as it stands."""
        text = rows.form_text(form)
        await self._thread.run(lambda db: evidence.save_form(db, escalation_id, text))

    async def file_report(
        self,
        version: EscalationVersion,
        form: ReportForm,
        filed: datetime | None,
        deliveries: Sequence[Delivery],
    ) -> None:
        """The last version of the evidence, the form and the deliveries of a report, in one transaction.

        `filed` None: whether it was sent stays as it was. Of a report that is withdrawn nothing waits any more, and
        its call counts no more against the caller.
        """
        text, moment = rows.form_text(form), rows.text_of(filed)

        def work(db: Database) -> None:
            evidence.add_version(db, version)
            evidence.save_form(db, version.escalation_id, text, moment)
            if form.withdrawn:
                withdraw_deliveries(db, version.escalation_id)
                procedures.forget_strike(db, version.call_id)
            add_deliveries(db, deliveries)

        await self._thread.run(work)

    async def escalation(self, call_id: str) -> Escalation | None:
        """The escalation of a call."""
        found = await self._thread.run(lambda db: _escalations(db, "call_id = ?", [call_id]))
        return found[0] if found else None

    async def escalation_named(self, name: str) -> Escalation | None:
        """The escalation with this id, or with this number."""
        found = await self._thread.run(lambda db: _escalations(db, _NAMED, [name, NUMBERED, name]))
        return found[0] if found else None

    async def escalations(self) -> list[Escalation]:
        """All escalations, oldest first."""
        return await self._thread.run(lambda db: _escalations(db, "1", []))

    async def untouched(self, before: datetime) -> list[str]:
        """Ids of calls whose report was not sent, stands, and had nothing added since `before`, oldest first."""
        return await self._thread.run(lambda db: evidence.untouched(db, rows.text_of(before) or ""))

    async def open_reports(self) -> tuple[int, int]:
        """How many reports were not sent yet, and how many were sent without a person's word."""
        return await self._thread.run(evidence.open_reports)

    async def add_evidence_file(self, file: EvidenceFile) -> None:
        """Take a finished file of an incident into the chain; a name that is there raises StorageError."""
        await self._thread.run(lambda db: evidence.add_file(db, file))

    async def evidence_files(self, escalation_id: str) -> list[EvidenceFile]:
        """The files of an incident."""
        return await self._thread.run(lambda db: evidence.files(db, escalation_id))

    async def add_evidence_record(self, escalation_id: str, kind: str, body: Mapping[str, object]) -> None:
        """Note in the chain what was done with an incident."""
        await self._thread.run(lambda db: evidence.add_record(db, escalation_id, kind, body))

    async def evidence_records(self, escalation_id: str) -> list[EvidenceRecord]:
        """What was done with an incident, oldest first."""
        return await self._thread.run(lambda db: evidence.records(db, escalation_id))

    async def resting(self) -> str:
        """Id of the incident whose rest has begun and not ended, "" for none."""
        return await self._thread.run(evidence.resting)

    async def last_rested(self) -> str:
        """Id of the incident of which a rest was noted last, "" for none."""
        last = await self._thread.run(evidence.last_rest)
        return last.escalation_id if last is not None else ""

    async def evidence_links(self) -> list[Link]:
        """The whole chain."""
        return await self._thread.run(lambda db: list(evidence.links(db)))

    async def save_procedure(self, call_id: str, state: Procedure, policy: str) -> None:
        """Replace the procedure of a call."""
        await self._thread.run(lambda db: procedures.save_procedure(db, call_id, state, policy, _now()))

    async def procedure(self, call_id: str) -> Procedure | None:
        """The procedure of a call."""
        return await self._thread.run(lambda db: procedures.procedure(db, call_id))

    async def save_strike(self, strike: Strike) -> None:
        """Insert or replace the strike of a call."""
        await self._thread.run(lambda db: procedures.save_strike(db, strike))

    async def forget_strike(self, call_id: str) -> None:
        """Delete the strike of a call."""
        await self._thread.run(lambda db: procedures.forget_strike(db, call_id))

    async def strikes_of(self, caller: str) -> list[Strike]:
        """All strikes of a caller, oldest first."""
        return await self._thread.run(lambda db: procedures.strikes_of(db, caller))

    async def save_agent_state(self, state: AgentState | None) -> None:
        """Remember the state for the next start."""
        row = {"id": 1, "state": state.value if state else None, "since": _now()}
        await self._thread.run(lambda db: table(db, "agent").upsert(row, pk="id"))

    async def agent_state(self) -> AgentState | None:
        """The remembered state."""
        found = await self._thread.run(lambda db: list(table(db, "agent").rows_where("id = 1")))
        return AgentState(found[0]["state"]) if found and found[0]["state"] else None

    async def old_uses(self) -> list[Use]:
        """Uses of answers from the time when they were kept here."""
        found = await self._thread.run(lambda db: list(table(db, "article_uses").rows_where(order_by="id")))
        return [
            Use(row["pack"], row["article_id"], row["action"], rows.time_of(row["time"]), row["id"])
            for row in found
        ]

    async def forget_uses(self, last: int) -> None:
        """Delete the uses up to this number: they are kept elsewhere now."""
        await self._thread.run(lambda db: table(db, "article_uses").delete_where("id <= ?", [last]))

    async def delete_before(self, moment: datetime) -> int:
        """Delete old calls with all that hangs on them, but keep what belongs to an escalation."""
        return await self._thread.run(lambda db: retention.delete_calls(db, rows.text_of(moment) or ""))

    async def delete_words_before(self, moment: datetime) -> int:
        """Delete the transcripts of old calls, but keep what belongs to an escalation."""
        return await self._thread.run(lambda db: retention.delete_words(db, rows.text_of(moment) or ""))

    async def delete_strikes_before(self, moment: datetime) -> int:
        """Delete strikes of old calls."""
        return await self._thread.run(lambda db: retention.delete_strikes(db, rows.text_of(moment) or ""))

    async def cases_ended_before(self, moment: datetime) -> list[str]:
        """Ids of cases that were closed or withdrawn before then and are not erased yet."""
        return await self._thread.run(lambda db: retention.ended_cases(db, rows.text_of(moment) or ""))

    async def erase_case(self, escalation_id: str) -> None:
        """Delete all words of a case; the chain keeps that they were there."""
        await self._thread.run(lambda db: retention.erase_case(db, escalation_id, _now()))

    async def erased_files(self) -> list[str]:
        """Names of files that retention has deleted from the records."""
        return await self._thread.run(retention.erased_files)

    async def kept_counts(self) -> dict[str, int]:
        """See `services.kept_service.Kept`."""
        return await self._thread.run(lambda db: kept.counts(db, kept.DESK_TABLES))

    async def kept_rows(self) -> dict[str, list[Mapping[str, object]]]:
        """See `services.kept_service.Kept`."""
        return await self._thread.run(lambda db: kept.rows_of(db, kept.DESK_TABLES))

    async def close(self) -> None:
        """Write what is pending and close the file."""
        await self._thread.close()


def _calls(db: Database, where: str, arguments: list[Any], limit: int) -> list[Call]:
    found = table(db, "calls").rows_where(where, arguments, order_by="created DESC", limit=limit)
    return [rows.call_of(row) for row in found]


def _notes(db: Database, call_id: str) -> str:
    found = list(table(db, "notes").rows_where("call_id = ?", [call_id]))
    return str(found[0]["text"]) if found else ""


def _add_segment(db: Database, segment: Segment) -> bool:
    arguments = [segment.call_id, segment.leg.value, segment.end, segment.start, SAME_STRETCH_S]
    overlap = 'call_id = ? AND leg = ? AND min("end", ?) - max(start, ?) > ?'
    if table(db, "segments").count_where(overlap, arguments):
        return False
    table(db, "segments").insert(rows.segment_row(segment))
    return True


def _save_wrap_up(db: Database, wrap_up: WrapUp) -> None:
    row = {
        "call_id": wrap_up.call_id,
        "category": wrap_up.category,
        "result": wrap_up.result.value if wrap_up.result else "",
        "saved": int(wrap_up.saved),
        "changed": _now(),
    }
    table(db, "wrap_ups").upsert(row, pk="call_id")
    if wrap_up.saved:
        table(db, "notes").upsert(
            {"call_id": wrap_up.call_id, "text": wrap_up.notes, "saved": _now()}, pk="call_id"
        )


def _wrap_ups(db: Database, call_ids: Sequence[str]) -> dict[str, WrapUp]:
    query = """
        SELECT wrap_ups.*, notes.text AS notes FROM wrap_ups LEFT JOIN notes ON notes.call_id = wrap_ups.call_id
        WHERE wrap_ups.call_id IN (SELECT value FROM json_each(?))
    """
    found = db.query(query, [json.dumps(list(call_ids))])
    return {row["call_id"]: rows.wrap_up_of(row, row["notes"] or "") for row in found}


def _escalations(db: Database, where: str, arguments: list[Any]) -> list[Escalation]:
    found = table(db, "escalations").rows_where(where, arguments, order_by="rowid")
    return [
        Escalation(
            row["id"],
            row["call_id"],
            _versions(db, row["id"]),
            rows.form_of(row["form"], filed=row["filed"] is not None),
            rows.moment_of(row["filed"]),
            rows.moment_of(row["changed"]),
            evidence.number_of(db, row["id"]),
        )
        for row in list(found)
    ]


def _versions(db: Database, escalation_id: str) -> tuple[EscalationVersion, ...]:
    found = table(db, "evidence").rows_where("escalation_id = ?", [escalation_id], order_by="number")
    return tuple(rows.version_of(row) for row in found)
