"""The telephone beside baresip and linphonec: answering, starting, memory, a thousand calls, floods.

One JSON object a line: figures, the bar, whether it holds, the baselines of the same run.
`python3 dev.py bench phone [--part invite|ring|start|memory|calls|flood|soak ...] [--number N] [--runs N] [--calls N]
[--seconds S] [--minutes M]`. All but the soak takes a quarter of an hour, and needs a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.phone_measure.calls import measure_calls  # noqa: E402
from bench.phone_measure.flood import measure_flood  # noqa: E402
from bench.phone_measure.invite import measure_invite, measure_ring  # noqa: E402
from bench.phone_measure.memory import measure_memory  # noqa: E402
from bench.phone_measure.report import Report  # noqa: E402
from bench.phone_measure.soak import measure_soak  # noqa: E402
from bench.phone_measure.start import measure_start  # noqa: E402

Part = Callable[[Report, Path, argparse.Namespace], None]
PARTS: dict[str, Part] = {
    "invite": lambda report, home, args: measure_invite(report, home, args.number),
    "ring": lambda report, home, args: measure_ring(report, home, args.number),
    "start": lambda report, home, args: measure_start(report, home, args.runs),
    "memory": lambda report, home, args: measure_memory(report, home),
    "calls": lambda report, home, args: measure_calls(report, home, args.calls),
    "flood": lambda report, home, args: measure_flood(report, home, args.seconds),
    "soak": lambda report, home, args: measure_soak(report, home, args.minutes),
}
USUAL = [part for part in PARTS if part != "soak"]


def parser() -> argparse.ArgumentParser:
    """The arguments."""
    found = argparse.ArgumentParser(prog="bench phone", description=__doc__, allow_abbrev=False)
    found.add_argument("--part", choices=list(PARTS), nargs="+", default=USUAL, help="default: all but soak")
    found.add_argument("--number", type=int, default=200, help="calls to each phone for a time, default 200")
    found.add_argument("--runs", type=int, default=5, help="starts of each phone, default 5")
    found.add_argument("--seconds", type=float, default=60.0, help="of the longest flood, default 60")
    found.add_argument("--calls", type=int, default=1000, help="calls in a row, default 1000")
    found.add_argument("--minutes", type=float, default=60.0, help="of the soak, default 60")
    return found


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for; 1 where a bar does not hold."""
    args = parser().parse_args(arguments)
    report = Report()
    for part in args.part:
        with tempfile.TemporaryDirectory(prefix="bench-phone-") as home:
            PARTS[part](report, Path(home), args)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
