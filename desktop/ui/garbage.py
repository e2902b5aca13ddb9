"""Garbage is collected on the window's thread alone.

Python's collector runs in whichever thread allocates next. A dropped widget that is part of a cycle would then be
destroyed by a thread that looks up answers or writes records, and Qt ends the process.

A look through everything holds the window up, longer with each thing that there is, and most of them are there from the
start and stay: what the first such look leaves, a minute or more after the start, is not looked through again. What
the start has left behind and nobody needs any more goes then, too.
"""

from __future__ import annotations

import gc
import linecache

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 500
OLDEST = 2


class GarbageCollector(QObject):
    """Takes the place of the automatic collector for the rest of the process; a look is due twice a second."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_MS)

    def look(self) -> None:
        """Collect the oldest generation whose turn it is; counts and thresholds are Python's own."""
        ages = enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        due = [age for age, (count, most) in ages if count > most]
        if due:
            gc.collect(max(due))
            if max(due) == OLDEST and not gc.get_freeze_count():
                gc.freeze()
                # PySide reads the source of each module that is imported, and it stays there: two megabytes.
                linecache.clearcache()
