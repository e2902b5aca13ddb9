"""The outbox on a real SQLite file: one write with the report, and every order of events leads to one delivery."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop.adapters.storage.migrations import DESK
from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.delivery import (
    Dead,
    Delivered,
    Delivery,
    DeliveryState,
    Outcome,
    Retry,
    Trouble,
    addressed,
    message_of,
    settled,
)
from desktop.domain.delivery_targets import FolderTarget
from desktop.domain.errors import StorageError
from desktop.domain.escalation import AbuseKind, ReportForm, freeze

T = TypeVar("T")
NOW = datetime(2026, 11, 22, 10, 32, tzinfo=UTC)
TEAM, POLICE = FolderTarget("team", "민원지원팀", "/srv/a"), FolderTarget("police", "경찰", "/srv/b")
FORM = ReportForm(AbuseKind.VERBAL)


def version(escalation_id: str, number: int, created: datetime = NOW) -> Any:
    return freeze(escalation_id, f"c-{escalation_id}", number, "report", created, {"number": number})


async def filed(records: SqliteRecords, escalation_id: str = "e1") -> None:
    await records.add_version(version(escalation_id, 1))
    last = version(escalation_id, 2)
    await records.file_report(last, FORM, NOW, addressed(last, [TEAM, POLICE], supplement=False))


async def supplement(records: SqliteRecords, number: int, created: datetime = NOW) -> None:
    last = version("e1", number, created)
    await records.add_version(last, addressed(last, [TEAM], supplement=True))


def test_a_report_and_its_deliveries_are_one_write(tmp_path: Path) -> None:
    async def work() -> None:
        records = await SqliteRecords.open(tmp_path / "desk.sqlite")
        await filed(records)
        await records.close()
        again = await SqliteRecords.open(tmp_path / "desk.sqlite")
        report = await again.escalation("c-e1")
        assert report is not None
        assert (report.filed, report.form, len(report.versions)) == (NOW, FORM, 2)
        found = await again.outbox.of_report("e1")
        assert [(each.key, each.state) for each in found] == [
            ("e1-2-team", DeliveryState.WAITING),
            ("e1-2-police", DeliveryState.WAITING),
        ]
        await again.close()

    asyncio.run(work())


@pytest.mark.parametrize("where", ["evidence", "escalations", "outbox"])
def test_what_cannot_be_written_whole_is_not_written_at_all(tmp_path: Path, where: str) -> None:
    async def work() -> None:
        records = await SqliteRecords.open(tmp_path / "desk.sqlite")
        await records.add_version(version("e1", 1))
        change = "UPDATE" if where == "escalations" else "INSERT"
        trigger = (
            f"CREATE TEMP TRIGGER broken AFTER {change} ON {where} BEGIN SELECT RAISE(FAIL, 'no more'); END"
        )
        await records._thread.run(lambda db: db.execute(trigger))
        last = version("e1", 2)
        deliveries = addressed(last, [TEAM, POLICE], supplement=False)
        with pytest.raises(StorageError, match="no more"):
            await records.file_report(last, FORM, NOW, deliveries)
        report = await records.escalation("c-e1")
        assert report is not None
        assert (report.filed, report.form, len(report.versions)) == (None, ReportForm(), 1)
        assert await records.outbox.unsettled() == []
        await records._thread.run(lambda db: db.execute("DROP TRIGGER broken"))
        await records.file_report(last, FORM, NOW, deliveries)
        assert len(await records.outbox.unsettled()) == 2
        await records.close()

    asyncio.run(work())


def test_a_database_of_before_gets_an_outbox(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"

    async def work() -> None:
        await (await SqliteRecords.open(path)).close()
        with sqlite3.connect(path) as old:
            old.execute("DROP TABLE outbox")
            old.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'm003%' OR name LIKE 'm005%'")
            old.execute("PRAGMA user_version=1")
        old.close()
        records = await SqliteRecords.open(path)
        await filed(records)
        await records.close()

    asyncio.run(work())
    with sqlite3.connect(path) as new:
        assert new.execute("PRAGMA user_version").fetchone() == (DESK.version,)
    new.close()
    assert (tmp_path / "desk.sqlite.before-m003_delivery").exists()


def test_the_oldest_that_is_due_goes_first_and_versions_in_their_order() -> None:
    async def work() -> None:
        records = await SqliteRecords.open(None)
        outbox = records.outbox
        await filed(records, "e1")
        await supplement(records, 3, NOW - timedelta(minutes=1))
        first = await outbox.claim("team", NOW)
        assert first is not None
        assert (first.key, first.attempts) == ("e1-2-team", 1)
        assert await outbox.claim("team", NOW) is None
        await outbox.save(settled(first, Delivered("R-1"), NOW, 0.5))
        second = await outbox.claim("team", NOW)
        assert second is not None
        assert (second.key, second.supplement) == ("e1-3-team", True)
        assert (await outbox.of_report("e1"))[0].receipt == "R-1"
        assert await outbox.claim("nobody", NOW) is None
        await records.close()

    asyncio.run(work())


def test_a_supplement_takes_the_place_of_one_that_nobody_tried() -> None:
    async def work() -> None:
        records = await SqliteRecords.open(None)
        outbox = records.outbox
        await filed(records)
        await supplement(records, 3)
        await supplement(records, 4)
        keys = [each.key for each in await outbox.unsettled()]
        assert keys == ["e1-2-team", "e1-2-police", "e1-4-team"]
        later = NOW + timedelta(minutes=1)
        for _ in range(2):
            begun = await outbox.claim("team", later)
            assert begun is not None
            await outbox.save(settled(begun, Dead(Trouble.REFUSED), later, 0.5))
        await supplement(records, 5)
        begun = await outbox.claim("team", later)
        assert begun is not None
        await outbox.save(settled(begun, Retry(Trouble.TIMEOUT), later, 0.5))
        await supplement(records, 6)
        keys = [each.key for each in await outbox.unsettled()]
        assert keys == ["e1-2-team", "e1-2-police", "e1-4-team", "e1-5-team", "e1-6-team"]
        await records.close()

    asyncio.run(work())


def test_only_what_failed_is_hastened() -> None:
    async def work() -> None:
        records = await SqliteRecords.open(None)
        outbox = records.outbox
        await filed(records)
        begun = await outbox.claim("team", NOW)
        assert begun is not None
        await outbox.save(settled(begun, Retry(Trouble.TIMEOUT), NOW, 1.0))
        assert await outbox.next_due("team") == NOW + timedelta(seconds=2)
        await outbox.hasten(NOW)
        assert await outbox.next_due("team") == NOW
        begun = await outbox.claim("team", NOW)
        assert begun is not None
        await outbox.save(settled(begun, Delivered(), NOW, 1.0))
        await supplement(records, 3)
        await outbox.hasten(NOW)
        assert await outbox.next_due("team") == NOW + timedelta(seconds=30)
        assert await outbox.next_due("nobody") is None
        await records.close()

    asyncio.run(work())


def test_a_clock_that_was_put_back_holds_nothing_up() -> None:
    async def work() -> None:
        records = await SqliteRecords.open(None)
        await filed(records)
        assert await records.outbox.claim("team", NOW - timedelta(seconds=5)) is None
        assert await records.outbox.claim("team", NOW - timedelta(days=1)) is not None
        await records.close()

    asyncio.run(work())


class Ways(RuleBasedStateMachine):
    """Reports are filed, tried, cut off, refused and taken up in any order, with a receiver that honours the key."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.now = NOW
        self.begun: dict[str, Delivery] = {}
        self.addressed: set[str] = set()
        self.received: dict[str, bytes] = {}
        self.numbers: dict[str, int] = {}

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    @initialize()
    def open(self) -> None:
        self.records = self.do(SqliteRecords.open(None))
        self.outbox = self.records.outbox

    def teardown(self) -> None:
        if hasattr(self, "records"):
            self.settle_all()
            self.do(self.records.close())
        self.loop.close()

    @rule()
    def file(self) -> None:
        name = f"e{len(self.numbers) + 1}"
        last = version(name, 1, self.now)
        deliveries = addressed(last, [TEAM, POLICE], supplement=False)
        self.do(self.records.file_report(last, FORM, self.now, deliveries))
        self.numbers[name] = 1
        self.addressed |= {each.key for each in deliveries}

    @precondition(lambda self: self.numbers)
    @rule(data=st.data())
    def know_more(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.numbers)))
        self.numbers[name] += 1
        last = version(name, self.numbers[name], self.now)
        deliveries = addressed(last, [TEAM, POLICE], supplement=True)
        self.do(self.records.add_version(last, deliveries))
        self.addressed |= {each.key for each in deliveries}

    @rule(to=st.sampled_from(["team", "police"]))
    def begin(self, to: str) -> None:
        if to not in self.begun:
            delivery = self.do(self.outbox.claim(to, self.now))
            if delivery is not None:
                self.begun[to] = delivery

    @precondition(lambda self: self.begun)
    @rule(data=st.data(), arrives=st.booleans(), answer=st.sampled_from(["well", "again", "never"]))
    def end(self, data: st.DataObject, arrives: bool, answer: str) -> None:
        target = data.draw(st.sampled_from(sorted(self.begun)))
        self.finish(target, arrives or answer == "well", answer)

    def finish(self, target: str, arrives: bool, answer: str) -> None:
        delivery = self.begun.pop(target)
        if arrives:
            found = self.do(self.outbox.version(delivery.escalation_id, delivery.number))
            assert found is not None
            body = message_of(delivery, found).body
            assert self.received.setdefault(delivery.key, body) == body
        outcome: Outcome = Delivered("R")
        if answer != "well":
            outcome = Retry(Trouble.TIMEOUT) if answer == "again" else Dead(Trouble.REFUSED)
        self.do(self.outbox.save(settled(delivery, outcome, self.now, 0.5)))

    @rule()
    def die_and_start_again(self) -> None:
        self.begun.clear()
        for target in ("team", "police"):
            self.do(self.outbox.recover(target, self.now))

    @rule(data=st.data())
    def take_up(self, data: st.DataObject) -> None:
        if self.addressed:
            self.do(self.outbox.take_up(data.draw(st.sampled_from(sorted(self.addressed))), self.now))

    @rule(seconds=st.integers(1, 2000))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def network_comes_back(self) -> None:
        self.do(self.outbox.hasten(self.now))

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        rows = [each for name in self.numbers for each in self.do(self.outbox.of_report(name))]
        keys = [each.key for each in rows]
        assert len(keys) == len(set(keys))
        for each in rows:
            assert (each.state is DeliveryState.SENDING) == (
                each.target in self.begun and self.begun[each.target].key == each.key
            )
            if each.state is DeliveryState.DELIVERED:
                assert each.key in self.received
        # The newest version of every report is on its way to every target.
        for name, number in self.numbers.items():
            assert {f"{name}-{number}-team", f"{name}-{number}-police"} <= set(keys)
            assert {f"{name}-1-team", f"{name}-1-police"} <= set(keys)

    def settle_all(self) -> None:
        """Once the receiver is well, everything arrives."""
        self.die_and_start_again()
        for each in self.do(self.outbox.unsettled()):
            self.do(self.outbox.take_up(each.key, self.now))
        for target in ("team", "police"):
            while True:
                self.now += timedelta(seconds=1)
                self.begin(target)
                if target not in self.begun:
                    break
                self.finish(target, arrives=True, answer="well")
        assert self.do(self.outbox.unsettled()) == []
        for name, number in self.numbers.items():
            assert {f"{name}-{n}-{t}" for n in (1, number) for t in ("team", "police")} <= set(self.received)


TestWays = Ways.TestCase
TestWays.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
