"""Reports into a shared folder."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.adapters.delivery import folder
from desktop.adapters.delivery.folder import FolderSender
from desktop.domain.delivery import Dead, Delivered, Message, Outcome, Retry, Trouble
from desktop.domain.delivery_targets import FolderTarget

MESSAGE = Message("e1-4-team", "Dasan Desk: report e1, version 4", '{"말":"값"}'.encode())
NAME = "e1-4-team.json"


def sender(path: Path) -> FolderSender:
    return FolderSender(FolderTarget("team", "민원지원팀", str(path)))


def sent(path: Path, message: Message = MESSAGE) -> Outcome:
    return asyncio.run(sender(path).send(message))


@contextmanager
def small_disk(place: Path, options: str) -> Iterator[None]:
    """A disk of its own in memory; only some users may make one."""
    if not sys.platform.startswith("linux"):
        pytest.skip("needs Linux")
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "none", str(place)]
    try:
        made = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        made = False
    if not made:
        pytest.skip("this user may not mount")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_the_report_is_a_file_and_the_same_again_is_as_good(tmp_path: Path) -> None:
    first = sent(tmp_path)
    assert isinstance(first, Delivered)
    assert first.receipt.startswith(f"{NAME} ")
    assert sent(tmp_path) == first
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {NAME: MESSAGE.body}


@pytest.mark.parametrize("there", [b'{"other":1}', MESSAGE.body[:-1], MESSAGE.body + b"\n", b""])
def test_another_report_under_the_key_stays(tmp_path: Path, there: bytes) -> None:
    (tmp_path / NAME).write_bytes(there)
    assert sent(tmp_path) == Dead(Trouble.CONFLICT)
    assert (tmp_path / NAME).read_bytes() == there


def test_what_a_cut_off_try_left_is_replaced(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(MESSAGE.body[:5])
    assert isinstance(sent(tmp_path), Delivered)
    assert [each.name for each in tmp_path.iterdir()] == [NAME]


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    shared, precious = tmp_path / "shared", tmp_path / "precious"
    shared.mkdir()
    precious.write_text("mine")
    (shared / f"{NAME}.part").symlink_to(precious)
    assert isinstance(sent(shared), Delivered)
    assert precious.read_text() == "mine"
    (shared / NAME).unlink()
    (shared / NAME).symlink_to(precious)
    assert sent(shared) == Dead(Trouble.CONFLICT)
    assert precious.read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes are elsewhere on Windows")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / NAME)
    assert sent(tmp_path) == Dead(Trouble.CONFLICT)


def test_a_folder_that_is_not_there_is_waited_for(tmp_path: Path) -> None:
    found = sent(tmp_path / "share")
    assert isinstance(found, Retry)
    assert found.trouble is Trouble.FOLDER_MISSING
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk(tmp_path: Path) -> None:
    share, large = tmp_path / "share", Message(MESSAGE.key, MESSAGE.title, b"x" * 300_000)
    with small_disk(share, "size=64k"):
        assert sent(share, large) == Retry(Trouble.FOLDER_FULL, "ENOSPC")
        assert list(share.iterdir()) == []
        assert isinstance(sent(share), Delivered)


def test_a_disk_that_cannot_be_written(tmp_path: Path) -> None:
    share = tmp_path / "share"
    with small_disk(share, "size=64k,ro"):
        assert sent(share) == Retry(Trouble.FOLDER_FORBIDDEN, "EROFS")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert sent(tmp_path) == Retry(Trouble.FOLDER_FORBIDDEN, "EACCES")
    assert asyncio.run(sender(tmp_path).probe()) == Retry(Trouble.FOLDER_FORBIDDEN)


def test_a_probe_writes_nothing(tmp_path: Path) -> None:
    assert asyncio.run(sender(tmp_path).probe()) == Delivered()
    assert list(tmp_path.iterdir()) == []
    found = asyncio.run(sender(tmp_path / "share").probe())
    assert isinstance(found, Retry)
    assert found.trouble is Trouble.FOLDER_MISSING


def test_a_share_that_hangs_holds_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = threading.Event()
    monkeypatch.setattr(folder, "LONGEST_S", 0.2)
    monkeypatch.setattr(os, "replace", lambda *_paths: stuck.wait(30))

    async def work() -> list[Outcome]:
        team = sender(tmp_path)
        outcomes = [await team.send(MESSAGE), await team.send(MESSAGE)]
        stuck.set()
        return outcomes

    assert asyncio.run(work()) == [Retry(Trouble.TIMEOUT), Retry(Trouble.STILL_RUNNING)]
