"""The desk as a process of its own is killed in a call: its phone starts it again, and the call is in its window."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from desktop.adapters.phone.account_file import PASSWORD_VARIABLE
from desktop.adapters.phone.client import PhoneClient
from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.call import Call
from desktop.paths import Folders
from desktop.processes.arguments import pass_on
from desktop.processes.desk_parts import running_folder
from desktop.processes.spawn import command
from tests.adapters.phone.test_client import Watch
from tests.journeys.real_window import folders_of, until
from tests.peers.headless import HeadlessPhone

SETTINGS = 'language = "en"\nspeech_enabled = false\nauto_answer = true\n'
BACK_S = 5.0 * 4
"""The bar, and four times of it for a machine whose cores others share."""


@contextmanager
def started_desk(where: Folders) -> Iterator[subprocess.Popen[bytes]]:
    """The window's own process, as the command starts it; whatever is left of it and its heirs ends with the test."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", PASSWORD_VARIABLE: "secret"}
    desk = subprocess.Popen(command("desk", *pass_on(where)), env=environment)
    try:
        yield desk
    finally:
        desk.kill()
        desk.wait()
        for process in psutil.process_iter(["cmdline"]):
            if str(where.data) in (process.info["cmdline"] or []):
                process.kill()


def desks(where: Folders) -> list[psutil.Process]:
    """Windows of this data folder that run."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        line = process.info["cmdline"] or []
        if "desk" in line and str(where.data) in line and process.status() != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


async def watcher(where: Folders) -> PhoneClient:
    """A second client of the desk's phone, once that is there."""
    data = running_folder(where.data)
    async with asyncio.timeout(30):
        while not (data / "phone.json").exists():
            await asyncio.sleep(0.05)
    client = await PhoneClient.start(data, ["false"])
    assert client.attached
    return client


async def answered(citizen: HeadlessPhone, client: PhoneClient, watch: Watch) -> str:
    """The citizen calls until the desk, which may not be ready yet, answers; returns since when they speak."""
    for _ in range(5):
        citizen.say("dial", client.snapshot["uri"])
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(5):
                event = await watch.until(lambda e: e.get("state") == "CONFIRMED")
                return str(event["started"])
        citizen.say("hangup")
        await watch.until(lambda e: e.get("state") == "DISCONNECTED", 30)
        watch.events.clear()
    raise AssertionError("nobody answers")


async def kept(where: Folders) -> Call:
    """The answered call of the records."""
    records = await SqliteRecords.open(where.desk_database)
    (call,) = [call for call in await records.calls(9) if call.confirmed is not None]
    await records.close()
    return call


async def lives_on(where: Folders, citizen: HeadlessPhone, killed: subprocess.Popen[bytes]) -> None:
    client = await watcher(where)
    watch = Watch(client)
    started = await answered(citizen, client, watch)
    await asyncio.sleep(0.5)
    killed.kill()
    killed.wait()
    at = time.monotonic()
    await watch.until(lambda e: e["event"] == "desk" and e["state"] == "back", 60)
    print(
        f"back after {time.monotonic() - at:.2f} s",
        [(e["state"], e["time"][14:23]) for e in watch.events if e["event"] == "desk"],
    )
    assert time.monotonic() - at < BACK_S
    (again,) = desks(where)
    assert again.pid != killed.pid
    assert PASSWORD_VARIABLE not in again.environ()
    citizen.say("hangup")
    await watch.until(lambda e: e.get("state") == "DISCONNECTED", 30)
    async with asyncio.timeout(60):
        while (call := await kept(where)).ended is None:
            await asyncio.sleep(0.1)
    assert call.confirmed is not None
    assert call.confirmed.isoformat(timespec="milliseconds").replace("+00:00", "Z") == started
    assert call.ended_by == "remote"
    again.terminate()
    await until(lambda: not desks(where), 30)
    await watch.until(lambda e: e["event"] == "bye", 30)
    await asyncio.sleep(0.5)
    assert desks(where) == [], "one that was ended on purpose is not missed"
    await client.close(goodbye=False)


@pytest.mark.long
@pytest.mark.timeout(120)
def test_a_desk_that_is_killed_is_back_with_its_call_and_one_that_is_closed_is_not(tmp_path: Path) -> None:
    where = folders_of(tmp_path, SETTINGS)
    with HeadlessPhone(tmp_path / "citizen", "--audio", "null") as citizen, started_desk(where) as desk:
        citizen.ready()
        asyncio.run(lives_on(where, citizen, desk))
