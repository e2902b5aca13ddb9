"""The window of the real desk under a display of its own: how soon it is there, how soon it reacts, what it uses.

One JSON object a line: figures, the bar, whether it holds, the baseline of the same run: a bare window of Qt's own
widgets, or the same window in another state. `python3 dev.py bench window [--part start|keys|ring|transcript|look|
idle|calls ...] [--number N] [--runs N] [--lines N] [--seconds S] [--calls N]`. Speech runs in every part with a call
but `ring`, `calls` and half of `idle`. Needs a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.phone_measure.invite import measure_ring  # noqa: E402
from bench.phone_measure.report import Report  # noqa: E402
from bench.window_measure.idle import measure_calls, measure_idle  # noqa: E402
from bench.window_measure.reactions import measure_keys, measure_lines, measure_looks  # noqa: E402
from bench.window_measure.start import measure_start  # noqa: E402
from tools.dev.testing import display  # noqa: E402

Part = Callable[[Report, Path, argparse.Namespace], None]
PARTS: dict[str, Part] = {
    "start": lambda report, home, args: measure_start(report, home, args.runs),
    "keys": lambda report, home, args: measure_keys(report, home, args.number),
    "ring": lambda report, home, args: measure_ring(report, home, args.number),
    "transcript": lambda report, home, args: measure_lines(report, home, args.number, args.lines),
    "look": lambda report, home, args: measure_looks(report, home, args.number),
    "idle": lambda report, home, args: measure_idle(report, home, args.seconds),
    "calls": lambda report, home, args: measure_calls(report, home, args.calls),
}


def parser() -> argparse.ArgumentParser:
    """The arguments."""
    found = argparse.ArgumentParser(prog="bench window", description=__doc__, allow_abbrev=False)
    found.add_argument("--part", choices=list(PARTS), nargs="+", default=list(PARTS), help="default: all")
    found.add_argument(
        "--number", type=int, default=40, help="keys, lines or changes of each kind, default 40"
    )
    found.add_argument("--runs", type=int, default=7, help="starts, default 7")
    found.add_argument("--lines", type=int, default=10_000, help="of the transcript, default 10000")
    found.add_argument("--seconds", type=float, default=20.0, help="of idling, default 20")
    found.add_argument(
        "--calls", type=int, default=200, help="calls in a row after the first hundred, default 200"
    )
    return found


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for; 1 where a bar does not hold."""
    args = parser().parse_args(arguments)
    report = Report("window")
    with display() as shown:
        os.environ.update(shown)
        for part in args.part:
            with tempfile.TemporaryDirectory(prefix="bench-window-") as home:
                PARTS[part](report, Path(home), args)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
