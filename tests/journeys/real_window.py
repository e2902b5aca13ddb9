"""The real desk in a window that nobody sees: real services, storage, phone and speech processes, no sound device."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.paths import Folders
from desktop.processes.desk import open_window, tick
from desktop.processes.desk_core import SILENCE, Desk, PhoneAudio, open_desk
from desktop.settings import SettingsFile
from desktop.ui.application import make_application
from desktop.ui.main_window import MainWindow
from tests.peers.headless import HeadlessPhone

QUIET = 'language = "en"\nspeech_enabled = false\n'


@dataclass(slots=True)
class RealWindow:
    """A desk with its window."""

    desk: Desk
    window: MainWindow

    @property
    def notice(self) -> str:
        """What the slot of the call card says."""
        return self.window.column.card.notice_text

    async def reads(self, words: str, seconds: float = 20.0) -> str:
        """Wait until the slot says something with `words` in it."""
        await until(lambda: words in self.notice, seconds, lambda: f"the slot says {self.notice!r}")
        return self.notice

    async def takes(self, caller: HeadlessPhone) -> str:
        """The caller calls, the agent answers; returns the call's id."""
        caller.say("dial", self.desk.phone.uri)
        await until(lambda: self.window.situation == "ringing", 15)
        self.window.action("answer").trigger()
        await until(lambda: self.window.situation == "talking", 15)
        call = self.desk.services.calls.current
        assert call is not None
        return call.id


async def until(what: Callable[[], object], seconds: float = 30.0, why: Callable[[], str] = str) -> None:
    """Wait until `what` is true; `why` tells what it was like when it was not in time."""
    try:
        async with asyncio.timeout(seconds):
            while not what():
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"not within {seconds:.0f} s: {why()}") from None


def folders_of(folder: Path, settings: str = QUIET) -> Folders:
    """Folders with this settings file."""
    where = Folders(folder / "data", folder / "config")
    where.config.mkdir(mode=0o700)
    where.settings_file.write_text(settings, encoding="utf-8")
    return where


@contextlib.asynccontextmanager
async def real_window(where: Folders, audio: PhoneAudio = SILENCE) -> AsyncIterator[RealWindow]:
    """A desk from its start to its end on purpose. Needs a running loop that is Qt's too."""
    settings = SettingsFile(where.settings_file)
    make_application(settings.current)
    desk = await open_desk(where, settings, audio)
    window = await open_window(desk, where, settings)
    ticking = asyncio.create_task(tick(desk))
    try:
        await desk.start()
        yield RealWindow(desk, window)
    finally:
        ticking.cancel()
        await desk.close()
        window.let_close()
        window.deleteLater()
        QApplication.processEvents()
