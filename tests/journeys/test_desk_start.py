"""What a start of the desk does with what an earlier one left behind."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.agent import AgentState
from desktop.domain.call import Call, CallState, Direction
from desktop.domain.transcript import Leg, Segment
from desktop.paths import Folders
from desktop.processes.desk_core import SILENCE, Desk, open_desk
from desktop.settings import SettingsFile


def folders(path: Path) -> Folders:
    return Folders(path / "data", path / "config")


async def opened(path: Path) -> Desk:
    """A desk that only practises, without a transcript: no child that this test does not need."""
    where = folders(path)
    settings = SettingsFile(where.settings_file, {"speech_enabled": False})
    desk = await open_desk(where, settings, SILENCE, real_line=False)
    await desk.start()
    await desk.services.background.settle()
    return desk


async def leave_calls(path: Path, *days: int) -> None:
    """Answered calls so many days ago, each with a segment."""
    for database in (folders(path).desk_database, folders(path).practice_database):
        records = await SqliteRecords.open(database)
        for age in days:
            then = datetime.now(UTC) - timedelta(days=age)
            call = Call(
                f"c{age}", Direction.INCOMING, "sip:a@b", "", CallState.DISCONNECTED, then, then, then
            )
            await records.save_call(call)
            await records.save_segment(Segment(call.id, Leg.CALLER, "말", 0.9, 0.0, 1.0))
        await records.close()


def test_calls_of_more_than_sixty_days_are_gone_practice_included(tmp_path: Path) -> None:
    async def work() -> None:
        await leave_calls(tmp_path, 61, 59)
        desk = await opened(tmp_path)
        assert [call.id for call in await desk.records.calls(10)] == ["c59"]
        assert await desk.records.segments("c61") == []
        await desk.close()
        practice = await SqliteRecords.open(folders(tmp_path).practice_database)
        assert [call.id for call in await practice.calls(10)] == ["c59"]
        await practice.close()

    asyncio.run(work())


def test_after_a_crash_the_state_is_break_after_an_orderly_end_ready(tmp_path: Path) -> None:
    async def work() -> None:
        first = await opened(tmp_path)
        assert first.services.agent.state is AgentState.READY
        await first.records.close()
        second = await opened(tmp_path)
        assert second.services.agent.state is AgentState.BREAK
        await second.close()
        third = await opened(tmp_path)
        assert third.services.agent.state is AgentState.READY
        await third.close()

    asyncio.run(work())


def test_a_write_up_that_a_crash_interrupted_is_open_again(tmp_path: Path) -> None:
    async def work() -> None:
        await leave_calls(tmp_path, 0)
        desk = await opened(tmp_path)
        assert desk.services.wrap_up.open is not None
        assert desk.services.wrap_up.open.call_id == "c0"
        assert desk.services.agent.state is AgentState.WRAP_UP
        await desk.services.wrap_up.finish()
        await desk.close()
        again = await opened(tmp_path)
        assert again.services.wrap_up.open is None
        await again.close()

    asyncio.run(work())
