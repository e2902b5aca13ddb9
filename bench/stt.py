"""Live transcription: cost, delay, memory, silence, and what happens when the processor is taken away.

    python3 dev.py bench stt [--part cost|latency|practice|process|lengths|silence|outage|busy|desk ...]
        [--size tiny|base|small ...] [--engine NAME ...] [--isa avx2|native] [--seconds S] [--count N]
        [--runs N] [--scenario S01 ...]

One JSON object a line: figures, the bar, whether it holds, the baseline of the same run. Random weights of Whisper's
real dimensions that are told what to say cost what trained ones do; the practice model stands in where text matters.
`naive` decodes in float32 and windows of 30 s. All of it takes a quarter of an hour, and needs a machine that does
nothing else; `--part cost --size tiny --count 1` a quarter of a minute.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
# Bytecode that is not kept would be compiled again by every process that is timed.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))

from bench.phone_measure.report import Report  # noqa: E402
from bench.stt_measure import parts, whole_desk  # noqa: E402

PARTS: dict[str, Callable[[Report, argparse.Namespace], None]] = {
    "cost": parts.measure_cost,
    "latency": parts.measure_latency,
    "practice": parts.measure_practice,
    "process": parts.measure_process,
    "lengths": parts.measure_lengths,
    "silence": parts.measure_silence,
    "outage": parts.measure_outage,
    "busy": parts.measure_busy,
    "desk": whole_desk.measure_desk,
}
SIZES = ("tiny", "base", "small")


def parser() -> argparse.ArgumentParser:
    """The arguments."""
    found = argparse.ArgumentParser(prog="bench stt", description=__doc__, allow_abbrev=False)
    found.add_argument("--part", choices=list(PARTS), nargs="+", default=list(PARTS), help="default: all")
    found.add_argument("--size", choices=SIZES, nargs="+", default=list(SIZES), help="of cost and process")
    found.add_argument("--engine", nargs="+", default=["torch", "ctranslate2"], help="default: both")
    found.add_argument("--isa", choices=("avx2", "native"), default="avx2", help="default avx2")
    found.add_argument(
        "--latency-size", choices=SIZES, default="base", help="of latency, lengths, outage and busy"
    )
    found.add_argument("--seconds", type=float, default=40.0, help="of the dialogue, default 40")
    found.add_argument("--wordless-seconds", type=float, default=60.0, help="of each sound, default 60")
    found.add_argument("--count", type=int, default=3, help="utterances, default 3")
    found.add_argument("--runs", type=int, default=3, help="starts of the speech process, default 3")
    found.add_argument("--scenario", nargs="+", default=["S01", "S05"], help="practice calls, S01 S05")
    return found


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for; 1 where a bar does not hold."""
    args = parser().parse_args(arguments)
    report = Report("stt")
    for part in args.part:
        PARTS[part](report, args)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
