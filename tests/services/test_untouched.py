"""A report that nobody works on goes out by itself, once, and a person's word follows it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from desktop.domain.call import CallState, Direction
from desktop.domain.delivery import Delivered, DeliveryState, Message
from desktop.domain.delivery_targets import FolderTarget
from desktop.domain.errors import StorageError
from desktop.domain.escalation import AbuseKind, Escalation, ReportForm
from desktop.domain.phone import CallReport, PhoneReady, QualityReport
from desktop.domain.transcript import Leg, Segment
from desktop.services.protection_service import ProtectionService
from desktop.services.untouched_reports import LOOK_S, UntouchedReports
from tests.services.world import World
from tests.ui.protection_fakes import CURSE, protection_parts

TEAM = FolderTarget("team", "민원지원팀", "/srv/a")


class Shift:
    """A desk with a procedure whose reports go to one place; `restart` is another desk on the same records."""

    def __init__(self, world: World, minutes: int = 60) -> None:
        self.world = world
        world.clock.moment = datetime.now(UTC)
        self._build(minutes)

    def _build(self, minutes: int) -> None:
        world = self.world
        parts = protection_parts()
        parts = replace(parts, policy=replace(parts.policy, send_untouched_minutes=minutes))
        self.protection = ProtectionService(
            parts, world.line, world.calls, world.agent, world.transcript,
            world.escalation, world.bus, world.clock, world.background,
        )  # fmt: skip
        self.reports = UntouchedReports(
            self.protection, world.line, world.calls, world.escalation,
            world.delivery, world.clock, world.background,
        )  # fmt: skip

    async def restart(self) -> None:
        """Another desk on the same records; nothing of the call is in memory any more."""
        before = self.world
        await before.delivery.close()
        self.world = World(before.records, before.own_file, 60)
        self.world.clock.moment, self.world.senders = before.clock.moment, before.senders
        await self.world.agent.start(call_runs=False)
        await self.world.delivery.use_targets([TEAM])
        self.world.delivery.start()
        self._build(60)

    async def incident(self) -> Escalation:
        """A call with one hit and the red button, ended by the caller."""
        world = self.world
        await world.talk()
        world.phone.say(
            QualityReport("c1", loss_rx=1.5, loss_tx=0.0, jitter_ms=3.0, rtt_ms=20, mos_rx=4.1, mos_tx=4.2)
        )
        world.speech.segment(Segment("c1", Leg.CALLER, f"이 {CURSE}야", 0.9, 2.0, 4.0))
        await world.background.settle()
        await self.protection.tap()
        world.phone.report(CallState.DISCONNECTED, ended_by="remote", code=200)
        await world.background.settle()
        found = await world.records.escalation("c1")
        assert found is not None
        return found

    async def later(self, minutes: float) -> Escalation:
        """Time goes by, and the desk looks."""
        self.world.clock.forward(minutes * 60)
        self.reports.tick()
        await self.world.background.settle()
        found = await self.world.records.escalation("c1")
        assert found is not None
        return found


def shift(work: Callable[[Shift], Awaitable[None]], minutes: int = 60, targets: int = 1) -> None:
    async def whole() -> None:
        world = await World.make()
        await world.delivery.use_targets([TEAM][:targets])
        world.delivery.start()
        desk = Shift(world, minutes)
        await work(desk)
        await desk.world.delivery.close()

    asyncio.run(whole())


def evidence(escalation: Escalation) -> Any:
    return json.loads(escalation.versions[-1].canonical)


async def arrived(world: World, count: int) -> list[Message]:
    async with asyncio.timeout(30):
        while "team" not in world.senders or len(world.senders["team"].sent) < count:
            await asyncio.sleep(0)
    return world.senders["team"].sent


def test_it_goes_out_by_itself_with_all_that_the_machine_knows() -> None:
    async def work(shift: Shift) -> None:
        before = await shift.incident()
        due = shift.reports.due(before)
        assert due is not None
        assert (await shift.later(58)).filed is None
        filed = await shift.later(3)
        assert filed.filed is not None
        assert filed.filed >= due
        assert filed.unconfirmed
        assert filed.versions[-1].reason == "untouched"
        found = evidence(filed)
        assert (found["form"]["kind"], found["form"]["confirmed"]) == ("verbal", False)
        assert [line["text"] for line in found["transcript"]] == [f"이 {CURSE}야"]
        assert (found["hits"][0]["labels"], found["call"]["ended_by"]) == (["PROFANITY"], "remote")
        (message,) = await arrived(shift.world, 1)
        assert message.key == f"{filed.id}-{filed.versions[-1].number}-team"
        assert message.title.endswith("not confirmed by a person")
        assert json.loads(message.body)["evidence"] == found
        assert (await shift.later(600)).versions == filed.versions, "once"
        assert shift.reports.due(filed) is None
        assert await shift.world.escalation.open_reports() == (0, 1)

    shift(work)


def test_a_person_completes_it_later_as_a_version_with_a_key_of_its_own() -> None:
    async def work(shift: Shift) -> None:
        await shift.incident()
        first = await shift.later(61)
        call = await shift.world.records.call("c1")
        assert call is not None
        assert await shift.world.escalation.reopen(call) == first
        done = await shift.world.escalation.file(ReportForm(AbuseKind.THREAT, demand="사과"))
        assert not done.unconfirmed
        assert evidence(done)["form"] == evidence(first)["form"] | {
            "kind": "threat", "demand": "사과", "confirmed": True,
        }  # fmt: skip
        shift.world.clock.forward(31)
        shift.world.delivery.network_is_back()
        messages = await arrived(shift.world, 2)
        assert [json.loads(each.body)["kind"] for each in messages] == ["report", "supplement"]
        assert len({each.key for each in messages}) == 2
        assert "not confirmed" not in messages[1].title
        assert await shift.world.escalation.open_reports() == (0, 0)
        assert await shift.later(600) == await shift.world.records.escalation("c1")
        assert len(messages) == 2

    shift(work)


def test_a_restarted_desk_sends_it_and_loses_nothing_that_was_frozen() -> None:
    async def work(shift: Shift) -> None:
        before = await shift.incident()
        await shift.restart()
        filed = await shift.later(61)
        assert filed.unconfirmed
        old, new = evidence(before), evidence(filed)
        assert old["quality"]["measured"] == 1
        assert {key: new[key] for key in new if key != "form"} == {
            key: old[key] for key in old if key != "form"
        }
        assert new["form"]["kind"] == "verbal"
        (message,) = await arrived(shift.world, 1)
        assert message.key.startswith(filed.id)

    shift(work)


def test_a_desk_that_takes_a_call_over_goes_on_with_its_evidence() -> None:
    async def work(shift: Shift) -> None:
        await shift.world.talk()
        await shift.protection.tap()
        filed = await shift.world.escalation.file(ReportForm(AbuseKind.VERBAL))
        await shift.restart()
        world = shift.world
        running = CallReport("c1", Direction.INCOMING, CallState.CONFIRMED, "sip:01012344720@city")
        world.phone.say(PhoneReady("sip:a@city", "127.0.0.1", 5060, (running,)))
        await world.transcript.resume("c1")
        await world.background.settle()
        world.speech.segment(Segment("c1", Leg.CALLER, "아직 안 끝났어", 0.9, 20.0, 22.0))
        world.phone.report(CallState.DISCONNECTED, ended_by="remote", code=200)
        await world.background.settle()
        found = await world.records.escalation("c1")
        assert found is not None
        assert (found.id, found.form.confirmed) == (filed.id, True)
        assert [line["text"] for line in evidence(found)["transcript"]] == ["아직 안 끝났어"]
        assert evidence(found)["call"]["ended_by"] == "remote"
        supplements = [each for each in await world.delivery.of_report(found.id) if each.supplement]
        assert [each.number for each in supplements] == [found.versions[-1].number]

    shift(work)


def test_work_on_the_form_puts_it_off() -> None:
    async def work(shift: Shift) -> None:
        await shift.incident()
        shift.world.clock.forward(50 * 60)
        await shift.world.escalation.keep_form(ReportForm(AbuseKind.PRANK))
        current = shift.world.escalation.current
        assert current is not None
        due = shift.reports.due(current)
        assert due is not None
        assert (due - shift.world.clock.now()).total_seconds() == 3600

    shift(work)


def test_a_call_that_runs_is_not_reported_behind_the_agents_back() -> None:
    async def work(shift: Shift) -> None:
        await shift.world.talk()
        await shift.protection.tap()
        await shift.world.background.settle()
        assert (await shift.later(90)).filed is None

    shift(work)


@pytest.mark.parametrize(("minutes", "targets"), [(0, 1), (60, 0)])
def test_never_where_the_policy_says_so_and_where_nobody_is_named(minutes: int, targets: int) -> None:
    async def work(shift: Shift) -> None:
        before = await shift.incident()
        assert shift.reports.due(before) is None
        assert (await shift.later(60 * 24 * 30)).filed is None
        assert await shift.world.escalation.open_reports() == (1, 0)

    shift(work, minutes, targets)


def test_a_closed_case_stays_closed() -> None:
    async def work(shift: Shift) -> None:
        found = await shift.incident()
        await shift.world.evidence.close_case(found.id, "잘못 누름")
        assert (await shift.later(61)).filed is None

    shift(work)


def test_a_disk_that_fails_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(shift: Shift) -> None:
        await shift.incident()
        records = shift.world.records
        whole = records.file_report

        async def full(*_args: object) -> None:
            raise StorageError("full")

        monkeypatch.setattr(records, "file_report", full)
        assert (await shift.later(61)).filed is None
        monkeypatch.setattr(records, "file_report", whole)
        assert (await shift.later(LOOK_S / 60)).unconfirmed
        await arrived(shift.world, 1)

    shift(work)


def test_a_receiver_that_was_away_gets_it_once() -> None:
    async def work(shift: Shift) -> None:
        await shift.incident()
        sender = shift.world.sender_of(TEAM)
        sender.script = [RuntimeError("cut off"), Delivered("R")]
        filed = await shift.later(61)
        await arrived(shift.world, 2)
        async with asyncio.timeout(30):
            while [d.state for d in await shift.world.delivery.of_report(filed.id)] != [
                DeliveryState.DELIVERED
            ]:
                await asyncio.sleep(0)
        assert len({each.key for each in sender.sent}) == 1

    shift(work)
