"""`dasan-desk evidence export`: an incident as a ZIP with a printed report, the versions, the audio and a MANIFEST."""

from __future__ import annotations

import argparse
import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.adapters.evidence.handout import Member, blocks, opened_audio, write_handout
from desktop.adapters.storage.evidence_check import check_evidence, evidence_path
from desktop.adapters.storage.records import SqliteRecords
from desktop.adapters.system.clock import SystemClock
from desktop.cli.evidence_work import pretty, vault_of, who
from desktop.cli.output import DONE, CommandError, emit_event, say
from desktop.domain.errors import DeskError
from desktop.domain.escalation import Escalation, EscalationVersion, stored_object
from desktop.domain.evidence import EvidenceFile, EvidenceRecord, Link
from desktop.domain.recording import recordings_named
from desktop.domain.redaction import mask, masked_content
from desktop.domain.report import IncidentReport, PrintedVersion
from desktop.paths import Folders
from desktop.services.evidence_service import EvidenceService
from desktop.settings import load
from desktop.ui.report.pdf import PrintedReport, prepare_printing

FORMAT = "dasan-desk evidence 1"


@dataclass(slots=True)
class _Incident:
    """All that is known of the incident that is handed out. `contents`: unmasked ones by number, where asked for."""

    escalation: Escalation
    files: list[EvidenceFile]
    records: list[EvidenceRecord]
    links: list[Link]
    broken: str
    contents: dict[int, str] = field(default_factory=dict)


def run_export(where: Folders, database: Path, args: argparse.Namespace) -> int:
    """Write the ZIP. Raises CommandError, DeskError."""
    settings = load(where.settings_file).settings
    language = args.language or settings.language or "ko"
    incident, members = asyncio.run(_gather(where, database, args))
    now = SystemClock().now()
    application = prepare_printing()
    report = _report(incident, settings.organisation, now, args.original)
    pdf = PrintedReport(report, language).pdf()
    del application
    names = [Member("report.pdf", [pdf]), Member("evidence.json", [pretty(_overview(incident, args, now))])]
    try:
        written = write_handout(args.output, [*names, *members], now)
    except OSError as error:
        raise CommandError(f"{args.output} could not be written: {error.strerror or error}.") from error
    if incident.broken:
        say(f"dasan-desk: the chain of evidence is broken at {incident.broken}; the report says so too.")
    emit_event(
        "summary",
        id=incident.escalation.id,
        number=incident.escalation.number or None,
        file=str(args.output),
        original=args.original,
        chain="broken" if incident.broken else "whole",
        files=[{"name": each.name, "sha256": each.sha256, "size": each.size} for each in written],
    )
    return DONE


async def _gather(where: Folders, database: Path, args: argparse.Namespace) -> tuple[_Incident, list[Member]]:
    records = await SqliteRecords.open(database)
    vault = vault_of(where)
    try:
        found = await records.escalation_named(args.id)
        if found is None or not found.versions:
            raise CommandError(
                f"there is no evidence named {args.id}; dasan-desk evidence list shows what is there."
            )
        checked = check_evidence(database, where.evidence)
        broken = f"{checked.first_break.kind} {checked.first_break.ref}" if checked.first_break else ""
        incident = _Incident(found, [], [], [], broken)
        members = []
        if args.original:
            settings = load(where.settings_file).settings
            service = EvidenceService(lambda: records, vault, SystemClock(), lambda: who(settings))
            for version in found.versions:
                incident.contents[version.number] = await service.reveal(
                    found.id, version.number, args.reason
                )
            await service.note(found.id, "export", {"reason": args.reason.strip()})
        incident.files = await records.evidence_files(found.id)
        incident.records = await records.evidence_records(found.id)
        incident.links = await records.evidence_links()
    finally:
        await records.close()
    for version in found.versions:
        members.append(Member(f"versions/{version.number:03}.json", [version_text(version).encode()]))
        if version.number in incident.contents:
            original = incident.contents[version.number].encode()
            members.append(Member(f"original/{version.number:03}.json", [original]))
    for file in incident.files:
        members.append(await _audio(where, file, vault.keys if args.original else None))
    members.append(Member("chain.json", [pretty(_chain(incident))]))
    return incident, members


