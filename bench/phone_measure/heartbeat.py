"""How long a window did not get to its events: a timer of its loop that should come every hundredth of a second."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS, STILL_MS = 10, 50.0


class Heartbeat(QObject):
    """Runs from the first look on; belongs to the thread whose events it watches."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._clear()

    def _clear(self) -> None:
        self._beats = self._still = 0
        self._longest = self._processor = 0.0
        self._at, self._used = time.perf_counter(), time.thread_time()

    def _beat(self) -> None:
        now, used = time.perf_counter(), time.thread_time()
        late, work = (now - self._at) * 1000 - EVERY_MS, (used - self._used) * 1000
        self._at, self._used = now, used
        self._beats += 1
        self._still += late > STILL_MS
        self._longest, self._processor = max(self._longest, late), max(self._processor, work)

    def look(self) -> dict[str, float]:
        """Since the look before: beats, the longest stillness and the most processor time between two of them (ms), how
        many were longer than `STILL_MS`."""
        found = {
            "beats": self._beats,
            "longest_ms": round(self._longest, 1),
            "processor_ms": round(self._processor, 1),
            "still": self._still,
        }
        self._clear()
        self._timer.start()
        return found
