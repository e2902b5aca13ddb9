"""One SQLite file, one connection, one thread of its own: nothing here ever runs on the window's thread."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from desktop.domain.errors import NewerDatabaseError, StorageError

if TYPE_CHECKING:
    import sqlite_utils
    from sqlite_utils.db import Table

    from desktop.adapters.storage.migrations import Schema, SchemaName

Result = TypeVar("Result")
LEAST_BYTES = 65_536


def table(database: sqlite_utils.Database, name: str) -> Table:
    """A table by its name; sqlite-utils' own lookup may also be a view."""
    return cast("Table", database[name])


class DatabaseThread:
    """Runs functions of the database in the order of asking. `path` None keeps records in memory.

    What is asked for before the file is open waits for that, or for `close`.
    """

    def __init__(self, path: Path | None, schema: SchemaName = "desk") -> None:
        self.path, self._schema = path, schema
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="storage")
        self._database: sqlite_utils.Database | None = None
        self._begun, self._turn = asyncio.Event(), asyncio.Lock()

    async def open(self) -> None:
        """Open, check and migrate the file. Raises NewerDatabaseError (file untouched) or StorageError."""
        self._database = await self._submit(lambda: _open(self.path, self._schema))
        self._begun.set()

    async def open_in_memory(self) -> None:
        """After `open` has failed: keep everything in memory for this run."""
        self.path = None
        await self.open()

    async def run(self, work: Callable[[sqlite_utils.Database], Result]) -> Result:
        """The result of `work`, which runs on the storage thread in one transaction. Raises StorageError."""
        async with self._turn:  # who waits goes first
            await self._begun.wait()
        database = self._database
        if database is None:
            raise StorageError("The database is closed.", "closed")

        def in_transaction() -> Result:
            with database.atomic():
                return work(database)

        return await self._submit(in_transaction)

    async def close(self) -> None:
        """Finish what was asked for, close the file, end the thread."""
        database, self._database = self._database, None
        self._begun.set()
        if database is not None:
            await self._submit(database.close)
        self._executor.shutdown(wait=True)

    async def _submit(self, work: Callable[[], Result]) -> Result:
        # A cancelled waiter must not cancel the write: what was asked for is done.
        future = asyncio.get_running_loop().run_in_executor(self._executor, work)
        try:
            return await asyncio.shield(future)
        except (sqlite3.Error, OSError) as error:
            raise _storage_error(error, self.path) from error


def _open(path: Path | None, name: SchemaName) -> sqlite_utils.Database:
    # Imported here, on the storage thread: the window is painted before they are there.
    import sqlite_utils

    from desktop.adapters.storage.migrations import SCHEMAS

    schema = SCHEMAS[name]
    if path is not None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    # The connection is made and used on the storage thread alone.
    connection = sqlite3.connect(":memory:" if path is None else path, timeout=5.0)
    try:
        _refuse_newer(connection, path, schema)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        # What retention deletes must not lie in the free pages of the file.
        connection.execute("PRAGMA secure_delete=ON")
        database = sqlite_utils.Database(connection)
        _migrate(database, path, schema)
    except BaseException:
        connection.close()
        raise
    return database


def _refuse_newer(connection: sqlite3.Connection, path: Path | None, schema: Schema) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > schema.version:
        raise NewerDatabaseError(
            f"{path.name if path else 'The database'} was written by a newer version of Dasan Desk. "
            "Update the program; the records were not touched."
        )


def _migrate(database: sqlite_utils.Database, path: Path | None, schema: Schema) -> None:
    pending = schema.migrations.pending(database)
    if pending and path is not None and database.table_names():
        backup = path.with_name(f"{path.name}.before-{pending[0].name}")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy2(path, backup)
    if pending:
        schema.migrations.apply(database)
        database.execute(f"PRAGMA user_version={schema.version}")


def _no_room(path: Path | None) -> bool:
    """Where not even the shared memory of the log fits, SQLite speaks of an I/O error only."""
    try:
        return path is not None and shutil.disk_usage(path.parent).free < LEAST_BYTES
    except OSError:
        return False


def _storage_error(error: Exception, path: Path | None) -> StorageError:
    text = str(error)
    name = path.name if path else "the database"
    number = getattr(error, "errno", 0)
    if isinstance(error, sqlite3.DatabaseError) and ("malformed" in text or "not a database" in text):
        sentence = (
            f"{name} is damaged. Move it away or restore a backup, then start again; it was not changed."
        )
        return StorageError(sentence, "damaged")
    if "is full" in text or number == errno.ENOSPC or ("disk I/O" in text and _no_room(path)):
        sentence = (
            f"The disk is full: {name} can't be written. Make room; what you typed is still in the window."
        )
        return StorageError(sentence, "full")
    forbidden = "readonly" in text or "unable to open" in text or isinstance(error, PermissionError)
    if forbidden or number == errno.EROFS:
        sentence = f"{name} can't be written: the data folder is read-only."
        return StorageError(
            f"{sentence} Give write permission to it or choose another with --data.", "read_only"
        )
    return StorageError(f"{name} can't be read or written: {text}.")
