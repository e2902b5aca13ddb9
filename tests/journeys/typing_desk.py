"""A desk that types and presses the red button until it is killed; run as a program with the data folder."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

from desktop.adapters.evidence.keys import KeyRing
from desktop.adapters.evidence.sealing import KeyVault
from desktop.adapters.storage.records import SqliteRecords
from desktop.adapters.system.clock import SystemClock
from desktop.adapters.system.secrets import Secrets
from desktop.domain.call import Call, CallState, Direction
from desktop.processes.desk_parts import load_for_calls
from desktop.services.background import Background
from desktop.services.escalation_service import EscalationService
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine, Line
from desktop.services.notes_service import NotesService
from desktop.services.transcript_service import TranscriptService
from tests.services.world import ObedientPhone

KEY_S = 0.02
"""An agent who types fifty keys a second."""
KEYS_PER_PRESS = 15


def tell(**fields: object) -> None:
    """One line to whoever kills this program."""
    print(json.dumps({**fields, "mono": time.monotonic()}), flush=True)


async def work(folder: Path) -> None:
    """Type for ever, one more syllable each time."""
    records = await SqliteRecords.open(folder / "desk.sqlite")
    line, bus, background, clock = (
        CurrentLine(Line(ObedientPhone(), records)),
        EventBus(),
        Background(),
        SystemClock(),
    )
    notes = NotesService(line, bus, background)
    transcript = TranscriptService(line, bus, background)
    vault = KeyVault(KeyRing(folder, Secrets()))
    escalation = EscalationService(line, transcript, notes, bus, clock, background, vault)
    call = Call(
        "c1", Direction.INCOMING, "sip:01012344720@city", "", CallState.CONFIRMED, clock.now(), clock.now()
    )
    await records.save_call(call)
    # As the desk does at its start, before anybody can press.
    load_for_calls()
    await vault.keys.current()
    text = ""
    while True:
        for _ in range(KEYS_PER_PRESS):
            text += "가"
            notes.keep("c1", text)
            tell(typed=len(text))
            await asyncio.sleep(KEY_S)
        frozen = await escalation.freeze_evidence(call)
        tell(acknowledged=frozen.versions[-1].number, sha256=frozen.versions[-1].sha256)


if __name__ == "__main__":
    asyncio.run(work(Path(sys.argv[1])))
