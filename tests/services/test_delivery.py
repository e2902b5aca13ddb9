"""Reports on their way: tried until they arrive, one at a time, and every change told."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from desktop.domain.call import CallState
from desktop.domain.delivery import Dead, Delivery, DeliveryState, Retry, Trouble
from desktop.domain.delivery_targets import FolderTarget
from desktop.domain.errors import StorageError
from desktop.domain.escalation import AbuseKind, ReportForm
from desktop.domain.events import DeliveryChanged
from desktop.domain.transcript import Leg, Segment
from desktop.services.delivery_service import DeliveryService
from tests.services.world import World

TEAM, POLICE = FolderTarget("team", "민원지원팀", "/srv/a"), FolderTarget("police", "경찰", "/srv/b")
FORM = ReportForm(AbuseKind.VERBAL)
TIMEOUT, AWAY = Retry(Trouble.TIMEOUT), Retry(Trouble.UNREACHABLE)


async def a_world(*targets: FolderTarget) -> World:
    """Evidence of a call is saved; reports go to `targets`."""
    world = await World.make()
    await world.delivery.use_targets(targets)
    await world.talk()
    assert world.calls.current is not None
    await world.escalation.freeze_evidence(world.calls.current)
    return world


async def until(condition: Callable[[], Awaitable[bool]] | Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while True:
            found = condition()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.002)


async def row(world: World, target: str = "team") -> Delivery:
    assert world.escalation.current is not None
    rows = await world.delivery.of_report(world.escalation.current.id)
    return [each for each in rows if each.target == target][-1]


async def until_state(world: World, state: DeliveryState, target: str = "team") -> Delivery:
    async def reached() -> bool:
        return (await row(world, target)).state is state

    await until(reached)
    return await row(world, target)


def run(work: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await work()

    asyncio.run(whole())


def test_a_filed_report_arrives_and_every_step_is_told() -> None:
    async def work() -> None:
        world = await a_world(TEAM)
        told = world.collect(DeliveryChanged)
        world.delivery.start()
        await world.escalation.file(FORM)
        arrived = await until_state(world, DeliveryState.DELIVERED)
        assert (arrived.label, arrived.receipt, arrived.delivered) == ("민원지원팀", "R-1", world.clock.now())
        (message,) = world.senders["team"].sent
        content = json.loads(message.body)
        assert content["key"] == arrived.key
        assert content["evidence"]["form"]["kind"] == "verbal"
        await until(lambda: len(told) >= 3)  # the filing, the try and its end
        states = [event.deliveries[0].state for event in told if isinstance(event, DeliveryChanged)]
        assert DeliveryState.SENDING in states
        assert states[-1] is DeliveryState.DELIVERED
        await world.delivery.close()

    run(work)


def test_it_is_tried_until_it_arrives_with_the_same_bytes() -> None:
    async def work() -> None:
        world = await a_world(TEAM)
        world.delivery.start()
        sender = world.senders["team"]
        sender.script = [TIMEOUT, AWAY, Retry(Trouble.SERVER_ERROR), TIMEOUT]
        await world.escalation.file(FORM)
        arrived = await until_state(world, DeliveryState.DELIVERED)
        assert (arrived.attempts, arrived.trouble) == (5, None)
        assert len({(each.key, each.body) for each in sender.sent}) == 1
        await world.delivery.close()

    run(work)


def test_practice_and_a_desk_without_targets_send_nothing() -> None:
    async def work() -> None:
        world = await a_world(TEAM)
        world.line.line.scenario = "S09"
        world.delivery.start()
        filed = await world.escalation.file(FORM)
        assert await world.delivery.of_report(filed.id) == ()
        await world.delivery.close()
        nobody = await a_world()
        nobody.delivery.start()
        filed = await nobody.escalation.file(FORM)
        assert await nobody.delivery.unsettled() == ()
        await nobody.delivery.close()

    run(work)


def test_a_practice_report_that_is_filed_late_stays_here() -> None:
    async def work() -> None:
        world = await World.make()
        await world.delivery.use_targets([TEAM])
        world.line.line.scenario = "S09"
        await world.talk()
        assert world.calls.current is not None
        await world.escalation.freeze_evidence(world.calls.current)
        world.line.line.scenario = ""
        filed = await world.escalation.file(FORM)
        assert await world.delivery.of_report(filed.id) == ()

    run(work)


def test_what_becomes_known_later_follows_as_one_supplement() -> None:
    async def work() -> None:
        world = await a_world(TEAM)
        world.delivery.start()
        await world.escalation.file(FORM)
        report = await until_state(world, DeliveryState.DELIVERED)
        for start in (2.0, 5.0):
            world.speech.segment(Segment("c1", Leg.CALLER, "그걸 왜 몰라", 0.9, start, start + 2))
        world.phone.report(CallState.DISCONNECTED, ended_by="local")
        await world.background.settle()
        waits = await row(world)
        assert (waits.supplement, waits.state) == (True, DeliveryState.WAITING)
        world.clock.forward(31)
        world.delivery.network_is_back()
        supplement = await until_state(world, DeliveryState.DELIVERED)
        assert supplement.key != report.key
        first, second = (json.loads(each.body) for each in world.senders["team"].sent)
        assert (first["kind"], second["kind"]) == ("report", "supplement")
        assert first["report"] == second["report"]
        assert (len(first["evidence"]["transcript"]), len(second["evidence"]["transcript"])) == (0, 2)
        assert second["evidence"]["call"]["ended_by"] == "local"
        assert second["evidence"]["form"] == first["evidence"]["form"]
        await world.delivery.close()

    run(work)


def test_a_dead_letter_waits_for_a_hand() -> None:
    async def work() -> None:
        world = await a_world(TEAM)
        world.delivery.start()
        sender = world.senders["team"]
        sender.script = [Dead(Trouble.REFUSED, "HTTP 400")]
        await world.escalation.file(FORM)
        dead = await until_state(world, DeliveryState.DEAD)
        assert (dead.needs_help, dead.trouble, dead.detail) == (True, Trouble.REFUSED, "HTTP 400")
        assert await world.delivery.dead_letters() == (dead,)
        world.delivery.network_is_back()
        await world.delivery.try_again("no such key")
        assert len(sender.sent) == 1
        await world.delivery.try_again(dead.key)
        assert (await until_state(world, DeliveryState.DELIVERED)).key == dead.key
        await world.delivery.try_again(dead.key)
        assert len(sender.sent) == 2
        await world.delivery.close()

    run(work)


def test_where_nobody_answers_one_report_knocks_for_all() -> None:
    async def work() -> None:
        world = await a_world(TEAM)
        await world.escalation.file(FORM)
        await world.escalation.file(FORM)
        world.phone.report(CallState.DISCONNECTED, ended_by="local")
        await world.background.settle()
        world.phone.report(CallState.INCOMING, call_id="c2")
        await world.calls.answer()
        world.phone.report(CallState.CONFIRMED, call_id="c2")
        assert world.calls.current is not None
        await world.escalation.freeze_evidence(world.calls.current)
        await world.escalation.file(FORM)
        world.chance = 1.0
        sender = world.sender_of(TEAM)
        sender.script = [AWAY]
        world.clock.forward(60)
        world.delivery.start()

        async def knocked() -> bool:
            return any(each.trouble is Trouble.UNREACHABLE for each in await world.delivery.unsettled())

        await until(knocked)
        for _ in range(
            20
        ):  # whoever were to go on would ask the storage, which answers in the order of asking
            await world.delivery.unsettled()
        assert len(sender.sent) == 1
        world.delivery.network_is_back()

        async def all_there() -> bool:
            return await world.delivery.unsettled() == ()

        await until(all_there)
        assert sender.most_at_once == 1
        assert len({each.key for each in sender.sent}) == len(sender.sent) - 1
        await world.delivery.close()

    run(work)


def test_one_target_does_not_hold_up_another() -> None:
    async def work() -> None:
        world = await a_world(TEAM, POLICE)
        world.delivery.start()
        world.senders["team"].free.clear()
        await world.escalation.file(FORM)
        await until_state(world, DeliveryState.DELIVERED, "police")
        assert (await row(world)).state is DeliveryState.SENDING
        await world.delivery.close()

    run(work)


def test_a_cut_off_try_is_made_again_by_the_next_start() -> None:
    async def work() -> None:
        world = await a_world(TEAM)
        world.delivery.start()
        world.senders["team"].free.clear()
        await world.escalation.file(FORM)
        await until_state(world, DeliveryState.SENDING)
        await world.delivery.close()
        assert (await row(world)).state is DeliveryState.SENDING
        world.senders["team"].free.set()
        again = DeliveryService(world.records.outbox, world.sender_of, world.bus, world.clock, [TEAM])
        again.start()
        await until_state(world, DeliveryState.DELIVERED)
        assert len({(each.key, each.body) for each in world.senders["team"].sent}) == 1
        await again.close()

    run(work)


def test_an_error_of_our_own_is_one_failed_try_and_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        world = await a_world(TEAM)
        world.chance = 1.0
        world.delivery.start()
        world.senders["team"].script = [ValueError("그걸 왜 몰라 010-1234-4720")]
        await world.escalation.file(FORM)

        async def failed() -> bool:
            return (await row(world)).trouble is Trouble.INTERNAL

        await until(failed)
        assert (await row(world)).state is DeliveryState.WAITING
        world.delivery.network_is_back()
        await until_state(world, DeliveryState.DELIVERED)
        await world.delivery.close()

    caplog.set_level(logging.DEBUG)
    run(work)
    assert "ValueError" in caplog.text
    assert "몰라" not in caplog.text
    assert "4720" not in caplog.text


def test_a_full_disk_does_not_send_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        world = await a_world(TEAM)
        save, refused = world.records.outbox.save, 0

        async def full(delivery: Delivery) -> None:
            nonlocal refused
            refused += 1
            if refused < 4:
                raise StorageError("The disk is full.", "full")
            await save(delivery)

        monkeypatch.setattr(world.records.outbox, "save", full)
        world.delivery.start()
        await world.escalation.file(FORM)
        await until_state(world, DeliveryState.DELIVERED)
        assert (len(world.senders["team"].sent), refused) == (1, 4)
        await world.delivery.close()

    monkeypatch.setattr("desktop.services.delivery_service.STORAGE_PAUSE_S", 0.01)
    run(work)


def test_a_worker_outlives_what_it_did_not_foresee(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        world = await a_world(TEAM)
        claim, calls = world.records.outbox.claim, 0

        async def broken(*arguments: Any) -> Delivery | None:
            nonlocal calls
            calls += 1
            found = await claim(*arguments)
            if calls < 3 and found is not None:
                raise RuntimeError("unforeseen")
            return found

        monkeypatch.setattr(world.records.outbox, "claim", broken)
        await world.escalation.file(FORM)
        world.delivery.start()
        await until_state(world, DeliveryState.DELIVERED)
        await world.delivery.close()

    monkeypatch.setattr("desktop.services.delivery_service.STORAGE_PAUSE_S", 0.01)
    run(work)


def test_a_target_that_is_gone_keeps_its_reports_until_it_is_back() -> None:
    async def work() -> None:
        world = await a_world(TEAM)
        await world.escalation.file(FORM)
        await world.delivery.use_targets([POLICE])
        world.delivery.start()

        async def homeless() -> bool:
            return (await row(world)).trouble is Trouble.NO_TARGET

        await until(homeless)
        assert (await row(world)).needs_help
        await world.delivery.try_again((await row(world)).key)
        assert (await row(world)).trouble is Trouble.NO_TARGET
        await world.delivery.use_targets([POLICE, TEAM])
        await until_state(world, DeliveryState.DELIVERED)
        await world.delivery.close()

    run(work)
