"""A desk without a window that takes every call and notes something down; run as a program until it is killed."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from desktop.domain.events import CallConfirmed, CallReceived, LinesChanged, NotesSaved
from desktop.paths import Folders
from desktop.processes.desk_core import PhoneAudio, open_desk
from desktop.settings import SettingsFile

NOTES = "통화 중에 적던 글"


def tell(**fields: object) -> None:
    """One line to whoever started this program."""
    print(json.dumps(fields, ensure_ascii=False), flush=True)


async def work(folder: Path, microphone: str, speaker: str) -> None:
    """Answer and write until killed."""
    where = Folders(folder / "data", folder / "config")
    audio = PhoneAudio("file", microphone, speaker)
    desk = await open_desk(where, SettingsFile(where.settings_file), audio)
    services = desk.services
    services.bus.subscribe(
        CallReceived, lambda _e: services.background.start(services.calls.answer(), "answer")
    )
    services.bus.subscribe(
        LinesChanged,
        lambda e: services.background.start(services.calls.answer(), "next") if e.waiting else None,
    )
    services.bus.subscribe(CallConfirmed, lambda e: services.notes.keep(e.call.id, NOTES))
    services.bus.subscribe(NotesSaved, lambda e: tell(noted=e.call_id))
    await desk.start()
    tell(uri=desk.phone.uri)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(work(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
