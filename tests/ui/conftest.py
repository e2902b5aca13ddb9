"""A window on fake services, shown offscreen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest
import qasync
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.settings import Value
from desktop.ui.application import make_application
from desktop.ui.main_window import MainWindow
from desktop.ui.theme.look import polished_once
from tests.ui.fakes import Desk, FakeSettings, make_desk

WindowFactory = Callable[..., tuple[MainWindow, Desk]]


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    loop = qasync.QEventLoop(qapp, already_running=False)
    asyncio.set_event_loop(loop)
    yield loop
    asyncio.set_event_loop(None)
    loop.close()


@pytest.fixture
def desk(loop: asyncio.AbstractEventLoop) -> Iterator[Desk]:
    desk = make_desk(loop)
    yield desk
    desk.close()


@pytest.fixture
def make_window(desk: Desk, qtbot: QtBot) -> Iterator[WindowFactory]:
    """`make_window(width=..., height=..., **settings)`; the window is active and settled."""
    windows: list[MainWindow] = []

    def make(width: int = 1366, height: int = 697, **settings: Value) -> tuple[MainWindow, Desk]:
        desk.settings = FakeSettings(**settings)
        # As the desk does it, and in half the time.
        with polished_once(make_application(desk.settings.current)):
            window = desk.do(lambda: MainWindow(desk.services, desk.settings, desk.sound, desk.accounts))
        windows.append(window)
        window.resize(width, height)
        desk.do(window.show)
        window.activateWindow()
        with qtbot.waitActive(window):
            pass
        desk.settle()
        return window, desk

    yield make
    for window in windows:
        desk.do(window.let_close)
        shiboken6.delete(window)  # type: ignore[no-untyped-call]
    # Another test's words are English unless it says otherwise, also without a window.
    make_application(FakeSettings(language="en").current)
