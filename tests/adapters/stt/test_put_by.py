"""A backlog that is too much for memory: on disk and back, in a successor too, and told where even the disk is full."""

from __future__ import annotations

import asyncio
import errno
import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from desktop.adapters.stt.backlog import IN_MEMORY_S, MOST_IN_MEMORY_S, WAITED_S
from desktop.adapters.stt.listener import Listener
from desktop.adapters.stt.spool import Spool
from desktop.adapters.stt.streaming import Transcriber
from desktop.adapters.stt.tap_follower import TapFollower
from desktop.adapters.tap.address import choose
from tests.adapters.stt.scripted import RATE, Loudness, Notes, Samples, ScriptedEngine, loud, quiet
from tests.adapters.stt.test_desk_speech import TOKEN, phone

KEY = bytes(range(32))
STEP = RATE // 10


@pytest.fixture(autouse=True)
def loudness(monkeypatch: pytest.MonkeyPatch) -> None:
    """Legs hear by loudness."""
    monkeypatch.setattr(
        "desktop.adapters.stt.streaming.Listener", lambda clock_rate: Listener(clock_rate, Loudness())
    )


def say(seconds: float, final: bool) -> str:
    return f"{seconds:.0f}초"


def sentences(count: int) -> Samples:
    return np.concatenate([loud(4), quiet(1)] * count)


class Desk:
    """A transcriber with a spool, on a clock of its own; its model is not loaded yet."""

    def __init__(self, folder: Path) -> None:
        self.now, self.at, self.folder = 0.0, 0, folder
        self.notes = Notes()
        self.transcriber = Transcriber(self.notes, lambda: self.now, Spool(folder))
        self.transcriber.set_engine(None, waiting=True)
        self.transcriber.begin("c1", "caller", RATE, KEY)

    def hear(self, sound: Samples) -> None:
        for start in range(0, len(sound), STEP):
            block = sound[start : start + STEP]
            self.transcriber.feed("c1", "caller", self.at, block)
            self.at += len(block)
            self.now += len(block) / RATE
            self.transcriber.work()

    def read(self) -> list[tuple[float, float]]:
        """Load the model, end the call; the stretches that became text."""
        self.transcriber.set_engine(ScriptedEngine(say))
        self.transcriber.end("c1")
        while self.transcriber.work():
            pass
        assert self.notes.ended == ["c1"]
        return [(start, end) for _, _, start, end in self.notes.segments]

    @property
    def files(self) -> int:
        return len(list(self.folder.iterdir())) if self.folder.exists() else 0


def test_a_short_wait_stays_in_memory_and_a_long_one_goes_to_disk_and_comes_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "spool")
    desk.hear(sentences(2))
    assert desk.files == 0
    desk.hear(quiet(WAITED_S))
    assert desk.files == 2
    desk.hear(sentences(8))
    assert desk.files >= 10 - IN_MEMORY_S // 5 - 1
    spans = desk.read()
    assert len(spans) == 10
    assert spans == sorted(spans)
    assert all(3.5 < end - start < 5 for start, end in spans)
    assert desk.files == 0
    assert desk.notes.lost_told == []


def test_what_is_on_disk_is_acknowledged_so_that_the_engine_need_not_keep_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hear(sentences(20))
    assert desk.notes.acknowledged["c1", "caller"] > (100 - WAITED_S - 6) * RATE


def test_a_successor_takes_up_what_lies_on_disk_and_says_nothing_twice(tmp_path: Path) -> None:
    first = Desk(tmp_path)
    first.hear(sentences(10))
    assert first.files >= 7
    acknowledged = first.notes.acknowledged["c1", "caller"]
    # Killed here. What was not acknowledged comes again from the engine, and a little more than that.
    second = Desk(tmp_path)
    second.at = acknowledged - 2 * RATE
    second.hear(np.concatenate([sentences(10)[second.at :], sentences(2)]))
    spans = second.read()
    assert len(spans) == 12
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
    assert second.files == 0


def test_where_the_disk_is_full_memory_holds_five_minutes_and_the_rest_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Spool, "keep", full)
    desk = Desk(tmp_path)
    count = int(MOST_IN_MEMORY_S / 4) + 10
    desk.hear(sentences(count))
    lost = desk.notes.lost_told
    assert 5 <= len(lost) <= 20
    assert [start for _, start, _ in lost] == sorted(start for _, start, _ in lost)
    spans = desk.read()
    assert len(spans) + len(lost) == count, "all is either written or told as lost"
    assert max(end for _, _, end in lost) <= spans[0][0]


def test_a_file_that_was_spoilt_is_told_as_lost(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hear(np.concatenate([sentences(1), quiet(WAITED_S + 1)]))
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"spoilt")
    assert desk.read() == []
    assert [round(end - start) for _, start, end in desk.notes.lost_told] == [4]


def test_without_a_model_nothing_stays_on_disk(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hear(np.concatenate([sentences(3), quiet(WAITED_S)]))
    assert desk.files == 3
    desk.transcriber.set_engine(None)
    assert desk.files == 0


def test_over_the_real_tap_the_key_outlives_the_process_and_not_the_call(tmp_path: Path) -> None:
    async def scenario() -> None:
        address = choose(tmp_path, "tap")
        with phone(address) as engine:
            engine.begin("caller")
            first = await follow(tmp_path / "spool", address, None)
            engine.say(sentences(12))
            await until(lambda: first.files(8))
            first.follower.flush()
            store = engine.server._outlets["speech"].store
            await until(lambda: store._calls["c1"].legs["caller"].parts[0][0] > 30 * RATE)
            first.follower.follow("", "")
            second = await follow(tmp_path / "spool", address, ScriptedEngine(say))
            engine.end()
            await until(lambda: not second.transcriber.work() and second.notes.ended == ["c1"])
            spans = [(start, end) for _, _, start, end in second.notes.segments]
            assert len(spans) == 12
            assert spans == sorted(spans)
            second.follower.drained("c1")
            second.follower.flush()
            await until(lambda: not store._calls)
            assert second.files(0)
            second.follower.follow("", "")

    asyncio.run(scenario())


class Heard(Notes):
    """Notes that are acknowledged."""

    def __init__(self) -> None:
        super().__init__()
        self.follower: TapFollower | None = None

    def done(self, call: str, leg: str, sample: int) -> None:
        super().done(call, leg, sample)
        if self.follower is not None:
            self.follower.note(call, leg, sample)


class Follower:
    """What a speech process is made of, without the process."""

    def __init__(self, folder: Path, engine: ScriptedEngine | None) -> None:
        self.folder, self.notes = folder, Heard()
        self.transcriber = Transcriber(self.notes, spool=Spool(folder))
        self.transcriber.set_engine(engine, waiting=engine is None)
        self.follower = self.notes.follower = TapFollower(self.transcriber)

    def files(self, at_least: int) -> bool:
        self.transcriber.work()
        count = len(list(self.folder.glob("*"))) if self.folder.exists() else 0
        return count >= at_least if at_least else count == 0


async def follow(folder: Path, address: str, engine: ScriptedEngine | None) -> Follower:
    made = Follower(folder, engine)
    made.follower.follow(address, TOKEN)
    await until(lambda: made.transcriber.calls() == {"c1"})
    return made


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)
