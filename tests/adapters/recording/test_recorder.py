"""The thread that records: what it writes, keeps in memory, and does when it can't."""

from __future__ import annotations

import errno
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop.adapters.evidence.keys import Key, key_id_of
from desktop.adapters.evidence.sealed_file import SealedContent, SealedWriter, open_sealed
from desktop.adapters.recording import recorder
from desktop.adapters.recording.recorder import RecordingWorker
from desktop.adapters.tap.protocol import Audio
from desktop.domain.recording import RecorderState

RATE = 16_000
SECRET = bytes(range(32))
KEY = Key(key_id_of(SECRET), SECRET)
ON, OFF, FULL, NO_SOUND = RecorderState.ON, RecorderState.OFF, RecorderState.FULL, RecorderState.NO_SOUND


class Line:
    """A worker, and both legs of a call that is fed to it second by second."""

    def __init__(self, folder: Path, keep_s: float = 30.0) -> None:
        self.folder, self.second = folder, 0
        self.told: list[tuple[str, RecorderState]] = []
        self.worker = RecordingWorker(folder, keep_s, lambda call, state: self.told.append((call, state)))
        self.worker.use_key(KEY)
        for leg in ("caller", "agent"):
            self.worker._take({"tap": "call", "call": "c1", "leg": leg, "clock_rate": RATE})

    def talk(self, seconds: int) -> None:
        """The caller's samples say which second it is, the agent's are its negative."""
        for _ in range(seconds):
            self.second += 1
            for leg, value in (("caller", self.second), ("agent", -self.second)):
                sound = np.full(RATE, value, "<i2").tobytes()
                self.worker._take(Audio("c1", leg, (self.second - 1) * RATE, sound))
            self.worker.tick()

    def end(self) -> None:
        self.worker._take({"tap": "end", "call": "c1"})

    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*")) if self.folder.exists() else []


def read(path: Path) -> tuple[Any, SealedContent]:
    content = open_sealed(path, KEY)
    return np.frombuffer(b"".join(content.chunks), "<i2").reshape(-1, 2), content


def seconds(path: Path) -> list[int]:
    """Which seconds of the caller are in a file."""
    sound, content = read(path)
    assert content.about["channels"] == 2
    assert content.about["legs"] == ["caller", "agent"]
    assert (sound[:, 0] == -sound[:, 1]).all()
    return [int(value) for value in dict.fromkeys(sound[:, 0])]


def test_a_wanted_call_is_on_disk_second_by_second(tmp_path: Path) -> None:
    line = Line(tmp_path / "recordings")
    line.worker.start("c1", 60.0)
    line.talk(5)
    (path,) = line.files()
    sound, content = read(path)
    assert len(sound) >= 3.4 * RATE, "before the end"
    assert not content.whole
    line.talk(1)
    line.end()
    assert seconds(path) == [1, 2, 3, 4, 5, 6]
    assert read(path)[1].whole
    assert line.told == [("c1", ON), ("c1", OFF)]


def test_nothing_is_written_of_a_call_that_nobody_wants(tmp_path: Path) -> None:
    line = Line(tmp_path / "recordings")
    line.talk(5)
    line.end()
    assert line.files() == []
    assert line.told == []


def test_an_incident_takes_the_seconds_before_it_along_and_no_more(tmp_path: Path) -> None:
    line = Line(tmp_path / "recordings", keep_s=3.0)
    line.talk(10)
    stereo = line.worker._calls["c1"].stereo
    assert stereo is not None
    assert stereo.left == 3 * RATE, "no more is in memory"
    line.worker.start("c1", 3.0)
    line.talk(2)
    line.end()
    (path,) = line.files()
    assert seconds(path) == [8, 9, 10, 11, 12]
    assert read(path)[1].about["first"] == 7 * RATE


def test_sound_that_begins_late_in_the_call_is_waited_for(tmp_path: Path) -> None:
    line = Line(tmp_path / "recordings")
    line.worker.start("c1", 60.0)
    for leg, value in (("caller", 41), ("agent", -41)):
        line.worker._take(Audio("c1", leg, 40 * RATE, np.full(RATE // 4, value, "<i2").tobytes()))
    line.worker.tick()
    assert line.files() == [], "a desk that comes back in the middle has a quarter of a second so far"
    line.second = 41
    line.talk(3)
    line.end()
    (path,) = line.files()
    assert seconds(path)[-3:] == [42, 43, 44]
    assert read(path)[1].about["first"] == 40 * RATE


def test_a_full_disk_is_said_and_recording_goes_on_in_another_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(tmp_path / "recordings")
    line.worker.start("c1", 60.0)
    line.talk(3)
    append, full = SealedWriter.append, True

    def refuse(writer: SealedWriter, data: bytes) -> None:
        if full:
            raise OSError(errno.ENOSPC, "No space left on device")
        append(writer, data)

    monkeypatch.setattr(SealedWriter, "append", refuse)
    line.talk(3)
    assert line.told == [("c1", ON), ("c1", FULL)]
    full = False
    line.worker._calls["c1"].retry_at = time.monotonic()
    line.talk(2)
    line.end()
    first, second = line.files()
    assert seconds(first) + seconds(second) == [1, 2, 3, *range(3, 9)]
    assert not read(first)[1].whole
    assert read(second)[1].whole
    assert line.told == [("c1", ON), ("c1", FULL), ("c1", ON), ("c1", OFF)]


def test_a_disk_that_is_full_from_the_start_leaves_no_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_writer: SealedWriter, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(SealedWriter, "append", refuse)
    line = Line(tmp_path / "recordings")
    line.worker.start("c1", 60.0)
    line.talk(3)
    line.end()
    assert line.files() == []
    assert line.told == [("c1", FULL), ("c1", OFF)]


def test_memory_stays_small_while_nothing_can_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "recordings"
    blocked.write_text("a file where the folder should be")
    line = Line(blocked)
    line.worker.start("c1", 60.0)
    line.talk(70)
    stereo = line.worker._calls["c1"].stereo
    assert stereo is not None
    assert stereo.left == recorder.LONGEST_KEPT_S * RATE
    assert line.told == [("c1", RecorderState.BROKEN)]


def test_a_tap_that_is_away_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "PATIENCE_S", 0.0)
    line = Line(tmp_path / "recordings")
    line.worker.start("c1", 60.0)
    line.worker.tick()
    assert line.told == [("c1", NO_SOUND)]
