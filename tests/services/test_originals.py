"""Originals: sealed, shown for a reason that is noted first; and what stands in a version."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.adapters.storage.evidence_check import check_evidence
from desktop.adapters.storage.evidence_schema import TRIGGERS
from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.call import Call, CallState
from desktop.domain.errors import DeskError, StorageError
from desktop.domain.escalation import ReportForm
from desktop.domain.originals import NOTES, NUMBER, line_item
from desktop.domain.phone import QualityReport
from desktop.domain.reasons import LONGEST_REASON
from desktop.domain.transcript import Leg, Segment
from desktop.services.evidence_service import EvidenceService
from tests.services.world import OpenVault, StillClock, World


class Extras:
    """What the protection of the agent knows."""

    def __init__(self, answer: Mapping[str, object] | None) -> None:
        self.answer = answer

    async def extras(self, call: Call) -> Mapping[str, object]:
        if self.answer is None:
            raise RuntimeError(f"broken for {call.id}")
        return self.answer


async def incident(world: World) -> str:
    await world.talk()
    world.speech.segment(Segment("c1", Leg.CALLER, "제 번호는 010-1234-5678", 0.9, 2.0, 4.0))
    world.speech.segment(Segment("c1", Leg.AGENT, "네, 확인하겠습니다", 0.8, 4.5, 6.0))
    await world.background.settle()
    assert world.calls.current is not None
    return (await world.escalation.freeze_evidence(world.calls.current)).id


def test_an_original_is_shown_once_its_reason_is_noted() -> None:
    async def work() -> None:
        world = await World.make()
        escalation_id = await incident(world)
        stored = await world.records.escalation_named(escalation_id)
        assert stored is not None
        assert "010-1234-5678" not in stored.versions[0].canonical
        original = json.loads(await world.evidence.reveal(escalation_id, 1, " 경찰 제출 "))
        assert original["transcript"][0]["text"] == "제 번호는 010-1234-5678"
        _numbered, record = await world.records.evidence_records(escalation_id)
        assert (record.kind, json.loads(record.body)) == (
            "reveal",
            {
                "who": "김다산 4012",
                "when": world.clock.now().isoformat(timespec="milliseconds"),
                "number": 1,
                "reason": "경찰 제출",
            },
        )
        assert [each.kind for each in await world.records.evidence_links()][-1] == "record"

    asyncio.run(work())


def test_no_reason_no_version_no_original() -> None:
    async def work() -> None:
        world = await World.make()
        escalation_id = await incident(world)
        for wrong in ((escalation_id, 1, "  "), (escalation_id, 9, "x"), ("nobody", 1, "x")):
            with pytest.raises(ValueError):
                await world.evidence.reveal(*wrong)
        with pytest.raises(ValueError):
            await world.evidence.close_case("nobody", "x")
        assert [each.kind for each in await world.records.evidence_records(escalation_id)] == ["numbered"]

    asyncio.run(work())


def test_what_cannot_be_noted_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: object) -> None:
        raise StorageError("The disk is full.", "full")

    async def work() -> None:
        world = await World.make()
        escalation_id = await incident(world)
        monkeypatch.setattr(world.records, "add_evidence_record", refuse)
        with pytest.raises(StorageError):
            await world.evidence.reveal(escalation_id, 1, "x")

    asyncio.run(work())


def test_a_look_at_one_item_is_noted_with_its_incident_or_its_call(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)

    async def work() -> None:
        world = await World.make()
        line = line_item(Segment("c1", Leg.CALLER, "제 번호는 010-1234-5678", 0.9, 2.0, 4.0))
        for wrong in ("", " \n"):
            with pytest.raises(ValueError, match="reason"):
                await world.evidence.look("c1", line, wrong)
        await world.evidence.look("c1", NOTES, " 회신\n번호 ")
        escalation_id = await incident(world)
        await world.evidence.look("c1", line, "x" * 500)
        who = {"who": "김다산 4012", "when": world.clock.now().isoformat(timespec="milliseconds")}
        for name, body in (
            ("c1", {**who, "item": "notes", "reason": "회신 번호"}),
            (
                escalation_id,
                {**who, "item": "line", "leg": "caller", "start": 2.0, "reason": "x" * LONGEST_REASON},
            ),
        ):
            records = await world.records.evidence_records(name)
            assert [json.loads(each.body) for each in records if each.kind == "reveal"] == [body]
            assert name in caplog.text
        assert not any(words in caplog.text for words in ("회신", "xxx", "5678"))

    asyncio.run(work())


def test_what_was_noted_of_a_call_stands_in_the_chain(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"

    async def work() -> None:
        records = await SqliteRecords.open(path)
        service = EvidenceService(lambda: records, OpenVault(), StillClock(), lambda: "김다산 4012")
        await service.look("c1", NUMBER, "회신")
        await service.look("c1", NOTES, "회신")
        await records.delete_before(datetime(2100, 1, 1, tzinfo=UTC))
        await records.close()

    asyncio.run(work())
    checked = check_evidence(path, tmp_path / "evidence")
    assert (checked.records, checked.first_break) == (2, None)
    with closing(sqlite3.connect(path)) as connection:
        for change in ("UPDATE evidence_records SET body = '{}'", "DELETE FROM evidence_records"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                connection.execute(change)
        connection.execute("DROP TRIGGER evidence_records_no_update")
        connection.execute(
            "UPDATE evidence_records SET body = replace(body, '회신', '다른') WHERE number = 2"
        )
        connection.execute(TRIGGERS["evidence_records_no_update"])
        connection.commit()
    found = check_evidence(path, tmp_path / "evidence").first_break
    assert found is not None
    assert (found.kind, found.ref, found.problem) == ("record", "c1/2", "changed")


def test_an_original_of_another_version_is_refused() -> None:
    async def work() -> None:
        world = await World.make()
        sealed = await world.vault.seal("e1/1", "x")
        with pytest.raises(DeskError):
            await world.vault.unseal("e1/2", sealed)

    asyncio.run(work())


def test_a_version_holds_all_that_is_known() -> None:
    async def work() -> None:
        world = await World.make()
        hit = {
            "labels": ["INSULT"],
            "matched": ["010-1234-5678"],
            "why": "x",
            "start": 2.0,
            "rejected": False,
        }
        warning = {"time": "2026-11-22T14:29:00.000+00:00", "method": "agent_voice", "text": "차분히"}
        world.escalation.use_extras(Extras({"hits": [hit], "warnings": [warning], "call": "mine"}))
        await incident(world)
        world.phone.say(QualityReport("c1", loss_rx=1.0, jitter_ms=8.0, mos_rx=4.1))
        world.phone.say(QualityReport("c1", loss_rx=0.5, jitter_ms=20.0, mos_rx=4.3))
        world.clock.forward(65)
        world.phone.report(CallState.DISCONNECTED, ended_by="local")
        await world.background.settle()
        filed = await world.escalation.file(ReportForm(heard=(2.0,)))
        content = json.loads(filed.versions[-1].canonical)
        assert content["schema"] == 2
        assert content["call"]["ended_by"] == "local"
        assert content["call"]["seconds"] == 65
        assert content["quality"] == {
            "measured": 2,
            "last": {"loss_rx": 0.5, "jitter_ms": 20.0, "mos_rx": 4.3},
            "worst": {"loss_rx": 1.0, "jitter_ms": 20.0, "mos_rx": 4.1},
        }
        assert content["speech"] == {"model": "test-ko", "state": "off"}
        assert [(s["leg"], s["heard"]) for s in content["transcript"]] == [("caller", True), ("agent", False)]
        assert content["hits"][0]["matched"] == ["•••-••••-••••"]
        assert content["warnings"] == [warning]
        assert content["incidents"] == []
        assert content["call"]["id"] == "c1"

    asyncio.run(work())


def test_without_others_the_lists_are_empty_and_their_failure_loses_nothing() -> None:
    async def work() -> None:
        world = await World.make()
        escalation_id = await incident(world)
        world.escalation.use_extras(Extras(None))
        assert world.calls.current is not None
        await world.escalation.freeze_evidence(world.calls.current)
        stored = await world.records.escalation_named(escalation_id)
        assert stored is not None
        first, second = (json.loads(version.canonical) for version in stored.versions)
        assert (first["hits"], first["warnings"], first["incidents"]) == ([], [], [])
        assert (second["hits"], second["incomplete"]) == ([], True)
        assert len(second["transcript"]) == 2

    asyncio.run(work())
