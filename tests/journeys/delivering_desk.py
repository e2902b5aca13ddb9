"""A desk that files reports and sends them until it is killed, or kills itself; run as a program.

`DATA URL CA_FILE SHARE POINT`: it files one report and dies at POINT. `drain` files none and ends when all is
delivered, `work` files reports for ever.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.adapters.delivery import sender_factory
from desktop.adapters.storage.outbox import SqliteOutbox
from desktop.adapters.storage.records import SqliteRecords
from desktop.adapters.system.clock import SystemClock
from desktop.domain import delivery
from desktop.domain.call import Call, CallState, Direction
from desktop.domain.delivery import Delivery, Message, Outcome
from desktop.domain.delivery_targets import FolderTarget, HttpsTarget, Target
from desktop.domain.escalation import AbuseKind, ReportForm
from desktop.domain.events import CallEnded
from desktop.domain.ids import new_id
from desktop.services.background import Background
from desktop.services.delivery_ports import Sender
from desktop.services.delivery_service import DeliveryService
from desktop.services.escalation_service import EscalationService
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine, Line
from desktop.services.notes_service import NotesService
from desktop.services.transcript_service import TranscriptService
from tests.services.world import ObedientPhone, OpenVault

WRITES = ("INSERT ON evidence", "UPDATE ON escalations", "INSERT ON outbox")
STEPS = ("claim", "sent", "save")
POINTS = (*WRITES, "filed", *(f"{when} {step}" for step in STEPS for when in ("before", "after")))


def die() -> None:
    """As by a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


class DyingOutbox(SqliteOutbox):
    """Ends the process before or after it is written to."""

    def __init__(self, outbox: SqliteOutbox, point: str) -> None:
        super().__init__(outbox._thread)
        self.point, self.armed = point, False

    def here(self, point: str) -> None:
        if self.armed and self.point == point:
            die()

    async def claim(self, target: str, now: datetime) -> Delivery | None:
        self.here("before claim")
        found = await super().claim(target, now)
        if found is not None:
            self.here("after claim")
        return found

    async def save(self, delivery: Delivery) -> None:
        self.here("before save")
        await super().save(delivery)
        self.here("after save")


class DyingSender:
    """Ends the process just before or after the receiver has the report."""

    def __init__(self, sender: Sender, outbox: DyingOutbox) -> None:
        self._sender, self._outbox = sender, outbox

    async def send(self, message: Message) -> Outcome:
        self._outbox.here("before sent")
        outcome = await self._sender.send(message)
        self._outbox.here("after sent")
        return outcome

    async def probe(self) -> Outcome:
        return await self._sender.probe()


class Desk:
    """What of a desk has to do with reports."""

    def __init__(self, records: SqliteRecords, targets: list[Target], point: str) -> None:
        line, background = CurrentLine(Line(ObedientPhone(), records)), Background()
        self.records, self.bus, self.clock, self.point = records, EventBus(), SystemClock(), point
        self.outbox = DyingOutbox(records.outbox, point)

        async def no_secret(_account: str) -> str:
            return ""

        real = sender_factory(no_secret)
        self.delivery = DeliveryService(
            self.outbox,
            lambda target: DyingSender(real(target), self.outbox),
            self.bus,
            self.clock,
            targets,
            chance=lambda: 0.02,
        )
        transcript, notes = (
            TranscriptService(line, self.bus, background),
            NotesService(line, self.bus, background),
        )
        self.escalation = EscalationService(
            line, transcript, notes, self.bus, self.clock, background, OpenVault(), self.delivery.address
        )
        self.background = background

    async def file(self) -> None:
        """One report, and the end of its call, which is a supplement."""
        now = self.clock.now()
        call = Call(
            new_id("c"), Direction.INCOMING, "sip:01012344720@city", "", CallState.CONFIRMED, now, now
        )
        await self.records.save_call(call)
        await self.escalation.freeze_evidence(call)
        if self.point in WRITES:
            await self._set_trap()
        filed = await self.escalation.file(ReportForm(AbuseKind.VERBAL))
        self.outbox.armed = True  # before the workers hear of it: they are woken, and have not run yet
        print(json.dumps({"acknowledged": filed.id}), flush=True)
        if self.point == "filed":
            die()
        self.bus.publish(CallEnded(call.changed(state=CallState.DISCONNECTED, ended=self.clock.now())))
        await self.background.settle()

    async def drain(self) -> None:
        """Until nothing waits."""
        while await self.delivery.unsettled():
            await asyncio.sleep(0.02)

    async def _set_trap(self) -> None:
        def work(db: Any) -> None:
            db.conn.create_function("die", 0, die)
            db.execute(f"CREATE TEMP TRIGGER trap AFTER {self.point} BEGIN SELECT die(); END")

        await self.records._thread.run(work)


async def work(data: Path, url: str, ca_file: str, share: str, point: str) -> None:
    """Go on where the last run was killed."""
    delivery.SUPPLEMENT_PAUSE_S = 0.05
    records = await SqliteRecords.open(data / "desk.sqlite")
    targets: list[Target] = [
        HttpsTarget("team", "민원지원팀", url, ca_file),
        FolderTarget("share", "공유", share),
    ]
    desk = Desk(records, targets, point)
    desk.delivery.start()
    if point in POINTS:
        await desk.file()
    elif point == "work":
        for _ in itertools.count():
            await desk.file()
    await desk.drain()
    await desk.delivery.close()
    await records.close()


if __name__ == "__main__":
    _program, place, *others = sys.argv
    asyncio.run(work(Path(place), *others))
