"""The red button: evidence that is only added to, a transcript that is kept once."""

from __future__ import annotations

import asyncio
import json

import pytest

from desktop.domain.call import CallState
from desktop.domain.escalation import AbuseKind, ReportForm, digest
from desktop.domain.events import EscalationFiled, SegmentCommitted
from desktop.domain.transcript import Leg, Segment, SpeechLevel, SpeechState
from tests.services.world import World

INSULT = Segment("c1", Leg.CALLER, "그걸 왜 몰라", 0.9, 2.0, 4.0)


def test_evidence_grows_by_versions() -> None:
    async def work() -> None:
        world = await World.make()
        await world.talk()
        world.speech.segment(INSULT)
        world.notes.keep("c1", "욕설 010-9876-5432")
        await world.background.settle()
        assert world.calls.current is not None
        frozen = await world.escalation.freeze_evidence(world.calls.current)
        first = frozen.versions[0]
        world.speech.segment(Segment("c1", Leg.CALLER, "더 말한다", 0.9, 5.0, 6.0))
        world.phone.report(CallState.DISCONNECTED, ended_by="local")
        await world.background.settle()
        await world.escalation.file(ReportForm(AbuseKind.VERBAL))
        stored = await world.records.escalation("c1")
        assert stored is not None
        assert stored.versions[0] == first
        assert [v.reason for v in stored.versions] == ["first", "transcript", "ended", "report"]
        assert [v.number for v in stored.versions] == [1, 2, 3, 4]
        assert all(digest(v.canonical) == v.sha256 for v in stored.versions)
        content = json.loads(first.canonical)
        assert [s["text"] for s in content["transcript"]] == ["그걸 왜 몰라"]
        assert content["notes"] == "욕설 •••-••••-••••"
        assert content["call"]["remote"] == "sip:010-••••-4720@city"
        original = json.loads(await world.vault.unseal(f"{frozen.id}/1", first.sealed))
        assert original["notes"] == "욕설 010-9876-5432"
        assert original["call"]["remote"] == "sip:01012344720@city"
        assert json.loads(stored.versions[3].canonical)["form"]["kind"] == "verbal"
        assert stored.filed == world.clock.now()

    asyncio.run(work())


def test_pressing_again_adds_and_never_changes() -> None:
    async def work() -> None:
        world = await World.make()
        await world.talk()
        assert world.calls.current is not None
        one = await world.escalation.freeze_evidence(world.calls.current)
        two = await world.escalation.freeze_evidence(world.calls.current)
        assert one.id == two.id
        assert two.versions[0] == one.versions[0]
        assert [v.number for v in two.versions] == [1, 2]

    asyncio.run(work())


def test_a_report_needs_evidence_and_tells_when_filed() -> None:
    async def work() -> None:
        world = await World.make()
        filed = world.collect(EscalationFiled)
        with pytest.raises(ValueError, match="no evidence"):
            await world.escalation.file(ReportForm())
        await world.talk()
        assert world.calls.current is not None
        await world.escalation.freeze_evidence(world.calls.current)
        assert await world.escalation.open_reports() == (1, 0)
        await world.escalation.file(ReportForm())
        assert await world.escalation.open_reports() == (0, 0)
        assert len(filed) == 1

    asyncio.run(work())


def test_a_call_that_ends_while_evidence_is_saved_has_ended_in_it() -> None:
    async def work() -> None:
        world = await World.make()
        await world.talk()
        call = world.calls.current
        assert call is not None
        await world.escalation.freeze_evidence(call)
        async with world.escalation._one_at_a_time:
            late = asyncio.create_task(world.escalation.freeze_evidence(call))
            await asyncio.sleep(0)
            world.phone.report(CallState.DISCONNECTED, ended_by="remote")
        await late
        await world.background.settle()
        escalation = await world.records.escalation("c1")
        assert escalation is not None
        newest = json.loads(escalation.versions[-1].canonical)
        assert newest["call"]["ended_by"] == "remote"

    asyncio.run(work())


def test_a_call_that_was_read_before_its_end_was_written_has_ended_in_the_report() -> None:
    async def work() -> None:
        world = await World.make()
        await world.talk()
        assert world.calls.current is not None
        await world.escalation.freeze_evidence(world.calls.current)
        read = await world.records.call("c1")
        assert read is not None
        world.phone.report(CallState.DISCONNECTED, ended_by="remote")
        await world.background.settle()
        assert await world.escalation.reopen(read) is not None
        filed = await world.escalation.file(ReportForm(AbuseKind.VERBAL))
        assert json.loads(filed.versions[-1].canonical)["call"]["ended_by"] == "remote"

    asyncio.run(work())


def test_segments_of_a_restarted_process_are_not_doubled() -> None:
    async def work() -> None:
        world = await World.make()
        committed = world.collect(SegmentCommitted)
        await world.talk()
        world.speech.segment(INSULT)
        world.speech.segment(Segment("c1", Leg.CALLER, "그걸 왜 몰라요", 0.8, 2.0, 4.1))
        world.speech.segment(Segment("c1", Leg.AGENT, "네 확인했습니다", 0.8, 2.0, 4.1))
        await world.background.settle()
        assert len(committed) == 2
        assert len(await world.records.segments("c1")) == 2

    asyncio.run(work())


def test_waiting_for_the_last_words_has_an_end() -> None:
    async def work() -> None:
        world = await World.make()
        assert not await world.transcript.drained("c1", 0.01)
        world.speech.state(SpeechState.READY, "", SpeechLevel.FULL)
        assert not await world.transcript.drained("c1", 0.01)
        world.speech.drained("c1")
        assert await world.transcript.drained("c1", 1.0)

    asyncio.run(work())
