"""Sound that waits on disk: nobody but who has the key reads it, and a crash leaves only rubbish."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from desktop.adapters.stt.listener import Utterance
from desktop.adapters.stt.spool import LEFT_FREE, Place, Spool, SpoolError
from tests.adapters.stt.scripted import RATE, loud

KEY, OTHER = bytes(range(32)), bytes(32)


def utterance(start: int = 0, seconds: float = 1.0, level: int = 1000) -> Utterance:
    samples = loud(seconds, level)
    return Utterance(start, start + len(samples), RATE, samples, 0.75, 0.875)


def test_what_was_put_there_comes_back_also_to_the_next_process(tmp_path: Path) -> None:
    said = utterance(48_000)
    place = Spool(tmp_path / "spool").keep(KEY, "caller", said)
    spool = Spool(tmp_path / "spool")
    (found, where), *more = spool.find(KEY, "caller")
    assert more == []
    assert where == place
    assert (found.start, found.end, found.clock_rate) == (said.start, said.end, RATE)
    assert (found.voiced, found.certainty) == (0.75, 0.875)
    assert found.samples.size == 0
    assert np.array_equal(spool.read(where), said.samples)
    spool.drop(where)
    spool.drop(where)
    assert spool.find(KEY, "caller") == []


def test_other_legs_and_other_calls_are_not_found(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    for start in (320_000, 16_000):
        spool.keep(KEY, "caller", utterance(start))
    spool.keep(KEY, "agent", utterance())
    spool.keep(OTHER, "caller", utterance())
    assert [found.start for found, _ in spool.find(KEY, "caller")] == [16_000, 320_000]


def test_nothing_of_it_can_be_read_and_only_this_user_has_it(tmp_path: Path) -> None:
    said = utterance(level=12345)
    place = Spool(tmp_path / "spool").keep(KEY, "caller", said)
    content = place.path.read_bytes()
    assert said.samples.tobytes()[:32] not in content
    assert len(set(content)) > 200, "it looks like chance"
    if os.name == "posix":
        assert place.path.stat().st_mode & 0o077 == 0
        assert place.path.parent.stat().st_mode & 0o077 == 0


def test_what_was_changed_cut_or_renamed_is_refused(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    place = spool.keep(KEY, "caller", utterance())
    whole = place.path.read_bytes()
    for broken in (whole[:-1], whole[:30], b"", whole[:-1] + bytes([whole[-1] ^ 1])):
        place.path.write_bytes(broken)
        with pytest.raises(SpoolError):
            spool.read(place)
    assert spool.find(KEY, "caller") == []
    assert not place.path.exists()
    place.path.write_bytes(whole)
    renamed = place.path.rename(place.path.with_name(place.path.name.replace("caller", "agent")))
    with pytest.raises(SpoolError):
        spool.read(Place(renamed, KEY))


def test_what_a_crash_left_is_swept_away(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    mine, left = spool.keep(KEY, "caller", utterance()), spool.keep(OTHER, "caller", utterance())
    spool.sweep([KEY])
    assert mine.path.exists()
    assert not left.path.exists()
    Spool(tmp_path / "absent").sweep([])


def test_a_disk_that_is_nearly_full_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = LEFT_FREE + 100

    monkeypatch.setattr("desktop.adapters.stt.spool.shutil.disk_usage", lambda folder: Usage)
    with pytest.raises(OSError, match="No space"):
        Spool(tmp_path).keep(KEY, "caller", utterance())
    assert list(tmp_path.iterdir()) == []
