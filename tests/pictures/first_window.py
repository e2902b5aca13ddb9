"""The window of a first start on services in memory, with the shipped sample of answers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import qasync
import shiboken6

from desktop import paths
from desktop.adapters.search.answers import PackAnswers
from desktop.ui.application import make_application
from desktop.ui.main_window import MainWindow
from desktop.ui.theme.look import polished_once
from tests.pictures.camera import SIZES
from tests.ui.fakes import Desk, FakeSettings, make_desk


@contextmanager
def first_window() -> Iterator[tuple[Desk, MainWindow]]:
    """The window is shown and asks for the language; it and all behind it are gone afterwards."""
    settings = FakeSettings(language="")
    application = make_application(settings.current)
    application.setCursorFlashTime(0)
    loop = qasync.QEventLoop(application, already_running=False)
    asyncio.set_event_loop(loop)
    pack = loop.run_until_complete(PackAnswers.open(paths.resources() / "faq" / "sample.faq"))
    desk = make_desk(loop, pack)
    desk.settings = settings
    with polished_once(application):
        window = desk.do(lambda: MainWindow(desk.services, settings, desk.sound, desk.accounts))
    try:
        window.resize(SIZES[0].width, SIZES[0].height)
        desk.do(window.show)
        yield desk, window
    finally:
        desk.do(window.let_close)
        shiboken6.delete(window)  # type: ignore[no-untyped-call]
        desk.close()
        loop.run_until_complete(pack.close())
        loop.close()
        asyncio.set_event_loop(None)
