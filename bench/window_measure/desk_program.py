"""The whole desk as people start it, with a hand for the bench: the telephone's program and more commands."""

from __future__ import annotations

import importlib
import sys

from bench.phone_measure import desk_program
from bench.window_measure.stopwatch import PaintTimes
from desktop.processes.desk_core import Desk
from desktop.ui.main_window import MainWindow


class TimedWindow(PaintTimes, MainWindow):
    """The window, with the moments of its paintings."""


def later(module: str, name: str) -> desk_program.Command:
    """What is measured later is loaded later: a start is measured with this program too."""

    async def run(desk: Desk, window: MainWindow, rest: str) -> None:
        found = importlib.import_module(f"bench.window_measure.{module}")
        await getattr(found, name)(desk, window, rest)

    return run


PLACES = {"keys": "scenes", "fill": "scenes", "lines": "lines", "looks": "looks", "react": "reacting"}
COMMANDS = {name: later(module, name) for name, module in PLACES.items()}

if __name__ == "__main__":
    sys.exit(desk_program.main(sys.argv[1], sys.argv[2] == "1", sys.argv[3:], COMMANDS, TimedWindow))
