"""At the start of the desk what is too old goes from the records and from the disk."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from desktop.adapters.policy.reading import load_policy
from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.policy import Retention
from desktop.paths import Folders
from desktop.processes.desk_parts import forget_old
from desktop.settings import Settings
from tests.adapters.storage.evidence_case import AUDIO, NOW, fill
from tests.services.world import StillClock


def test_old_copies_and_erased_files_leave_the_disk(tmp_path: Path) -> None:
    async def work() -> None:
        where = Folders(tmp_path, tmp_path / "config")
        await fill(tmp_path)
        for name, days in (("before-m004_evidence", 61), ("before-m005", 1)):
            copy = tmp_path / f"desk.sqlite.{name}"
            copy.write_bytes(b"x")
            moment = (NOW - timedelta(days=days)).timestamp()
            os.utime(copy, (moment, moment))
        clock = StillClock()
        clock.moment = NOW
        records = await SqliteRecords.open(where.desk_database)
        await records.erase_case("e1")
        policy = replace(load_policy("en").policy, retention=Retention(90))
        await forget_old(records, where, Settings(retention_days=60), policy, clock)
        await records.close()
        assert [path.name for path in tmp_path.glob("*.before-*")] == ["desk.sqlite.before-m005"]
        assert not (where.evidence / AUDIO).exists()
        assert where.desk_database.exists()

    asyncio.run(work())
