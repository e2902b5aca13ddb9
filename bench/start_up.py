"""How long a start takes before the application's own: `dev.py run`, a command's help, the imports of each process."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5
TARGETS: dict[str, list[str]] = {
    "dev.py run --version": [sys.executable, str(ROOT / "dev.py"), "run", "--version"],
    "dasan-desk --version": [sys.executable, "-m", "desktop", "--version"],
    "dasan-desk --help": [sys.executable, "-m", "desktop", "--help"],
    "dasan-desk doctor --help": [sys.executable, "-m", "desktop", "doctor", "--help"],
}


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> int:
    """Print a JSON line per target: the median and the worst of some runs, in seconds."""
    for name, command in TARGETS.items():

        def start(command: list[str] = command) -> None:
            subprocess.run(
                command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
            )

        start()
        taken = [seconds(start) for _ in range(RUNS)]
        found = {
            "bench": name,
            "median_s": round(statistics.median(taken), 3),
            "worst_s": round(max(taken), 3),
        }
        print(json.dumps(found), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
