"""What is said when another device is used than before, and what undo asks the telephone for."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.events import DevicesReplaced, SoundChanged
from desktop.domain.phone import SoundState
from desktop.domain.sound import SoundUse
from desktop.services.device_watch import DeviceWatch
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine, Line
from tests.ui.phone_fakes import FakeClock, FakePhone

HEADSET = SoundState(
    "Headset mic",
    "Headset",
    use=SoundUse("m1", "wanted", "m1", "s1", "wanted", "s1"),
)
BUILT_IN = SoundState(
    "Desk mic",
    "Desk speaker",
    use=SoundUse("m2", "system", "m1", "s2", "system", "s1"),
)


class World:
    def __init__(self) -> None:
        self.clock, self.bus = FakeClock(), EventBus()
        self.phone = FakePhone(self.clock)
        records = asyncio.run(SqliteRecords.open(None))
        self.service = DeviceWatch(CurrentLine(Line(self.phone, records)), self.bus, self.clock)
        self.told: list[DevicesReplaced] = []
        self.bus.subscribe(DevicesReplaced, self.told.append)
        asyncio.run(records.close())

    def is_used(self, state: SoundState) -> None:
        self.bus.publish(SoundChanged(state))

    def asked(self) -> list[tuple[object, ...]]:
        return [told for told in self.phone.told if told[0] == "keep_device"]


def only(state: SoundState, **use: object) -> SoundState:
    assert state.use is not None
    return replace(state, use=replace(state.use, **use))  # type: ignore[arg-type]


def test_a_headset_that_goes_and_comes_is_told_once_for_both_halves() -> None:
    world = World()
    world.is_used(HEADSET)
    world.is_used(only(HEADSET, speaker_id="s2", speaker_why="system"))
    world.is_used(BUILT_IN)
    assert [each.part for each in world.told[-1].devices] == ["speaker", "microphone"]
    assert all(each.gone and not each.back for each in world.told[-1].devices)
    world.clock.go(60)
    world.is_used(HEADSET)
    last = world.told[-1].devices
    assert [(each.part, each.after, each.back, each.gone) for each in last] == [
        ("speaker", "Headset", True, False),
        ("microphone", "Headset mic", True, False),
    ]


def test_undo_waits_for_what_is_away_and_stays_with_what_is_there() -> None:
    world = World()
    world.is_used(HEADSET)
    world.is_used(BUILT_IN)
    gone = world.told[-1].devices
    asyncio.run(world.service.stay(gone))
    asyncio.run(world.service.go_along(gone))
    assert world.asked() == [
        ("keep_device", "speaker", "s1", True),
        ("keep_device", "microphone", "m1", True),
        ("keep_device", "speaker", "", False),
        ("keep_device", "microphone", "", False),
    ]
    world.is_used(HEADSET)
    asyncio.run(world.service.stay(world.told[-1].devices))
    assert world.asked()[4:] == [
        ("keep_device", "speaker", "s2", False),
        ("keep_device", "microphone", "m2", False),
    ]


def test_what_the_agent_asked_for_is_no_news() -> None:
    world = World()
    world.is_used(HEADSET)
    world.is_used(
        only(BUILT_IN, microphone_wish="m2", microphone_why="wanted", speaker_wish="s2", speaker_why="wanted")
    )
    world.is_used(only(HEADSET, microphone_why="kept", microphone_wish="m2", speaker_id=""))
    assert world.told == []


def test_no_device_at_all_is_left_to_the_notice_and_what_comes_then_is_told() -> None:
    world = World()
    world.is_used(HEADSET)
    world.is_used(SoundState(problem="no_devices", use=SoundUse(microphone_wish="m1", speaker_wish="s1")))
    assert world.told == []
    world.is_used(HEADSET)
    assert world.told == [], "the same one again after a moment"
    world.is_used(SoundState(problem="no_devices", use=SoundUse(microphone_wish="m1", speaker_wish="s1")))
    world.is_used(BUILT_IN)
    assert {each.before for each in world.told[-1].devices} == {"Headset", "Headset mic"}
