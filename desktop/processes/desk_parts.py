"""Opens what the desk stands on; what can't be opened is replaced by the next best and named."""

from __future__ import annotations

import getpass
import hashlib
import importlib
import logging
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from desktop.adapters.evidence.keys import KeyRing
from desktop.adapters.evidence.sealing import KeyVault
from desktop.adapters.storage.evidence_check import evidence_path
from desktop.adapters.storage.own_answers import SqliteOwnAnswers
from desktop.adapters.storage.records import SqliteRecords
from desktop.adapters.system.keyrings import KeyringApart
from desktop.adapters.system.secrets import PATIENCE_S, Secrets
from desktop.domain.errors import DeskError, StorageError
from desktop.domain.events import TroubleFound
from desktop.domain.policy import Policy
from desktop.domain.practice import Scenario
from desktop.paths import Folders, private_folder, resources
from desktop.processes.spawn import command
from desktop.services.ports import Clock, Records
from desktop.services.retention_service import RetentionRules, RetentionService, rules_of
from desktop.settings import Settings

KEYRING_PATIENCE_S = 5.0
LEAST_BYTES = 16_384
"""Room that a phone needs for its files."""
_log = logging.getLogger(__name__)


async def open_records(path: Path, tell: Callable[[TroubleFound], None]) -> SqliteRecords:
    """The records on disk, or in memory for this run where the file can't be used; then calls still work."""
    records = SqliteRecords(path)
    await begin_records(records, tell)
    return records


async def begin_records(records: SqliteRecords, tell: Callable[[TroubleFound], None]) -> None:
    """The same for records that wait for it."""
    try:
        await records.begin()
    except StorageError as error:
        _log.error("records are kept in memory only: %s", error)
        tell(TroubleFound("records", str(error), error.kind))
        await records.begin_in_memory()


async def begin_own_answers(
    own: SqliteOwnAnswers, records: Records, tell: Callable[[TroubleFound], None]
) -> None:
    """The agent's own file, or one in memory for this run; uses that were kept with the records come over."""
    try:
        await own.begin()
    except StorageError as error:
        _log.error("what the agent does with answers is kept in memory only: %s", error)
        tell(TroubleFound("own_answers", str(error), error.kind))
        await own.begin_in_memory()
        return
    try:
        uses = await records.old_uses()
        if uses:
            # First kept there, then deleted here: a kill in between leaves them in both, and they are taken once.
            await records.forget_uses(await own.adopt("desk", uses))
    except StorageError as error:
        _log.error("uses of answers were not moved: %s", error)


def running_folder(data: Path) -> Path:
    """Where the phone keeps its sockets: the data folder, or where that can't be written a temporary one of this user.

    People can talk even where nothing can be kept.
    """
    try:
        private_folder(data)
        with tempfile.TemporaryFile(dir=data) as probe:
            probe.write(bytes(LEAST_BYTES))
            probe.flush()
        return data
    except OSError as error:
        _log.error("the data folder %s cannot be written (%s)", data, error.strerror)
    short = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    try:
        return private_folder(Path(tempfile.gettempdir()) / f"dasan-desk-{getpass.getuser()}-{short}-run")
    except OSError:
        return data


def scenarios(tell: Callable[[TroubleFound], None]) -> Sequence[Scenario]:
    """The shipped practice scenarios. Reads a file: a third of a second."""
    from desktop.adapters.practice.scenarios import load_scenarios  # for who practises only

    try:
        return load_scenarios(resources() / "practice" / "scenarios.yaml")
    except (DeskError, OSError, ValueError) as error:
        _log.error("no practice: %s", error)
        tell(TroubleFound("practice", str(error)))
        return ()


def speech_model(settings: Settings) -> Path | None:
    """The speech model that was chosen for calls; None: no transcript."""
    return Path(settings.speech_model) if settings.speech_enabled and settings.speech_model else None


def secrets(patience_s: float = PATIENCE_S) -> Secrets:
    """Passwords, with another process that asks the keyring for them."""
    return Secrets(patience_s, KeyringApart(command("keyring")))


def vault(where: Folders) -> KeyVault:
    """What seals the originals of evidence."""
    # The keyring may wait for somebody who is not there; evidence does not.
    return KeyVault(KeyRing(where.evidence, secrets(KEYRING_PATIENCE_S)))


async def forget_old(
    records: Records, where: Folders, settings: Settings, policy: Policy, clock: Clock
) -> None:
    """Delete what is older than the policy and the settings allow, of real and of practice calls."""
    rules = rules_of(policy.retention, settings.retention_days, policy.strike_days)
    forget = partial(_forget, where=where, rules=rules, clock=clock)
    await forget(records, practice=False)
    if where.practice_database.exists():
        await _forget_practice(where, forget)


async def _forget(
    records: Records, where: Folders, rules: RetentionRules, clock: Clock, practice: bool
) -> None:

    def remove(name: str) -> None:
        file = evidence_path(where.evidence, name)
        if file is not None:
            file.unlink(missing_ok=True)

    database = where.practice_database if practice else where.desk_database
    try:
        await RetentionService(records, rules, clock, remove, practice).run()
        _remove_old_copies(database, clock, rules.transcript_days)
    except (StorageError, OSError) as error:
        _log.error("old records were not deleted: %s", error)


def _remove_old_copies(database: Path, clock: Clock, days: int) -> None:
    """Delete copies that were made before a change of the schema: they hold what is deleted elsewhere."""
    limit = (clock.now() - timedelta(days=days)).timestamp()
    for copy in database.parent.glob(f"{database.name}.before-*"):
        if copy.stat().st_mtime < limit:
            copy.unlink(missing_ok=True)


def load_for_calls() -> None:
    """Load what no start needs, so that nobody waits for it in a call. Not for the window's thread."""
    importlib.import_module("desktop.domain.redaction")


@asynccontextmanager
async def practice_records(where: Folders) -> AsyncIterator[SqliteRecords | None]:
    """What is kept of practice calls, None where there were none. Raises StorageError."""
    if not where.practice_database.exists():
        yield None
        return
    records = await SqliteRecords.open(where.practice_database)
    try:
        yield records
    finally:
        await records.close()


async def _forget_practice(where: Folders, forget: Callable[..., Awaitable[None]]) -> None:
    try:
        records = await SqliteRecords.open(where.practice_database)
    except StorageError as error:
        _log.error("old practice records were not deleted: %s", error)
        return
    await forget(records, practice=True)
    await records.close()
