"""When a call is recorded by which policy, and where its file goes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.adapters.policy.reading import load_policy
from desktop.domain.call import CallState, Direction
from desktop.domain.delivery_targets import FolderTarget
from desktop.domain.escalation import AbuseKind, ReportForm
from desktop.domain.events import CallConfirmed, LineChanged
from desktop.domain.policy import Policy, Recording, RecordingMode
from desktop.domain.recording import Heard, RecorderState
from desktop.services.line import Line
from desktop.services.recording_service import RecordingService
from tests.services.world import World
from tests.ui.recording_fakes import Recordings

DAYS = 90


def policy(mode: RecordingMode, pre_roll: int = 20) -> Policy:
    """The plain policy with this recording."""
    return replace(load_policy("en").policy, recording=Recording(mode, pre_roll, by_exchange=False))


class Recorded:
    """A world whose desk records."""

    def __init__(self, world: World, mode: RecordingMode) -> None:
        self.world, self.fakes = world, Recordings()
        self.service = RecordingService(
            policy(mode), self.fakes.parts, world.line, world.calls, world.bus, world.clock, world.background
        )

    async def talk(self, direction: Direction = Direction.INCOMING) -> None:
        first = CallState.INCOMING if direction is Direction.INCOMING else CallState.CALLING
        self.world.phone.report(first, direction=direction)
        self.world.phone.report(CallState.CONFIRMED, direction=direction)
        await self.world.background.settle()

    async def freeze(self) -> None:
        call = self.world.calls.current or self.world.calls.last
        assert call is not None
        await self.world.escalation.freeze_evidence(call)
        await self.world.background.settle()

    async def end(self) -> None:
        self.world.phone.report(CallState.DISCONNECTED, ended_by="remote")
        await self.world.background.settle()

    @property
    def started(self) -> list[tuple[object, ...]]:
        return [order for order in self.fakes.recorder.orders if order[0] == "start"]

    async def evidence(self) -> list[str]:
        found = await self.world.records.escalation("c1")
        assert found is not None
        return [file.name for file in await self.world.records.evidence_files(found.id)]


def run(work: Coroutine[object, object, None]) -> None:
    asyncio.run(work)


async def made(mode: RecordingMode) -> Recorded:
    return Recorded(await World.make(), mode)


def test_announced_every_answered_call_is_recorded_from_its_start() -> None:
    async def work() -> None:
        desk = await made(RecordingMode.ANNOUNCED)
        desk.world.phone.report(CallState.INCOMING)
        assert desk.started == []
        desk.world.phone.report(CallState.CONFIRMED)
        assert desk.started == [("start", "c1", 60.0)]
        await desk.end()
        assert desk.fakes.recorder.orders[-1] == ("finish", "c1")

    run(work())


def test_of_a_call_that_the_agent_dials_the_ringing_is_left_out() -> None:
    async def work() -> None:
        desk = await made(RecordingMode.ANNOUNCED)
        await desk.talk(Direction.OUTGOING)
        assert desk.started == [("start", "c1", 2.0)]

    run(work())


def test_on_incident_the_red_button_starts_it_with_the_pre_roll() -> None:
    async def work() -> None:
        desk = await made(RecordingMode.ON_INCIDENT)
        await desk.talk()
        assert desk.started == []
        await desk.freeze()
        assert desk.started[0] == ("start", "c1", 20.0)
        desk.fakes.shelf.put("c1")
        await desk.end()
        assert await desk.evidence() == ["recordings/c1-1.sealed"]

    run(work())


def test_a_desk_that_is_started_again_goes_on_with_an_incident_only() -> None:
    async def work() -> None:
        desk = await made(RecordingMode.ON_INCIDENT)
        await desk.talk()
        call = desk.world.calls.current
        assert call is not None
        desk.world.bus.publish(CallConfirmed(call, resumed=True))
        await desk.world.background.settle()
        assert desk.started == []
        await desk.freeze()
        desk.fakes.recorder.orders.clear()
        desk.world.bus.publish(CallConfirmed(call, resumed=True))
        await desk.world.background.settle()
        assert desk.started == [("start", "c1", 60.0)]

    run(work())


def test_off_gives_no_orders() -> None:
    async def work() -> None:
        desk = await made(RecordingMode.OFF)
        await desk.talk()
        await desk.freeze()
        await desk.end()
        assert desk.fakes.recorder.orders == []

    run(work())


@pytest.mark.parametrize("mode", [RecordingMode.ANNOUNCED, RecordingMode.ON_INCIDENT])
def test_a_practice_call_is_never_recorded(mode: RecordingMode) -> None:
    async def work() -> None:
        desk = await made(mode)
        world = desk.world
        world.line.line = Line(world.phone, world.records, "S09", "욕설하는 민원인")
        await desk.talk()
        await desk.freeze()
        await desk.end()
        assert desk.fakes.recorder.orders == []

    run(work())


def test_evidence_that_is_saved_after_the_call_takes_its_recording_in_once() -> None:
    async def work() -> None:
        desk = await made(RecordingMode.ANNOUNCED)
        await desk.talk()
        desk.fakes.shelf.put("c1")
        await desk.end()
        await desk.freeze()
        await desk.freeze()
        assert await desk.evidence() == ["recordings/c1-1.sealed"]

    run(work())


def test_at_the_start_what_a_crash_left_is_taken_in_and_what_is_old_is_deleted() -> None:
    async def work() -> None:
        desk = await made(RecordingMode.ANNOUNCED)
        await desk.talk()
        await desk.freeze()
        await desk.end()
        now, shelf = desk.world.clock.now(), desk.fakes.shelf
        shelf.put("c1", now - timedelta(days=DAYS + 1))
        shelf.put("other", now - timedelta(days=DAYS + 1))
        shelf.put("another", now - timedelta(days=DAYS - 1))
        desk.service.start()
        await desk.world.background.settle()
        assert [file.call_id for file in shelf.kept] == ["c1", "another"]
        assert await desk.evidence() == ["recordings/c1-1.sealed"]

    run(work())


def test_evidence_names_the_recording_once_also_to_those_who_have_the_report() -> None:
    async def work() -> None:
        desk = await made(RecordingMode.ANNOUNCED)
        world = desk.world
        await world.delivery.use_targets([FolderTarget("team", "민원지원팀", "/srv/a")])
        await desk.talk()
        await desk.freeze()
        await world.escalation.file(ReportForm(AbuseKind.VERBAL))
        desk.fakes.shelf.put("c1010123456789")
        desk.fakes.shelf.put("c1")
        await desk.end()
        found = await world.records.escalation("c1")
        assert found is not None
        assert [each.reason for each in found.versions].count("recording") == 1
        named = json.loads(found.versions[-1].canonical)["recordings"]
        assert named == [
            {
                "file": "recordings/c1-2.sealed",
                "sha256": "0" * 64,
                "size": 1,
                "channels": 2,
                "legs": ["caller", "agent"],
                "rate": 16_000,
                "begins": 1.5,
                "seconds": 12.25,
                "whole": True,
            }
        ]
        supplements = [each for each in await world.delivery.of_report(found.id) if each.supplement]
        assert [each.number for each in supplements] == [found.versions[-1].number]
        desk.service.start()
        await desk.freeze()
        again = await world.records.escalation("c1")
        assert again is not None
        assert [each.reason for each in again.versions].count("recording") == 1
        assert json.loads(again.versions[-1].canonical)["recordings"] == named

    run(work())


def test_a_recording_whose_key_is_lost_is_named_by_its_file() -> None:
    async def work() -> None:
        desk = await made(RecordingMode.ANNOUNCED)
        await desk.talk()
        await desk.freeze()
        desk.fakes.shelf.put("c1")
        desk.fakes.shelf.sealed = True
        await desk.end()
        found = await desk.world.records.escalation("c1")
        assert found is not None
        (named,) = json.loads(found.versions[-1].canonical)["recordings"]
        assert (named["file"], named["sha256"]) == ("recordings/c1-1.sealed", "0" * 64)
        assert named["channels"] is named["seconds"] is None

    run(work())


def test_a_kill_between_a_file_and_its_name_is_made_good_at_the_next_start() -> None:
    async def work() -> None:
        desk = await made(RecordingMode.ANNOUNCED)
        await desk.talk()
        await desk.freeze()
        await desk.end()
        world = desk.world
        file = desk.fakes.shelf.put("c1")
        found = await world.records.escalation("c1")
        assert found is not None
        await world.records.add_evidence_file(await desk.fakes.shelf.as_evidence(file, found.id))
        world.bus.publish(LineChanged(""))  # as after a start: no call is at hand
        desk.service.start()
        await world.background.settle()
        found = await world.records.escalation("c1")
        assert found is not None
        assert [each["file"] for each in json.loads(found.versions[-1].canonical)["recordings"]] == [
            file.name
        ]
        assert world.escalation.current is None, "an old case is not taken for the call of now"

    run(work())


def test_a_file_that_can_not_be_read_waits_for_the_next_start() -> None:
    async def work() -> None:
        desk = await made(RecordingMode.ANNOUNCED)
        await desk.talk()
        await desk.freeze()
        desk.fakes.shelf.put("c1")
        desk.fakes.shelf.broken = True
        await desk.end()
        assert await desk.evidence() == []
        desk.fakes.shelf.broken = False
        desk.service.start()
        await desk.world.background.settle()
        assert len(await desk.evidence()) == 1

    run(work())


def test_it_is_true_only_of_the_call_that_is_on() -> None:
    async def work() -> None:
        desk = await made(RecordingMode.ANNOUNCED)
        await desk.talk()
        assert not desk.service.recording
        desk.fakes.recorder.say("c1", RecorderState.ON)
        assert desk.service.recording
        desk.fakes.recorder.say("c0", RecorderState.OFF)
        assert desk.service.recording
        await desk.end()
        assert not desk.service.recording

    run(work())


def test_nothing_is_played_while_a_call_is_on() -> None:
    async def work() -> None:
        desk = await made(RecordingMode.ANNOUNCED)
        await desk.talk()
        desk.fakes.shelf.put("c1")
        assert await desk.service.play("c1", 1.0, 2.0) is Heard.IN_CALL
        await desk.end()
        assert await desk.service.play("c1", 1.0, 2.0) is Heard.PLAYED
        assert await desk.service.play("c2", 1.0, 2.0) is Heard.NO_RECORDING
        assert desk.fakes.playback.played == [("c1", 1.0, 2.0)]
        before = desk.fakes.playback.stops
        desk.world.phone.report(CallState.INCOMING, "c9")
        assert desk.fakes.playback.stops > before

    run(work())
