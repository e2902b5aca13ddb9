"""A stretch of a sealed recording, as the agent hears it, and the shelf that the files lie on."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.adapters.audio.port import DeviceError
from desktop.adapters.evidence.keys import KeyRing
from desktop.adapters.recording.playback import DeskPlayback
from desktop.adapters.recording.sealed_recording import FOLDER, Shelf, new_recording, stem_of
from desktop.domain.errors import DeskError
from desktop.domain.recording import RecordingFacts

RATE = 1000


class NoStore:
    """A machine without a keyring."""

    async def keep_for_good(self, account: str, password: str) -> bool:
        return False

    async def find(self, account: str) -> str:
        return ""


class Ear:
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[NDArray[np.int16]] = []
        self.broken = False

    def play(self, sound: NDArray[np.int16], rate: int, stop: threading.Event) -> None:
        if self.broken:
            raise DeviceError("No headset was found.")
        assert rate == RATE
        self.heard.append(sound)


async def kept(folder: Path, call: str, first: int, seconds: int, close: bool = True) -> Shelf:
    """A recording whose caller says the number of each second, and whose agent says 1000."""
    keys = KeyRing(folder, NoStore())
    writer, _path = new_recording(folder / FOLDER, await keys.current(), call, RATE, first)
    for second in range(seconds):
        sound = np.full((RATE, 2), (first // RATE + second, 1000), "<i2")
        writer.append(sound.tobytes())
    if close:
        writer.close()
    else:
        writer.abandon()
    return Shelf(folder, keys)


def hear(shelf: Shelf, ear: Ear, begin: float, end: float, call: str = "c1") -> bool:
    async def work() -> bool:
        return await DeskPlayback(shelf, ear).play(await shelf.files(call), begin, end)

    return asyncio.run(work())


def test_both_voices_of_just_this_stretch_are_heard(tmp_path: Path) -> None:
    shelf, ear = asyncio.run(kept(tmp_path, "c1", 0, 6)), Ear()
    assert hear(shelf, ear, 2.5, 4.25)
    assert ear.heard[0].tolist() == [1002] * 500 + [1003] * 1000 + [1004] * 250


def test_what_is_before_or_behind_the_recording_is_not_there(tmp_path: Path) -> None:
    shelf, ear = asyncio.run(kept(tmp_path, "c1", 10 * RATE, 3, close=False)), Ear()
    assert not hear(shelf, ear, 2.0, 4.0)
    assert not hear(shelf, ear, 13.0, 15.0)
    assert hear(shelf, ear, 9.0, 11.0)
    assert ear.heard[0].tolist() == [1010] * 1000


def test_a_call_of_several_files_is_one(tmp_path: Path) -> None:
    asyncio.run(kept(tmp_path, "c1", 0, 3))
    asyncio.run(kept(tmp_path, "c2", 0, 3))
    shelf, ear = asyncio.run(kept(tmp_path, "c1", 3 * RATE, 3)), Ear()
    names = [file.name for file in asyncio.run(shelf.files("c1"))]
    assert sorted(names) == [f"{FOLDER}/c1-1.sealed", f"{FOLDER}/c1-2.sealed"]
    assert hear(shelf, ear, 4.0, 5.0)
    assert ear.heard[0].tolist() == [1004] * 1000


def test_a_changed_file_and_a_missing_headset_are_errors(tmp_path: Path) -> None:
    shelf, ear = asyncio.run(kept(tmp_path, "c1", 0, 3)), Ear()
    ear.broken = True
    with pytest.raises(DeskError, match="headset"):
        hear(shelf, ear, 0.0, 1.0)
    path = tmp_path / FOLDER / "c1-1.sealed"
    content = bytearray(path.read_bytes())
    content[300] ^= 1
    path.write_bytes(content)
    ear.broken = False
    with pytest.raises(DeskError):
        hear(shelf, ear, 0.0, 1.0)
    assert ear.heard == []


def test_a_file_tells_what_it_holds(tmp_path: Path) -> None:
    async def facts(call: str, first: int, seconds: int, close: bool) -> RecordingFacts:
        shelf = await kept(tmp_path, call, first, seconds, close)
        (file,) = await shelf.files(call)
        return await shelf.facts(file)

    legs = ("caller", "agent")
    assert asyncio.run(facts("c1", 3 * RATE, 5, close=True)) == RecordingFacts(RATE, legs, 3.0, 5.0, True)
    assert asyncio.run(facts("c2", 0, 2, close=False)) == RecordingFacts(RATE, legs, 0.0, 2.0, False)
    path = tmp_path / FOLDER / "c1-1.sealed"
    content = bytearray(path.read_bytes())
    content[-70] ^= 1
    path.write_bytes(content)
    with pytest.raises(DeskError):
        asyncio.run(_facts_of(tmp_path))


async def _facts_of(folder: Path) -> None:
    shelf = Shelf(folder, KeyRing(folder, NoStore()))
    await shelf.facts((await shelf.files("c1"))[0])


def test_the_shelf_knows_its_files_and_no_others(tmp_path: Path) -> None:
    shelf = asyncio.run(kept(tmp_path, "c1", 0, 1))
    (tmp_path / FOLDER / "notes.txt").write_text("no recording")
    (file,) = asyncio.run(shelf.files())
    assert file.call_id == "c1"
    evidence = asyncio.run(shelf.as_evidence(file, "e1"))
    content = (tmp_path / file.name).read_bytes()
    assert (evidence.escalation_id, evidence.name, evidence.media_type) == ("e1", file.name, "audio/wav")
    assert (evidence.size, evidence.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    asyncio.run(shelf.remove(file))
    assert asyncio.run(shelf.files()) == []
    with pytest.raises(DeskError):
        asyncio.run(shelf.as_evidence(file, "e1"))


@pytest.mark.parametrize("call", ["", "../../etc", "a/b", ".hidden", "x" * 200, "통화 1"])
def test_no_call_id_leads_out_of_the_folder(call: str) -> None:
    assert stem_of(call).strip("0123456789abcdef") == ""
    assert len(stem_of(call)) == 32
