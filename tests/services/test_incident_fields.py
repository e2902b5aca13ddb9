"""What evidence says of an incident by itself: its number, who was called, the caller's standing, the agent's rest."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlite_utils import Database

from desktop.domain import procedure_contacts
from desktop.domain.call import CallState, Direction
from desktop.domain.consultation import Purpose
from desktop.domain.delivery import message_of
from desktop.domain.escalation import Charges, Escalation, ReportForm, freeze
from desktop.domain.phone import CallReport
from desktop.domain.procedure_record import as_record, from_record
from desktop.domain.procedure_state import Contact, Procedure
from desktop.domain.strikes import Strike
from desktop.services.evidence_content import Workplace
from tests.services.test_untouched import Shift, evidence, shift
from tests.services.world import World

BOSS, POLICE = "sip:boss@city", "112"


def day(world: World) -> str:
    return f"{world.clock.now().astimezone():%Y%m%d}"


def second(world: World, state: CallState, **more: object) -> None:
    world.phone.report(state, "c2", Direction.OUTGOING, **more)


async def newest(desk: Shift) -> Escalation:
    await desk.world.background.settle()
    found = await desk.world.records.escalation("c1")
    assert found is not None
    return found


async def told(desk: Shift) -> list[dict[str, Any]]:
    """The contacts of the next version."""
    call = await desk.world.records.call("c1")
    assert call is not None
    return list(evidence(await desk.world.escalation.freeze_evidence(call))["contacts"])


def test_an_incident_is_numbered_by_day_and_every_place_says_so() -> None:
    async def work(desk: Shift) -> None:
        world = desk.world
        world.escalation.agency = "DASAN"
        world.escalation.workplace = lambda: Workplace("교통", "3팀", "A-12")
        found = await desk.incident()
        number = f"DASAN-{day(world)}-001"
        assert found.number == number
        assert world.escalation.current is not None
        assert world.escalation.current.number == number
        said = evidence(found)
        assert said["incident"] == {"id": number, "escalation_id": found.id}
        assert (said["call"]["queue"], said["agent"]["team"], said["agent"]["station"]) == (
            "교통", "3팀", "A-12",
        )  # fmt: skip
        filed = await world.escalation.file(ReportForm())
        (delivery,) = await world.delivery.of_report(filed.id)
        assert message_of(delivery, filed.versions[-1]).title.startswith(
            f"Dasan Desk: report {number}, version"
        )
        named = await world.records.escalation_named(number)
        assert named is not None
        assert (named.id, named.number) == (filed.id, number)

    shift(work)


def test_numbers_begin_anew_each_day_and_are_never_given_twice() -> None:
    async def work(desk: Shift) -> None:
        records, now = desk.world.records, desk.world.clock.now()
        given = []
        for count, days in enumerate((0, 0, 1, 0)):
            version = freeze(f"e{count}", f"k{count}", 1, "first", now + timedelta(days=days), {}, b"x")
            given.append((await records.add_version(version, agency="A")).removeprefix("A-"))
        today, next_day = day(desk.world), f"{(now + timedelta(days=1)).astimezone():%Y%m%d}"
        assert given == [f"{today}-001", f"{today}-002", f"{next_day}-001", f"{today}-003"]
        again = await records.add_version(freeze("e1", "k1", 2, "again", now, {}, b"x"), agency="B")
        assert again == f"A-{today}-002", "the number stays"

    shift(work)


@pytest.mark.parametrize("body", ['{"number', "{}", "[]"])
def test_a_damaged_number_keeps_no_evidence_from_being_saved(body: str) -> None:
    async def work(desk: Shift) -> None:
        records, now = desk.world.records, desk.world.clock.now()

        def damage(db: Database) -> None:
            db.execute("DROP TRIGGER evidence_records_no_update")
            db.execute("UPDATE evidence_records SET body = ?", [body])

        await records.add_version(freeze("e1", "k1", 1, "first", now, {}, b"x"), agency="A")
        await records._thread.run(damage)
        number = await records.add_version(freeze("e2", "k2", 1, "first", now, {}, b"x"), agency="A")
        assert number == f"A-{day(desk.world)}-001"
        assert [each.number for each in await records.escalations()] == ["", number]
        named = await records.escalation_named(number)
        assert named is not None
        assert named.id == "e2"

    shift(work)


def test_a_practised_incident_has_a_number_that_no_real_one_can_have() -> None:
    async def work(desk: Shift) -> None:
        desk.world.escalation.agency = "DASAN"
        await desk.incident()
        call = await desk.world.records.call("c1")
        assert call is not None
        other = replace(call, id="c9", scenario="S10")
        assert (await desk.world.escalation.freeze_evidence(other)).number.startswith("PRACTICE-")

    shift(work)


def test_a_centre_without_a_short_name_numbers_by_day_alone() -> None:
    async def work(desk: Shift) -> None:
        assert (await desk.incident()).number == f"{day(desk.world)}-001"

    shift(work)


def test_the_supervisor_outside_a_crisis_stands_in_the_evidence() -> None:
    async def work(desk: Shift) -> None:
        world = desk.world
        await world.talk()
        await desk.protection.tap()
        await world.calls.second.consult(BOSS, Purpose.SUPERVISOR, "팀장")
        second(world, CallState.CALLING)
        dialled = world.clock.now()
        world.clock.forward(5)
        second(world, CallState.CONFIRMED)
        answered = world.clock.now()
        world.clock.forward(60)
        second(world, CallState.DISCONNECTED, ended_by="remote", code=200)
        found = await newest(desk)
        (contact,) = evidence(found)["contacts"]
        assert (contact["purpose"], contact["name"], contact["number"]) == ("supervisor", "팀장", "boss")
        times = [dialled, answered, world.clock.now()]
        assert [contact[key] for key in ("time", "answered", "over")] == [
            each.isoformat(timespec="milliseconds") for each in times
        ]
        assert found.versions[-1].reason == "known"
        assert found.form.police_called is None
        state = await desk.protection.procedure_of("c1")
        assert (await desk.reports._proposed("c1", found.form)).police_called is None
        assert state.contacts[0].call_id == "c2"

    shift(work)


def test_one_who_does_not_answer_and_one_who_is_nobodys_business() -> None:
    async def work(desk: Shift) -> None:
        world = desk.world
        await world.talk()
        await world.calls.second.consult("sip:friend@city", Purpose.OTHER)
        second(world, CallState.CONFIRMED)
        second(world, CallState.DISCONNECTED, ended_by="remote", code=200)
        await world.calls.second.consult(BOSS, Purpose.SUPERVISOR, "팀장")
        second(world, CallState.CALLING)
        second(world, CallState.DISCONNECTED, ended_by="remote", cause="busy", code=486)
        await world.background.settle()
        assert await world.records.escalation("c1") is None, "asking somebody is no incident"
        (contact,) = await told(desk)
        assert contact["purpose"] == "supervisor"
        assert contact["answered"] == ""
        assert contact["over"] != ""

    shift(work)


def test_a_call_to_the_police_ticks_itself_unless_the_agent_says_otherwise() -> None:
    async def work(desk: Shift) -> None:
        world = desk.world
        await world.talk()
        await desk.protection.tap()
        await world.calls.dial(POLICE)
        second(world, CallState.CONFIRMED)
        found = await newest(desk)
        proposed = desk.reports._proposed
        assert (await proposed("c1", found.form)).police_called is True
        assert (await proposed("c1", ReportForm(police_called=False))).police_called is False
        world.phone.report(CallState.DISCONNECTED, ended_by="remote", code=200)
        await world.background.settle()
        filed = await desk.later(61)
        assert evidence(filed)["form"]["police_called"] is True
        assert [each["purpose"] for each in evidence(filed)["contacts"]] == ["police"]

    shift(work)


def test_a_call_that_the_phone_refused_was_none() -> None:
    async def work(desk: Shift) -> None:
        world = desk.world
        await world.talk()
        await desk.protection.tap()
        world.phone.broken = True
        with pytest.raises(Exception, match="started again"):
            await world.calls.dial(POLICE)
        world.phone.broken = False
        assert await told(desk) == []

    shift(work)


@pytest.mark.parametrize("answers", [True, False])
def test_the_police_called_after_the_call_count_for_it(answers: bool) -> None:
    async def work(desk: Shift) -> None:
        world = desk.world
        await desk.incident()
        world.clock.forward(30)

        def report(state: CallState, **more: object) -> None:
            world.phone.say(CallReport("c9", Direction.OUTGOING, state, f"sip:{POLICE}@city", **more))  # type: ignore[arg-type]

        report(CallState.CALLING)
        if answers:
            report(CallState.CONFIRMED)
        report(CallState.DISCONNECTED, ended_by="remote", code=200)
        await world.background.settle()
        (contact,) = await told(desk)
        assert (contact["purpose"], bool(contact["answered"])) == ("police", answers)
        form = await desk.reports._proposed("c1", ReportForm())
        assert form.police_called is True

    shift(work)


def test_who_was_called_outlives_the_desk() -> None:
    async def work(desk: Shift) -> None:
        world = desk.world
        await world.talk()
        await desk.protection.tap()
        await world.calls.second.consult(BOSS, Purpose.SUPERVISOR, "팀장")
        second(world, CallState.CONFIRMED)
        await world.background.settle()
        state = await world.records.procedure("c1")
        assert state is not None
        assert len(state.contacts) == 1
        await desk.restart()
        assert (await desk.protection.procedure_of("c1")).contacts == state.contacts

    shift(work)


def test_a_call_that_is_met_anew_is_noted_once_and_its_first_times_stay() -> None:
    one = Contact("c2", 5.0, "police", "112", "112")
    state = procedure_contacts.dialled(procedure_contacts.dialled(Procedure(), one), replace(one, t=9.0))
    assert state.contacts == (one,)
    for t in (6.0, 7.0):
        state = procedure_contacts.over(procedure_contacts.answered(state, "c2", t), "c2", t)
    assert state.contacts == (replace(one, answered=6.0, over=6.0),)
    assert procedure_contacts.answered(state, "another", 8.0) is state
    assert from_record(json.loads(json.dumps(as_record(state)))) == state
    before = as_record(state)
    del before["contacts"]
    assert from_record(before).contacts == (), "as earlier versions wrote it"


def test_what_the_caller_was_known_for_is_said() -> None:
    async def work(desk: Shift) -> None:
        world = desk.world
        caller, now = "#01012344720", world.clock.now()
        found = await desk.incident()
        assert evidence(found)["listed_status"] == {"status": "none", "class": "", "counts": {}}
        for number, days in enumerate((2, 3, 4000)):
            moment = now - timedelta(days=days)
            await world.records.save_strike(Strike(f"old{number}", caller, "threat", "malicious", moment))
        later = Strike("later", caller, "sexual", "malicious", now + timedelta(days=1))
        await world.records.save_strike(later)
        call = await world.records.call("c1")
        assert call is not None
        again = await world.escalation.freeze_evidence(call)
        assert evidence(again)["listed_status"] == {
            "status": "attention", "class": "threat", "counts": {"malicious": 2},
        }  # fmt: skip

    shift(work)


def test_what_the_agent_adds_is_kept_and_a_reference_stays_readable() -> None:
    async def work(desk: Shift) -> None:
        await desk.incident()
        form = ReportForm(charges=Charges.LATER, police_called=True, police_reference="2026-1126-12345678")
        filed = await desk.world.escalation.file(form)
        stored = await newest(desk)
        assert stored.form == filed.form
        said = evidence(stored)["form"]
        assert (said["charges"], said["police_called"], said["police_reference"]) == (
            "later", True, "2026-1126-12345678",
        )  # fmt: skip
        for written, hidden in (
            ("010-1234-5678", "•••-••••-••••"),
            ("2026-010-1234-5678", "2026-•••-••••-••••"),
            ("112-20261127-01098765432", "112-20261127-•••••••••••"),
            ("2026-1127-900101-1234567", "2026-1127-••••••-•••••••"),
        ):
            personal = freeze("e", "c", 1, "x", desk.world.clock.now(), {"police_reference": written})
            assert json.loads(personal.canonical) == {"police_reference": hidden}

    shift(work)
