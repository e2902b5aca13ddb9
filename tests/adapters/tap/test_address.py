"""Sockets that only this user can reach."""

from __future__ import annotations

import asyncio
import os
import stat
from pathlib import Path

import pytest

from desktop.adapters.tap import address as module
from desktop.adapters.tap.address import choose, connect, listen, remove, runtime_folder


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(await reader.readline())
    writer.close()


async def talk(address: str) -> bytes:
    server = await listen(address, echo)
    reader, writer = await connect(address)
    writer.write(b"hello\n")
    answer = await reader.readline()
    writer.close()
    server.close()
    return answer


def test_a_socket_file_is_private_and_a_dead_one_is_replaced(tmp_path: Path) -> None:
    address = choose(tmp_path, "tap.sock")
    path = Path(address.removeprefix("unix:"))
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert asyncio.run(talk(address)) == b"hello\n"
    path.touch()
    assert asyncio.run(talk(address)) == b"hello\n"
    remove(address)
    assert not path.exists()


def test_without_unix_sockets_there_is_a_loopback_port(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "has_unix_sockets", lambda: False)
    address = choose(tmp_path, "tap.sock")
    assert address.startswith("tcp:127.0.0.1:")
    assert asyncio.run(talk(address)) == b"hello\n"


def test_a_long_data_path_moves_the_socket_to_a_short_one(tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 30)
    folder = runtime_folder(deep)
    try:
        assert len(os.fsencode(folder / "phone.sock")) < 100
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert runtime_folder(deep) == folder
        assert runtime_folder(tmp_path / ("else" * 30)) != folder
    finally:
        folder.rmdir()
        runtime_folder(tmp_path / ("else" * 30)).rmdir()


def test_a_folder_open_to_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir(mode=0o777)
    (tmp_path / "run").chmod(0o777)
    with pytest.raises(PermissionError):
        runtime_folder(tmp_path)
