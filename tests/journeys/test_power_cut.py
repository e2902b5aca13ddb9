"""Deaths at random moments: at most the last 200 ms of notes are lost, and no acknowledged evidence."""

from __future__ import annotations

import asyncio
import json
import queue
import random
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.escalation import Escalation, digest

DEATHS = 8
"""Of twenty in the long form."""
LOST_S = 0.2


def lines_of(stream: IO[str]) -> queue.Queue[dict[str, Any]]:
    """What the program says, as it says it."""
    said: queue.Queue[dict[str, Any]] = queue.Queue()

    def read() -> None:
        for line in stream:
            said.put(json.loads(line))

    threading.Thread(target=read, daemon=True).start()
    return said


def type_until_killed(folder: Path, seconds: float) -> tuple[list[dict[str, Any]], float]:
    """What a typing desk said before it was killed `seconds` after its first key, and the moment of its death."""
    command = [sys.executable, "-m", "tests.journeys.typing_desk", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        said = lines_of(desk.stdout)
        first = said.get(timeout=30)
        end = time.monotonic() + seconds
        heard = [first]
        while (left := end - time.monotonic()) > 0:
            try:
                heard.append(said.get(timeout=left))
            except queue.Empty:
                break
        died = time.monotonic()
        desk.kill()
        desk.wait(timeout=10)
    while not said.empty():
        heard.append(said.get())
    return heard, died


def kept(folder: Path) -> tuple[str, Escalation | None]:
    """Notes and evidence as the next start finds them."""

    async def read() -> tuple[str, Escalation | None]:
        records = await SqliteRecords.open(folder / "desk.sqlite")
        try:
            return await records.notes("c1"), await records.escalation("c1")
        finally:
            await records.close()

    return asyncio.run(read())


def die_often(tmp_path: Path, deaths: int) -> None:
    """Kill so many typing desks, and look what each left."""
    chance = random.Random(20261122)
    acknowledged = 0
    for number in range(deaths):
        folder = tmp_path / str(number)
        said, died = type_until_killed(folder, chance.uniform(0.05, 1.2))
        notes, escalation = kept(folder)
        safe = max(
            (line["typed"] for line in said if "typed" in line and line["mono"] < died - LOST_S), default=0
        )
        assert len(notes) >= safe, (
            f"death {number}: {safe} keys were older than 200 ms, {len(notes)} were kept"
        )
        versions = {v.number: v for v in escalation.versions} if escalation else {}
        for line in said:
            if "acknowledged" in line:
                acknowledged += 1
                version = versions[line["acknowledged"]]
                assert version.sha256 == line["sha256"] == digest(version.canonical)
    assert acknowledged > deaths


def test_deaths_at_random_moments(tmp_path: Path) -> None:
    die_often(tmp_path, DEATHS)
