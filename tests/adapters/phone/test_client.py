"""The desk's client and the phone's socket, on the real phone process and on parts of it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from desktop.adapters.phone import server as server_module
from desktop.adapters.phone.client import PhoneClient
from desktop.adapters.phone.phone import Phone
from desktop.adapters.phone.phone_file import read_phone_file
from desktop.adapters.phone.server import PhoneServer
from desktop.adapters.tap.address import choose, connect
from desktop.domain.errors import PhoneError
from desktop.processes.spawn import command
from tests.peers.sipp import ANSWERED, Sipp, expect_request

Event = dict[str, Any]


def argv(data: Path, *options: str) -> list[str]:
    return command("phone", "--data", str(data), "--config", str(data), "--audio", "null", *options)


class Watch:
    """Events of a client, to be waited for."""

    def __init__(self, client: PhoneClient) -> None:
        self.events: list[Event] = []
        self._new = asyncio.Event()
        client.listen(self._take)

    def _take(self, event: Event) -> None:
        self.events.append(event)
        self._new.set()

    async def until(self, what: Callable[[Event], bool], seconds: float = 10.0) -> Event:
        async with asyncio.timeout(seconds):
            while True:
                for event in self.events:
                    if what(event):
                        return event
                self._new.clear()
                await self._new.wait()


async def test_a_call_survives_its_desk_and_the_next_desk_controls_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = await PhoneClient.start(data, argv(data))
    assert not first.attached
    assert (data / "phone.json").stat().st_mode & 0o777 == 0o600
    watch = Watch(first)
    caller = Sipp(tmp_path / "sipp", ANSWERED + expect_request("BYE"), first.snapshot["port"])
    ringing = await watch.until(lambda event: event.get("state") == "INCOMING")
    await first.command("answer", ringing["id"])
    await watch.until(lambda event: event.get("state") == "CONFIRMED")
    await first.close(goodbye=False)

    async def keyring() -> dict[str, str]:
        raise AssertionError("a phone that runs needs no password of ours")

    second = await PhoneClient.start(data, ["false"], keyring)
    try:
        assert second.attached
        (call,) = second.snapshot["calls"]
        assert (call["id"], call["state"], call["codec"]) == (ringing["id"], "CONFIRMED", "PCMA")
        assert call["started"] >= call["created"]
        watch = Watch(second)
        await second.command("mute")
        assert (await watch.until(lambda event: event["event"] == "media"))["muted"] is True
        with pytest.raises(PhoneError, match="no ringing call"):
            await second.command("answer")
        await second.command("hangup", call["id"])
        ended = await watch.until(lambda event: event.get("state") == "DISCONNECTED")
        assert ended["ended_by"] == "local"
        await asyncio.to_thread(caller.finish)
    finally:
        await second.close(goodbye=True)
    assert watch.events[-1]["event"] == "bye"
    assert not (data / "phone.json").exists()


async def test_a_killed_phone_is_followed_by_another(tmp_path: Path) -> None:
    data = tmp_path / "data"
    client = await PhoneClient.start(data, argv(data))
    try:
        watch, pid = Watch(client), client.pid
        os.kill(pid, signal.SIGKILL)
        await watch.until(lambda event: event["event"] == "gone")
        await watch.until(lambda event: event["event"] == "snapshot")
        assert client.pid != pid
        assert await client.command("availability", "480") == {}
    finally:
        await client.close(goodbye=True)


async def test_a_phone_that_cannot_start_says_why(tmp_path: Path) -> None:
    account = tmp_path / "account.toml"
    account.write_text("id = 1")
    with pytest.raises(PhoneError, match='"id"'):
        await PhoneClient.start(tmp_path / "data", argv(tmp_path / "data", "--account", str(account)))


class StandIn:
    """What the server needs of a phone."""

    def __init__(self) -> None:
        self.options = SimpleNamespace(token="right", tap="unix:/nowhere")
        self.calls_running = 0

    def listen(self, receiver: Callable[[Event], None]) -> Callable[[], None]:
        return lambda: None

    def snapshot(self) -> Event:
        return {"event": "snapshot"}


async def test_without_the_token_there_is_no_snapshot(tmp_path: Path) -> None:
    address = choose(tmp_path, "phone.sock")
    server = PhoneServer(cast(Phone, StandIn()), address, tmp_path, lambda: None)
    await server.start()
    try:
        for line in (
            b'{"command": "hello", "token": "wrong"}\n',
            b"[]\n",
            b"nonsense\n",
            b"[" * 60_000 + b"\n",
        ):
            reader, writer = await connect(address)
            writer.write(line)
            hello = json.loads(await reader.readline())
            assert hello["token_ok"] is False
            assert "tap" not in hello
            assert await reader.read() == b""
            writer.close()
            await writer.wait_closed()
        with pytest.raises(PhoneError, match="already running"):
            await PhoneServer(cast(Phone, StandIn()), address, tmp_path, lambda: None).start()
    finally:
        await server.close()
    assert read_phone_file(tmp_path) is None


async def test_a_lonely_phone_ends_but_not_while_a_call_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "LINGER_S", 0.05)
    monkeypatch.setattr(server_module, "LONELY_TICK_S", 0.02)
    phone, ended = StandIn(), asyncio.Event()
    phone.calls_running = 1
    server = PhoneServer(cast(Phone, phone), choose(tmp_path, "phone.sock"), tmp_path, ended.set)
    await server.start()
    try:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await ended.wait()
        phone.calls_running = 0
        async with asyncio.timeout(2):
            await ended.wait()
    finally:
        await server.close()


async def test_a_phone_with_somebody_at_its_command_line_waits_for_no_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "LINGER_S", 0.02)
    monkeypatch.setattr(server_module, "LONELY_TICK_S", 0.01)
    address, ended = choose(tmp_path, "phone.sock"), asyncio.Event()
    server = PhoneServer(cast(Phone, StandIn()), address, tmp_path, ended.set, attended=True)
    await server.start()
    try:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await ended.wait()
    finally:
        await server.close()


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (b'{"command": "\\ud800", "seq": 1}', ("error", "?", 1)),
        (b'{"command": "x", "arguments": ["\\ud800"], "seq": 2}', ("error", "x", 2)),
        (b'{"command": "x", "seq": 1e400}', ("error", "", -1)),
        (b"[" * 60_000, ("error", "", -1)),
    ],
)
async def test_a_client_is_never_left_without_an_answer(
    tmp_path: Path, line: bytes, answer: tuple[str, str, int]
) -> None:
    class Refusing(StandIn):
        async def command(self, verb: str, *arguments: str) -> Event:
            raise PhoneError(f"{verb} {arguments}")

    address = choose(tmp_path, "phone.sock")
    server = PhoneServer(cast(Phone, Refusing()), address, tmp_path, lambda: None)
    await server.start()
    try:
        reader, writer = await connect(address)
        writer.write(b'{"command": "hello", "token": "right"}\n' + line + b"\n")
        async with asyncio.timeout(3):
            assert json.loads(await reader.readline())["token_ok"] is True
            await reader.readline()
            told = json.loads(await reader.readline())
        assert (told["event"], told["command"], told["seq"]) == answer
        writer.close()
        await writer.wait_closed()
    finally:
        await server.close()
