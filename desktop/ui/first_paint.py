"""The moment when a window is seen: what can wait for that does, so that it is seen early."""

from __future__ import annotations

import asyncio
import contextlib

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

PAINT_S = 1.0
"""A window that is shown where nobody sees it may never be painted."""


class FirstPaint(QObject):
    """Made before the window is shown; needs a running loop."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._seen = window, asyncio.Event()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            # The event is on its way down: the loop comes back when all of it is on the screen.
            QTimer.singleShot(0, self._seen.set)
        return False

    async def wait(self) -> None:
        """Until the window has been painted, a second at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PAINT_S):
                await self._seen.wait()
        self.deleteLater()
