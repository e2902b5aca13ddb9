"""The desk process: window, services, storage; `dasan-desk` without a command."""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import os
import signal
import sys
from collections.abc import Coroutine, Sequence
from typing import Any

import qasync
from PySide6.QtWidgets import QApplication

import desktop.ui.plain_imports  # noqa: F401 - before all that are slower without it
from desktop import log
from desktop.adapters.phone.desk_phone import DeskPhone
from desktop.adapters.system.machine import share_arenas
from desktop.adapters.system.network import NetworkWatch
from desktop.adapters.system.priority import drop_raised_priority
from desktop.adapters.system.single_instance import SingleInstance
from desktop.domain.errors import DeskError
from desktop.paths import Folders, open_private
from desktop.processes import desk_parts
from desktop.processes.account_desk import AccountDesk
from desktop.processes.arguments import process_folders, process_parser
from desktop.processes.desk_core import Desk, open_desk
from desktop.processes.live_settings import LiveSettings
from desktop.processes.lost_tone import lost_tone
from desktop.processes.sound_check import DeviceSoundCheck
from desktop.settings import SettingsFile
from desktop.ui import messages, window_place
from desktop.ui.application import log_qt_messages, make_application, running_controller
from desktop.ui.first_paint import FirstPaint
from desktop.ui.main_window import MainWindow
from desktop.ui.shortcuts import read as read_keys
from desktop.ui.theme.look import polished_once

DONE, FAILED = 0, 1
TICK_S = 1.0
FAULTS = "desk.faults"
_log = logging.getLogger(__name__)


def main(argv: Sequence[str]) -> int:
    """Open the window, or raise the one that is open; returns when it is closed."""
    parser = process_parser("desk", "the window")
    parser.add_argument("--practice", metavar="ID")
    args = parser.parse_args(argv)
    where = process_folders(args)
    # Threads for large matrices: ours are small, and starting them takes 0.1 s of both cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    share_arenas()
    settings = SettingsFile(where.settings_file)
    log_qt_messages()
    application = make_application(settings.current)
    instance = SingleInstance(desk_parts.running_folder(where.data))
    try:
        first = instance.claim(argv)
    except DeskError as error:
        # A data folder that can't be written still lets people talk: the window says what is not kept.
        _log.error("%s", error)
        first = True
    if not first:
        print("Dasan Desk is already open; its window was brought to the front.", file=sys.stderr)
        return DONE
    start_log(where, args.verbose)
    for problem in settings.problems:
        print(f"dasan-desk: {problem.sentence()}", file=sys.stderr)
    for wrong_key in read_keys(settings.current.keys)[1]:
        print(f"dasan-desk: {settings.file}: {wrong_key.sentence()}", file=sys.stderr)
    try:
        return run_until_complete(application, _Session(where, settings, instance).run(args.practice))
    finally:
        instance.release()


def run_until_complete(application: QApplication, work: Coroutine[Any, Any, int]) -> int:
    """Run `work` on a loop that is Qt's and asyncio's in one."""
    # The desk ends when its work is done, not when Qt has no window left.
    application.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    with loop:
        return int(loop.run_until_complete(work))


async def open_window(desk: Desk, where: Folders, settings: SettingsFile) -> MainWindow:
    """The window of a desk that has not been started yet, shown, with every trouble told to it."""
    desk.services.bus.attach(asyncio.get_running_loop())
    accounts = AccountDesk(where, settings, desk_parts.secrets())
    LiveSettings(desk, settings)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    with polished_once(application):
        window = MainWindow(desk.services, settings, DeviceSoundCheck(), accounts, notify=_notify)
    painted = FirstPaint(window)
    window_place.place(window, where.window_place)
    window.closing.connect(lambda: window_place.keep(window, where.window_place))
    window.show()
    window.activateWindow()  # without a window manager nobody else gives it the keyboard
    await painted.wait()
    for trouble in desk.troubles:
        desk.services.bus.publish(trouble)
    if isinstance(desk.phone, DeskPhone):
        accounts.attach(desk.phone)
        # The keyring may be asking somebody for its own key: window and running call are there before.
        desk.phone.set_environment(accounts.environment)
    return window


def _notify(text: str) -> None:
    from desktop.adapters.system import portal  # loaded after the start

    portal.notify(text)


async def tick(desk: Desk) -> None:
    """The desk's second hand."""
    while True:
        await asyncio.sleep(TICK_S)
        desk.flow.tick()


def start_log(where: Folders, verbose: bool = False) -> None:
    """Keep the desk's log, and where it stood should a library end the process."""
    faulthandler.enable()
    try:
        log.start(where.logs, "desk", verbose)
        # Kept open for the life of the process: it is written to only in its last moment.
        faulthandler.enable(open_private(where.logs / FAULTS, os.O_WRONLY | os.O_CREAT | os.O_APPEND))
    except OSError as error:
        _log.error("no log is kept: %s", error)


def _watch_contrast() -> object:
    """Follow the system's wish for high contrast while what is returned is kept."""
    from desktop.adapters.system.portal import ContrastWatch  # loaded after the start

    return ContrastWatch(running_controller().wish_contrast)


class _Session:
    """One start of the window until it is closed."""

    def __init__(self, where: Folders, settings: SettingsFile, instance: SingleInstance) -> None:
        self._where, self._settings, self._instance = where, settings, instance
        self._over = asyncio.Event()
        self._network: NetworkWatch | None = None
        self._contrast: object = None
        self._warned = False

    async def run(self, practice: str | None) -> int:
        """Until the window is closed or the system asks to end."""
        desk = await open_desk(self._where, self._settings)
        lost_tone(desk.services, self._settings)
        window = await open_window(desk, self._where, self._settings)
        if isinstance(desk.phone, DeskPhone):
            desk.phone.be_missed(self._where.data)
        window.closing.connect(lambda: self._closing(desk, window))
        self._instance.asked.connect(lambda wishes: self._asked(window, wishes))
        self._heed_signals()
        await desk.start()
        drop_raised_priority()
        self._network = NetworkWatch(desk.services.delivery.network_is_back)
        self._contrast = _watch_contrast()
        ticking = asyncio.create_task(tick(desk))
        if practice is not None:
            window.begin_practice(practice)
        await self._over.wait()
        ticking.cancel()
        await desk.close()
        window.let_close()
        return DONE

    def _closing(self, desk: Desk, window: MainWindow) -> None:
        """The agent closes the window: at once, or at the second time where something is not on disk."""
        if any(saver.waiting for saver in desk.savers) and not self._warned:
            self._warned = True
            window.show_toast(messages.unsaved_at_the_end())
        else:
            self._over.set()

    def _asked(self, window: MainWindow, wishes: list[str]) -> None:
        """A second start wants this window."""
        window.raise_to_front()
        if "--practice" in wishes[:-1]:
            window.begin_practice(wishes[wishes.index("--practice") + 1])

    def _heed_signals(self) -> None:
        """A polite end by the system is an end on purpose."""
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self._over.set)
