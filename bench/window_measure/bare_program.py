"""What Qt itself needs for the like: a window with a line edit, a text, a list and two pages, and nothing else.

`python -m bench.window_measure.bare_program start` tells `painted` and `reacted`, the first letter's effect; with
`NUMBER LINES` it tells the times (ms) of keys, of lines more in texts of so many, of resizes and of a change of theme.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bench.window_measure.stopwatch import PaintTimes, Stopwatch, letter, press

LABELS = 600
"""About as many widgets as the desk's window has."""
SHEETS = ("QLabel { color: #172127 } QLineEdit { background: #ffffff; border: 1px solid #7b8a94 }",
          "QLabel { color: #e7ecee } QLineEdit { background: #1b2226; border: 1px solid #77868f }")  # fmt: skip


class BareWindow(PaintTimes, QWidget):
    """Qt's own widgets in Qt's own style."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        words = [f"{place} 여권 재발급 수수료는 얼마인가요 " * (1 + place % 4) for place in range(lines)]
        self.field, self.text, self.list, self.pages = (
            QLineEdit(),
            QPlainTextEdit(),
            QListView(),
            QStackedWidget(),
        )
        self.rows = QStringListModel(words)
        self.list.setModel(self.rows)
        self.list.setWordWrap(True)
        self.text.setPlainText("\n".join(words))
        many = QWidget()
        column = QVBoxLayout(many)
        for place in range(LABELS if lines else 0):
            column.addWidget(QLabel(str(place)))
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        for page in (self.list, self.text, many):
            self.pages.addWidget(page)
        layout.addWidget(self.pages)
        self.resize(1366, 768)


def say(**fields: object) -> None:
    """One line, with the moment on the monotonic clock (ns)."""
    print(json.dumps({**fields, "mono": time.monotonic_ns()}), flush=True)


def start(application: QApplication) -> None:
    """Until it is painted, and until a letter is."""

    class Seen(BareWindow):
        painted = False

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if not self.painted:
                self.painted = True
                QTimer.singleShot(0, self.type)

        def type(self) -> None:
            say(event="painted")
            letter(self, "a")
            QTimer.singleShot(0, self.end)

        def end(self) -> None:
            say(event="reacted")
            application.quit()

    window = Seen(0)
    window.show()
    window.activateWindow()
    application.exec()


async def measure(number: int, lines: int) -> None:
    """The same acts as in the desk's window."""
    window, found = BareWindow(lines), dict[str, list[float]]()
    window.show()
    window.activateWindow()
    await asyncio.sleep(1.0)
    watch = Stopwatch(window)

    async def time_all(name: str, *acts: Callable[[], object]) -> None:
        found[name] = [await watch.time(acts[place % len(acts)], lambda: True) for place in range(number)]

    def more_rows() -> None:
        window.rows.insertRow(window.rows.rowCount())
        window.rows.setData(window.rows.index(window.rows.rowCount() - 1), "여권 재발급")
        window.list.scrollToBottom()

    for name, field in (("field", window.field), ("text", window.text)):
        if field is window.text:
            window.pages.setCurrentIndex(1)
        field.setFocus()
        await time_all(name, partial(letter, window, "a"))
    await time_all("line in a text", partial(window.text.appendPlainText, "여권 재발급"))
    await time_all("resize of a text", partial(window.resize, 1310, 768), partial(window.resize, 1366, 768))
    window.pages.setCurrentIndex(0)
    window.list.setFocus()
    await time_all("list", partial(press, window, Qt.Key.Key_Down))
    await time_all("line in a list", more_rows)
    await time_all("resize of a list", partial(window.resize, 1310, 768), partial(window.resize, 1366, 768))
    await time_all("page", partial(window.pages.setCurrentIndex, 1), partial(window.pages.setCurrentIndex, 0))
    window.pages.setCurrentIndex(2)
    await time_all("theme", *(partial(window.setStyleSheet, sheet) for sheet in SHEETS))
    say(event="bare", found=found)


def main(argv: list[str]) -> int:
    """What was asked for."""
    application = QApplication([])
    if argv[0] == "start":
        start(application)
        return 0
    import qasync

    with qasync.QEventLoop(application) as loop:
        loop.run_until_complete(measure(int(argv[0]), int(argv[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
