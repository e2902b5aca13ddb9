"""From the start of the desk to its painted window and to a key that it reacts to; beside it a bare window of Qt's."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.phone_measure.desk import ROOT, RunningDesk
from bench.phone_measure.report import PRODUCT, Bar, Report, spread

BARE = "a bare Qt window"
DESK, BARE_PROGRAM = "bench.window_measure.desk_program", "bench.window_measure.bare_program"
PAINTED_S, INTERACTIVE_S = Bar(1.0), Bar(1.5)
KEYS = 20
"""Pressed from the painting on: about two seconds of them."""
SETTINGS = 'language = "ko"\nwrapup_seconds = 0\n'


def desk_start(home: Path) -> tuple[tuple[float, ...], list[float]]:
    """Seconds to the painted window, to the first key's effect and to a desk that can be called; all keys (ms)."""
    with RunningDesk(home, settings=SETTINGS, program=DESK) as desk:
        painted = desk.wait("painted")
        desk.say(f"react {KEYS}")
        events = desk.wait_each(("reacted", "ready", "react"))
        since = [
            (int(line["mono"]) - desk.started) / 1e9 for line in (painted, events["reacted"], events["ready"])
        ]
        return tuple(since), list(events["react"]["found"])


def bare_start() -> tuple[float, float]:
    """Seconds to the painted window and to the first key's effect."""
    began = time.monotonic_ns()
    command = [sys.executable, "-m", BARE_PROGRAM, "start"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    moments = [int(json.loads(line)["mono"]) for line in done.stdout.splitlines()]
    return (moments[0] - began) / 1e9, (moments[1] - began) / 1e9


def measure_start(report: Report, home: Path, runs: int) -> None:
    """Medians, the two in turn."""
    bare_start()
    desk_start(home / "first")  # compiles what has not been compiled yet, and is left out
    own, bare = [], []
    for run in range(runs):
        own.append(desk_start(home / str(run)))
        bare.append(bare_start())
    for name, place, bar in (("its painted window", 0, PAINTED_S), ("a painted key", 1, INTERACTIVE_S)):
        found, beside = [one[0][place] for one in own], [one[place] for one in bare]
        systems = {PRODUCT: statistics.median(found), BARE: statistics.median(beside)}
        more = {
            "worst": round(max(found), 3),
            "callable": round(statistics.median(one[0][2] for one in own), 3),
        }
        report.amount("start", f"start to {name}", "s", systems, bar, runs=runs, **more)
    keys = [spent for one in own for spent in one[1]]
    report.line(
        "start", "keys while the desk is opened behind its window", unit="ms", **{PRODUCT: spread(keys)}
    )