async def _audio(where: Folders, file: EvidenceFile, keys: Any) -> Member:
    """A file as it is, still sealed, or with `keys` so that it plays."""
    path = evidence_path(where.evidence, file.name)
    name = re.sub(r"[^\w.-]", "_", file.name.rpartition("/")[2])
    if path is None or not path.is_file():
        return Member(f"audio/{name}.missing", [b""])
    if keys is None:
        return Member(f"audio/{name}", blocks(path))
    try:
        parts, whole = await opened_audio(path, keys)
    except (DeskError, OSError, ValueError, KeyError) as error:
        say(f"dasan-desk: {file.name} is handed out as it lies on the disk, sealed: {error}")
        return Member(f"audio/{name}", blocks(path))
    ending = ".wav" if file.media_type == "audio/wav" else ".bin"
    return Member(f"audio/{name.removesuffix('.sealed')}{'' if whole else '.cut'}{ending}", parts)


def version_text(version: EscalationVersion) -> str:
    """The masked text of a version. One from before masking is masked now, and its hash is another then."""
    if version.sealed:
        return version.canonical
    content = masked_content(stored_object(version.canonical))
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _report(incident: _Incident, organisation: str, now: datetime, unmasked: bool) -> IncidentReport:
    newest = incident.escalation.versions[-1]
    text = incident.contents.get(newest.number) if unmasked else version_text(newest)
    looked_at: list[Mapping[str, object]] = [
        _told(each, unmasked) for each in incident.records if each.kind in ("reveal", "export")
    ]
    return IncidentReport(
        escalation_id=incident.escalation.id,
        number=incident.escalation.number,
        organisation=organisation,
        content=stored_object(text or ""),
        versions=tuple(
            PrintedVersion(v.number, v.created, v.reason, v.sha256) for v in incident.escalation.versions
        ),
        filed=incident.escalation.filed,
        made=now,
        head=incident.links[-1].hash if incident.links else "",
        chain=incident.broken,
        files=tuple((each.name, each.sha256) for each in incident.files),
        unmasked=unmasked,
        looked_at=tuple(looked_at),
    )


def _told(record: EvidenceRecord, unmasked: bool) -> dict[str, Any]:
    """What a record says. A reason is in somebody's own words: masked copies don't tell whose number was seen."""
    body = stored_object(record.body)
    if "reason" in body and not unmasked:
        body["reason"] = mask(str(body["reason"])).text
    return body


def _overview(incident: _Incident, args: argparse.Namespace, now: datetime) -> dict[str, object]:
    escalation = incident.escalation
    return {
        "format": FORMAT,
        "made": now.isoformat(timespec="milliseconds"),
        "masked": not args.original,
        "id": escalation.id,
        "number": escalation.number or None,
        "call_id": escalation.call_id,
        "filed": escalation.filed.isoformat(timespec="milliseconds") if escalation.filed else None,
        "confirmed": escalation.form.confirmed,
        "withdrawn": bool(escalation.form.withdrawn),
        "versions": [
            {
                "number": v.number,
                "reason": v.reason,
                "created": v.created.isoformat(timespec="milliseconds"),
                "sha256": v.sha256,
                "masked_when_saved": bool(v.sealed),
            }
            for v in escalation.versions
        ],
        "files": [
            {
                "name": f.name,
                "media_type": f.media_type,
                "size": f.size,
                "sha256": f.sha256,
                "created": f.created,
            }
            for f in incident.files
        ],
        "recordings": recordings_named(incident.records),
        "records": [
            {"number": r.number, "kind": r.kind, "created": r.created, "body": _told(r, args.original)}
            for r in incident.records
        ],
        "chain": {"whole": not incident.broken, "broken_at": incident.broken or None},
    }


def _chain(incident: _Incident) -> dict[str, object]:
    """The links of this incident, and the end of the chain at this moment."""
    escalation_id, names = incident.escalation.id, {each.name for each in incident.files}
    own = [
        {"seq": each.seq, "kind": each.kind, "ref": each.ref, "sha256": each.sha256, "prev": each.prev}
        | {"hash": each.hash, "created": each.created}
        for each in incident.links
        if each.ref == escalation_id or each.ref.startswith(f"{escalation_id}/") or each.ref in names
    ]
    return {
        "links": own,
        "head": incident.links[-1].hash if incident.links else "",
        "length": len(incident.links),
    }
