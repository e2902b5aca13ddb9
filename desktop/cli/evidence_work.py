"""`dasan-desk evidence`: is what was saved of abusive calls still what it was, what is there, and handing it out."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import json
from pathlib import Path

from desktop.adapters.evidence.keys import KeyRing, lost_keys
from desktop.adapters.evidence.sealing import KeyVault
from desktop.adapters.storage.evidence_check import Checked, check_evidence
from desktop.adapters.storage.records import SqliteRecords
from desktop.adapters.system.clock import SystemClock
from desktop.adapters.system.secrets import Secrets
from desktop.cli.output import DONE, FAILED, CommandError, UsageError, emit, emit_event, say
from desktop.domain.escalation import Escalation
from desktop.domain.evidence import Break
from desktop.paths import Folders
from desktop.services.evidence_service import EvidenceService
from desktop.settings import Settings, load


def work(args: argparse.Namespace) -> int:
    """Run a subcommand."""
    where = Folders(args.data, args.config)
    if args.what == "verify":
        return run_verify(where, args.json)
    database = where.practice_database if args.practice else where.desk_database
    if not database.is_file():
        raise CommandError(f"there are no records in {where.data}; choose the data folder with --data.")
    if args.what == "list":
        return asyncio.run(_list(database, args.json))
    if args.what == "close":
        return asyncio.run(_close(where, database, args.id, args.reason))
    if args.original and not args.reason.strip():
        raise UsageError("--original needs --reason TEXT: it is kept with the evidence who saw it and why.")
    # Qt is loaded only to print.
    from desktop.cli import evidence_export

    return evidence_export.run_export(where, database, args)


def run_verify(where: Folders, as_json: bool) -> int:
    """Check the databases of real and of practice calls; 1 where something was changed. Raises CommandError."""
    databases = [path for path in (where.desk_database, where.practice_database) if path.is_file()]
    if not databases:
        raise CommandError(f"there are no records in {where.data}; choose the data folder with --data.")
    failed = []
    for database in databases:
        checked = check_evidence(database, where.evidence)
        lost = lost_keys(where.evidence, checked.keys)
        if lost and checked.first_break is None:
            checked.first_break = Break(0, "key", lost[0], "missing")
        _tell(database.name, checked, as_json)
        if checked.first_break is not None:
            failed.append(f"{database.name} at {checked.first_break.kind} {checked.first_break.ref}".rstrip())
    if failed:
        say(
            f"dasan-desk: evidence was changed: {'; '.join(failed)}. Keep the data folder as it is and compare it "
            "with a backup and with the hashes in reports that were handed out."
        )
    return FAILED if failed else DONE


def _tell(name: str, checked: Checked, as_json: bool) -> None:
    found = checked.first_break
    counts = {
        "links": checked.links,
        "versions": checked.versions,
        "files": checked.files,
        "records": checked.records,
        "erased": checked.erased,
    }
    if as_json:
        if found is not None:
            emit_event(
                "break",
                database=name,
                seq=found.seq or None,
                kind=found.kind,
                ref=found.ref,
                problem=found.problem,
                expected=found.expected,
                found=found.found,
            )
        emit_event("summary", database=name, whole=found is None, head=checked.head, **counts)
        return
    words = ", ".join(f"{count} {what}" for what, count in counts.items())
    print(
        f"{name}: {'whole' if found is None else 'BROKEN'} ({words}; end of the chain {checked.head or '-'})"
    )
    if found is not None:
        print(f"  first break: {found.kind} {found.ref}: {found.problem}")
        print(f"  expected {found.expected or '-'}")
        print(f"  found    {found.found or '-'}")


async def _list(database: Path, as_json: bool) -> int:
    records = await SqliteRecords.open(database)
    try:
        for escalation in await records.escalations():
            files = len(await records.evidence_files(escalation.id))
            notes = [each.kind for each in await records.evidence_records(escalation.id)]
            row = _row(escalation, files, "closed" in notes, notes.count("reveal") + notes.count("export"))
            if as_json:
                emit(row)
            else:
                name = f"{row['number'] or '-':20}  {row['id']}"
                print(
                    f"{name}  {row['created'] or 'erased':29}  {row['kind'] or '-':13}  "
                    f"{row['versions']} versions, {row['files']} files"
                )
    finally:
        await records.close()
    return DONE


def _row(escalation: Escalation, files: int, closed: bool, handed_out: int) -> dict[str, object]:
    versions = escalation.versions
    return {
        "id": escalation.id,
        "number": escalation.number or None,
        "call_id": escalation.call_id,
        "created": versions[0].created.isoformat(timespec="milliseconds") if versions else None,
        "kind": escalation.form.kind.value if escalation.form.kind else None,
        "filed": escalation.filed.isoformat(timespec="milliseconds") if escalation.filed else None,
        "confirmed": escalation.form.confirmed,
        "withdrawn": bool(escalation.form.withdrawn),
        "versions": len(versions),
        "files": files,
        "closed": closed,
        "seen": handed_out,
    }


async def _close(where: Folders, database: Path, escalation_id: str, reason: str) -> int:
    records = await SqliteRecords.open(database)
    try:
        service = EvidenceService(
            lambda: records, vault_of(where), SystemClock(), lambda: who(load(where.settings_file).settings)
        )
        await service.close_case(escalation_id, reason)
    except ValueError as error:
        raise CommandError(f"{error}; dasan-desk evidence list shows what is there.") from error
    finally:
        await records.close()
    return DONE


def vault_of(where: Folders) -> KeyVault:
    """What opens the originals of a data folder."""
    return KeyVault(KeyRing(where.evidence, Secrets()))


def who(settings: Settings) -> str:
    """The person at the keyboard: the agent of this desk and the system's user."""
    agent = " ".join(part for part in (settings.agent_name, settings.agent_number) if part)
    return f"{agent} ({getpass.getuser()})" if agent else getpass.getuser()


def pretty(value: object) -> bytes:
    """JSON for people who open a file of the ZIP."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
