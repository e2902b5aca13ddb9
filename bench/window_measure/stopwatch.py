"""From a key, or anything else that reaches the window's thread, to the painting that shows what it did."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

PAUSE_S = (0.04, 0.12)
"""Between two keys: as quick as hands are, and in step with no timer of the window."""
LOST_S = 5.0
"""What is not painted by then counts as having taken so long."""


@dataclass(slots=True)
class Wait:
    """Somebody waits for a painting that begins when `shown` is true; `done` gets the moment when it is over (ns)."""

    shown: Callable[[], bool]
    done: asyncio.Future[int]


class PaintTimes:
    """Stands before a QWidget in the bases of a window's class. Qt paints what is dirty when the window gets an
    UpdateRequest, and has handed it to the display when that event is dealt with."""

    waits: list[Wait]

    def event(self, event: QEvent) -> bool:
        """Every event of the window itself."""
        due: list[Wait] = []
        if event.type() is QEvent.Type.UpdateRequest:
            due = [one for one in self.__dict__.get("waits", ()) if one.shown()]
        handled = bool(super().event(event))  # type: ignore[misc]
        now = time.perf_counter_ns()
        for one in due:
            self.waits.remove(one)
            if not one.done.done():
                one.done.set_result(now)
        return handled


class Stopwatch(QObject):
    """Times what happens in a window whose class has `PaintTimes`. `chance` sets the pauses."""

    _struck = Signal()

    def __init__(self, window: Any, seed: int = 7) -> None:
        super().__init__()
        self._window, self._chance = window, random.Random(seed)
        self._act: Callable[[], object] = lambda: None
        self._began: asyncio.Future[int] | None = None
        self._wait: Wait | None = None
        self.spent: list[float] = []
        """Processor time of the window's own thread, from the act to the painting (ms)."""
        window.waits = []
        self._struck.connect(self._strike)

    async def time(self, act: Callable[[], object], shown: Callable[[], bool]) -> float:
        """Milliseconds from the moment at which `act` was due to the painting that has `shown`.

        A thread says when: what the window is doing at that moment counts too, as with a real key.
        """
        loop = asyncio.get_running_loop()
        self._act, self._began = act, loop.create_future()
        due = time.perf_counter_ns() + int(self._chance.uniform(*PAUSE_S) * 1e9)
        self._wait = wait = Wait(shown, loop.create_future())
        Thread(target=self._wait_for, args=(due,), daemon=True).start()
        try:
            async with asyncio.timeout(LOST_S):
                before = await self._began
                painted = await wait.done
        except TimeoutError:
            if wait in self._window.waits:
                self._window.waits.remove(wait)
            return LOST_S * 1000
        self.spent.append((time.thread_time_ns() - before) / 1e6)
        return (painted - due) / 1e6

    def _wait_for(self, due: int) -> None:
        time.sleep(max(0.0, (due - time.perf_counter_ns()) / 1e9))
        self._struck.emit()

    def _strike(self) -> None:
        assert self._began is not None
        assert self._wait is not None
        self._began.set_result(time.thread_time_ns())
        # What was dirty before is painted together with what the act makes dirty: both are looked at from here on.
        self._window.waits.append(self._wait)
        self._act()


def press(
    window: QWidget,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    text: str = "",
) -> None:
    """A key as the platform gives it to Qt, shortcuts too. Not from a task: Qt deals with other events meanwhile."""
    from PySide6.QtTest import QTest  # not in what a start is measured with

    handle = window.windowHandle()
    # Letters go to the same place; only keys with a meaning of their own have to pass the map of shortcuts.
    if text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(handle, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
    else:
        QTest.keyClick(handle, key, modifiers)


def letter(window: QWidget, text: str) -> None:
    """A letter of a keyboard without an input method."""
    press(window, Qt.Key(ord(text.upper())), text=text)


def compose(preedit: str, commit: str = "") -> None:
    """One key of an input method: what it has finished, and what is being composed now."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    target = QGuiApplication.focusObject()
    if target is not None:
        QCoreApplication.sendEvent(target, event)
