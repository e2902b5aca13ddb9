"""A desk is killed at every point of a report's way, and at random moments: nothing is lost, nothing arrives twice."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.delivery import Delivery, DeliveryState
from tests.journeys.delivering_desk import POINTS, WRITES
from tests.journeys.test_power_cut import lines_of
from tests.peers.certificates import Authority
from tests.peers.receiver import Receiver

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the program kills itself by a POSIX signal")
DEATHS = 8


class Place:
    """A data folder, a receiver and a share that outlive every desk."""

    def __init__(self, folder: Path, receiver: Receiver, ca_file: Path) -> None:
        self.data, self.share, self.receiver, self.ca_file = (
            folder / "data",
            folder / "share",
            receiver,
            ca_file,
        )
        self.share.mkdir()
        self.acknowledged: list[str] = []

    def start(self, point: str) -> subprocess.Popen[str]:
        places = [str(each) for each in (self.data, self.receiver.url, self.ca_file, self.share)]
        command = [
            sys.executable,
            "-m",
            "tests.journeys.delivering_desk",
            *places,
            *([point] if point else []),
        ]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def run_to_its_end(self, point: str) -> int:
        with self.start(point) as desk:
            try:
                said, _ = desk.communicate(timeout=60)
            except subprocess.TimeoutExpired:
                desk.kill()
                raise
            self.acknowledged += [json.loads(line)["acknowledged"] for line in said.splitlines()]
            return desk.returncode

    def kill_after(self, seconds: float) -> None:
        """Let it file reports for so long after the first one, then kill it."""
        with self.start("work") as desk:
            assert desk.stdout is not None
            said = lines_of(desk.stdout)
            heard = [said.get(timeout=60)]
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                time.sleep(0.002)
            desk.kill()
            desk.wait(timeout=10)
        while not said.empty():
            heard.append(said.get())
        self.acknowledged += [line["acknowledged"] for line in heard]

    def deliveries(self) -> dict[str, list[Delivery]]:
        """The deliveries of each filed report, and none of any other."""

        async def read() -> dict[str, list[Delivery]]:
            records = await SqliteRecords.open(self.data / "desk.sqlite")
            found = {}
            for call in await records.calls(100_000):
                if (escalation := await records.escalation(call.id)) is not None:
                    found[escalation.id] = await records.outbox.of_report(escalation.id)
                    assert bool(found[escalation.id]) == (escalation.filed is not None)
            await records.close()
            return {name: rows for name, rows in found.items() if rows}

        return asyncio.run(read())

    def check(self) -> dict[str, list[Delivery]]:
        """Everything that was filed has arrived once at both places, and nothing else has."""
        found = self.deliveries()
        assert set(self.acknowledged) <= set(found)
        rows = [each for report in found.values() for each in report]
        assert {each.state for each in rows} == {DeliveryState.DELIVERED}
        expected = {target: {r.key for r in rows if r.target == target} for target in ("team", "share")}
        for report in found.values():
            assert {each.target for each in report if not each.supplement} == {"team", "share"}
        assert set(self.receiver.taken) == expected["team"]
        assert set(self.receiver.taken.values()) == {1}
        assert {each.name for each in self.share.iterdir()} == {f"{key}.json" for key in expected["share"]}
        for key, body in self.receiver.reports.items():
            assert json.loads(body)["key"] == key
        return found


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    authority = Authority.make(tmp_path)
    with Receiver(authority.server()) as receiver:
        yield Place(tmp_path, receiver, authority.ca_file)


def test_a_death_at_each_point(place: Place) -> None:
    for number, point in enumerate(POINTS):
        before = len(place.deliveries())
        place.receiver.script += [503] if number % 2 else ["drop"]
        assert place.run_to_its_end(point) == -9, point
        filed = len(place.deliveries()) - before
        assert filed == (0 if point in WRITES else 1), point
    assert place.run_to_its_end("drain") == 0
    found = place.check()
    assert len(found) == len(POINTS) - len(WRITES)
    assert len(place.receiver.requests) > len(place.receiver.reports)


@pytest.mark.long
def test_deaths_at_random_moments_with_a_receiver_that_fails(place: Place) -> None:
    chance = random.Random(20261122)
    troubles: list[int | str] = [200, 200, 500, "drop", "refuse", 429, "html"]
    for _ in range(DEATHS):
        place.receiver.script.extend(chance.choices(troubles, k=20))
        place.kill_after(chance.uniform(0.0, 0.5))
    place.receiver.script.clear()
    assert place.run_to_its_end("drain") == 0
    assert len(place.check()) >= DEATHS
