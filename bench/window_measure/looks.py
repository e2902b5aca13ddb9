"""Theme, text size and language changed at run time, until the window is painted in the new look."""

from __future__ import annotations

import asyncio

from bench.phone_measure.desk_program import tell
from bench.window_measure.stopwatch import Stopwatch
from desktop.processes.desk_core import Desk
from desktop.settings import Value
from desktop.ui.main_window import MainWindow
from desktop.ui.theme.look import look

CHANGES: dict[str, tuple[str, tuple[Value, Value]]] = {
    "theme": ("theme", ("dark", "light")),
    "language": ("language", ("en", "ko")),
    "text size, same layout": ("text_size", (95, 100)),
    "text size, folding": ("text_size", (150, 100)),
}


async def looks(_desk: Desk, window: MainWindow, rest: str) -> None:
    """`looks NUMBER`: so many changes of each kind."""
    watch, found = Stopwatch(window), dict[str, list[float]]()
    cpu: dict[str, list[float]] = {}
    for name, (option, values) in CHANGES.items():
        watch.spent = cpu.setdefault(name, [])
        for place in range(int(rest)):
            before = look()

            def change(value: Value = values[place % 2], option: str = option) -> None:
                window.settings.change(**{option: value})
                window.settings_changed()

            spent = await watch.time(change, lambda b=before: look() != b)  # type: ignore[misc]
            found.setdefault(name, []).append(spent)
            await asyncio.sleep(0.3)
    tell(event="looks", found=found, cpu=cpu)
