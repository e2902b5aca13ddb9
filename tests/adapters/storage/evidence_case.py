"""A data folder with an incident that has everything: versions, a sealed file, records, a report."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.adapters.evidence.keys import Key, key_id_of
from desktop.adapters.evidence.sealed_file import SealedWriter
from desktop.adapters.storage import evidence, rows
from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.call import Call, CallState, Direction
from desktop.domain.escalation import AbuseKind, ReportForm, freeze
from desktop.domain.evidence import EvidenceFile
from desktop.domain.transcript import Leg, Segment

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SECRET = bytes(range(32))
KEY = Key(key_id_of(SECRET), SECRET)
AUDIO = "e1/call.sealed"


def a_call(call_id: str = "c1", created: datetime = NOW) -> Call:
    call = Call(
        call_id, Direction.INCOMING, "sip:01012344720@city", "박민수", CallState.DISCONNECTED, created
    )
    return call.changed(confirmed=created, ended=created + timedelta(minutes=2), ended_by="local")


async def file_form(records: SqliteRecords, escalation_id: str, form: ReportForm, created: datetime) -> None:
    """The report alone as filed a minute later."""
    text, moment = rows.form_text(form), rows.text_of(created + timedelta(seconds=60))
    await records._thread.run(lambda db: evidence.save_form(db, escalation_id, text, moment))


async def fill(data: Path, created: datetime = NOW) -> None:
    """Two incidents, the first with all that there is."""
    records = await SqliteRecords.open(data / "desk.sqlite")
    for number in (1, 2):
        call = a_call(f"c{number}", created)
        await records.save_call(call)
        await records.save_segment(Segment(call.id, Leg.CALLER, "제 번호는 010-1234-5678", 0.9, 1.0, 2.0))
        await records.save_notes(call.id, "메모")
        for version in (1, 2):
            content = {"call": {"id": call.id}, "notes": f"욕설 {version} 010-1234-5678"}
            sealed = b"DS1" + bytes(40) + bytes([number, version])
            moment = created + timedelta(seconds=number * 10 + version)
            await records.add_version(
                freeze(f"e{number}", call.id, version, "first", moment, content, sealed)
            )
    await file_form(records, "e1", ReportForm(AbuseKind.THREAT, demand="과태료 취소"), created)
    writer = SealedWriter(data / "evidence" / AUDIO, KEY, {"media_type": "audio/L16", "rate": 8000})
    writer.append(bytes(range(200)) * 4)
    writer.close()
    raw = (data / "evidence" / AUDIO).read_bytes()
    sha256 = hashlib.sha256(raw).hexdigest()
    moment = created + timedelta(seconds=70)
    file = EvidenceFile("e1", AUDIO, "audio/wav", len(raw), sha256, moment.isoformat(timespec="milliseconds"))
    await records.add_evidence_file(file)
    await records.add_evidence_record("e1", "reveal", {"who": "김다산", "reason": "경찰 제출", "number": 1})
    await records.close()


def make(data: Path, created: datetime = NOW) -> Path:
    """The database of a new data folder."""
    asyncio.run(fill(data, created))
    return data / "desk.sqlite"
