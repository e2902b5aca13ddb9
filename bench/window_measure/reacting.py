"""Keys in a window that has just been painted, while the desk behind it is still being opened."""

from __future__ import annotations

from bench.phone_measure.desk_program import tell
from bench.window_measure.stopwatch import Stopwatch, letter
from desktop.processes.desk_core import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes


async def react(_desk: Desk, window: MainWindow, rest: str) -> None:
    """`react NUMBER`: letters into the search field; `reacted` at the first one, the times (ms) of all."""
    assert isinstance(window.panes, DeskPanes)
    watch, field, found = Stopwatch(window), window.panes.answers.field, list[float]()
    field.setFocus()
    for place in range(int(rest)):
        before = field.query
        found.append(await watch.time(lambda: letter(window, "a"), lambda b=before: field.query != b))  # type: ignore[misc]
        if place == 0:
            tell(event="reacted")
    tell(event="react", found=found)
