"""A report of a call that was none: the agent takes it back with a reason, and nothing of it counts or leaves."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from desktop.domain.call import Call
from desktop.domain.delivery import DeliveryState, Retry, Trouble
from desktop.domain.escalation import AbuseKind, ReportForm
from desktop.domain.events import DeliveryChanged
from tests.services.test_untouched import TEAM, Shift, arrived, evidence, shift

WHY = "다른 키를 잘못 눌렀음"


async def call_of(desk: Shift) -> Call:
    """The call of the incident."""
    call = await desk.world.records.call("c1")
    assert call is not None
    return call


async def strikes(desk: Shift) -> list[str]:
    """What is remembered of the caller."""
    await desk.world.background.settle()
    return [each.class_id for each in await desk.world.records.strikes_of("#01012344720")]


def test_what_was_withdrawn_leaves_nowhere_and_stays_marked_where_it_is() -> None:
    async def work(desk: Shift) -> None:
        before, records = await desk.incident(), desk.world.records
        assert await strikes(desk) == ["verbal"]
        taken = await desk.world.escalation.withdraw(await call_of(desk), f" {WHY}\n")
        assert [v.sha256 for v in taken.versions[:-1]] == [v.sha256 for v in before.versions]
        assert taken.versions[-1].reason == "withdrawn"
        assert evidence(taken)["form"]["withdrawn"] == WHY
        assert evidence(taken)["hits"] == evidence(before)["hits"], "what happened stays as it was"
        assert await strikes(desk) == []
        assert await desk.world.escalation.open_reports() == (0, 0)
        assert desk.reports.due(taken) is None
        assert (await desk.later(61)).filed is None
        await desk.restart()
        assert (await desk.later(61)).filed is None
        assert desk.world.delivery.targets
        assert await desk.world.delivery.of_report(taken.id) == ()
        later = desk.world.clock.now() + timedelta(days=1)
        assert await records.cases_ended_before(later) == [taken.id], "its days are counted from now on"

    shift(work)


def test_it_stands_again_where_the_agent_takes_that_back_or_sends_it() -> None:
    async def work(desk: Shift) -> None:
        await desk.incident()
        escalation = desk.world.escalation
        await escalation.withdraw(await call_of(desk), WHY)
        await escalation.keep_form(ReportForm(AbuseKind.PRANK))
        assert escalation.current is not None
        assert escalation.current.form.withdrawn == WHY, "what is still written in the form does not undo it"
        again = await escalation.withdraw(await call_of(desk), "")
        assert (again.versions[-1].reason, again.form.withdrawn) == ("restored", "")
        assert await strikes(desk) == ["verbal"]
        assert await escalation.open_reports() == (1, 0)
        await escalation.withdraw(await call_of(desk), WHY)
        assert await strikes(desk) == []
        filed = await escalation.file(ReportForm(AbuseKind.VERBAL))
        assert (filed.form.withdrawn, evidence(filed)["form"]["withdrawn"]) == ("", "")
        assert await strikes(desk) == ["verbal"]
        (message,) = await arrived(desk.world, 1)
        assert json.loads(message.body)["version"] == filed.versions[-1].number

    shift(work)


def test_receivers_of_a_report_are_told_that_it_is_withdrawn() -> None:
    async def work(desk: Shift) -> None:
        await desk.incident()
        sent = await desk.later(61)
        taken = await desk.world.escalation.withdraw(await call_of(desk), WHY)
        assert taken.filed is not None
        assert taken.versions[-2].sha256 == sent.versions[-1].sha256
        assert not taken.unconfirmed
        desk.world.clock.forward(31)
        desk.world.delivery.network_is_back()
        messages = await arrived(desk.world, 2)
        assert messages[1].title.endswith(", withdrawn")
        told = json.loads(messages[1].body)
        assert (told["kind"], told["evidence"]["form"]["withdrawn"]) == ("supplement", WHY)

    shift(work)


def test_a_report_that_still_waits_is_withdrawn_before_anybody_gets_it() -> None:
    async def work(desk: Shift) -> None:
        await desk.incident()
        world = desk.world
        told: list[DeliveryChanged] = []
        world.bus.subscribe(DeliveryChanged, told.append)
        away = world.sender_of(TEAM)
        away.script = [Retry(Trouble.UNREACHABLE)] * 9
        await desk.later(61)
        await arrived(world, 1)
        taken = await world.escalation.withdraw(await call_of(desk), WHY)
        async with asyncio.timeout(30):
            while not told or told[-1].deliveries[-1].state is not DeliveryState.WITHDRAWN:
                await asyncio.sleep(0)
        assert await world.delivery.unsettled() == ()
        tries, away.script = len(away.sent), []
        world.clock.forward(3600)
        world.delivery.network_is_back()
        await world.background.settle()
        await desk.restart()
        desk.world.delivery.network_is_back()
        filed = await desk.world.escalation.reopen(await call_of(desk))
        assert filed is not None
        assert filed.id == taken.id
        await desk.world.escalation.file(ReportForm(AbuseKind.VERBAL))
        messages = await arrived(desk.world, tries + 1)
        sent = [json.loads(each.body) for each in messages[tries:]]
        assert [(each["kind"], each["version"]) for each in sent] == [("report", len(taken.versions) + 1)]

    shift(work)


def test_a_correction_outlives_the_next_weighing_of_its_call() -> None:
    async def work(desk: Shift) -> None:
        await desk.incident()
        await desk.world.background.settle()
        records = desk.world.records
        (strike,) = await records.strikes_of("#01012344720")
        await desk.protection.callers.correct(strike, "다른 사람")
        desk.protection._keeping.keep_strike(await call_of(desk), desk.protection.state)
        await desk.world.background.settle()
        (kept,) = await records.strikes_of("#01012344720")
        assert kept.corrected == "다른 사람"

    shift(work)


def test_where_nothing_was_saved_nothing_is_withdrawn() -> None:
    async def work(desk: Shift) -> None:
        await desk.world.talk()
        with pytest.raises(ValueError, match="no evidence"):
            await desk.world.escalation.withdraw(await call_of(desk), WHY)

    shift(work)
