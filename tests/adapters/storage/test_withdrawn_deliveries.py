"""A withdrawn report leaves no more; whoever has it, or may have it, is told."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.delivery import Dead, Delivered, Delivery, Outcome, Retry, Trouble, addressed, settled
from desktop.domain.escalation import ReportForm
from desktop.domain.strikes import Strike
from tests.adapters.storage.test_outbox import FORM, NOW, POLICE, TEAM, filed, supplement, version


def withdrawal(number: int, reason: str = "잘못 누름") -> tuple[Any, ReportForm, tuple[Delivery, ...]]:
    """What is saved when a report is withdrawn, or stands again with an empty reason."""
    last = version("e1", number)
    return last, replace(FORM, withdrawn=reason), addressed(last, [TEAM, POLICE], supplement=True)


async def states(records: SqliteRecords) -> list[tuple[str, str]]:
    return [(each.key, each.state.value) for each in await records.outbox.of_report("e1")]


def test_a_withdrawn_report_that_still_waits_leaves_no_more() -> None:
    async def work() -> None:
        records = await SqliteRecords.open(None)
        outbox = records.outbox
        await filed(records)
        begun = await outbox.claim("team", NOW)
        assert begun is not None
        await outbox.save(settled(begun, Delivered("R-1"), NOW, 0.5))
        begun = await outbox.claim("police", NOW)
        assert begun is not None
        away = settled(begun, Retry(Trouble.UNREACHABLE), NOW, 0.5)
        await outbox.save(away)
        last, form, deliveries = withdrawal(3)
        await records.file_report(last, form, None, deliveries)
        told = [("e1-2-team", "delivered"), ("e1-2-police", "withdrawn"), ("e1-3-team", "waiting")]
        assert await states(records) == told
        assert [each.key for each in await outbox.unsettled()] == ["e1-3-team"]
        assert await outbox.take_up("e1-2-police", NOW) is None
        await outbox.save(away)
        await outbox.recover("police", NOW)
        assert await outbox.claim("police", NOW + timedelta(days=1)) is None
        await supplement(records, 4)
        assert [each.key for each in await outbox.unsettled()] == ["e1-4-team"], (
            "more of it, to whom it concerns"
        )
        last, form, deliveries = withdrawal(5, "")
        await records.file_report(last, form, None, deliveries)
        waiting = [(each.key, each.supplement) for each in await outbox.unsettled()]
        assert waiting == [("e1-5-team", True), ("e1-5-police", False)], (
            "it stands again: who lacks it gets it"
        )
        await records.close()

    asyncio.run(work())


@pytest.mark.parametrize(
    ("end", "state", "told"),
    [
        (Delivered("R-1"), "delivered", ["e1-3-team"]),
        (Retry(Trouble.TIMEOUT), "withdrawn", ["e1-3-team"]),
        (Dead(Trouble.CONFLICT), "withdrawn", ["e1-3-team"]),
        (Retry(Trouble.UNREACHABLE), "withdrawn", []),
        (None, "withdrawn", ["e1-3-team"]),
    ],
)
def test_a_report_that_is_withdrawn_while_it_is_sent_is_not_sent_again(
    end: Outcome | None, state: str, told: list[str]
) -> None:
    """Who may have it is told; a desk that died in the try (no end) cannot know."""

    async def work() -> None:
        records = await SqliteRecords.open(None)
        outbox = records.outbox
        await filed(records)
        begun = await outbox.claim("team", NOW)
        assert begun is not None
        last, form, deliveries = withdrawal(3)
        await records.file_report(last, form, None, deliveries)
        if end is None:
            assert await outbox.recover("team", NOW) == 0
        else:
            await outbox.save(settled(begun, end, NOW, 0.5))
        assert (await states(records))[0] == ("e1-2-team", state)
        assert [each.key for each in await outbox.unsettled()] == told
        await records.close()

    asyncio.run(work())


@pytest.mark.parametrize(
    ("end", "supplement"), [(Retry(Trouble.TIMEOUT), True), (Retry(Trouble.UNREACHABLE), False)]
)
def test_a_report_that_stands_again_while_it_is_sent_comes_as_what_it_is_to_its_receiver(
    end: Outcome, supplement: bool
) -> None:
    """Only the end of the try says whether the receiver may have it."""

    async def work() -> None:
        records = await SqliteRecords.open(None)
        outbox = records.outbox
        await filed(records)
        begun = await outbox.claim("team", NOW)
        assert begun is not None
        for number, reason in ((3, "잘못 누름"), (4, "")):
            last, form, deliveries = withdrawal(number, reason)
            await records.file_report(last, form, None, deliveries)
        await outbox.save(settled(begun, end, NOW, 0.5))
        waiting = [each for each in await outbox.unsettled() if each.target == "team"]
        assert [(each.key, each.supplement) for each in waiting] == [("e1-4-team", supplement)]
        await records.close()

    asyncio.run(work())


def test_a_withdrawn_report_counts_against_nobody_from_the_same_moment() -> None:
    """Not only once the desk has weighed the call again: it may die before."""

    async def work() -> None:
        records = await SqliteRecords.open(None)
        await filed(records)
        last, form, deliveries = withdrawal(3)
        await records.save_strike(Strike(last.call_id, "#1", "verbal", "malicious", NOW))
        await records.file_report(last, form, None, deliveries)
        assert await records.strikes_of("#1") == []
        await records.close()

    asyncio.run(work())


def test_a_try_that_nobody_heard_of_is_remembered_behind_later_ones() -> None:
    async def work() -> None:
        records = await SqliteRecords.open(None)
        outbox = records.outbox
        await filed(records)
        for trouble in (Trouble.TIMEOUT, Trouble.UNREACHABLE):
            begun = await outbox.claim("team", NOW)
            assert begun is not None
            await outbox.save(settled(begun, Retry(trouble), NOW, 0.0))
        assert await outbox.take_up("e1-2-team", NOW) is not None
        last, form, deliveries = withdrawal(3)
        await records.file_report(last, form, None, deliveries)
        assert [each.key for each in await outbox.unsettled()] == ["e1-3-team"]
        await records.close()

    asyncio.run(work())


def test_of_tries_before_this_was_kept_nobody_knows(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"

    async def work() -> None:
        records = await SqliteRecords.open(path)
        await filed(records)
        begun = await records.outbox.claim("team", NOW)
        assert begun is not None
        await records.outbox.save(settled(begun, Retry(Trouble.UNREACHABLE), NOW, 0.0))
        await records.close()
        with sqlite3.connect(path) as old:
            old.execute("ALTER TABLE outbox DROP COLUMN maybe_there")
            old.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'm005%'")
            old.execute("PRAGMA user_version=4")
        old.close()
        records = await SqliteRecords.open(path)
        found = [(each.key, each.maybe_there) for each in await records.outbox.of_report("e1")]
        assert found == [("e1-2-team", True), ("e1-2-police", False)]
        await records.close()

    asyncio.run(work())
