"""What is deleted when, what a case holds, and that the chain only grows."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.adapters.storage.evidence_check import check_evidence
from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.asked import Asked
from desktop.domain.consultation import Purpose
from desktop.domain.policy import Retention
from desktop.domain.strikes import Strike
from desktop.domain.transcript import Leg, Segment
from desktop.services.retention_service import Forgotten, RetentionRules, RetentionService, rules_of
from tests.adapters.storage.evidence_case import AUDIO, NOW, a_call, fill, make
from tests.services.world import StillClock

RULES = RetentionRules(call_days=60, transcript_days=30, hold_days=365, strike_days=180)


class Desk:
    """A data folder as time goes by."""

    def __init__(self, data: Path, practice: bool = False) -> None:
        self.data, self.practice, self.clock = data, practice, StillClock()
        self.removed: list[str] = []

    @classmethod
    async def make(cls, data: Path, practice: bool = False) -> Desk:
        await fill(data)
        return cls(data, practice)

    def _remove(self, name: str) -> None:
        self.removed.append(name)
        (self.data / "evidence" / name).unlink(missing_ok=True)

    async def forget(self, moment: datetime) -> Forgotten:
        self.clock.moment = moment
        records = await SqliteRecords.open(self.data / "desk.sqlite")
        try:
            service = RetentionService(records, RULES, self.clock, self._remove, self.practice)
            return await service.run()
        finally:
            await records.close()

    async def close_case(self, escalation_id: str) -> None:
        records = await SqliteRecords.open(self.data / "desk.sqlite")
        await records.add_evidence_record(escalation_id, "closed", {"reason": "over"})
        await records.close()

    def count(self, table: str) -> int:
        with closing(sqlite3.connect(self.data / "desk.sqlite")) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def whole(self) -> bool:
        return check_evidence(self.data / "desk.sqlite", self.data / "evidence").first_break is None


async def add_plain_call(desk: Desk) -> None:
    records = await SqliteRecords.open(desk.data / "desk.sqlite")
    await records.save_call(a_call("plain"))
    await records.save_notes("plain", "메모")
    for segment in await records.segments("c1"):
        await records.save_segment(type(segment)("plain", segment.leg, segment.text, 0.9, 1.0, 2.0))
    await records.close()


def test_words_go_before_calls_and_cases_hold_theirs(tmp_path: Path) -> None:
    async def work() -> None:
        desk = await Desk.make(tmp_path)
        await add_plain_call(desk)
        assert await desk.forget(NOW + timedelta(days=29)) == Forgotten()
        assert await desk.forget(NOW + timedelta(days=31)) == Forgotten(transcripts=1)
        assert (desk.count("segments"), desk.count("calls"), desk.count("notes")) == (2, 3, 3)
        assert await desk.forget(NOW + timedelta(days=61)) == Forgotten(calls=1)
        assert (desk.count("segments"), desk.count("calls"), desk.count("notes")) == (2, 2, 2)
        assert await desk.forget(NOW + timedelta(days=4000)) == Forgotten()
        assert desk.count("evidence") == 4
        assert desk.whole()

    asyncio.run(work())


def test_words_of_a_consultation_go_with_the_call_that_it_was_beside(tmp_path: Path) -> None:
    async def work() -> None:
        desk = await Desk.make(tmp_path)
        await add_plain_call(desk)
        records = await SqliteRecords.open(desk.data / "desk.sqlite")
        for number, beside in enumerate(("plain", "c1", "")):
            asked = Asked(f"a{number}", beside, Purpose.OTHER, "120", NOW)
            await records.save_asked(asked)
            await records.save_segment(Segment(asked.call_id, Leg.CALLER, f"담당 {number}", 0.9, 0.0, 1.0))
        await records.close()
        before = desk.count("segments")
        await desk.forget(NOW + timedelta(days=29))
        assert (desk.count("asked"), desk.count("segments")) == (3, before)
        await desk.forget(NOW + timedelta(days=31))
        assert desk.count("asked") == 1, "a case holds its own"
        raw = b"".join(path.read_bytes() for path in tmp_path.glob("desk.sqlite*"))
        assert "담당 1".encode() in raw
        assert "담당 0".encode() not in raw
        assert "담당 2".encode() not in raw

    asyncio.run(work())


def test_a_closed_case_is_held_another_year_and_then_only_the_chain_is_left(tmp_path: Path) -> None:
    async def work() -> None:
        desk = await Desk.make(tmp_path)
        links = desk.count("evidence_chain")
        await desk.close_case("e1")
        closed = datetime.now(NOW.tzinfo)
        assert await desk.forget(closed + timedelta(days=364)) == Forgotten()
        assert desk.whole()
        assert await desk.forget(closed + timedelta(days=366)) == Forgotten(cases=1)
        assert desk.removed == [AUDIO]
        assert not (tmp_path / "evidence" / AUDIO).exists()
        assert (desk.count("evidence"), desk.count("evidence_files"), desk.count("calls")) == (2, 0, 1)
        assert desk.count("evidence_chain") > links
        checked = check_evidence(tmp_path / "desk.sqlite", tmp_path / "evidence")
        assert (checked.first_break, checked.versions, checked.erased) == (None, 2, 3)
        raw = b"".join(path.read_bytes() for path in tmp_path.glob("desk.sqlite*"))
        assert "과태료 취소".encode() not in raw

    asyncio.run(work())


def test_what_is_remembered_of_a_caller_goes_when_it_warns_no_more(tmp_path: Path) -> None:
    async def work() -> None:
        desk = await Desk.make(tmp_path)
        records = await SqliteRecords.open(desk.data / "desk.sqlite")
        for number, days in enumerate((0, 10)):
            moment = NOW + timedelta(days=days)
            await records.save_strike(Strike(f"c{number}", "hash", "verbal", "malicious", moment))
        await records.close()
        assert (await desk.forget(NOW + timedelta(days=179))).strikes == 0
        assert (await desk.forget(NOW + timedelta(days=181))).strikes == 1
        assert desk.count("strikes") == 1
        assert desk.whole()

    asyncio.run(work())


def test_a_kill_between_records_and_disk_is_made_good(tmp_path: Path) -> None:
    async def work() -> None:
        desk = await Desk.make(tmp_path)
        await desk.close_case("e1")
        records = await SqliteRecords.open(tmp_path / "desk.sqlite")
        await records.erase_case("e1")
        await records.close()
        assert (tmp_path / "evidence" / AUDIO).exists()
        await desk.forget(NOW + timedelta(days=1))
        assert not (tmp_path / "evidence" / AUDIO).exists()
        assert desk.whole()

    asyncio.run(work())


def test_deleting_evidence_beside_retention_is_refused(tmp_path: Path) -> None:
    make(tmp_path)
    with (
        closing(sqlite3.connect(tmp_path / "desk.sqlite")) as connection,
        pytest.raises(sqlite3.IntegrityError),
    ):
        connection.execute("DELETE FROM evidence WHERE escalation_id = 'e1'")


def test_practice_cases_end_by_themselves(tmp_path: Path) -> None:
    async def work() -> None:
        desk = await Desk.make(tmp_path, practice=True)
        assert await desk.forget(NOW + timedelta(days=59)) == Forgotten()
        first = await desk.forget(NOW + timedelta(days=61))
        again = await desk.forget(NOW + timedelta(days=62))
        assert first.cases + again.cases == 2
        assert desk.count("evidence") == 0
        assert desk.whole()

    asyncio.run(work())


@pytest.mark.parametrize(
    ("retention", "rules"),
    [
        (Retention(90), RetentionRules(60, 60, 365)),
        (Retention(90, 30, 100), RetentionRules(60, 30, 100)),
        (Retention(90, 1095), RetentionRules(1095, 1095, 365)),
    ],
)
def test_the_policy_rules_and_the_setting_where_it_says_nothing(
    retention: Retention, rules: RetentionRules
) -> None:
    assert rules_of(retention, 60) == rules
