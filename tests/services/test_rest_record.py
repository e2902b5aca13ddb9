"""The rest after an incident: noted by itself, a later version of its evidence, over a restart too."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from desktop.adapters.storage.evidence_check import check_evidence
from desktop.adapters.storage.own_answers import SqliteOwnAnswers
from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.agent import AgentState
from desktop.domain.escalation import RESTED, Escalation
from desktop.domain.recording import RECORD_KIND
from desktop.services.rest_record import RestRecord
from tests.services.test_untouched import Shift, arrived, evidence, shift
from tests.services.world import World


async def newest(desk: Shift) -> Escalation:
    await desk.world.background.settle()
    found = await desk.world.records.escalation("c1")
    assert found is not None
    return found


def resting(desk: Shift) -> RestRecord:
    world = desk.world
    return RestRecord(
        world.line,
        world.escalation,
        lambda: desk.protection.call_id,
        world.bus,
        world.clock,
        world.background,
    )


def test_the_rest_after_an_incident_becomes_a_later_version_and_delays_nothing() -> None:
    async def work(desk: Shift) -> None:
        world = desk.world
        resting(desk)
        await world.agent.begin_call()
        before = await desk.incident()
        due = desk.reports.due(before)
        await world.agent.go_on()
        assert world.state() is AgentState.REST
        begun = world.clock.now()
        world.clock.forward(1800)
        assert len((await newest(desk)).versions) == len(before.versions), "only its end is news"
        await world.agent.choose(AgentState.READY)
        rested = await newest(desk)
        assert rested.versions[-1].reason == RESTED
        assert evidence(rested)["agent"]["rest"] == {
            "from": begun.isoformat(timespec="milliseconds"),
            "to": world.clock.now().isoformat(timespec="milliseconds"),
        }
        assert desk.reports.due(rested) == due
        assert (await desk.later(31)).filed is not None, "an hour after the call, whatever the agent does"
        assert await world.records.resting() == ""
        await arrived(world, 1)

    shift(work)


def test_a_rest_goes_on_over_a_restart_and_ends_with_the_desk() -> None:
    async def work(desk: Shift) -> None:
        world = desk.world
        resting(desk)
        await world.agent.begin_call()
        found = await desk.incident()
        await world.agent.go_on()
        await world.background.settle()
        begun = world.clock.now()
        assert await world.records.resting() == found.id
        world.clock.forward(600)
        desk.world = again = World(world.records, world.own_file, 60)
        again.clock.moment = world.clock.moment
        desk._build(60)
        rest = resting(desk)
        await again.agent.start(call_runs=False)
        await again.background.settle()
        assert again.state() is AgentState.REST
        again.clock.forward(600)
        await rest.close()
        kept = evidence(await newest(desk))["agent"]["rest"]
        assert kept == {
            "from": begun.isoformat(timespec="milliseconds"),
            "to": again.clock.now().isoformat(timespec="milliseconds"),
        }

    shift(work)


@pytest.mark.parametrize("body", ['{"from', "[]", "5"])
def test_damaged_records_keep_no_evidence_from_being_saved(body: str) -> None:
    async def work(desk: Shift) -> None:
        world = desk.world
        resting(desk)
        await world.agent.begin_call()
        found = await desk.incident()
        await world.agent.go_on()
        await world.background.settle()
        await world.records.add_evidence_record(found.id, RECORD_KIND, {"file": "a.sealed"})

        def damage(db: Database) -> None:
            for table in ("evidence_records", "evidence"):
                db.execute(f"DROP TRIGGER {table}_no_update")
            db.execute("UPDATE evidence_records SET body = ?", [body])
            db.execute("UPDATE evidence SET canonical = ?", [body])
            db.execute("UPDATE escalations SET form = ?", [body])

        await world.records._thread.run(damage)
        assert await world.escalation.open_reports() == (1, 0)
        await desk.restart()
        call = await desk.world.records.call("c1")
        assert call is not None
        saved = await desk.world.escalation.freeze_evidence(call)
        assert evidence(saved)["transcript"]
        assert evidence(saved)["recordings"] == []
        assert (await desk.later(61)).filed is not None
        assert await desk.world.records.resting() == found.id

    shift(work)


def test_a_rest_without_an_incident_is_noted_nowhere() -> None:
    async def work(desk: Shift) -> None:
        world = desk.world
        rest = resting(desk)
        await world.agent.rest_next()
        await world.agent.choose(AgentState.READY)
        await world.background.settle()
        await rest.close()
        assert await world.records.evidence_links() == []

    shift(work)


def test_the_chain_covers_numbers_and_rests(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("chain")

    async def work(desk: Shift) -> None:
        records = await SqliteRecords.open(folder / "desk.sqlite")
        own = await SqliteOwnAnswers.open(None)
        desk.world = world = World(records, own, 60)
        await world.agent.start(call_runs=False)
        desk._build(60)
        resting(desk)
        await world.agent.begin_call()
        await desk.incident()
        await world.agent.go_on()
        await world.background.settle()
        await world.agent.choose(AgentState.READY)
        assert evidence(await newest(desk))["agent"]["rest"]["to"]
        await records.close()
        await own.close()
        checked = check_evidence(folder / "desk.sqlite", folder / "evidence")
        assert (checked.first_break, checked.records) == (None, 3)

    shift(work)
