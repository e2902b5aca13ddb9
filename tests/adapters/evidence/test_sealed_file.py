"""A sealed file: what was written comes back, also after a crash, and no byte changes unnoticed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.adapters.evidence.keys import Key, SealError, key_id_of
from desktop.adapters.evidence.sealed_file import SealedWriter, key_id_in, open_sealed

SECRET = bytes(range(32))
KEY = Key(key_id_of(SECRET), SECRET)
ABOUT = {"media_type": "audio/L16", "rate": 16000, "channels": 2}
CHUNKS = [b"first second", b"\0" * 40, b"x" * 300]


def write(path: Path, close: bool = True, chunks: list[bytes] = CHUNKS) -> bytes:
    writer = SealedWriter(path, KEY, ABOUT)
    for chunk in chunks:
        writer.append(chunk)
    if close:
        writer.close()
    else:
        writer.abandon()
    return path.read_bytes()


def read(path: Path) -> tuple[list[bytes], bool]:
    content = open_sealed(path, KEY)
    assert content.about == ABOUT
    chunks = list(content.chunks)
    return chunks, content.whole


def test_what_was_written_comes_back(tmp_path: Path) -> None:
    raw = write(tmp_path / "a.sealed")
    assert read(tmp_path / "a.sealed") == (CHUNKS, True)
    assert key_id_in(tmp_path / "a.sealed") == KEY.id
    assert b"first second" not in raw
    assert write(tmp_path / "b.sealed") != raw
    if sys.platform != "win32":
        assert (tmp_path / "a.sealed").stat().st_mode & 0o777 == 0o600


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    write(tmp_path / "a.sealed")
    with pytest.raises(FileExistsError):
        SealedWriter(tmp_path / "a.sealed", KEY, ABOUT)


@pytest.mark.parametrize("closed", [True, False])
def test_a_file_that_was_cut_reads_up_to_the_last_whole_chunk(tmp_path: Path, closed: bool) -> None:
    path = tmp_path / "a.sealed"
    raw = write(path, closed)
    ends = set()
    for cut in range(len(raw)):
        path.write_bytes(raw[:cut])
        try:
            chunks, whole = read(path)
        except SealError:
            assert cut < 20 + 8 + len(str(ABOUT)) + 16  # not even what it is about is there
            continue
        assert not whole
        assert chunks == CHUNKS[: len(chunks)]
        ends.add(len(chunks))
    assert ends == ({0, 1, 2, 3} if closed else {0, 1, 2})


def test_zeros_that_a_power_cut_leaves_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.sealed"
    raw = write(path, close=False)
    for kept in (len(raw), len(raw) - 20, len(raw) - 310):
        path.write_bytes(raw[:kept] + bytes(5000))
        chunks, whole = read(path)
        assert not whole
        assert chunks == CHUNKS[: len(chunks)]
        assert len(chunks) == (3 if kept == len(raw) else 2)


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("mask", [0x01, 0x80, 0xFF])
def test_every_changed_byte_is_found(tmp_path: Path, closed: bool, mask: int) -> None:
    path = tmp_path / "a.sealed"
    raw = write(path, closed)
    for at in range(len(raw)):
        path.write_bytes(bytes([*raw[:at], raw[at] ^ mask, *raw[at + 1 :]]))
        with pytest.raises(SealError):
            read(path)


def test_chunks_do_not_change_places_or_files(tmp_path: Path) -> None:
    path = tmp_path / "a.sealed"
    raw = write(path, chunks=[b"one", b"two"])
    chunk = 8 + 3 + 16
    tail = 8 + 16
    first = len(raw) - tail - 2 * chunk
    one, two, end = raw[first : first + chunk], raw[first + chunk : -tail], raw[-tail:]
    other = write(tmp_path / "b.sealed", chunks=[b"one", b"two"])
    for changed in (
        raw[:first] + two + one + end,
        raw[:first] + one + end,
        raw[:first] + one + two + end + one,
        raw[:first] + one + two + end + b"\0",
        other[:20] + raw[20:],
    ):
        path.write_bytes(changed)
        with pytest.raises(SealError):
            read(path)
    path.write_bytes(raw)
    assert read(path) == ([b"one", b"two"], True)


def test_the_wrong_key_is_named(tmp_path: Path) -> None:
    write(tmp_path / "a.sealed")
    with pytest.raises(SealError, match="another key"):
        open_sealed(tmp_path / "a.sealed", Key("00000000", SECRET))
    (tmp_path / "b.sealed").write_bytes(b"RIFF" * 30)
    with pytest.raises(SealError, match="not a sealed file"):
        key_id_in(tmp_path / "b.sealed")


WRITER = """
import sys, pathlib
from tests.adapters.evidence.test_sealed_file import ABOUT, KEY, SealedWriter
writer = SealedWriter(pathlib.Path(sys.argv[1]), KEY, ABOUT)
for number in range(100000):
    writer.append(b"%06d" % number)
    print(number, flush=True)
"""


def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "a.sealed"
    command = [sys.executable, "-c", WRITER, str(path)]
    for wanted in (1, 7, 40):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as child:
            assert child.stdout is not None
            for line in child.stdout:
                if int(line) >= wanted:
                    break
            child.kill()
        chunks, whole = read(path)
        assert not whole
        assert len(chunks) > wanted
        assert chunks == [b"%06d" % number for number in range(len(chunks))]
        path.unlink()
